/* Where programs are. */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

/* Is it a file that may be run? */
bool program_is_at(const char *path);
/* The absolute path of a program that PATH leads to; NULL without one. */
const char *program_on_path(struct arena *a, const char *name);
/* A path of this very program, absolute; one on PATH rather than what a link there leads to, for it outlives upgrades. */
const char *program_of_ours(struct arena *a, struct err *err);
/* Do two paths lead to one file? */
bool program_is_same(const char *x, const char *y);
