#include "core/source/source.h"

#include "core/base/utf8.h"

/* The next `c` at or after `p`; `found` is the one before, which is searched for only once. */
static const char *next_byte(const char *found, const char *p, const char *end, char c)
{
	if (found >= p)
		return found;
	found = memchr(p, c, (size_t)(end - p));
	return found ? found : end;
}

/* Are the bytes at `cr` and up to `lf` the start of one ending: CRLF, or CRLF that was translated once more? */
static bool is_before(const char *cr, const char *lf, const char *end)
{
	return cr + 1 == lf || (cr + 2 == lf && lf < end && cr[1] == '\r');
}

struct lines lines_of(struct arena *a, struct str text)
{
	const char *begin = text.n ? text.p : "", *end = begin + text.n;
	const char *p = begin, *lf = NULL, *cr = NULL;
	uint32_t *start = NULL;
	size_t nr = 0, cap = 0;

	do {
		start = arena_grow(a, start, nr, &cap, sizeof(*start));
		start[nr++] = (uint32_t)(p - begin);
		if (p == end)
			break;
		lf = next_byte(lf, p, end, '\n');
		cr = next_byte(cr, p, end, '\r');
		p = cr < lf && !is_before(cr, lf, end) ? cr : lf;
		p += p < end;
	} while (p < end);
	start = arena_grow(a, start, nr, &cap, sizeof(*start));
	start[nr] = (uint32_t)text.n;
	return (struct lines){.start = start, .nr = (uint32_t)nr};
}

uint32_t lines_at(const struct lines *l, uint32_t off)
{
	uint32_t low = 0, high = l->nr;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (l->start[middle] <= off)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct span lines_span(const struct lines *l, struct str text, uint32_t line)
{
	if (line >= l->nr)
		return span_make(text.n, text.n);

	uint32_t from = l->start[line], to = l->start[line + 1];
	bool lf = to > from && text.p[to - 1] == '\n';
	to -= lf;
	for (unsigned crs = lf ? 2 : 1; crs && to > from && text.p[to - 1] == '\r'; crs--)
		to--;
	return span_make(from, to);
}

struct position source_position(const struct source *s, uint32_t off)
{
	if (off > s->text.n)
		off = (uint32_t)s->text.n;

	uint32_t line = lines_at(&s->lines, off);
	struct str before = str_slice(s->text, s->lines.start[line], off);
	return (struct position){.line = line + 1, .column = (uint32_t)utf8_count(before) + 1};
}
