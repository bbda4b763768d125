#include "core/digest/block_build.h"

#include "core/digest/block_mask.h"
#include "core/digest/block_prefix.h"

/* CommonMark's indent that still is none. */
enum { INDENT_SLACK = 3 };

/* Blank, or only what continues the quotes around it? */
static bool is_void(struct str s, uint32_t quotes)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool marker = c == '>' && quotes > 0;
		if (!marker && !block_is_blank(c) && c != '\n' && c != '\r')
			return false;
		quotes -= marker;
	}
	return true;
}

static struct str line_until(const struct block_build *b, uint32_t line, uint32_t off)
{
	return str_slice(b->source->text, b->source->lines.start[line], off);
}

/* The line behind the last one that is not void, of a block from line `first` to byte `to`. */
static uint32_t line_behind(const struct block_build *b, uint32_t first, uint32_t to)
{
	uint32_t line = lines_at(&b->source->lines, to);

	for (; line > first; line--) {
		if (!is_void(line_until(b, line, to), b->quotes))
			break;
		to = b->source->lines.start[line];
	}
	return line + 1;
}

static unsigned column_of(const struct block_build *b, uint32_t line, uint32_t off)
{
	struct str before = line_until(b, line, off);
	unsigned column = 0;

	for (size_t i = 0; i < before.n; i++)
		column += block_blank_width(before.p[i], column);
	return column;
}

static uint32_t skip_blanks(const struct block_build *b, uint32_t off)
{
	while (off < b->source->text.n && block_is_blank(b->source->text.p[off]))
		off++;
	return off;
}

static void hide(struct block_build *b, uint32_t off)
{
	const char letter = (char)BLOCK_MASK_LETTER;

	if (off >= b->source->text.n || b->masked[off] == letter) {
		b->damaged = true;
		return;
	}
	b->masked[off] = letter;
	b->hidden++;
}

/* An indented line goes on with the paragraph before it; the parser looks first whether it begins with a marker. */
static void check_code(struct block_build *b, const struct block *code, uint32_t from)
{
	const struct block *before = code - 1;

	if (code == b->v || before->end != code->first)
		return;
	if (before->kind == BLOCK_PARAGRAPH)
		hide(b, skip_blanks(b, from));
	else if (before->kind == BLOCK_REFERENCE)
		b->damaged = true;
}

/* A > that is indented too far goes on with no quote. Only at the top it is plain how far that is. */
static void check_quote(struct block_build *b, const struct block *quote)
{
	if (quote->depth > 0)
		return;
	for (uint32_t line = quote->first + 1; line < quote->end; line++) {
		uint32_t off = skip_blanks(b, b->source->lines.start[line]);
		bool marker = off < b->source->text.n && b->masked[off] == '>';
		if (marker && column_of(b, line, off) > INDENT_SLACK)
			hide(b, off);
	}
}

/* <!DOCTYPE> ends with the line of its first >, which the parser does not know. */
static void check_html(struct block_build *b, const struct block *html, uint32_t from)
{
	uint32_t last = b->source->lines.start[html->end - 1];
	struct str tag = str_slice(b->source->text, skip_blanks(b, from), last);

	if (str_starts(tag, STR("<!")) && !str_starts(tag, STR("<!--")) && str_find_byte(tag, 0, '>') < tag.n)
		b->damaged = true;
}

static void check(struct block_build *b, const struct block *block, uint32_t from)
{
	if (block->kind == BLOCK_CODE)
		check_code(b, block, from);
	else if (block->kind == BLOCK_QUOTE)
		check_quote(b, block);
	else if (block->kind == BLOCK_HTML)
		check_html(b, block, from);
}

uint32_t block_add(struct block_build *b, enum block_kind kind, uint32_t from, uint32_t to)
{
	uint32_t first = lines_at(&b->source->lines, from);
	struct block block = {
		.kind = (uint8_t)kind,
		.depth = b->parent == BLOCK_NONE ? 0 : (uint16_t)(b->v[b->parent].depth + 1),
		.parent = b->parent,
		.first = first,
		.end = line_behind(b, first, to),
	};

	b->v = arena_grow(b->arena, b->v, b->nr, &b->cap, sizeof(*b->v));
	b->v[b->nr] = block;
	check(b, &b->v[b->nr], from);
	return (uint32_t)b->nr++;
}

void block_mark_level(struct block_build *b, uint8_t level, bool setext)
{
	/* Where the parser found errors, a mark may stand outside of what it marks. */
	if (b->parent == BLOCK_NONE)
		return;
	b->v[b->parent].level = level;
	b->v[b->parent].setext = setext;
}

void block_mark_ordered(struct block_build *b)
{
	if (b->parent != BLOCK_NONE && b->v[b->parent].parent != BLOCK_NONE)
		b->v[b->v[b->parent].parent].ordered = true;
}

/*
 * The parser closes a code block also with a fence that has text before it, or that is indented further than
 * CommonMark allows.
 */
void block_mark_fence(struct block_build *b, uint32_t off)
{
	if (b->parent == BLOCK_NONE)
		return;

	const struct block *code = &b->v[b->parent];
	uint32_t fence = skip_blanks(b, off);
	uint32_t line = lines_at(&b->source->lines, fence);
	if (line == code->first)
		b->fence = code->depth > 0 ? column_of(b, line, fence) : 0;
	else if (!is_void(line_until(b, line, fence), b->quotes) || column_of(b, line, fence) > b->fence + INDENT_SLACK)
		hide(b, fence);
}
