/*
 * `<!-- sdi: word key=value key="a|b" -->` at the end of a template's line: what it demands of that line.
 */
#pragma once

#include "core/digest/template.h"

struct mark {
	struct span name, value; /* value: empty without one, and without its quotes */
	bool has_value;
	const char
		*meant; /* after marks_check(): what a misspelt one is taken for, so that one mistake is one; NULL: itself */
};

struct marks {
	struct span comment; /* all of it, `<!--` to `-->`; empty without one */
	struct mark *v;
	size_t nr;
};

/* Collects mistakes while a template is read. */
struct mistakes {
	struct arena *arena;
	struct template_mistake *v;
	size_t nr, cap;
};

void mistake_add(struct mistakes *m, struct span at, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* The marks of a line; `at` is the line without its ending. */
struct marks marks_read(struct str text, struct span at, struct mistakes *m);

/* What a line may be marked with: words of this set; everything else is a mistake at its place. */
enum {
	MARK_SECTION = 1, /* entries, links */
	MARK_FIELD = 2,   /* max-items, max-chars, ioc, type, known, scope, columns */
	MARK_NAMED = 4,   /* optional, alias */
	MARK_TITLE = 8,   /* alias */
};
void marks_check(struct str text, struct marks *marks, unsigned allowed, struct mistakes *m);
const struct mark *marks_find(struct str text, const struct marks *marks, const char *name);
/* The parts of a value between '|'. */
struct name_set marks_names(struct arena *a, struct str text, const struct mark *mark);
/* A whole number from 1; a mistake where it is none. */
uint32_t marks_number(struct str text, const struct mark *mark, struct mistakes *m);
