/* What stands out of order, and moving it. */
#pragma once

#include "lint/check.h"

/*
 * `rank[i]` says where the i-th thing belongs among the others. Sets `moved[i]` for the fewest things that have to move so
 * that the rest is in order: those outside of a longest increasing subsequence.
 */
void order_find_moved(struct arena *a, const size_t *rank, size_t nr, bool *moved);
/* The first thing in place that belongs behind the i-th one; nr for none. */
size_t order_follower(const size_t *rank, const bool *moved, size_t nr, size_t i);
/*
 * Edits that move lines [first, end), blank lines at their end left out, before line `before`; d->lines: behind all text.
 * `last`: nothing of their kind follows them, so that the blank lines behind them stay. `blank` lines stand between
 * neighbours. Comments right above a thing go with it.
 */
void order_move_lines(struct check *c, struct finding *f, const struct digest *d, uint32_t first, uint32_t end,
                      uint32_t before, unsigned blank, bool last);
/* The same, to where the text before line `behind` ends, which is not before `end`. */
void order_move_behind(struct check *c, struct finding *f, const struct digest *d, uint32_t first, uint32_t end,
                       uint32_t behind, unsigned blank);
