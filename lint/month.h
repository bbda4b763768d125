/* Digests by month: one that is over seldom changes, so that what is remembered of it is found as a whole. */
#pragma once

#include "lint/lint.h"

struct month {
	struct job **job; /* in the order of their paths */
	size_t nr;
};

struct months {
	struct month *v;
	size_t nr;
};

/* Of those digests that are files and have a memory. */
struct months months_of(struct arena *a, struct job *jobs, size_t nr);
