/*
 * The text as the block parser gets to see it: a copy of the same length in which what cannot matter to the structure
 * is one long letter. The parser then makes one token of it, where it would make one of each word and comma.
 * The same way hides from it what it would take for a mark and CommonMark would not.
 */
#pragma once

#include "core/source/source.h"

enum {
	BLOCK_MASK_LETTER = 0xFE, /* part of a run that reads as one letter */
	BLOCK_MASK_GLUE = 0xFF,   /* belongs to the character before */
};

enum block_mask_mode {
	BLOCK_MASK_ALL,
	BLOCK_MASK_FAULTS, /* only what the parser would read wrongly */
};

/*
 * Writes the text to `out`, which has room for one byte more: the last one is always a line feed.
 * The first `skip` bytes (a byte order mark) are none of the first line's.
 */
void block_mask(char *out, const struct source *source, uint32_t skip, enum block_mask_mode mode);
/* How many bytes beyond ASCII, which read as one letter, stand at `p`, where `n` can be read. */
size_t block_mask_run(const char *p, size_t n);
