/*
 * Puts right what can be put right by itself: fixes go into the text, it is looked at again, until all is quiet. Pure.
 */
#pragma once

#include "fix/proof.h"
#include "lint/lint.h"

/* A fix that was not made: it would change what it should not. */
struct fix_left_out {
	const struct rule *rule;
	struct position at;        /* of its finding, in the text that came out */
	const struct rule *raises; /* it would add a finding of this rule; NULL: see `breach` */
	struct breach breach;
};

struct fix_result {
	struct arena arena;
	struct job before; /* the text as it was, and what was found in it */
	bool changed;      /* the job holds another text now */
	size_t *fixed;     /* beside rules_table: how many fixes of each rule went in */
	size_t fixes;      /* all of them */
	size_t ignored;    /* findings that are suppressed now, and were not before */
	struct fix_left_out *left_out;
	size_t nr_left_out;
	const struct rule **fighting; /* rules that undo one another: the text stays as it was */
	size_t nr_fighting;
};

struct fix_text_wish {
	enum safety least;
	struct str ignore_reason; /* not empty: what is left is suppressed with it (suppress.h) */
};

/*
 * `job` has its text, and no findings yet. Fixes that are at least so safe are made, in rounds; a fix that breaks the proof,
 * or leaves more findings of any rule than there were, is left out. Afterwards the job holds the text that came out and what is
 * still found in it. False, with the result empty, where the text cannot be looked at.
 */
bool fix_text(struct job *job, struct block_parser *parser, const struct fix_text_wish *wish, struct fix_result *out);
/* Takes it back: the job is as it was before, and nothing was fixed, suppressed or left out. */
void fix_revert(struct job *job, struct fix_result *r);
/* The text as it was is not needed any more. */
void fix_result_forget(struct fix_result *r);
void fix_result_release(struct fix_result *r);
