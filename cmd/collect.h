/*
 * From arguments to jobs: which texts are checked, and what is known of each besides its text.
 */
#pragma once

#include "cmd/project.h"
#include "cmd/scope.h"

struct collection {
	struct job *job;                   /* in the order of their paths */
	struct project **owner;            /* of each job */
	const struct scope_file **changed; /* of each job; NULL: not only what changed is looked at */
	size_t nr;
	struct job *other; /* digests that are only held against them (lint/elsewhere.h) */
	size_t others;
	bool trouble; /* something was not there; it was said on stderr */
	bool refused; /* nothing was looked at, and it was said why */
	bool unseen;  /* the same of the others, where nothing is said */
};

/*
 * `arg`: files, folders, "-" for standard input; none for all of the current folder's project. Of what only changed files are
 * looked at, those that lie there.
 * `stdin_name` is what standard input is called, or NULL. Everything lives in the arena.
 */
struct collection collect(struct arena *a, struct projects *projects, const struct scope *scope, const char *const *arg,
                          size_t nr, const char *stdin_name);
/*
 * The same for one text that is not saved yet, and called `path`: as on standard input, but only where a walk would find it. No
 * job has it as its source's origin, SOURCE_STDIN, where it is no digest and no template.
 */
struct collection collect_text(struct arena *a, struct projects *projects, const struct scope *scope, const char *path,
                               struct str text);
