/*
 * Places as formats want them: each has its own unit of columns. Lines and columns count from 1.
 */
#pragma once

#include "core/source/source.h"

enum unit {
	UNIT_CHARACTERS, /* code points */
	UNIT_UTF16,      /* code units; a byte order mark is none of them (SARIF 2.1.0) */
	UNIT_BYTES,      /* of UTF-8 */
};

/* Counting columns goes on from here where it can: a line that is long has many findings. Zeroed but for its unit at first. */
struct place {
	enum unit unit;
	const struct source *source;
	uint32_t off;
	struct position at;
};

/* As source_position, fast for offsets that rise. */
struct position place_of(struct place *memo, const struct source *s, uint32_t off);

/* The end is exclusive. */
struct region {
	struct position start, end;
};

/* All of the span. What ends behind the last newline ends in column 1 of the line that would follow. */
struct region region_of(struct place *memo, const struct source *s, struct span at);
/* The part of a span that can be seen: it stops before the newline that it ends with, so that no further line is marked. */
struct region region_shown(struct place *memo, const struct source *s, struct span at);
