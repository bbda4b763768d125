/*
 * Reports: findings in, bytes out.
 */
#pragma once

#include "core/base/buf.h"
#include "lint/lint.h"

/* What was linted; jobs that failed are not in it. */
struct report {
	const struct job *const *job; /* in the order of their paths */
	size_t nr;
	size_t count[SEVERITY_ERROR + 1]; /* findings of each severity */
	size_t files_with_findings;
	size_t suppressed;
	size_t known;   /* not shown: in the baseline */
	size_t fixable; /* findings with a safe fix */
	bool colour;
};

typedef void report_writer(const struct report *r, struct buf *out);

report_writer report_full, report_concise, report_json;

/* "Found 3 errors, 2 warnings in 1 of 14 files; 2 fixable": for people, without a newline. */
void report_summary(const struct report *r, struct buf *out);

/* Counting columns goes on from here where it can: a line that is long has many findings. */
struct place {
	const struct source *source;
	uint32_t off;
	struct position at;
};

/* source_position, fast for offsets that rise. */
struct position place_of(struct place *memo, const struct source *s, uint32_t off);

/* A piece of a line, ready to be shown. */
struct excerpt {
	struct buf text; /* escaped, without a newline; the caller releases it */
	size_t column;   /* columns before the caret */
	size_t width;    /* columns that are underlined, at least 1 */
};

/* The first line of a span: cropped around it where it is long. */
void excerpt_make(const struct source *s, struct span at, struct excerpt *out);
