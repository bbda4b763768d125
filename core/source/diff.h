/* What differs between two texts, as a unified diff: a part of the door to libgit2. */
#pragma once

#include "core/base/arena.h"

/*
 * With git's headers (`--- a/path`, `+++ b/path`), which `git apply` and `patch -p1` read; "" where both are the same. In the
 * arena. The path is quoted as git quotes it.
 */
struct str diff_text(struct arena *a, const char *path, struct str before, struct str after);

/*
 * A place where two texts differ, in lines from 0 that end in LF. Where a text has none of them, its first one is the line in
 * front of which the other's stand.
 */
struct line_change {
	uint32_t old, olds; /* the first, and how many */
	uint32_t new, news;
};

struct line_changes {
	struct line_change *v;
	size_t nr, cap;
};

/* In their order. None touches the next. */
struct line_changes diff_lines(struct arena *a, struct str before, struct str after);
