/*
 * Every line of a text: what it is, its indent, its marker, what it says.
 * Takes containment from the block tree and all exact places from the bytes.
 */
#pragma once

#include "core/digest/digest.h"

/* One `struct line` for each of the source's lines. */
struct line *scan_lines(struct arena *a, const struct source *source, const struct blocks *blocks);
/* The text of a line without a comment at its end: "- 要約 <!-- sdi: … -->" gives "- 要約". */
struct span scan_without_comment(struct str text, struct span at);
/* Without blanks and full-width spaces at both ends. */
struct span scan_trim(struct str text, struct span at);
