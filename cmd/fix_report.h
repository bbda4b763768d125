/* What `sdi fix` says of what it did. */
#pragma once

#include "cmd/term.h"
#include "fix/run.h"

struct fix_summary {
	size_t *fixed; /* beside rules_table */
	size_t fixes, files;
	size_t ignored;
};

struct fix_summary fix_summary_of(struct arena *a, const struct fix_task *task, size_t nr);
/* "Fixed 12 findings in 3 files", and a line for each rule, the most frequent first; on stderr. */
void fix_say_summary(const struct fix_summary *s, bool only_shown);
/* What was not written, or not fixed, and why; on stderr. True when that makes the exit code 2. */
bool fix_say_troubles(const struct fix_task *task, size_t nr);
/* All diffs, on stdout; coloured where that is wished. False: there is none. */
bool fix_print_diffs(const struct fix_task *task, size_t nr, enum colour wish);
