#include "core/html/ids.h"

#include <stdlib.h>

struct scan {
	struct arena *a;
	struct str page;
	size_t at;
	struct html_ids out;
	size_t cap;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* The byte here; a NUL behind the end, which no test below takes for anything. */
static char here(const struct scan *s)
{
	return s->at < s->page.n ? s->page.p[s->at] : '\0';
}

static bool over(const struct scan *s)
{
	return s->at >= s->page.n;
}

static void skip_blanks(struct scan *s)
{
	while (!over(s) && (is_blank(here(s)) || here(s) == '/'))
		s->at++;
}

static struct str read_name(struct scan *s)
{
	size_t from = s->at;
	while (!over(s) && !is_blank(here(s)) && here(s) != '/' && here(s) != '>' && (here(s) != '=' || s->at == from))
		s->at++;
	return str_slice(s->page, from, s->at);
}

static struct str read_value(struct scan *s)
{
	size_t from = s->at;
	char quote = here(s);
	if (quote == '"' || quote == '\'') {
		size_t end = str_find_byte(s->page, from + 1, quote);
		s->at = end < s->page.n ? end + 1 : end;
		return str_slice(s->page, from + 1, end);
	}
	while (!over(s) && !is_blank(here(s)) && here(s) != '>')
		s->at++;
	return str_slice(s->page, from, s->at);
}

static void add(struct scan *s, struct str id)
{
	if (!id.n)
		return;
	s->out.v = arena_grow(s->a, s->out.v, s->out.nr, &s->cap, sizeof(*s->out.v));
	s->out.v[s->out.nr++] = id;
}

static void read_attribute(struct scan *s, struct str tag)
{
	struct str name = read_name(s), value = STR("");
	while (!over(s) && is_blank(here(s)))
		s->at++;
	if (here(s) == '=') {
		s->at++;
		while (!over(s) && is_blank(here(s)))
			s->at++;
		value = read_value(s);
	}
	if (str_eq_nocase(name, STR("id")) || (str_eq_nocase(name, STR("name")) && str_eq_nocase(tag, STR("a"))))
		add(s, value);
}

/* Behind `needle` in any case; the end of the page without one. */
static size_t behind(struct str page, size_t from, struct str needle)
{
	for (size_t i = str_find_byte(page, from, *needle.p); i < page.n; i = str_find_byte(page, i + 1, *needle.p))
		if (str_eq_nocase(str_slice(page, i, i + needle.n), needle))
			return i + needle.n;
	return page.n;
}

/* What stands in these is text. */
static void skip_text(struct scan *s, struct str tag)
{
	static const struct {
		struct str tag, end;
	} raw[] = {
		{STR_INIT("script"), STR_INIT("</script")},     {STR_INIT("style"), STR_INIT("</style")},
		{STR_INIT("textarea"), STR_INIT("</textarea")}, {STR_INIT("title"), STR_INIT("</title")},
		{STR_INIT("xmp"), STR_INIT("</xmp")},           {STR_INIT("noembed"), STR_INIT("</noembed")},
	};
	for (size_t i = 0; i < ARRAY_SIZE(raw); i++)
		if (str_eq_nocase(tag, raw[i].tag))
			s->at = behind(s->page, s->at, raw[i].end);
}

static void read_tag(struct scan *s)
{
	struct str tag = read_name(s);
	for (skip_blanks(s); !over(s) && here(s) != '>'; skip_blanks(s))
		read_attribute(s, tag);
	skip_text(s, tag);
}

static int by_text(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

struct html_ids html_ids(struct arena *a, struct str page)
{
	struct scan s = {.a = a, .page = page};
	for (s.at = str_find_byte(page, 0, '<'); s.at < page.n; s.at = str_find_byte(page, s.at, '<')) {
		s.at++;
		if (is_letter(here(&s)))
			read_tag(&s);
		else if (str_starts(str_from(page, s.at), STR("!--")))
			s.at = behind(page, s.at + 1, STR("-->"));
	}
	if (s.out.nr)
		qsort(s.out.v, s.out.nr, sizeof(*s.out.v), by_text);
	return s.out;
}

bool html_ids_have(const struct html_ids *ids, struct str id)
{
	return ids->nr && bsearch(&id, ids->v, ids->nr, sizeof(id), by_text) != NULL;
}
