#include "core/base/unicode.h"
#include "lint/check.h"
#include "lint/ioc_cell.h"

/* A column whose words the template lists. */
struct column {
	const struct name_set *words;
	struct span at;
	enum ioc_word meaning;
};

static bool is_listed(const struct name_set *words, struct str word)
{
	for (size_t i = 0; i < words->nr; i++)
		if (str_eq(words->v[i], word))
			return true;
	return false;
}

/* The listed word that differs in blanks, width and case alone; "" without one. */
static struct str same_but_form(struct arena *a, const struct name_set *words, struct str word)
{
	struct str key = unicode_key(a, word);
	for (size_t i = 0; i < words->nr; i++)
		if (str_eq(unicode_key(a, words->v[i]), key))
			return words->v[i];
	return STR("");
}

/* SHA256, ビットコインアドレス: they say more than the template's word for them all. */
static bool says_more(enum ioc_word meaning, struct str word)
{
	if (meaning == IOC_TYPE_WALLET)
		return str_find(word, 0, STR("ウォレット")) == word.n;
	return meaning == IOC_TYPE_HASH && str_find(word, 0, STR("ハッシュ")) == word.n;
}

static void rewrite(struct check *c, const struct column *column, struct str word, struct str right)
{
	struct finding *f = report(c, column->at, "`%.*s` is written `%.*s` here", STR_ARG(word), STR_ARG(right));
	if (column->meaning == IOC_SCOPE_NONE || says_more(column->meaning, word))
		weigh(c, f, SEVERITY_INFO);
	if (says_more(column->meaning, word))
		return;
	suggest(c, f, "write `%.*s`", STR_ARG(right));
	edit_replace(c, f, column->at, right);
}

static void check_column(struct check *c, const struct digest *d, const struct column *column, bool type)
{
	struct str word = digest_str(d, column->at);
	if (!word.n || !column->words->nr || is_listed(column->words, word))
		return;
	struct str right = same_but_form(check_arena(c), column->words, word);
	if (!right.n && column->meaning != IOC_WORD_UNKNOWN)
		right = ioc_word_of(column->words, column->meaning);
	if (right.n) {
		rewrite(c, column, word, right);
		return;
	}
	struct finding *f = report(c, column->at, "`%.*s` is none of the template's words for this column", STR_ARG(word));
	/* No list has a word for everything that can be an indicator. */
	if (type)
		weigh(c, f, SEVERITY_INFO);
}

static void check_cell(struct check *c, const struct digest *d, const struct ioc_cell *cell)
{
	const struct column type = {&cell->def->types, cell->row->type, cell->type},
						known = {&cell->def->known, cell->row->known, cell->known},
						scope = {&cell->def->scopes, cell->row->scope, cell->scope};
	/* What is wrong needs no other spelling: ioc-type and ioc-scope write the right word at once. */
	if (ioc_type_fit(cell) == IOC_FITS && !ioc_is_machine(cell))
		check_column(c, d, &type, true);
	check_column(c, d, &known, false);
	if (!ioc_scope_misfits(cell))
		check_column(c, d, &scope, false);
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
	.changes = FACT_WORDS,
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
