/*
 * Places as editors count them: lines and characters from 0, the latter in units of the encoding that was agreed on. A line ends
 * at LF, CRLF and CR, and behind the last end there is one more line.
 */
#pragma once

#include "core/base/buf.h"
#include "core/source/source.h"

enum encoding { ENCODING_UTF16, ENCODING_UTF8, ENCODING_UTF32 };

struct spot {
	uint32_t line, character;
};

struct stretch {
	struct spot start, end;
};

/* The name of an encoding: "utf-16". */
const char *encoding_name(enum encoding e);
/* False: there is none of that name. */
bool encoding_find(struct str name, enum encoding *out);

/*
 * The byte offset of a spot. Behind the end of its line it is that end, behind the last line the end of the text, and inside of a
 * character where that begins.
 */
size_t spot_offset(struct str text, enum encoding e, struct spot at);
/* Replaces what lies between two spots; nothing where the end comes before the start. */
void spot_replace(struct buf *text, enum encoding e, struct stretch at, struct str by);

/* Of one text; counting goes on from the last place where it can. */
struct spotter {
	struct str text;
	enum encoding encoding;
	const uint32_t *start; /* of the lines; in the arena */
	uint32_t lines;
	uint32_t off;
	struct spot at;
};

struct spotter spotter_make(struct arena *a, struct str text, enum encoding e);
/* Where a byte stands; between CR and LF it is the end of the line. */
struct spot spot_of(struct spotter *s, size_t off);
struct stretch stretch_of(struct spotter *s, size_t from, size_t to);
