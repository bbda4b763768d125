/* What differs between two texts, as a unified diff: a part of the door to libgit2. */
#pragma once

#include "core/base/arena.h"

/*
 * With git's headers (`--- a/path`, `+++ b/path`), which `git apply` and `patch -p1` read; "" where both are the same. In the
 * arena. The path is quoted as git quotes it.
 */
struct str diff_text(struct arena *a, const char *path, struct str before, struct str after);
