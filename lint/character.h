/* What rules about characters share. */
#pragma once

#include "core/digest/digest.h"

/* "U+00A0 NO-BREAK SPACE, U+200B ZERO WIDTH SPACE": each of [o, end) that `is` takes once, three at most. */
struct str character_names(struct arena *a, const struct digest *d, const struct odd *o, const struct odd *end,
                           bool (*is)(const struct digest *, const struct odd *));
/* From the first of [o, end) to the last. */
struct span character_span(const struct odd *o, const struct odd *end);

/* The code points before and behind a byte of a text; 0 at its ends. */
uint32_t character_before(struct str s, size_t i);
uint32_t character_behind(struct str s, size_t i);
/* The byte offset where the code point before byte `i` begins; `i` is not 0. */
size_t character_start(struct str s, size_t i);

/* Is the line the title or a field's label, whose spelling another rule mends? Or else a section's that another rule reports? */
bool character_in_label(const struct digest *d, uint32_t line);
bool character_in_name(const struct digest *d, uint32_t line);

/*
 * The text once invisible-character and not-nfc have mended it: rules that compare names stay quiet where that is what was
 * wrong.
 */
struct str character_plain(struct arena *a, struct str s);
struct check;
/* Running text, or in a row of indicators what stands behind the value. */
bool character_is_text(struct check *c, const struct digest *d, const struct odd *o);
/* A control that ends a line elsewhere (VT, FF, NEL), at the end of one that is not code. */
bool character_ends_line(const struct digest *d, const struct odd *o);
/* Does the text begin with a look-alike of a hyphen that exotic-hyphen reports within words? */
bool character_is_hyphen(uint32_t codepoint);

/*
 * Tells which places of a line stand in quotes, asked from left to right.
 * Start with the line alone: `struct quotes q = {.text = s}`.
 */
struct quotes {
	struct str text;
	size_t at;         /* how far it was read */
	unsigned quotes;   /* that are open: 「『《〈“ */
	unsigned brackets; /* that are open: （( */
	bool straight;     /* an odd number of " so far */
};
/* Does byte `i` stand in quotes, or with `brackets` also in round brackets? */
bool quotes_around(struct quotes *q, size_t i, bool brackets);
/* Is the byte of the source part of a link's text? */
bool character_in_link(const struct digest *d, uint32_t line, uint32_t off);
