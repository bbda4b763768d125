#include <stdlib.h>

#include "lint/check.h"
#include "lint/ioc_cell.h"

/* Nobody gets anywhere with what does not exist, and nobody outside with what is private. */
static bool leads_anywhere(const struct indicator *is)
{
	return is->flaw == FLAW_NONE && (is->range == RANGE_NONE || is->range == RANGE_GLOBAL);
}

/* setup.zip, libc.so: hosts by their ends, files by all that people call so. */
static bool may_be_file(const struct ioc_cell *cell)
{
	return cell->is.kind == INDICATOR_DOMAIN && cell->is.file_like;
}

/* `[evil.example](http://evil.example/)`: without the scheme and the slash that programs add. */
static struct str bare(struct str s)
{
	static const struct str added[] = {STR_INIT("http://"), STR_INIT("https://"), STR_INIT("mailto:")};
	for (size_t i = 0; i < ARRAY_SIZE(added); i++)
		if (str_eq_nocase(str_slice(s, 0, added[i].n), added[i])) {
			s = str_from(s, added[i].n);
			break;
		}
	return str_ends(s, STR("/")) ? str_slice(s, 0, s.n - 1) : s;
}

static bool has_scheme(struct str s)
{
	return str_find(s, 0, STR("://")) < s.n;
}

/* A link of Markdown that a program made: its text is the address that it leads to. "" for any other. */
static struct str linked_value(struct arena *a, const struct ioc_cell *cell)
{
	struct str s = cell->written, middle = STR("](");
	size_t at = str_find(s, 0, middle);
	if (s.n < 2 || *s.p != '[' || !str_ends(s, STR(")")) || at == s.n || s.n < at + middle.n + 1)
		return STR("");
	struct str text = str_slice(s, 1, at), target = str_slice(s, at + middle.n, s.n - 1);
	struct indicator is;
	indicator_read(a, text, &is);
	bool network = is.kind == INDICATOR_URL || is.kind == INDICATOR_DOMAIN || is.kind == INDICATOR_EMAIL ||
	               is.kind == INDICATOR_IPV4;
	bool mail = str_starts(target, STR("mailto:"));
	if (!network || is.flaw || mail != (is.kind == INDICATOR_EMAIL) || (!mail && !has_scheme(target)))
		return STR("");
	struct str live = refang(a, text), end = refang(a, target);
	bool same = has_scheme(live) ? str_eq(live, end) || str_eq(arena_printf(a, "%.*s/", STR_ARG(live)), end)
	                             : str_eq(bare(live), bare(end));
	return same ? defang(a, text) : STR("");
}

static bool check_link(struct check *c, const struct ioc_cell *cell)
{
	struct str value = linked_value(check_arena(c), cell);
	if (!value.n && !ioc_is_link(cell))
		return false;
	struct finding *f = report(c, cell->at, "`%.*s` is not defanged", STR_ARG(cell->written));
	if (!value.n)
		return true;
	suggest(c, f, "write `%.*s`", STR_ARG(value));
	edit_replace(c, f, cell->at, value);
	return true;
}

static void check_cell(struct check *c, const struct ioc_cell *cell)
{
	if (check_link(c, cell))
		return;
	if (!ioc_is_network(cell) || !spelling_is_live(&cell->spelling) || !leads_anywhere(&cell->is))
		return;
	if (!ioc_may_be_network(cell) || (may_be_file(cell) && cell->type == IOC_WORD_UNKNOWN))
		return;
	struct str canonical = defang(check_arena(c), cell->written);
	if (may_be_file(cell)) {
		struct finding *f = report(c, cell->at, "`%.*s` is live if it is a host; if it is a file, its type is wrong",
		                           STR_ARG(cell->written));
		weigh(c, f, SEVERITY_WARNING);
		return;
	}
	struct finding *f = report(c, cell->at, "`%.*s` is not defanged", STR_ARG(cell->written));
	suggest(c, f, "defang it");
	edit_replace(c, f, cell->at, canonical);
}

/* ---- the same host elsewhere in the text ---- */

