#include "lint/ioc_cell.h"

#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "lint/check_run.h"

#define KIND(kind) (1U << INDICATOR_##kind)

/* Which kinds of values each type allows; what is unknown is judged apart. */
static const unsigned allowed[] = {
	[IOC_TYPE_ADDRESS] = KIND(IPV4) | KIND(IPV6),
	/* A path may be a URL's. */
	[IOC_TYPE_URL] = KIND(URL) | KIND(PATH),
	[IOC_TYPE_DOMAIN] = KIND(DOMAIN),
	[IOC_TYPE_EMAIL] = KIND(EMAIL),
	/* A run of hexadecimal digits may be either. */
	[IOC_TYPE_HASH] = KIND(HASH) | KIND(WALLET),
	[IOC_TYPE_WALLET] = KIND(WALLET) | KIND(HASH),
	/* A file may be named like a host, or by its hash. */
	[IOC_TYPE_FILE] = KIND(FILE) | KIND(PATH) | KIND(DOMAIN) | KIND(HASH),
	[IOC_TYPE_PATH] = KIND(FILE) | KIND(PATH) | KIND(DOMAIN) | KIND(HASH) | KIND(REGISTRY),
	[IOC_TYPE_REGISTRY] = KIND(REGISTRY) | KIND(PATH),
	[IOC_TYPE_ASN] = KIND(ASN),
};

static const enum ioc_word type_of_kind[INDICATOR_KINDS] = {
	[INDICATOR_IPV4] = IOC_TYPE_ADDRESS,      [INDICATOR_IPV6] = IOC_TYPE_ADDRESS,
	[INDICATOR_DOMAIN] = IOC_TYPE_DOMAIN,     [INDICATOR_URL] = IOC_TYPE_URL,
	[INDICATOR_EMAIL] = IOC_TYPE_EMAIL,       [INDICATOR_HASH] = IOC_TYPE_HASH,
	[INDICATOR_WALLET] = IOC_TYPE_WALLET,     [INDICATOR_ASN] = IOC_TYPE_ASN,
	[INDICATOR_FILE] = IOC_TYPE_FILE,         [INDICATOR_PATH] = IOC_TYPE_PATH,
	[INDICATOR_REGISTRY] = IOC_TYPE_REGISTRY,
};

/* People put a value into quotes or code; neither is a part of it. */
static struct span without_quotes(struct str text, struct span at)
{
	static const struct {
		struct str open, close;
	} pairs[] = {
		{STR_INIT("\""), STR_INIT("\"")}, {STR_INIT("'"), STR_INIT("'")},   {STR_INIT("`"), STR_INIT("`")},
		{STR_INIT("<"), STR_INIT(">")},   {STR_INIT("「"), STR_INIT("」")}, {STR_INIT("“"), STR_INIT("”")},
		{STR_INIT("‘"), STR_INIT("’")},   {STR_INIT("**"), STR_INIT("**")},
	};
	struct str s = str_at(text, at);
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		struct str open = pairs[i].open, close = pairs[i].close;
		if (s.n > open.n + close.n && str_starts(s, open) && str_ends(s, close))
			return span_make(at.off + open.n, span_end(at) - close.n);
	}
	return at;
}

/* The meaning of a column's word; none where it is one of another column. */
static enum ioc_word word_at(const struct digest *d, struct span at, enum ioc_word first, enum ioc_word last)
{
	enum ioc_word word = at.len ? ioc_word_read(digest_str(d, at)) : IOC_WORD_UNKNOWN;
	return word >= first && word <= last ? word : IOC_WORD_UNKNOWN;
}

const struct ioc_cell *ioc_cells_read(struct arena *a, const struct digest *d, size_t *nr)
{
	size_t rows;
	const struct ioc_row *row = ioc_rows(a, d, &rows);
	struct ioc_cell *v = rows ? arena_array(a, struct ioc_cell, rows) : NULL;
	*nr = 0;
	for (size_t i = 0; i < rows; i++) {
		if (row[i].kind != IOC_ROW_VALUES || !row[i].value.len || !row[i].field->def)
			continue;
		struct ioc_cell *cell = &v[(*nr)++];
		cell->row = &row[i];
		cell->def = row[i].field->def;
		cell->at = without_quotes(d->source->text, row[i].value);
		cell->written = digest_str(d, cell->at);
		cell->spelling = spelling_read(cell->written);
		indicator_read(a, cell->written, &cell->is);
		cell->type_word = digest_str(d, row[i].type);
		cell->type = word_at(d, row[i].type, IOC_TYPE_ADDRESS, IOC_TYPE_ASN);
		cell->known = word_at(d, row[i].known, IOC_KNOWN_WELL, IOC_KNOWN_NOT);
		cell->scope = word_at(d, row[i].scope, IOC_SCOPE_GLOBAL, IOC_SCOPE_NONE);
	}
	return v;
}

