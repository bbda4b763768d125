/*
 * Manual pages in mdoc, made from the tables of commands and rules, in the language of messages. Names of sections are mdoc's own.
 */
#pragma once

#include "cmd/command.h"

/* sdi-COMMAND(1); sdi(1) for NULL. */
void manual_page(const struct command *c, struct buf *out);
/* sdi-rules(7) */
void manual_rules(struct buf *out);

/* ---- what pages are made of ---- */

/* Something outside of the command line: a variable of the environment, a file, an example. */
struct manual_item {
	const char *name;     /* NULL ends a list */
	const char *commands; /* whose pages have it, with blanks between them; sdi(1) has all */
	const char *text;
};

extern const struct manual_item manual_variables[], manual_files[], manual_examples[];

/* Up to the name and what it is about. */
void manual_head(struct buf *out, const char *name, const char *section, const char *about);
/* Prose: `code` becomes bold, sentences begin lines. No newline at the end of `text`. */
void manual_text(struct buf *out, const char *text);
/* Text as it stands. */
void manual_literal(struct buf *out, struct str text);
/* What the help of a command says: paragraphs, blocks that are indented, and lists of "word: what it does". */
void manual_prose(struct buf *out, struct str text);
