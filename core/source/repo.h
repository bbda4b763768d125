/*
 * The git repository around a path, and what it knows of the files on disk. Handles belong to one thread.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

struct git;
struct repo;

/*
 * Finds the repository whose work tree holds `path` (a folder), upward. libgit2 reads it, and where it cannot, git: `git` is how
 * that is run (its folder does not count), or NULL. NULL, without an error, where there is none, it is bare, or nobody can open
 * it (`*why`, when given, says why; "" when there is just none).
 */
struct repo *repo_find(const char *path, const struct git *git, struct err *why);
void repo_free(struct repo *r);
/* The work tree's root: absolute, links resolved, without a slash at its end. */
const char *repo_root(const struct repo *r);
/* Does git itself answer, because libgit2 cannot open it? */
bool repo_is_foreign(const struct repo *r);
/* Where git keeps what belongs to the work tree: absolute. */
const char *repo_git_dir(const struct repo *r);
enum repo_answer { REPO_NO, REPO_YES, REPO_UNKNOWN };
/*
 * Is there a tracked file (also one in the middle of a merge) at `relative` to the root, or a folder that holds one? Inside a
 * submodule, behind a tracked link, or where the index cannot be read, it is unknown.
 */
enum repo_answer repo_tracks(const struct repo *r, const char *relative);
/* Does git ignore this absolute path (inside the work tree)? */
bool repo_ignores(const struct repo *r, const char *path, bool is_folder);
/*
 * Is the file at `relative` (to the root) in no commit yet? False too when there is no commit at all:
 * then nothing can be told apart.
 */
bool repo_is_new(const struct repo *r, const char *relative);
