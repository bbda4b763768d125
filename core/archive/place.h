/* Is a file in git's folder ours to open? */
#pragma once

#include "core/base/arena.h"

/*
 * `path` is absolute. Only what is of this user, in folders of this user: in another's, root would leave what they can neither
 * write nor take away. The file need not be there.
 */
bool place_is_ours(struct arena *a, const char *path);
/* The same, and its folder is made where only that is missing. */
bool place_make(struct arena *a, const char *path);
