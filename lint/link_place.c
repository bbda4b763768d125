#include "lint/link_place.h"

#include "core/digest/code_span.h"
#include "core/digest/scan.h"
#include "core/ioc/url.h"

bool line_is_ioc(const struct digest *d, uint32_t line)
{
	size_t low = 0, high = d->proses;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (d->prose[middle].line < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low < d->proses && d->prose[low].line == line && d->prose[low].ioc;
}

bool link_is_live(const struct digest *d, const struct link *l)
{
	uint32_t block = d->line[l->line].block;
	bool front = block != BLOCK_NONE && d->blocks->v[block].kind == BLOCK_FRONT;
	return !l->defanged && !front && link_is_web(d, l);
}

bool link_is_followed(const struct digest *d, const struct link *l)
{
	return link_is_live(d, l) && !line_is_ioc(d, l->line);
}

struct span link_inside(const struct digest *d, const struct link *l)
{
	uint32_t from = span_end(l->text) + 2, to = span_end(l->at) - 1;
	return scan_trim(d->source->text, span_make(from, to));
}

bool link_is_whole(const struct digest *d, const struct link *l)
{
	struct span inside = link_inside(d, l);
	size_t from = span_end(l->url) > inside.off ? span_end(l->url) - inside.off : 0;
	struct str rest = str_from(digest_str(d, inside), from);
	if (rest.n && *rest.p == '>')
		rest = str_from(rest, 1);
	rest = str_trim(rest);
	/* A parenthesis in a title ends the link for our scanner: its other end is not to be had. */
	return !rest.n || strchr("\"'(", *rest.p);
}

bool link_is_address(struct str text)
{
	bool defanged;
	return text.n && url_length(text, &defanged) == text.n && !defanged;
}

/* Of what an address may be made of, but text mostly is not. */
static bool looks_like_target(struct str s)
{
	if (!s.n || strchr("/#.?<", *s.p))
		return true;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || (unsigned char)s.p[i] >= 0x7F)
			return str_find(s, 0, STR("://")) < s.n;
	return str_find_byte(s, 0, '.') < s.n || str_find_byte(s, 0, '/') < s.n || str_find_byte(s, 0, ':') < s.n;
}

bool link_is_reversed(const struct digest *d, const struct link *l)
{
	if (l->kind != LINK_INLINE || l->image || l->defanged)
		return false;
	return link_is_address(link_undressed(digest_str(d, l->text))) &&
	       !looks_like_target(link_undressed(digest_str(d, link_inside(d, l))));
}

struct str link_undressed(struct str s)
{
	static const char pairs[][2] = {{'<', '>'}, {'"', '"'}};
	s = str_trim(s);
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
		if (s.n > 2 && s.p[0] == pairs[i][0] && str_find_byte(s, 1, pairs[i][1]) == s.n - 1)
			return str_trim(str_slice(s, 1, s.n - 1));
	return s;
}

/* The end of the code span at `i`; 0 where it is not closed, or brackets in it would count for our scanner. */
static size_t holdable_code(struct str s, size_t i)
{
	bool closed;
	size_t end = code_span_end(s, i, &closed);
	for (; closed && i < end; i++)
		closed = !strchr("[]\\", s.p[i]);
	return closed ? end : 0;
}

bool link_can_hold(struct str s)
{
	size_t open = 0;
	for (size_t i = 0; i < s.n; i++) {
		size_t code = s.p[i] == '`' ? holdable_code(s, i) : 0;
		if (code) {
			i = code - 1;
			continue;
		}
		if (strchr("\\`<", s.p[i]) || (s.p[i] == ']' && !open))
			return false;
		open += s.p[i] == '[';
		open -= s.p[i] == ']';
	}
	return !open;
}

bool link_is_article(const struct digest *d, const struct link *l)
{
	const struct entry *e = digest_entry_at(d, l->line);
	return e && e->url.len && e->url.off == l->url.off;
}

bool link_is_item(const struct digest *d, const struct link *l)
{
	const struct line *line = &d->line[l->line];
	return l->kind == LINK_INLINE && line->kind == LINE_ITEM && !line->indent && l->at.off == line->text.off &&
	       l->at.len == line->text.len;
}

/*
 * Is the section a list of links: does the template say so, or are most of its items links, and two or more? `first` is the
 * number of the section's first link.
 */
static bool is_list(const struct digest *d, const struct section *s, size_t first)
{
	enum { LEAST = 2 };
	size_t whole = 0, items = 0;
	if (s->nr)
		return false;
	if (s->def && s->def->kind == SECTION_LINKS)
		return true;
	for (uint32_t i = s->line + 1; i < s->end; i++)
		items += d->line[i].kind == LINE_ITEM && !d->line[i].indent;
	for (size_t i = first; i < d->links && d->link[i].line < s->end; i++)
		whole += !d->link[i].defanged && link_is_item(d, &d->link[i]);
	return whole >= LEAST && whole * 2 > items;
}

struct link_range link_range_of(const struct digest *d, const struct section *s, size_t from)
{
	struct link_range r = {.first = from};
	while (r.first < d->links && d->link[r.first].line < s->line)
		r.first++;
	for (r.end = r.first; r.end < d->links && d->link[r.end].line < s->end;)
		r.end++;
	r.list = r.first < r.end && is_list(d, s, r.first);
	return r;
}

void link_sections(struct check *c, const struct digest *d, link_section_visit *visit)
{
	struct link_range r = {0};
	for (const struct section *s = d->section; s && s < d->section + d->nr; s++) {
		r = link_range_of(d, s, r.end);
		if (r.first < r.end)
			visit(c, d, s, &r);
	}
}
