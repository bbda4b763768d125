#include "cmd/report/report.h"

#include <stdlib.h>

#include "cmd/term.h"
#include "core/base/unicode.h"
#include "core/base/utf8.h"

enum {
	WIDTH = 100, /* columns that are shown of a line */
	LEAD = 40,   /* columns before a span that stay when the line is cropped */
	TAB = 4,
	/* Bytes around the start of a span that can matter: a line may have millions. */
	BEFORE = 320,
	AFTER = 640,
};

/* One character as it is shown. */
struct cell {
	uint32_t off;  /* in the source */
	uint32_t text; /* in the rendered text */
	uint32_t column;
};

struct canvas {
	struct buf text;
	struct cell cell[BEFORE + AFTER + 1]; /* the last one is the end */
	size_t nr;
};

static bool continues(struct str text, size_t i)
{
	return i < text.n && ((unsigned char)text.p[i] & 0xC0) == 0x80;
}

/* The part of the line that is looked at; never cuts a character. */
static struct span window(struct str text, struct span line, uint32_t off)
{
	size_t from = line.off, to = span_end(line);
	if (off > from + BEFORE)
		from = off - BEFORE;
	if (to > (size_t)off + AFTER)
		to = (size_t)off + AFTER;
	while (from > line.off && continues(text, from))
		from--;
	while (to > off && to < span_end(line) && continues(text, to))
		to--;
	return span_make(from, to);
}

static size_t show_char(struct buf *out, struct str text, size_t at, size_t next, uint32_t c)
{
	size_t before = out->n;
	struct str bytes = str_slice(text, at, next);
	if (utf8_skip_common(bytes, 0) == bytes.n) {
		buf_add(out, bytes);
		return (size_t)unicode_width(c);
	}
	if (c == '\t') {
		buf_pad(out, ' ', TAB);
		return TAB;
	}
	bool ill_formed = c == 0xFFFD && next == at + 1;
	term_escape_char(out, ill_formed ? (unsigned char)text.p[at] : c, ill_formed);
	if (ill_formed || unicode_is_control(c))
		return out->n - before;
	return (size_t)unicode_width(c);
}

static void render(struct canvas *v, struct str text, struct span part)
{
	size_t column = 0, i = part.off, end = span_end(part);
	struct str whole = str_slice(text, 0, end);
	while (i < end && v->nr + 1 < ARRAY_SIZE(v->cell)) {
		size_t at = i;
		uint32_t c = utf8_next(whole, &i);
		v->cell[v->nr++] = (struct cell){(uint32_t)at, (uint32_t)v->text.n, (uint32_t)column};
		column += show_char(&v->text, whole, at, i, c);
	}
	v->cell[v->nr] = (struct cell){(uint32_t)i, (uint32_t)v->text.n, (uint32_t)column};
}

/* The cell that holds a byte; the end cell behind the text. */
static size_t cell_at(const struct canvas *v, uint32_t off)
{
	size_t i = 0;
	while (i < v->nr && v->cell[i + 1].off <= off)
		i++;
	return i;
}

/* Does the cell take no column? It then belongs to the one before. */
static bool is_empty(const struct canvas *v, size_t i)
{
	return v->cell[i].column == v->cell[i + 1].column;
}

/* Cells to show: all when they fit, else those around the span. */
static void choose(const struct canvas *v, size_t first, size_t *from, size_t *to)
{
	uint32_t total = v->cell[v->nr].column, start = v->cell[first].column;
	*from = 0;
	*to = v->nr;
	if (total <= WIDTH)
		return;
	/* What follows the span may leave room for more before it. */
	uint32_t left = start > LEAD + 1 ? start - LEAD : 0;
	if (left + WIDTH > total)
		left = total - WIDTH;
	while (start > LEAD + 1 && *from < first && (v->cell[*from].column < left || is_empty(v, *from)))
		++*from;
	while (v->cell[*to].column - v->cell[*from].column > WIDTH)
		--*to;
}

static void underline(const struct canvas *v, size_t first, size_t last, size_t to, struct excerpt *out)
{
	uint32_t start = v->cell[first].column;
	uint32_t end = v->cell[last > to ? to : last].column;
	/* A combining mark stands above its base. */
	while (end <= start && first > 0 && first < v->nr && is_empty(v, first))
		start = v->cell[--first].column;
	out->column = start;
	out->width = end > start ? end - start : 1;
}

static void fit(struct canvas *v, struct span line, struct span part, struct span at, struct excerpt *out)
{
	size_t from, to;
	uint32_t stop = span_end(at) < span_end(part) ? span_end(at) : span_end(part);
	size_t first = cell_at(v, at.off), last = cell_at(v, stop);
	choose(v, first, &from, &to);
	if (last < v->nr && v->cell[last].off < stop)
		last++;
	underline(v, first, last, to, out);
	bool cut_left = from > 0 || part.off > line.off, cut_right = to < v->nr || span_end(part) < span_end(line);
	struct str shown = str_slice(buf_str(&v->text), v->cell[from].text, v->cell[to].text);
	buf_addz(&out->text, cut_left ? "…" : "");
	buf_add(&out->text, shown);
	buf_addz(&out->text, cut_right ? "…" : "");
	out->column = out->column - v->cell[from].column + cut_left;
}

void excerpt_make(const struct source *s, struct span at, struct excerpt *out)
{
	/* Large, and little of it is used: nothing is cleared but what counts. */
	struct canvas *v = xmalloc(sizeof(*v));
	v->text = (struct buf){0};
	v->nr = 0;
	struct span line = lines_span(&s->lines, s->text, lines_at(&s->lines, at.off));
	struct span clamped = at;
	/* A line's ending is underlined behind its last character. */
	if (clamped.off > span_end(line))
		clamped = span_make(span_end(line), span_end(line));
	struct span part = window(s->text, line, clamped.off);
	*out = (struct excerpt){0};
	render(v, s->text, part);
	fit(v, line, part, clamped, out);
	buf_release(&v->text);
	free(v);
}
