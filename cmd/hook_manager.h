/* Other tools that see to a repository's hooks, and how each is told to run sdi. */
#pragma once

#include "core/base/arena.h"

struct hook_manager {
	const char *name;
	const char *files[12]; /* relative to the work tree's root; the first that is there counts; NULL ends them */
	const char *key;       /* the file speaks of the tool only where it holds this; NULL: always */
	const char *goes_in;   /* where the snippet goes; NULL: into the file that was found */
	const char *mention;   /* a line with this shows that it runs sdi already */
	const char *snippet;
};

/* The tool that a work tree is set up for; NULL for none. `*file` is where its snippet goes, relative to `top`. */
const struct hook_manager *hook_manager_find(const char *top, const char **file);
/* Does that file run sdi? */
bool hook_manager_runs_sdi(const struct hook_manager *m, const char *top, const char *file);
