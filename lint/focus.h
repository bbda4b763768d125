/*
 * What a change made: of the findings in a text those that were not in it before, whatever line they are on. A field that was
 * taken out is missed at a heading that nobody touched; an old slip is still there, and nobody's fault today.
 */
#pragma once

#include "core/digest/digest.h"
#include "core/source/history.h"

struct block_parser;
struct job;

/* The texts before; a merge has several, and what was in any of them is not new. */
struct focus {
	struct history *history;
	const struct object_id *old; /* "": the text is new, and so is all that is found in it */
	size_t nr;
	struct digest_facts facts; /* of the old texts: they may have had another path */
	bool moved;                /* they had one: then what is said of dates and places is new */
};

/* One of the old texts as a job of its own, to be released in any case. -1 with job->err when it cannot be read. */
int focus_read(struct job *job, const struct object_id *id, struct job *old);
/* Takes out of a job that was linted what was there before, and counts it. -1 with job->err when an old text cannot be read. */
int focus_apply(struct job *job, struct block_parser *parser, struct arena *scratch);
