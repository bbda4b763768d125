#include "cmd/report/place.h"

#include "core/base/utf8.h"

#define BOM STR("\xEF\xBB\xBF")

static size_t count_utf16(struct str text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.n; count++)
		count += utf8_next(text, &i) > 0xFFFF;
	return count;
}

static uint32_t count(enum unit unit, struct str text)
{
	switch (unit) {
	case UNIT_UTF16:
		return (uint32_t)count_utf16(text);
	case UNIT_BYTES:
		return (uint32_t)text.n;
	case UNIT_CHARACTERS:
		break;
	}
	return (uint32_t)utf8_count(text);
}

/* The first column's offset. */
static uint32_t line_start(enum unit unit, const struct source *s, uint32_t line)
{
	bool skip = unit == UNIT_UTF16 && line == 0 && str_starts(s->text, BOM);
	return skip ? (uint32_t)BOM.n : s->lines.start[line];
}

struct position place_of(struct place *memo, const struct source *s, uint32_t off)
{
	if (off > s->text.n)
		off = (uint32_t)s->text.n;
	uint32_t line = lines_at(&s->lines, off);
	if (memo->source != s || memo->at.line != line + 1 || memo->off > off) {
		memo->source = s;
		memo->at = (struct position){line + 1, 1};
		memo->off = line_start(memo->unit, s, line);
	}
	if (off < memo->off)
		return memo->at;
	memo->at.column += count(memo->unit, str_slice(s->text, memo->off, off));
	memo->off = off;
	return memo->at;
}

static bool ends_line(char c)
{
	return c == '\n' || c == '\r';
}

static struct position exact(struct place *memo, const struct source *s, uint32_t off)
{
	if (off && off >= s->text.n && ends_line(s->text.p[s->text.n - 1]))
		return (struct position){s->lines.nr + 1, 1};
	return place_of(memo, s, off);
}

struct region region_of(struct place *memo, const struct source *s, struct span at)
{
	struct position start = exact(memo, s, at.off);
	/* A copy: the next span may begin before the end of this one. */
	struct place end = *memo;
	return (struct region){start, exact(&end, s, span_end(at))};
}

/* An offset, or the end of its line's text when it lies in the line's ending. */
static uint32_t before_ending(const struct source *s, uint32_t line, uint32_t off)
{
	uint32_t end = span_end(lines_span(&s->lines, s->text, line));
	return off < end ? off : end;
}

struct region region_shown(struct place *memo, const struct source *s, struct span at)
{
	uint32_t from = before_ending(s, lines_at(&s->lines, at.off), at.off), to = from;
	if (at.len)
		to = before_ending(s, lines_at(&s->lines, span_end(at) - 1), span_end(at));
	struct position start = place_of(memo, s, from);
	struct place end = *memo;
	return (struct region){start, place_of(&end, s, to > from ? to : from)};
}