static int by_host(const void *x, const void *y)
{
	const struct ioc_cell *const *a = x, *const *b = y;
	int order = str_cmp((*a)->is.host, (*b)->is.host);
	return order ? order : (*a > *b) - (*a < *b);
}

static int host_compare(const void *key, const void *element)
{
	const struct str *host = key;
	const struct ioc_cell *const *cell = element;
	return str_cmp(*host, (*cell)->is.host);
}

struct hosts {
	const struct ioc_cell **v;
	size_t nr;
	bool *article; /* lines with an entry's own URL */
};

/* Hosts and addresses of rows: where they stand live elsewhere, that is a slip. */
static struct hosts hosts_of(struct arena *a, const struct digest *d, const struct ioc_cell *cell, size_t nr)
{
	struct hosts h = {.v = nr ? arena_array(a, const struct ioc_cell *, nr) : NULL};
	for (size_t i = 0; i < nr; i++) {
		bool host = cell[i].is.kind == INDICATOR_DOMAIN || cell[i].is.kind == INDICATOR_IPV4;
		if (host && leads_anywhere(&cell[i].is) && ioc_may_be_network(&cell[i]) && cell[i].type != IOC_WORD_UNKNOWN &&
		    cell[i].known != IOC_KNOWN_WELL)
			h.v[h.nr++] = &cell[i];
	}
	if (!h.nr)
		return h;
	qsort(h.v, h.nr, sizeof(const struct ioc_cell *), by_host);
	h.article = arena_array(a, bool, d->lines);
	FOR_EACH_ENTRY (d, e)
		if (e->url.len)
			h.article[e->url_line] = true;
	return h;
}

static bool is_host_byte(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '.';
}

static void check_host(struct check *c, const struct digest *d, const struct hosts *h, struct span at)
{
	struct str host = digest_str(d, at);
	const struct ioc_cell **found = bsearch(&host, h->v, h->nr, sizeof(const struct ioc_cell *), host_compare);
	if (!found)
		return;
	uint32_t line = (*found)->row->line;
	struct finding *f =
		report(c, at, "`%.*s` is an indicator, at line %u, and not defanged here", STR_ARG(host), line + 1);
	relate(c, f, line, "the indicator");
	weigh(c, f, SEVERITY_INFO);
}

static void check_line(struct check *c, const struct digest *d, const struct hosts *h, const struct prose *p)
{
	struct str s = p->raw;
	for (size_t dot = str_find_byte(s, 0, '.'), end; dot < s.n; dot = str_find_byte(s, end, '.')) {
		size_t from = dot;
		for (end = dot + 1; end < s.n && is_host_byte(s.p[end]);)
			end++;
		while (from && is_host_byte(s.p[from - 1]))
			from--;
		size_t to = end;
		while (to > from && s.p[to - 1] == '.')
			to--;
		struct span at = {p->off + (uint32_t)from, (uint32_t)(to - from)};
		check_host(c, d, h, at);
	}
}

static void check(struct check *c, const struct digest *d)
{
	size_t nr;
	struct arena *a = check_arena(c);
	const struct ioc_cell *cell = ioc_cells(c, d, &nr);
	for (size_t i = 0; i < nr; i++)
		check_cell(c, &cell[i]);
	struct hosts h = hosts_of(a, d, cell, nr);
	if (!h.nr)
		return;
	FOR_EACH_PROSE (d, p) {
		if (!h.article[p->line])
			check_line(c, d, &h, p);
	}
}

const struct rule rule_live_ioc = {
	.name = "live-ioc",
	.group = "ioc",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_CODE | FACT_LINK | FACT_IOC,
	.summary = "An indicator can be clicked",
	.why =
		"Web pages, mail programs and chats make links of URLs, hosts and addresses by themselves. One click, or one preview "
		"that nobody asked for, and the reader is at the attacker's.",
	.bad = {.text = EXAMPLE_IOC "    - evil.example.com,FQDN名,知られていない,C2サーバー,NA(IP以外)\n" EXAMPLE_END},
	.good = {.text =
                 EXAMPLE_IOC "    - evil[.]example[.]com,FQDN名,知られていない,C2サーバー,NA(IP以外)\n" EXAMPLE_END},
	.check = check,
};
