/* One entry: its URL, its fields and their items, out of its lines. */
#pragma once

#include "core/digest/link.h"

struct entry_reader {
	struct arena *arena;
	struct digest *digest; /* lines and links are there already */
	const struct template_entry *shape;
};

/*
 * Reads lines [first, end); `first` is the heading or the numbered line. Where the shape is NULL the fields stay empty.
 */
void entry_read(struct entry_reader *r, uint32_t first, uint32_t end, struct entry *out);
/* Do the lines behind a heading look like an entry of that shape: a URL alone on a line, or `labels` of its labels? */
bool entry_looks(const struct digest *d, const struct template_entry *shape, uint32_t first, uint32_t end,
                 unsigned labels);
/* The first link of a line; NULL without one. */
const struct link *digest_link_on(const struct digest *d, uint32_t line);
