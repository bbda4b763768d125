/* What is known of a digest besides its text. */
#pragma once

#include "cmd/collect.h"

/* A text to check, before it is a job. */
struct target {
	struct project *project;
	enum job_kind kind;
	const char *absolute; /* folder resolved, the file's own name kept; NULL: standard input without a name */
	const char *shown;
	const struct template_file *file; /* JOB_TEMPLATE on disk */
	bool is_stdin;
	size_t turn; /* as they were named */
	struct template_choice choice;
	const struct scope_file *changed; /* NULL: it is not known to have changed */
};

/* Reads the date from the target's path. */
void facts_choose(struct arena *a, struct target *t);
/* What `changed` was before: with its old path. */
struct digest_facts facts_before(struct arena *a, const struct target *t);
/* The facts of all jobs; `target[i]` became the job `i`. */
void facts_fill(struct arena *a, const char *here, const struct target *target, struct collection *c);