const struct ioc_cell *ioc_cells(struct check *c, const struct digest *d, size_t *nr)
{
	struct shared *shared = c->shared;
	if (!shared->has_cells)
		shared->cell = ioc_cells_read(c->arena, d, &shared->cells);
	shared->has_cells = true;
	*nr = shared->cells;
	return shared->cell;
}

bool ioc_is_network(const struct ioc_cell *cell)
{
	static const unsigned network = KIND(URL) | KIND(DOMAIN) | KIND(EMAIL) | KIND(IPV4) | KIND(IPV6);
	return network >> cell->is.kind & 1;
}

bool ioc_has_columns(const struct ioc_cell *cell)
{
	return cell->def->columns.nr > 1;
}

bool ioc_may_be_network(const struct ioc_cell *cell)
{
	/* A word that nobody knows: an application, a version, a package. */
	if (cell->type == IOC_WORD_UNKNOWN)
		return !cell->row->type.len || cell->is.kind == INDICATOR_URL || cell->is.kind == INDICATOR_EMAIL;
	return cell->type == IOC_TYPE_ADDRESS || cell->type == IOC_TYPE_URL || cell->type == IOC_TYPE_DOMAIN ||
	       cell->type == IOC_TYPE_EMAIL;
}

bool ioc_is_stand_in(const struct ioc_cell *cell)
{
	struct str s = cell->written;
	static const struct str signs[] = {STR_INIT("<"),    STR_INIT(">"),    STR_INIT("*"),
	                                   STR_INIT("[.]X"), STR_INIT("[.]x"), STR_INIT("{")};
	for (size_t i = 0; i < ARRAY_SIZE(signs); i++) {
		size_t at = str_find(s, 0, signs[i]);
		if (at == s.n)
			continue;
		/* An X stands for an octet; a name may begin with one. */
		size_t end = at + signs[i].n;
		if (signs[i].n < 4 || end == s.n || strchr(".[/:", s.p[end]))
			return true;
	}
	return false;
}

bool ioc_is_placeholder(const struct ioc_cell *cell)
{
	struct str s = cell->written;
	return ioc_is_stand_in(cell) || str_find(s, 0, STR("...")) < s.n || str_find(s, 0, STR("…")) < s.n;
}

bool ioc_is_link(const struct ioc_cell *cell)
{
	struct str s = cell->written;
	return s.n && *s.p == '[' && str_ends(s, STR(")")) && str_find(s, 0, STR("](http")) < s.n;
}

static bool is_label_byte(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '_';
}

/* `studio-velte.pro-svelte-extension`: labels, the last of which can be no top-level domain, for it has a hyphen. */
static bool is_dotted_name(struct str s)
{
	size_t dot = s.n;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.')
			dot = i;
		else if (!is_label_byte(s.p[i]))
			return false;
	}
	return dot && dot + 1 < s.n && str_find_byte(s, dot, '-') < s.n && !str_starts(str_from(s, dot + 1), STR("xn--"));
}

/* Words and names that stand where an address should: no dot, no colon, and no number that is an address in disguise. */
static bool is_plain_word(const struct ioc_cell *cell)
{
	struct str s = cell->written;
	bool letter = false;
	if (is_dotted_name(s))
		return true;
	for (size_t i = 0; i < s.n; i++) {
		if (strchr(".:\\", s.p[i]) || (unsigned char)s.p[i] >= 0x80)
			return false;
		letter = letter || ((s.p[i] | 0x20) >= 'g' && (s.p[i] | 0x20) <= 'z' && (s.p[i] | 0x20) != 'x');
	}
	return letter && s.p[0] != '/' && !ioc_is_placeholder(cell);
}

bool ioc_is_machine(const struct ioc_cell *cell)
{
	struct str word = cell->type_word;
	return cell->type == IOC_TYPE_DOMAIN && cell->is.kind == INDICATOR_UNKNOWN &&
	       (str_find(word, 0, STR("ホスト")) < word.n || str_eq_nocase(str_slice(word, 0, 4), STR("host")));
}

/* C:\…, %TEMP%\…, /etc/…: no path of a URL. */
static bool is_local_path(struct str s)
{
	static const struct str roots[] = {STR_INIT("/etc/"), STR_INIT("/usr/"), STR_INIT("/var/"), STR_INIT("/tmp/")};
	for (size_t i = 0; i < ARRAY_SIZE(roots); i++)
		if (str_starts(s, roots[i]))
			return true;
	return *s.p != '/' && str_find_byte(s, 0, '\\') < s.n && !str_starts(s, STR("\\\\"));
}

/* Nobody defangs a file's name. */
static bool is_defanged_host(const struct ioc_cell *cell)
{
	const struct spelling *s = &cell->spelling;
	return cell->is.kind == INDICATOR_DOMAIN && !cell->is.file_like && s->dots && !s->live_dots;
}

