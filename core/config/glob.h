/*
 * Patterns of paths, as in fnmatch(3) with FNM_PATHNAME, `**` and `{a,b}`:
 *
 *     *        any characters but `/`, also none
 *     ?        one character that is not `/`
 *     [a-z]    one of these characters, `[!a-z]` one that is none of them; never `/`
 *     **       between slashes: any folders, also none; at the end: everything below
 *     {a,b}    one of these; they may hold all of the above, and braces
 *     \x       `x` itself, whatever it is
 *
 * A path is relative to the config's folder, and the pattern stands for all of it: `*.md` lies beside the config, anywhere
 * else is `** / *.md` (without the blanks). A pattern that matches a folder covers what is in it. A leading dot is nothing
 * special, and case matters.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

struct glob_part;

struct glob {
	struct str literal; /* the path begins with it */
	const struct glob_part *part;
	size_t nr;
};

struct globs {
	struct glob *v;
	size_t nr, cap;
	size_t parts; /* of all of them: what matching costs for each character of a path */
};

/*
 * Adds a pattern: one glob for each way through its braces. At most 100 ways, 1000 bytes, and 10 000 parts in all of `out`:
 * so that a path is matched in bounded time. An error is without a place. Everything lives in the arena.
 */
int globs_add(struct arena *a, struct str pattern, struct globs *out, struct err *err);
/* Does one match the path itself, or a folder that it is in? "" and "." are matched by none. */
bool globs_cover(const struct globs *g, struct str path);
