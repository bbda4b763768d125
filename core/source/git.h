/* git's own commands, for what libgit2 cannot do, or not as git does it. */
#pragma once

#include "core/base/arena.h"
#include "core/source/spawn.h"

/* How git is to be run. Everything here outlives what is made of it. */
struct git {
	const char *folder;     /* absolute: where it runs */
	const char *const *env; /* all of its environment, prepared by whoever knows it; NULL ends it */
};

/*
 * Runs `git` with arguments (NULL ends them; `git` itself is not among them) and gives back what it printed, which may hold
 * NULs: in the arena. -1 with what git says of it.
 */
int git_run(const struct git *g, struct arena *a, const char *const *arg, struct str input, struct str *out,
            struct err *err);
/* The same without a newline at its end. */
int git_ask(const struct git *g, struct arena *a, const char *const *arg, struct str *out, struct err *err);
/* `git cat-file --batch` or the like: one that answers. */
int git_talk(const struct git *g, struct talk *t, const char *const *arg, struct err *err);

/* What all work trees of a repository have in common lies there: `git_dir` itself but for linked ones. */
const char *git_common_dir(struct arena *a, const char *git_dir);

/* The arguments of a call, for git_run: GIT("rev-parse", "HEAD"). */
#define GIT(...) ((const char *const[]){__VA_ARGS__, NULL})
