#include "lint/ignore.h"

static const struct str word = STR_INIT("sdi-ignore");

struct reader {
	struct arena *arena;
	const struct digest *d;
	const struct lint_plan *plan;
	struct ignore *v;
	size_t nr, cap;
};

/* The line behind the head of the entry that begins at `line`: behind its heading and its URL. */
static uint32_t head_end(const struct digest *d, uint32_t line)
{
	FOR_EACH_ENTRY (d, e)
		if (e->line == line && e->url.len && e->url_line < e->first_field)
			return e->url_line + 1;
	return line + 1;
}

/* The lines of the block behind a comment: an item with what is nested in it, a heading, an entry's with its URL, a paragraph. */
static void cover_next_block(const struct digest *d, struct ignore *ig)
{
	uint32_t i = ig->line + 1;
	while (i < d->lines && (d->line[i].kind == LINE_BLANK || d->line[i].kind == LINE_HTML))
		i++;
	ig->first = ig->line;
	ig->end = i;
	if (i == d->lines)
		return;
	const struct line *first = &d->line[i++];
	if (first->kind == LINE_ITEM)
		while (i < d->lines && (d->line[i].kind == LINE_BLANK || d->line[i].indent > first->indent))
			i++;
	else if (first->kind == LINE_HEADING)
		i = head_end(d, i - 1);
	else
		while (i < d->lines && d->line[i].kind == first->kind)
			i++;
	ig->end = i;
}

static void cover(const struct digest *d, struct ignore *ig)
{
	ig->first = ig->line;
	ig->end = ig->line + 1;
	if (ig->file) {
		ig->first = 0;
		ig->end = d->lines;
	} else if (ig->alone) {
		cover_next_block(d, ig);
	}
}

static void add_name(struct reader *r, struct ignore ig, struct span name)
{
	struct str text = r->d->source->text;
	struct str s = str_at(text, name), trimmed = str_trim(s);
	name = (struct span){name.off + (uint32_t)(trimmed.p - s.p), (uint32_t)trimmed.n};
	ig.name = name;
	ig.rule = rule_find(trimmed);
	ig.active = ig.rule && r->plan->state[rule_index(ig.rule)].severity != SEVERITY_OFF;
	ig.malformed = !trimmed.n;
	cover(r->d, &ig);
	r->v = arena_grow(r->arena, r->v, r->nr, &r->cap, sizeof(*r->v));
	r->v[r->nr++] = ig;
}

/* `inside` is what stands between "sdi-ignore" and "-->". */
static void read_names(struct reader *r, struct ignore ig, struct span inside)
{
	struct str s = digest_str(r->d, inside);
	if (str_starts(s, STR("-file"))) {
		ig.file = true;
		inside = (struct span){inside.off + 5, inside.len - 5};
		s = str_from(s, 5);
	}
	static const struct str wide = STR_INIT("：");
	size_t narrow_at = str_find_byte(s, 0, ':'), wide_at = str_find(s, 0, wide);
	size_t colon = narrow_at < wide_at ? narrow_at : wide_at;
	ig.reason = str_trim(str_from(s, colon + (colon == narrow_at ? 1 : wide.n))).n > 0;
	ig.sole = str_find_byte(str_slice(s, 0, colon), 0, ',') >= colon;
	for (size_t from = 0; from <= colon;) {
		size_t comma = str_find_byte(str_slice(s, 0, colon), from, ',');
		add_name(r, ig, span_make(inside.off + from, inside.off + comma));
		from = comma + 1;
	}
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* `sdi-ingore`, `sdi ignore`. */
static bool is_slip(struct str comment)
{
	static const char *const words[] = {"sdi-ignore", "sdi-ignore-file", NULL};
	size_t n = 3;
	if (!str_eq_nocase(str_slice(comment, 0, n), STR("sdi")))
		return false;
	/* Up to what ends a word, but for a blank in the place of the hyphen. */
	while (n < comment.n && (n == 3 || is_letter(comment.p[n]) || comment.p[n] == '-'))
		n++;
	return nearest_name(str_slice(comment, 0, n), words) != NULL;
}

static void add_slip(struct reader *r, struct ignore ig)
{
	ig.malformed = true;
	ig.name = ig.at;
	cover(r->d, &ig);
	r->v = arena_grow(r->arena, r->v, r->nr, &r->cap, sizeof(*r->v));
	r->v[r->nr++] = ig;
}

/* The comment that opens at `open`. */
static void read_comment(struct reader *r, uint32_t line, size_t open)
{
	const struct line *l = &r->d->line[line];
	struct str s = digest_str(r->d, l->at);
	size_t from = open + 4;
	while (from < s.n && s.p[from] == ' ')
		from++;
	bool slip = !str_starts(str_from(s, from), word);
	if (slip && !is_slip(str_from(s, from)))
		return;
	size_t close = str_find(s, from, STR("-->"));
	struct ignore ig = {.line = line, .at = span_make(l->at.off + open, l->at.off + (close < s.n ? close + 3 : s.n))};
	ig.alone = !str_trim(str_slice(s, 0, open)).n && !str_trim(str_from(s, close + 3)).n;
	if (slip)
		add_slip(r, ig);
	else
		read_names(r, ig, span_make(l->at.off + from + word.n, l->at.off + close));
}

/* As digest_in_code, but for all comments of a line at once: there may be very many. */
static void read_comments(struct reader *r, uint32_t line)
{
	struct str s = digest_str(r->d, r->d->line[line].at);
	const char *last = memrchr(s.p, '`', s.n);
	bool html = r->d->line[line].kind == LINE_HTML, code = false;
	size_t i = 0, open;
	while ((open = str_find(s, i, STR("<!--"))) < s.n) {
		for (; i < open; i++)
			code ^= s.p[i] == '`';
		if (html || !code || !last || last < s.p + open)
			read_comment(r, line, open);
		for (size_t close = str_find(s, open, STR("-->")); i < close; i++)
			code ^= s.p[i] == '`';
	}
}

struct ignore *ignores_read(struct arena *a, const struct digest *d, const struct lint_plan *plan, size_t *nr)
{
	struct reader r = {.arena = a, .d = d, .plan = plan};
	struct str text = d->source->text;
	uint32_t seen = d->lines;
	for (size_t at = 0; (at = str_find(text, at, STR("<!--"))) < text.n; at += 4) {
		uint32_t line = lines_at(&d->source->lines, (uint32_t)at);
		if (line == seen || d->line[line].kind == LINE_CODE)
			continue;
		read_comments(&r, line);
		seen = line;
	}
	*nr = r.nr;
	return r.v;
}
