/* Where what was found is remembered, for another run. */
#pragma once

#include "cmd/collect.h"

/* Gives the jobs a memory where there is one, and it pays. Close it after they have run; NULL: there is none. */
struct memory *remember_open(struct arena *a, const struct scope *scope, struct collection *c);
void remember_close(struct memory *m);
