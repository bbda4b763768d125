/* Where what was found is remembered, for another run. */
#pragma once

#include "cmd/collect.h"

/* The folder of the repository that is looked at; NULL where there is none. */
const char *remember_git_dir(const struct scope *scope, const struct collection *c);
/* Of the memory in git's folder; it need not be there. */
const char *remember_path(struct arena *a, const char *git_dir);
/* Gives the jobs a memory where there is one, and it pays. Close it after they have run; NULL: there is none. */
struct memory *remember_open(struct arena *a, const struct scope *scope, struct collection *c);
void remember_close(struct memory *m);
