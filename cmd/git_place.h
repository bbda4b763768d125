/* What the environment says of git, for those that may not look at it. */
#pragma once

#include "core/source/history.h"

/*
 * The repository that git itself would take in `here` (absolute): with the variables that it sets for hooks. -1 when
 * GIT_INDEX_FILE names a file that is not there: it would pass for an empty index.
 */
int git_place_find(struct arena *a, const char *here, struct git_place *out, struct err *err);
/* git's environment without what leads it to a repository: it finds the one around the folder in which it runs. */
const char *const *git_environment(struct arena *a);
/* "NAME=value" in git's environment, whatever was there. */
void git_place_add(struct arena *a, struct git_place *place, const char *variable);
