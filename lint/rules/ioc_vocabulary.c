#include "core/base/unicode.h"
#include "core/digest/ioc_near.h"
#include "lint/check.h"
#include "lint/ioc_cell.h"
#include "lint/ioc_quotes.h"

/* A column whose words the template lists. */
struct column {
	const struct name_set *words;
	struct span at;
	enum ioc_word meaning, first, last; /* what it says, and what a word of the column may say */
};

static bool is_listed(const struct name_set *words, struct str word)
{
	for (size_t i = 0; i < words->nr; i++)
		if (str_eq(words->v[i], word))
			return true;
	return false;
}

/* The listed word that differs in blanks, width, case, marks and look-alikes alone; "" without one. */
static struct str same_but_form(struct arena *a, const struct name_set *words, struct str word)
{
	struct str key = unicode_key(a, word), letters = ioc_word_letters(a, word);
	for (size_t i = 0; i < words->nr; i++)
		if (str_eq(unicode_key(a, words->v[i]), key))
			return words->v[i];
	for (size_t i = 0; letters.n && i < words->nr; i++)
		if (str_eq(ioc_word_letters(a, words->v[i]), letters))
			return words->v[i];
	return STR("");
}

/* SHA256, ビットコインアドレス: they say more than the template's word for them all, if the value does not say it itself. */
static const struct kind {
	struct str letters;
	const char *what; /* of struct indicator; NULL: no value says it */
} kinds[] = {
	{STR_INIT("imphash"), NULL},
	{STR_INIT("md5"), "MD5"},
	{STR_INIT("sha1"), "SHA-1"},
	{STR_INIT("sha224"), "SHA-224"},
	{STR_INIT("sha256"), "SHA-256"},
	{STR_INIT("sha384"), "SHA-384"},
	{STR_INIT("sha512"), "SHA-512"},
	{STR_INIT("ssdeep"), "ssdeep"},
	{STR_INIT("tlsh"), "TLSH"},
	{STR_INIT("usdt"), NULL},
	{STR_INIT("bitcoin"), "Bitcoin"},
	{STR_INIT("btc"), "Bitcoin"},
	{STR_INIT("ビットコイン"), "Bitcoin"},
	{STR_INIT("eth"), "Ethereum"},
	{STR_INIT("イーサリアム"), "Ethereum"},
	{STR_INIT("tron"), "TRON"},
	{STR_INIT("trx"), "TRON"},
	{STR_INIT("xmr"), "Monero"},
	{STR_INIT("monero"), "Monero"},
	{STR_INIT("モネロ"), "Monero"},
};

static const struct kind *kind_named(struct arena *a, const struct column *column, struct str word)
{
	struct str letters = ioc_word_letters(a, word);
	bool names = column->meaning == IOC_TYPE_HASH || column->meaning == IOC_TYPE_WALLET;
	for (size_t i = 0; names && i < ARRAY_SIZE(kinds); i++)
		if (str_find(letters, 0, kinds[i].letters) < letters.n)
			return &kinds[i];
	return NULL;
}

static bool says_more(const struct kind *kind, const struct indicator *is)
{
	return kind && (is->flaw || !is->what || !kind->what || strcmp(kind->what, is->what) != 0);
}

static void rewrite(struct check *c, const struct ioc_cell *cell, const struct column *column, struct str word,
                    struct str right)
{
	const struct kind *kind = kind_named(check_arena(c), column, word);
	struct finding *f = report(c, column->at, "`%.*s` is written `%.*s` here", STR_ARG(word), STR_ARG(right));
	if (column->meaning == IOC_SCOPE_NONE || kind)
		weigh(c, f, SEVERITY_INFO);
	if (says_more(kind, &cell->is))
		return;
	suggest(c, f, "write `%.*s`", STR_ARG(right));
	edit_replace(c, f, column->at, right);
}

/* A slip is one only where the value agrees with what the word was to be: no list has a word for everything. */
static enum ioc_word meaning_near(struct arena *a, const struct ioc_cell *cell, const struct column *column,
                                  struct str word)
{
	struct ioc_near near = ioc_word_near(a, word, column->first, column->last);
	enum ioc_word right = column->first == IOC_TYPE_ADDRESS   ? ioc_type_of(cell)
	                      : column->first == IOC_SCOPE_GLOBAL ? ioc_scope_of(cell)
	                                                          : near.meaning;
	if (right == IOC_WORD_UNKNOWN && column->first == IOC_SCOPE_GLOBAL)
		right = near.meaning;
	/* As near to two words: the value tells. */
	if (near.meaning == IOC_WORD_UNKNOWN && near.distance && right != IOC_WORD_UNKNOWN) {
		struct ioc_near that = ioc_word_near(a, word, right, right);
		near = that.distance == near.distance ? that : near;
	}
	return near.distance && near.meaning != right ? IOC_WORD_UNKNOWN : near.meaning;
}

static void check_column(struct check *c, const struct digest *d, const struct ioc_cell *cell, struct column column)
{
	struct arena *a = check_arena(c);
	struct str word = digest_str(d, column.at);
	if (!word.n || !column.words->nr || is_listed(column.words, word))
		return;
	struct str right = same_but_form(a, column.words, word);
	if (!right.n && column.meaning == IOC_WORD_UNKNOWN)
		column.meaning = meaning_near(a, cell, &column, word);
	if (!right.n)
		right = ioc_word_of(column.words, column.meaning);
	if (right.n) {
		rewrite(c, cell, &column, word, right);
		return;
	}
	struct finding *f = report(c, column.at, "`%.*s` is none of the template's words for this column", STR_ARG(word));
	/* No list has a word for everything that can be an indicator. */
	if (column.first == IOC_TYPE_ADDRESS)
		weigh(c, f, SEVERITY_INFO);
}

static void check_cell(struct check *c, const struct digest *d, const struct ioc_cell *cell)
{
	const struct template_field *def = cell->def;
	const struct ioc_row *row = cell->row;
	struct ioc_quotes quotes;
	if (ioc_quotes_read(d, row, &quotes))
		return;
	/* What is wrong needs no other spelling: ioc-type and ioc-scope write the right word at once. */
	if (ioc_type_fit(cell) == IOC_FITS && !ioc_is_machine(cell))
		check_column(c, d, cell, (struct column){&def->types, row->type, cell->type, IOC_TYPE_ADDRESS, IOC_TYPE_ASN});
	check_column(c, d, cell, (struct column){&def->known, row->known, cell->known, IOC_KNOWN_WELL, IOC_KNOWN_NOT});
	if (!ioc_scope_misfits(cell))
		check_column(c, d, cell,
		             (struct column){&def->scopes, row->scope, cell->scope, IOC_SCOPE_GLOBAL, IOC_SCOPE_NONE});
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_CELL (c, d, cell)
		check_cell(c, d, cell);
}

const struct rule rule_ioc_vocabulary = {
	.name = "ioc-vocabulary",
	.group = "ioc",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_CODE,
	.summary = "A column of an indicator is not in the template's words",
	.why =
		"Programs compare the words of these columns with the ones that they know. `FQDN` and `ドメイン` are the same to "
		"a reader, and neither is `FQDN名` to a program.",
	.bad = {.text =
                EXAMPLE_IOC "    - evil[.]example[.]com,ドメイン,知られていない,C2サーバー,NA(IP以外)\n" EXAMPLE_END},
	.good = {.text =
                 EXAMPLE_IOC "    - evil[.]example[.]com,FQDN名,知られていない,C2サーバー,NA(IP以外)\n" EXAMPLE_END},
	.check = check,
};
