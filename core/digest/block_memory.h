/*
 * The parser's memory. A parse takes and gives back tens of thousands of small pieces; here they are cut from an arena, kept
 * by size for the next use, and dropped all at once.
 */
#pragma once

#include <stddef.h>

struct block_memory;

struct block_memory *block_memory_new(void);
void block_memory_free(struct block_memory *m);
/* From here on this thread's parser takes its memory from `m`. */
void block_memory_begin(struct block_memory *m);
/* Bytes that it has taken since then. */
size_t block_memory_used(const struct block_memory *m);
/* All that the parser took since then is gone. */
void block_memory_end(struct block_memory *m);
