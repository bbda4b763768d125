/*
 * A text to check, wherever it comes from. Immutable once read.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/date.h"
#include "core/base/err.h"

enum source_origin { SOURCE_WORKTREE, SOURCE_STDIN, SOURCE_SNAPSHOT };

/* Where the lines of a text begin. Line numbers count from 0 here; shown ones from 1. */
struct lines {
	const uint32_t *start; /* nr + 1 byte offsets; the last is the text's length */
	uint32_t nr;           /* at least 1; a final newline opens no further line */
};

struct source {
	const char *path;     /* as shown to people: as it was named, or relative to the current folder */
	const char *relative; /* to the project's root, with '/'; NULL when outside of it */
	struct str text;      /* all bytes, as they are */
	uint64_t size;        /* bytes; more than text.n when the text was too large to be read */
	struct lines lines;
	size_t valid; /* bytes before the first that is no UTF-8, or a NUL; text.n: none is. Set before it is checked. */
	enum source_origin origin;
};

/* A place as it is shown: line and column from 1, the column in code points. */
struct position {
	uint32_t line, column;
};

/* A lone CR ends a line as LF and CRLF do, and CR CR LF, what becomes of CRLF that is translated twice, is one end. The array lives in the arena. */
struct lines lines_of(struct arena *a, struct str text);
/* The line (from 0) that holds byte `off`; the last line for offsets at or behind the end. */
uint32_t lines_at(const struct lines *l, uint32_t off);
/* A line's bytes without its ending. */
struct span lines_span(const struct lines *l, struct str text, uint32_t line);
struct position source_position(const struct source *s, uint32_t off);

/*
 * Reads a regular file. Anything else (FIFO, device, folder) is an error, and never waited for.
 * A file of more than `limit` bytes is not read: its text is empty, its size is set.
 * `path` is opened; the caller sets the source's own path fields. Text and lines live in the arena.
 */
int source_read_file(struct arena *a, const char *path, uint64_t limit, struct source *out, struct err *err);
/* The same for a text that is there already, as if it came from a stream. It is borrowed. */
void source_take(struct arena *a, struct str text, uint64_t limit, struct source *out);
/* Reads all of a stream's bytes; the same limit. */
int source_read_stream(struct arena *a, int fd, uint64_t limit, struct source *out, struct err *err);
