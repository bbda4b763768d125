/*
 * Reports: findings in, bytes out.
 */
#pragma once

#include "core/base/buf.h"
#include "lint/lint.h"

/* What was linted; jobs that failed are not in it. */
struct report {
	const struct job *const *job; /* in the order of their paths */
	const char *const *path;      /* of each job from the root of its repository; absolute when it lies outside */
	const char *const *root;      /* of each job: that root, absolute */
	const char *here;             /* the current folder, which the jobs' own paths start from */
	size_t nr;
	size_t count[SEVERITY_ERROR + 1]; /* findings of each severity */
	size_t files_with_findings;
	size_t suppressed;
	size_t known;        /* not shown: in the baseline */
	size_t before;       /* not shown: there before the change that is looked at */
	size_t fixable;      /* findings with a safe fix */
	const size_t *fixed; /* beside rules_table: what was put right before; NULL: it was not tried */
	bool incomplete;     /* something could not be read */
	bool statistics;     /* counts are asked for */
	bool colour;
};

typedef void report_writer(const struct report *r, struct buf *out);

/* For people: with excerpts, one line each, and how many of each rule. */
report_writer report_full, report_concise, report_statistics;
/* For programs. */
report_writer report_json, report_sarif, report_github, report_gitlab, report_rdjson, report_rdjsonl, report_junit;

/* "Found 3 errors, 2 warnings in 1 of 14 files; 2 fixable": for people, without a newline. */
void report_summary(const struct report *r, struct buf *out);
/* Markdown for the page of a GitHub job, of at most `room` bytes. */
void report_step_summary(const struct report *r, size_t room, struct buf *out);

/* Findings of each rule of rules_table that has any: the most frequent first. The caller frees it. */
struct tally {
	const struct rule *rule;
	size_t count, fixable;
};
struct tally *report_tally(const struct report *r, size_t *nr);

/* Where something related lies: from the root of the repository of job `i`, absolute when outside. In the arena. */
const char *report_related_path(struct arena *a, const struct report *r, size_t i, const struct related *related);

/* A piece of a line, ready to be shown. */
struct excerpt {
	struct buf text; /* escaped, without a newline; the caller releases it */
	size_t column;   /* columns before the caret */
	size_t width;    /* columns that are underlined, at least 1 */
};

/* The first line of a span: cropped around it where it is long. */
void excerpt_make(const struct source *s, struct span at, struct excerpt *out);
