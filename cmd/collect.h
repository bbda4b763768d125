/*
 * From arguments to jobs: which texts are checked, and what is known of each besides its text.
 */
#pragma once

#include "cmd/project.h"

struct collection {
	struct job *job;        /* in the order of their paths */
	struct project **owner; /* of each job */
	size_t nr;
	bool trouble; /* something was not there; it was said on stderr */
};

/*
 * `arg`: files, folders, "-" for standard input; none for all of the current folder's project.
 * `stdin_name` is what standard input is called, or NULL. Everything lives in the arena.
 */
struct collection collect(struct arena *a, struct projects *projects, const char *const *arg, size_t nr,
                          const char *stdin_name);
