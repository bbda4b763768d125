/*
 * The files below a folder, in the byte order of their paths.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

struct repo;

/* What a walk found: regular files and whatever else stands where a file may (links, FIFOs). */
struct walk_paths {
	const char **path; /* `root` + "/" + the way down; in the arena */
	size_t nr, cap;
};

/*
 * Asked for every name that is no folder, with the whole path and the last component.
 * True: keep it.
 */
typedef bool walk_wanted(void *context, const char *path, const char *name);

/*
 * Links to folders are not followed, `.git` and `node_modules` are not entered; with a repository,
 * neither is what git ignores (nor is an ignored file returned). A folder that cannot be read is an error, and so is
 * a link to a file outside of the work tree (without one, of `root`), but the walk goes on: -1 at the end, with the first error.
 */
int walk_folder(struct arena *a, const char *root, const struct repo *repo, walk_wanted *wanted, void *context,
                struct walk_paths *out, struct err *err);
