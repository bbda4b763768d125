/*
 * Paths (and titles) with a date in them: "{yyyy}_{quarter-months}/{yyyyMMdd}.md".
 * Braces hold an ICU date pattern, or `quarter-months`: 01-03, 04-06, 07-09, 10-12.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/date.h"
#include "core/base/err.h"

struct pattern_part;

struct pattern {
	struct str text; /* as written */
	const struct pattern_part *part;
	size_t nr;
};

/* -1 with a message and the byte offset of the mistake in `text`. */
int pattern_parse(struct arena *a, struct str text, struct pattern *out, size_t *at, struct err *err);
/* Are year, month and day all in it, so that a path tells its date? */
bool pattern_tells_date(const struct pattern *p);
/* The text for a date. */
struct str pattern_fill(struct arena *a, const struct pattern *p, struct date d);
/*
 * Does all of `text` have the pattern's form? Sets the date where the pattern tells one. A form that fits with a day that no
 * calendar has (20240230) is a match with `*impossible` set.
 */
bool pattern_match(struct arena *a, const struct pattern *p, struct str text, struct date *date, bool *impossible);
/* Only the part behind the last '/': the form of a file's name. */
bool pattern_match_name(struct arena *a, const struct pattern *p, struct str name, struct date *date, bool *impossible);
/*
 * The other way round: a pattern that a digest's path (relative to the project's root) has the form of, and the day that it tells.
 * False where no day stands in it.
 */
bool pattern_guess(struct arena *a, struct str path, struct str *pattern, struct date *day);
