/* Fixing until all is quiet. */
#pragma once

#include "fix/fixer.h"

/*
 * From `base` to `now`: rounds of fixes until there is none to make. Nothing is found more often afterwards: rules whose fixes
 * would lead to that are banned, as few as can be. With `fighting` not empty, or where that is not enough, `now` is `base`.
 */
void rounds_run(struct fixer *x);
/* The next run begins where this one ended, with a clean slate. */
void rounds_go_on(struct fixer *x);
