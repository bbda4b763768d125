/*
 * The linter: texts in, settled findings out. Pure, but for the threads that it starts and joins.
 */
#pragma once

#include "core/config/config.h"
#include "core/digest/digest.h"
#include "lint/finding.h"
#include "lint/rule.h"

struct option_value {
	long number;
	struct word_list words;
};

/* What is in force for each rule of rules_table. */
struct rule_state {
	enum severity severity;            /* SEVERITY_OFF: not run */
	const struct option_value *option; /* beside the rule's option list */
};

struct lint_plan {
	struct rule_state *state; /* rules_table_nr of them */
	uint64_t max_bytes;       /* a text above this is not read (file-too-large's option) */
};

/* `select` and `ignore` of the command line come on top of the config's; both may be NULL. */
int lint_plan_make(struct arena *a, const struct config *config, const struct name_list *select,
                   const struct name_list *ignore, struct lint_plan *out, struct err *err);

/* What kind of text it is. */
enum job_kind { JOB_DIGEST, JOB_TEMPLATE };

/* One text to lint. The reader fills in what is needed; the linter the rest. */
struct job {
	enum job_kind kind;
	const char *path;     /* to open; NULL: `source` is filled already */
	struct source source; /* path fields set by the caller */
	struct digest_facts facts;
	const struct lint_plan *plan;
	const struct template *template; /* JOB_TEMPLATE: already parsed, its source in `source` */

	/* results; memory in `arena`, released by job_release */
	struct arena arena;
	struct findings findings;
	bool failed; /* could not be read: `err` says why */
	struct err err;
};

/* Reads, parses and checks all jobs on `threads` threads (0: as many as there are cores). */
void lint_run(struct job *jobs, size_t nr, unsigned threads);
/* One, on this thread. */
void lint_one(struct job *job, struct block_parser *parser);
void job_release(struct job *job);
