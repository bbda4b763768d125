/*
 * The characters of a digest that are not of every day: what rules about characters look at, found in one look at the text.
 * Of every day are ASCII without controls, kana, the kanji of windows-31j, and the punctuation of Japanese text; not those
 * that look like a katakana and stand beside one.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/str.h"

struct digest;
struct prose;

struct odd {
	uint32_t off; /* bytes from the source's start */
	uint32_t codepoint;
	uint32_t line;             /* index in digest->line */
	const struct prose *prose; /* of its line; NULL where that holds no text */
};

enum odd_place {
	ODD_TEXT,  /* running text */
	ODD_ROW,   /* a row of indicators */
	ODD_HOLE,  /* in a line of text, but a code span, a URL, a defanged value or a comment */
	ODD_CODE,  /* a line of a code block */
	ODD_OTHER, /* HTML, front matter, indent and the like */
};

/* For digest_build, once lines and prose are there. In the order of the text. */
const struct odd *odd_read(struct arena *a, const struct digest *d, size_t *nr);
enum odd_place odd_place(const struct digest *d, const struct odd *o);
/* Its place and length in bytes. */
struct span odd_span(const struct odd *o);
/* Behind the last of those that follow `o` on its line without a gap, and which `is` takes, too. */
const struct odd *odd_run(const struct digest *d, const struct odd *o,
                          bool (*is)(const struct digest *, const struct odd *));

#define FOR_EACH_ODD(d, o) for (const struct odd *o = (d)->odd; o && o < (d)->odd + (d)->odds; o++)
