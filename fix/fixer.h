/* The state of fixing one text; what the rounds and the suppressions work on. */
#pragma once

#include "fix/version.h"

/* A fix that is not to be tried again, and why. */
struct dropped {
	uint64_t key; /* 0: none */
	const struct rule *raises;
	struct breach breach;
	bool idle; /* it changes nothing */
};

/* A state that the text was in, and the rules whose fixes came after it. */
struct past {
	unsigned char hash[32];
	bool *applied; /* beside rules_table */
};

struct fixer {
	struct arena a;
	struct block_parser *parser;
	enum safety least;
	/* As it was; where this run began; where it is: they may be the same. */
	struct version *first, *base, *now;
	uint32_t *floor; /* beside rules_table: the fewest findings that a version of this run had */
	size_t *fixed;   /* the same: fixes of this run */
	bool *debtor;    /* the same: its fixes may have led to others' findings */
	const struct rule *
		*banned;             /* the same: its fixes are not made, because they lead to findings of that rule; or NULL */
	struct dropped *dropped; /* a table, by key */
	size_t nr_dropped, dropped_slots;
	struct past *past;
	size_t rounds, past_cap;
	uint64_t work; /* bytes of text that were tried */
	bool done;     /* no more fixes are made: nothing more of any rule will be put right */
	const struct rule **fighting;
	size_t nr_fighting;
};

/* Takes the job over, with its text and without findings. What it holds lives in x->a and in the versions. */
void fixer_begin(struct fixer *x, const struct job *job, struct block_parser *parser, enum safety least);
/* Is the fix of a finding to be made: safe enough, and neither banned nor dropped? `context` is the fixer. */
bool fixer_wants(const void *context, const struct finding *f);
/* What is known of a fix that was dropped; NULL: it was not. */
const struct dropped *fixer_dropped(const struct fixer *x, const struct finding *f);
/*
 * As much of the patch as can be; the rest is dropped. `*good` is what can. The version that it makes, or NULL where nothing
 * can.
 */
struct version *fixer_try(struct fixer *x, const struct patch *p, struct patch *good);
/* Goes on with a version. */
void fixer_move_on(struct fixer *x, struct version *next);
