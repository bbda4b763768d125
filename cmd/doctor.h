/* The parts of `sdi doctor`: what is looked at, and what is said of it. */
#pragma once

#include "cmd/project.h"

enum health { HEALTH_OK, HEALTH_WARNING, HEALTH_ERROR };

struct doctor {
	struct arena *a;
	struct projects *projects;
	const struct project *project; /* NULL: there is none that can be used */
	const char *here;
	bool quiet; /* what is fine is not told */
	struct buf out;
	size_t count[HEALTH_ERROR + 1];
};

/*
 * A line of what was found; `what` and `says` are in the reader's language, and may hold bytes of a path. `remedy` says what to do about
 * it; NULL for nothing.
 */
void doctor_tell(struct doctor *d, enum health health, const char *what, struct str says, const char *remedy);

/* git, its repository, and what is remembered in git's folder. */
void doctor_git(struct doctor *d);
/* Hooks that run sdi, and which one. */
void doctor_hook(struct doctor *d);
