/*
 * A text cut at its headings and at the items of its lists, and what is known already of the pieces.
 *
 * A heading or a bullet at the start of a line closes every block that is open, but for code or HTML that no item holds, and for
 * the bullet's own list. So what stands between two of them can be parsed by itself; and since only its shape counts (blanks,
 * markers, where there is text), and digests have few shapes, nearly no piece needs the parser.
 */
#pragma once

#include "core/digest/block.h"

/* Shapes seen so far; belongs to one thread. */
struct pieces;
struct pieces *pieces_new(void);
void pieces_free(struct pieces *p);

/*
 * Parses one piece. `masked` is its text, with a line feed behind the last one; it may be written to. The result lives in the
 * arena. False when the parser was not sure of it.
 */
typedef bool piece_reader(void *context, struct arena *a, const struct source *piece, char *masked, struct blocks *out);

/*
 * The blocks of `source`, whose masked text (block_mask.h) is `masked`; the first `skip` bytes are no part of it. False when it
 * cannot be read piece by piece, and has to be read as a whole.
 */
bool pieces_read(struct pieces *p, struct arena *a, const struct source *source, const char *masked, uint32_t skip,
                 piece_reader *read, void *context, struct blocks *out);
