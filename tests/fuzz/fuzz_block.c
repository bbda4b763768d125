/* Whatever the text: blocks lie in it, in order, and inside of what encloses them. */
#include <stdint.h>

#include "core/base/utf8.h"
#include "core/digest/block.h"

static void check_block(const struct blocks *blocks, size_t i, uint32_t lines)
{
	const struct block *b = &blocks->v[i];

	if (b->first >= b->end || b->end > lines)
		BUG("block %zu is from line %u to %u of %u", i, b->first, b->end, lines);
	if (i > 0 && b->first < b[-1].first)
		BUG("block %zu begins before the one before it", i);
	if (b->kind > BLOCK_REFERENCE || b->level > 6 || (b->kind != BLOCK_HEADING && (b->level || b->setext)))
		BUG("block %zu is of kind %u, level %u", i, b->kind, b->level);
	if (b->parent == BLOCK_NONE) {
		if (b->depth != 0)
			BUG("block %zu is at depth %u, in nothing", i, b->depth);
		return;
	}
	if (b->parent >= i || blocks->v[b->parent].depth + 1 != b->depth)
		BUG("block %zu is not in block %u", i, b->parent);
	const struct block *parent = &blocks->v[b->parent];
	if (parent->first > b->first || (!blocks->damaged && parent->end < b->end))
		BUG("block %zu sticks out of block %u", i, b->parent);
	if (!blocks->damaged && (parent->kind == BLOCK_LIST) != (b->kind == BLOCK_ITEM))
		BUG("block %zu of kind %u is in one of kind %u", i, b->kind, parent->kind);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct block_parser *parser;
	struct str text = {size ? (const char *)data : "", size};
	struct arena arena = {0};
	struct blocks blocks;
	uint32_t line = 0;

	if (utf8_check(text) < text.n)
		return 0;
	if (!parser)
		parser = block_parser_new();

	struct source source = {.text = text, .lines = lines_of(&arena, text)};
	enum block_trouble trouble = block_parse(parser, &arena, &source, &blocks, &line);
	if (trouble != BLOCK_FINE && (blocks.nr > 0 || line >= source.lines.nr))
		BUG("trouble %d at line %u of %u", trouble, line, source.lines.nr);
	for (size_t i = 0; i < blocks.nr; i++)
		check_block(&blocks, i, source.lines.nr);
	arena_release(&arena);
	return 0;
}
