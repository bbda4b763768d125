/* The digest of a day: which template it has, and where it lies. */
#pragma once

#include "cmd/project.h"

struct day {
	struct date date;
	const struct template *template;
	const char *path;  /* absolute and clean, below the project's root; it need not be there */
	const char *shown; /* for messages */
};

/*
 * `arg` is today, tomorrow, yesterday or YYYY-MM-DD. -1 with an error where it is no day, no template is in force on it, one has a
 * mistake, or puts the digest outside of the project.
 */
int day_find(struct arena *a, struct projects *projects, const struct project *p, const char *arg, struct day *out,
             struct err *err);
