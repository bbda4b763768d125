/*
 * What a rule may do while it checks. Rules include this and nothing else of lint/.
 */
#pragma once

#include "core/base/message.h"
#include "core/digest/digest.h"
#include "lint/rule.h"

/*
 * A finding at a span of the text. The message says what is wrong, in one line, without a full stop; names and quoted text
 * stand in `backquotes`. The format is translated inside; words that are put in are not: those need _("…"). The result takes
 * edits and relations, and is never NULL.
 */
struct finding *report(struct check *c, struct span at, const char *fmt, ...) PRINTF_LIKE(3, 4);
struct finding *report_line(struct check *c, const struct digest *d, uint32_t line, const char *fmt, ...)
	PRINTF_LIKE(4, 5);
/* What its fix does; the edits follow by edit_replace. Its safety is the rule's, as the descriptor says. */
void suggest(struct check *c, struct finding *f, const char *fmt, ...) PRINTF_LIKE(3, 4);
void edit_replace(struct check *c, struct finding *f, struct span at, struct str text);
void edit_insert(struct check *c, struct finding *f, uint32_t off, struct str text);
void edit_delete(struct check *c, struct finding *f, struct span at);
/* A whole line, its ending included. */
void edit_delete_line(struct check *c, struct finding *f, const struct digest *d, uint32_t line);
/* Another place of the same text that has to do with it. */
void relate(struct check *c, struct finding *f, uint32_t line, const char *fmt, ...) PRINTF_LIKE(4, 5);
/* A place in another file. */
void relate_path(struct check *c, struct finding *f, const char *path, uint32_t line, const char *fmt, ...)
	PRINTF_LIKE(5, 6);

/*
 * The finding weighs more or less than most of its rule's. Where the config gives the rule another severity than its own,
 * that one stays.
 */
void weigh(struct check *c, struct finding *f, enum severity severity);

/* The rule's own option, as the config or its default says: a number, or 0 and 1. */
long option(const struct check *c, const char *name);
struct word_list option_words(const struct check *c, const char *name);
/* Memory of the check: messages and edits live here. */
struct arena *check_arena(struct check *c);
/* For what nobody sees of it. */
struct arena *check_scratch(struct check *c);
const struct source *check_text(const struct check *c);

/* For tell: where else it is. */
struct seen {
	size_t earlier;   /* in how many earlier digests, at least 1 */
	struct date date; /* of the last of them; not set for one without */
	const char *path; /* as shown */
	uint32_t line;    /* from 0 */
};

/* For check_ignores: the suppressions of the text, and what was done with them. */
struct ignore {
	struct span at;          /* the whole comment */
	struct span name;        /* one rule's name in it */
	uint32_t line;           /* of the comment */
	uint32_t first, end;     /* lines that it covers */
	bool file;               /* sdi-ignore-file */
	bool alone;              /* nothing else on its line */
	bool sole;               /* the only name in its comment */
	const struct rule *rule; /* NULL: unknown */
	bool reason;             /* is one given? */
	bool malformed;          /* not readable as a suppression at all */
	bool active;             /* its rule was run */
	uint32_t used;           /* how many findings it suppressed */
};
const struct ignore *check_suppressions(const struct check *c, size_t *nr);
