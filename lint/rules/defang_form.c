#include "core/base/buf.h"
#include "lint/check.h"
#include "lint/ioc_cell.h"

static bool is_name_byte(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '_' ||
	       (unsigned char)c >= 0x80;
}

/* evil[.]example.com: what is left, example.com, is a link to many programs. */
static bool ends_live(struct str host)
{
	size_t i = host.n;
	bool letter = false;
	for (; i && is_name_byte(host.p[i - 1]); i--)
		letter = letter || (host.p[i - 1] | 0x20) >= 'a';
	return letter && i > 1 && i < host.n && host.p[i - 1] == '.' && is_name_byte(host.p[i - 2]);
}

/* A part is defanged, and a part that is enough for a link is not. */
static bool is_half(struct str written, const struct spelling *s, struct str canonical)
{
	bool defanged = s->scheme_defanged || s->separator_exotic || s->at_defanged || s->live_dots < s->dots;
	if (!defanged || !s->dots)
		return false;
	/* file:// and others have no other spelling. */
	if (s->scheme && !s->scheme_defanged && !s->separator_exotic && str_starts(canonical, STR("hxxp")))
		return true;
	return s->live_dots == s->dots || (s->live_dots && ends_live(str_at(written, s->host)));
}

/* Is the scheme spelt as the canonical one? */
static bool same_scheme(struct str written, struct str canonical)
{
	return str_starts(written, str_slice(canonical, 0, str_find_byte(canonical, 0, ':')));
}

/* Widespread, and read by most. */
static bool has_common_separator(struct str written)
{
	static const struct str common[] = {STR_INIT("[://]"), STR_INIT("[:]//"), STR_INIT("[:/]/"), STR_INIT(":[//]")};
	for (size_t i = 0; i < ARRAY_SIZE(common); i++)
		if (str_find(written, 0, common[i]) < written.n)
			return true;
	return false;
}

static struct finding *check_spelling(struct check *c, struct span at, struct str written, const struct spelling *s,
                                      struct str canonical)
{
	if (s->over || spelling_is_live(s) || str_eq(written, canonical))
		return NULL;
	if (is_half(written, s, canonical))
		return report(c, at, "only a part of it is defanged: `%.*s`", STR_ARG(canonical));
	if (s->dots_exotic || s->marks_exotic)
		return report(c, at, "an unusual way to defang; most write `%.*s`", STR_ARG(canonical));
	if (s->scheme_defanged && !same_scheme(written, canonical)) {
		struct finding *f = report(c, at, "an unusual way to defang; most write `%.*s`", STR_ARG(canonical));
		/* hXXp is as old as hxxp. */
		if (str_eq_nocase(str_slice(written, 0, 4), STR("hxxp")))
			weigh(c, f, SEVERITY_INFO);
		return f;
	}
	if (!s->separator_exotic)
		return NULL;
	if (s->scheme && str_find(written, 0, STR("//")) == written.n)
		return report(c, at, "the `//` is missing: `%.*s`", STR_ARG(canonical));
	struct finding *f = report(c, at, "some programs cannot read this `://`; most write `%.*s`", STR_ARG(canonical));
	if (has_common_separator(written))
		weigh(c, f, SEVERITY_INFO);
	return f;
}

/* `hxxp://evil[.]example/a\_b`: a URL holds no backslash; an editor of Markdown put it there. */
static struct str without_escapes(struct arena *a, const struct ioc_cell *cell)
{
	struct str s = cell->written, sign = STR("\\_");
	size_t at = str_find(s, 0, sign), from = 0;
	if (cell->is.kind != INDICATOR_URL || !cell->spelling.scheme || at == s.n)
		return s;
	struct buf b = {0};
	for (; at < s.n; at = str_find(s, from + 1, sign)) {
		buf_add(&b, str_slice(s, from, at));
		from = at + 1;
	}
	buf_add(&b, str_from(s, from));
	struct str out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}

static void check_cell(struct check *c, const struct ioc_cell *cell)
{
	if (!ioc_is_network(cell))
		return;
	struct str value = without_escapes(check_arena(c), cell), canonical = defang(check_arena(c), value);
	struct finding *f =
		value.n < cell->written.n
			? report(c, cell->at, "escapes of Markdown, which are no part of it: `%.*s`", STR_ARG(canonical))
			: check_spelling(c, cell->at, cell->written, &cell->spelling, canonical);
	if (!f)
		return;
	suggest(c, f, "write `%.*s`", STR_ARG(canonical));
	edit_replace(c, f, cell->at, canonical);
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_CELL (c, d, cell)
		check_cell(c, cell);
}

const struct rule rule_defang_form = {
	.name = "defang-form",
	.group = "ioc",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_IOC,
	.summary = "An indicator is defanged by half, or in an unusual spelling",
	.why =
		"What is defanged by half is still a link to some programs. And a spelling that few use is read by few: the programs "
		"that collect indicators pass over it. One defanged dot is enough for a host.",
	.bad = {.text =
                EXAMPLE_IOC "    - http://evil[.]example[.]com/a,URL,知られていない,配布元,NA(IP以外)\n" EXAMPLE_END},
	.good = {.text =
                 EXAMPLE_IOC "    - hxxp://evil[.]example[.]com/a,URL,知られていない,配布元,NA(IP以外)\n" EXAMPLE_END},
	.check = check,
};
