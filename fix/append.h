/* An entry of the template's shape is added to a digest's text. Pure. */
#pragma once

#include "core/base/err.h"
#include "core/digest/digest.h"

/* What is known of it; "" leaves the template's hole. */
struct new_entry {
	struct str url;   /* live, as it is written down */
	struct str title; /* as heading_text makes it */
};

struct append_wish {
	const char *shown; /* the digest's path, for messages */
	const struct template *template;
	struct date day;
	struct str section; /* the name of a section of entries, or another that the template accepts; "": the first */
};

/*
 * `text` with the entry behind those that are there already, with the line endings around it; all else stays byte for byte. An entry
 * of the template that is still untouched is filled in instead, and what says that there is nothing gives way. `*line` (from 0) is
 * where the entry begins. -1 with an error where the text cannot be read as a digest, has no such section, or does not hold exactly
 * this entry more afterwards, for code that is never closed or the like.
 */
int append_entry(struct arena *a, struct block_parser *parser, const struct append_wish *wish, struct str text,
                 const struct new_entry *entry, struct str *out, uint32_t *line, struct err *err);

/* The digest of a text under a template, for who has it in memory; NULL where it cannot be read as one. In the arena. */
const struct digest *append_read(struct arena *a, struct block_parser *parser, const struct template *t,
                                 struct str text);
/*
 * A title as the text of a heading: on one line, without controls and what is not seen, and with a backslash before what Markdown
 * would take for markup.
 */
struct str heading_text(struct arena *a, struct str title);
