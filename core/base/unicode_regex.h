/*
 * Regular expressions (ICU's), for patterns that a repository brings along: whatever the pattern and the text, the work has a
 * bound, which does not depend on a clock.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

/* Can it be used, with references in `replacement` to groups that it has, and does it match something in any case? */
bool regex_accept(struct str pattern, struct str replacement, struct err *err);

/* A text made ready for any number of patterns. */
struct regex_text;
/*
 * `text` is borrowed. A match lies within one line; `^` and `$` are the ends of it. `\b` is where UAX #29 parts words, so also
 * between Japanese and English ones.
 */
struct regex_text *regex_text_make(struct arena *a, struct str text);

enum { REGEX_GROUPS = 10 };
struct regex_match {
	struct span group[REGEX_GROUPS]; /* bytes of the text; [0] is the whole match; empty without one */
};
typedef void regex_visit(void *context, const struct regex_match *m);
/*
 * Shows every match that is not empty. False when the pattern asked for more than a share of `*work`, or it is used up; then
 * not all matches were found. REGEX_WORK is enough for each text that people write.
 */
#define REGEX_WORK 8000000
bool regex_each(struct str pattern, const struct regex_text *text, size_t *work, regex_visit *visit, void *context);
/* `replacement` with the groups for $0 to $9; a backslash makes the next character an ordinary one. */
struct str regex_expand(struct arena *a, struct str replacement, struct str text, const struct regex_match *m);
