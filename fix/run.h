/* Fixing many texts, and writing them back. */
#pragma once

#include "core/source/swap.h"
#include "fix/fix.h"

enum fix_mode {
	FIX_WRITE, /* into the files */
	FIX_SHOW,  /* as a diff */
	FIX_KEEP,  /* in memory only */
};

struct fix_wish {
	enum fix_mode mode;
	struct fix_text_wish text;
	bool (*stop)(void); /* asked before each text; NULL: never */
};

/* One text. */
struct fix_task {
	struct job *job;  /* afterwards with what is left; without the findings of rules that are only watched */
	const char *path; /* of its file: absolute, links in its folder resolved; NULL: it has none */
	const char *root; /* nothing outside of it is written */

	/* results, released by fix_tasks_release */
	struct fix_result result; /* of what was not written nothing is left here: the job holds the text as it was */
	struct str diff;          /* FIX_SHOW; in the result's arena */
	bool kept_out;            /* it should have been written and was not: `err` says why */
	bool skipped;             /* it was told to stop */
	struct err err;
};

/* On `threads` threads (0: as many as there are cores). */
void fix_run(struct fix_task *tasks, size_t nr, const struct fix_wish *wish, unsigned threads);
void fix_tasks_release(struct fix_task *tasks, size_t nr);
