/*
 * The blocks as they are found, and a second look at those that the parser is known to read wrongly: what misled it is
 * made a letter in the text that it reads, so that it can be asked again.
 */
#pragma once

#include "core/digest/block.h"

struct block_build {
	const struct source *source;
	struct arena *arena;
	char *masked; /* what the parser reads: byte for byte the source's text */
	struct block *v;
	size_t nr, cap;
	uint32_t parent; /* the block that is open, or BLOCK_NONE */
	uint32_t quotes; /* how many quotes are */
	unsigned fence;  /* the column from which the open code block's end may be indented */
	size_t hidden;   /* how many misreadings were made impossible */
	bool damaged;    /* one was found that cannot be */
};

/* A block from byte `from` to `to`, in the open one. Returns its index. */
uint32_t block_add(struct block_build *b, enum block_kind kind, uint32_t from, uint32_t to);
/* What the open block is marked with: a heading's level, an item's number, a fence at byte `off`. */
void block_mark_level(struct block_build *b, uint8_t level, bool setext);
void block_mark_ordered(struct block_build *b);
void block_mark_fence(struct block_build *b, uint32_t off);
