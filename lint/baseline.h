/*
 * Baselines: findings that are known and do not count, so that an archive can be linted from today on.
 *
 *     # sdi baseline 1
 *     2023-04-01 missing-field 9f86d081884c7d65 1
 *
 * A line is: the digest, a rule, what the finding stands on, how often. The digest is its day, or its path in the project
 * where it has none: it may be moved. What it stands on is a hash of the entry's title (or its URL) and of the line's text,
 * both without what a reader does not see (unicode_key): lines may come and go above it. Lines are sorted as bytes and
 * none is there twice, so that the same findings give the same file.
 */
#pragma once

#include "core/base/buf.h"
#include "lint/lint.h"

struct baseline_line {
	struct str where; /* blanks, controls and `%` as %XX */
	struct str rule;  /* a name; of no rule when that is gone */
	uint64_t context;
	uint32_t count; /* at least 1 */
};

struct baseline {
	struct baseline_line *v;
	size_t nr;
};

/* Reads a baseline; what is not exactly as it is printed is an error at "path:line: ". `text` must outlive the result. */
int baseline_parse(struct arena *a, const char *path, struct str text, struct baseline *out, struct err *err);
void baseline_print(const struct baseline *b, struct buf *out);

/* What the findings of a digest stand on, into `context`. */
void baseline_mark(struct findings *f, const struct digest *d, struct arena *scratch);
/* The same of a finding on this line. */
uint64_t baseline_context(const struct digest *d, uint32_t line, struct arena *scratch);

/*
 * Jobs that have run, with their findings marked; each has a place in `where`. What tells that a text could not be checked
 * is never known.
 */
struct baseline_jobs {
	struct job **job;
	struct str *where;
	size_t nr, cap;
	const struct lint_plan
		*whole; /* all digests are there, and what is not is gone; what is in force for that. Or NULL. */
};

void baseline_jobs_add(struct arena *a, struct baseline_jobs *jobs, struct job *job);
/* Sets `known` of the findings of one job that the baseline has; `found[i]` counts them for each of its lines. */
void baseline_know(const struct baseline *b, uint32_t *found, const struct baseline_jobs *jobs, size_t which);
/* The findings of the jobs: all, or those that are known for the jobs with `only_known[i]`. */
struct baseline baseline_of(struct arena *a, const struct baseline_jobs *jobs, const bool *only_known);
/*
 * What is left of an old baseline: of what these jobs could have found, only what `now` has. Where a rule was not run by
 * wish of the command line, or a text could not be checked, all stays.
 */
struct baseline baseline_shrink(struct arena *a, const struct baseline *old, const struct baseline *now,
                                const struct baseline_jobs *jobs);
/* How many findings it has. */
size_t baseline_total(const struct baseline *b);
/* Takes the known findings out; counts them. */
void baseline_drop_known(struct findings *f);
