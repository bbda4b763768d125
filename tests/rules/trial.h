/*
 * One text, linted, and what its fixes make of it.
 */
#pragma once

#include "lint/lint.h"

struct setup {
	const struct rule *only; /* NULL: all rules */
	const struct rule *with; /* beside `only` */
	const char *path, *twin, *option;
	struct str text, template_text;
	struct str value, config;        /* of the option; a whole `.sdi.yaml` */
	const char *targets, *untracked; /* files, with commas between them; both NULL: nothing is known of any */
	struct str target_text;          /* of each */
	struct str before;               /* the text of another digest; "" without one */
	struct str answers;              /* what was learnt of links; "" without any */
	const char *before_path;         /* NULL: "2026-11-21.md" */
	struct date today;
	bool is_new, is_template;
};

/* How often something was wrong; each time it has been printed. */
extern unsigned trial_failures;

void trial_open(void);
void trial_close(void);
/* The job is released by the caller. */
void trial_lint(struct arena *a, const struct setup *s, struct job *job);
/* What was found by a rule, or with NULL by all, a line each. */
struct str trial_findings(struct arena *a, const struct job *job, const struct rule *only);
/* The text after the fixes that are at least so safe. */
struct str trial_apply(struct arena *a, const struct job *job, const struct rule *only, enum safety least);
/* Does fixing come to an end, with the proof of all fixes? */
bool trial_settles(struct arena *a, struct setup s, enum safety least);