/* Of a kind that the type allows, but by its looks nothing of the type. */
static bool is_clearly_other(const struct ioc_cell *cell)
{
	const struct indicator *is = &cell->is;
	/* 40 digits may be a hash as well as an address of Ethereum. */
	enum { AMBIGUOUS = 40 };
	switch (cell->type) {
	case IOC_TYPE_URL:
		return is->kind == INDICATOR_PATH && is_local_path(cell->written);
	case IOC_TYPE_HASH:
		return is->kind == INDICATOR_WALLET && is->live.n != AMBIGUOUS;
	case IOC_TYPE_WALLET:
		return is->kind == INDICATOR_HASH && is->live.n != AMBIGUOUS;
	case IOC_TYPE_FILE:
	case IOC_TYPE_PATH:
		return is_defanged_host(cell);
	default:
		return false;
	}
}

/* Does it hold what cannot be seen, and will be taken away? What it is then, it is not yet. */
static bool holds_invisible(struct str s)
{
	for (size_t i = 0; i < s.n;) {
		uint32_t codepoint = utf8_next(s, &i);
		if (codepoint >= 0x80 && (unicode_is_invisible(codepoint) || unicode_is_bidi_control(codepoint)))
			return true;
	}
	return false;
}

enum ioc_fit ioc_type_fit(const struct ioc_cell *cell)
{
	const struct indicator *is = &cell->is;
	if (cell->type >= ARRAY_SIZE(allowed) || !allowed[cell->type] || holds_invisible(cell->written))
		return IOC_FITS;
	bool network = cell->type == IOC_TYPE_ADDRESS || cell->type == IOC_TYPE_URL || cell->type == IOC_TYPE_DOMAIN;
	if (is->kind == INDICATOR_UNKNOWN)
		return network && is_plain_word(cell) && !ioc_is_machine(cell) ? IOC_IS_NONE : IOC_FITS;
	if (is->flaw || (allowed[cell->type] >> is->kind & 1 && !is_clearly_other(cell)))
		return IOC_FITS;
	if (cell->type == IOC_TYPE_URL && is->port)
		return IOC_FITS;
	/* \\host@SSL\share: a path, an address and a URL in one. */
	if (network && str_starts(cell->written, STR("\\\\")))
		return IOC_FITS;
	return IOC_MISFITS;
}

enum ioc_word ioc_type_of(const struct ioc_cell *cell)
{
	if (cell->is.kind == INDICATOR_UNKNOWN || cell->is.flaw ||
	    (cell->is.kind == INDICATOR_DOMAIN && cell->is.file_like))
		return IOC_WORD_UNKNOWN;
	/* `evil host[.]app`: a host with a slip in it, perhaps. */
	if (cell->is.kind == INDICATOR_FILE && (domain_has_tld(cell->is.live) || holds_invisible(cell->written)))
		return IOC_WORD_UNKNOWN;
	/* A file's name that somebody defanged, perhaps. */
	if ((cell->type == IOC_TYPE_FILE || cell->type == IOC_TYPE_PATH) && cell->is.kind == INDICATOR_DOMAIN &&
	    !str_eq_nocase(str_slice(cell->is.live, 0, 4), STR("www.")))
		return IOC_WORD_UNKNOWN;
	/* A name without its at sign, perhaps. */
	if (cell->type == IOC_TYPE_EMAIL && cell->is.kind == INDICATOR_DOMAIN)
		return IOC_WORD_UNKNOWN;
	return type_of_kind[cell->is.kind];
}

/* A type that no address can have. */
static bool is_no_address(enum ioc_word type)
{
	return type != IOC_WORD_UNKNOWN && type != IOC_TYPE_ADDRESS && type != IOC_TYPE_URL;
}

enum ioc_word ioc_scope_of(const struct ioc_cell *cell)
{
	const struct indicator *is = &cell->is;
	bool address = is->kind == INDICATOR_IPV4 || is->kind == INDICATOR_IPV6;
	if (is->flaw || (is->kind == INDICATOR_URL && is->host_is_address))
		return IOC_WORD_UNKNOWN;
	if (is->kind == INDICATOR_UNKNOWN)
		return is_no_address(cell->type) ? IOC_SCOPE_NONE : IOC_WORD_UNKNOWN;
	if (!address)
		return IOC_SCOPE_NONE;
	/* Numbers with dots are versions, too. */
	if (!ioc_may_be_network(cell))
		return IOC_WORD_UNKNOWN;
	return is->range == RANGE_GLOBAL    ? IOC_SCOPE_GLOBAL
	       : is->range == RANGE_PRIVATE ? IOC_SCOPE_PRIVATE
	                                    : IOC_WORD_UNKNOWN;
}

bool ioc_scope_misfits(const struct ioc_cell *cell)
{
	enum ioc_word right = ioc_scope_of(cell);
	return cell->scope != IOC_WORD_UNKNOWN && right != IOC_WORD_UNKNOWN && cell->scope != right;
}
