/*
 * What a local link may lead to: a fact that is handed in.
 */
#pragma once

#include "core/base/arena.h"

enum target_state {
	TARGET_UNKNOWN, /* outside of the project, or nobody knows */
	TARGET_MISSING,
	TARGET_UNTRACKED, /* it is there, but git does not know it: nobody else has it */
	TARGET_PRESENT,   /* a file or a folder that git tracks; where there is no git, one that is there */
};

struct targets {
	/*
	 * `relative` is clean, and relative to the project's root; with a '/' before it, to that of git's work tree. May be called
	 * by several threads at once.
	 */
	enum target_state (*look)(const struct targets *t, const char *relative);
	/* The text of a present Markdown file, to look for its headings; .p is NULL without one. In the arena. */
	struct str (*read)(const struct targets *t, struct arena *a, const char *relative);
};
