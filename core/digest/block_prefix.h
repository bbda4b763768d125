/* What stands before a line's own text: indent and the markers that open or continue quotes and list items. */
#pragma once

#include "core/base/str.h"
#include "core/source/source.h"

struct block_prefix {
	size_t n;         /* bytes */
	unsigned markers; /* '>', bullets, numbers */
	unsigned indent;  /* columns of the widest run of blanks */
};

static inline bool block_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Columns of a byte that begins in `column`. */
static inline unsigned block_blank_width(char c, unsigned column)
{
	return c == '\t' ? 4 - column % 4 : 1;
}

struct block_prefix block_prefix(struct str line);
/* Nested too deep for the parser, which keeps indent in a byte and blocks in a small buffer. `*line` is then the place. */
bool block_is_deep(const struct source *source, uint32_t *line);
