#include "lint/anchors.h"

#include <stdlib.h>

#include "core/base/unicode_slug.h"
#include "core/base/utf8.h"

struct list {
	struct arena *a;
	struct str *v;
	size_t nr, cap;
};

static void add(struct list *list, struct str anchor)
{
	if (!anchor.n)
		return;
	list->v = arena_grow(list->a, list->v, list->nr, &list->cap, sizeof(*list->v));
	list->v[list->nr++] = anchor;
}

static int compare(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

/* ---- headings ---- */

static size_t skip_any(struct str s, size_t i, const char *set)
{
	while (i < s.n && s.p[i] && strchr(set, s.p[i]))
		i++;
	return i;
}

/* The index behind the next `close` from `i` on; `i` itself without one. `*at` remembers where it is, or that there is none. */
static size_t behind(struct str s, size_t i, char close, size_t *at)
{
	if (*at < i)
		*at = str_find_byte(s, i, close);
	return *at < s.n ? *at + 1 : i;
}

/* What is read of a heading: without targets of links, images and tags. */
static struct str visible(struct arena *a, struct str s)
{
	char *out = arena_array(a, char, s.n);
	size_t n = 0, angle = 0, paren = 0;
	for (size_t i = 0; i < s.n;) {
		size_t next = i;
		if (s.p[i] == '<')
			next = behind(s, i, '>', &angle);
		else if (s.p[i] == ']' && i + 1 < s.n && s.p[i + 1] == '(')
			next = behind(s, i, ')', &paren);
		if (next == i)
			out[n++] = s.p[i++];
		else
			i = next;
	}
	return (struct str){out, n};
}

static struct str without_byte(struct arena *a, struct str s, char c)
{
	char *out = arena_array(a, char, s.n);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != c)
			out[n++] = s.p[i];
	return (struct str){out, n};
}

/* Underscores may be emphasis: they do not count. */
static struct str slug_of(struct arena *a, struct str text)
{
	return without_byte(a, unicode_slug(a, text), '_');
}

static void add_heading(struct list *slugs, struct str text)
{
	size_t end = text.n;
	while (end && text.p[end - 1] == '#')
		end--;
	text = str_trim(str_slice(text, 0, end));
	add(slugs, slug_of(slugs->a, visible(slugs->a, text)));
}

/* The second of several equal ones is `name-1`. */
static void number(struct list *slugs, struct list *out)
{
	if (slugs->nr)
		qsort(slugs->v, slugs->nr, sizeof(*slugs->v), compare);
	for (size_t i = 0, first = 0; i < slugs->nr; i++) {
		if (!str_eq(slugs->v[i], slugs->v[first]))
			first = i;
		add(out, slugs->v[i]);
		if (i > first)
			add(out, arena_printf(out->a, "%.*s-%zu", STR_ARG(slugs->v[i]), i - first));
	}
}

/* A code block's fence at the start of a line; its length, 0 for none. */
static size_t fence_length(struct str line, char *mark)
{
	size_t i = skip_any(line, 0, " \t"), from = i;
	if (i == line.n || (line.p[i] != '`' && line.p[i] != '~'))
		return 0;
	*mark = line.p[i];
	while (i < line.n && line.p[i] == *mark)
		i++;
	return i - from >= 3 ? i - from : 0;
}

static bool is_underline(struct str line)
{
	struct str s = str_trim(line);
	return s.n && (skip_any(s, 0, "=") == s.n || skip_any(s, 0, "-") == s.n);
}

static void read_headings(struct str text, struct list *slugs)
{
	struct str line, before = {0};
	char mark = 0, fence_mark = 0;
	size_t fence = 0;
	while (str_split(&text, '\n', &line)) {
		size_t length = fence_length(line, &mark);
		if (length && (!fence || (mark == fence_mark && length >= fence))) {
			fence = fence ? 0 : length;
			fence_mark = mark;
			continue;
		}
		if (fence)
			continue;
		size_t start = skip_any(line, 0, " \t>-*+0123456789.");
		size_t hashes = skip_any(line, start, "#");
		if (hashes > start && hashes - start <= 6 && (hashes == line.n || strchr(" \t\r", line.p[hashes])))
			add_heading(slugs, str_from(line, hashes));
		else if (is_underline(line) && str_trim(before).n)
			add_heading(slugs, before);
		before = line;
	}
}

/* ---- HTML ---- */

static void read_attributes(struct str text, struct str name, struct list *out)
{
	for (size_t i = str_find(text, 0, name); i < text.n; i = str_find(text, i + 1, name)) {
		size_t from = i + name.n;
		if (from >= text.n || (text.p[from] != '"' && text.p[from] != '\''))
			continue;
		size_t end = str_find_byte(str_slice(text, from + 1, from + 257), 0, text.p[from]);
		add(out, unicode_slug(out->a, str_slice(text, from + 1, from + 1 + end)));
	}
}

static struct anchor_list sorted(const struct list *list)
{
	if (list->nr)
		qsort(list->v, list->nr, sizeof(*list->v), compare);
	return (struct anchor_list){list->v, list->nr};
}

struct anchors anchors_of(struct arena *a, struct str text)
{
	struct list slugs = {.a = a}, headings = {.a = a}, ids = {.a = a};
	read_headings(text, &slugs);
	number(&slugs, &headings);
	read_attributes(text, STR("id="), &ids);
	read_attributes(text, STR("name="), &ids);
	return (struct anchors){sorted(&headings), sorted(&ids)};
}

static bool holds(const struct anchor_list *list, struct str key)
{
	return list->nr && bsearch(&key, list->v, list->nr, sizeof(key), compare) != NULL;
}

bool anchors_hold(struct arena *a, const struct anchors *anchors, struct str fragment)
{
	struct str key = unicode_slug(a, fragment);
	struct str heading = without_byte(a, key, '_');
	/* A heading's name holds nothing that a slug leaves out: `1.2-概要` names none. */
	bool clean = utf8_count(key) == utf8_count(fragment) && str_find_byte(fragment, 0, ' ') == fragment.n;
	return (clean && holds(&anchors->heading, heading)) || holds(&anchors->id, key);
}
