/* The user's editor. */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

/*
 * Opens a file in what VISUAL or EDITOR name, a command of the shell; without them in `editor` or `vi`, whichever there is. Waits
 * for its end. -1 with an error: there is none, or it ended with another exit code than 0.
 */
int edit_file(struct arena *a, const char *path, struct err *err);
