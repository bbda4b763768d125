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
/* Without blanks at both ends, full-width and no-break ones included. */
struct span scan_trim(struct str text, struct span at);
/* Does the block, or one around it, quote? */
bool scan_in_quote(const struct blocks *blocks, uint32_t block);
/*
 * Does the line look like a heading to its readers, although Markdown sees none: hashes behind a bullet, a quote mark, a
 * backslash, full-width blanks or four columns, full-width hashes, or without a blank behind them? Then fills level and text
 * (of one level at least: 2).
 */
bool scan_disguised(struct str text, const struct line *l, unsigned *level, struct span *inner);
/* Bytes of the hashes, or of what looks like them, that a text begins with, blanks between them included: 0 for none. */
size_t scan_hashes(struct str s, unsigned *level);
/*
 * Bytes of what stands in a bullet's place without being one, with the blanks behind it: "・", "－", "• " and the like, or
 * full-width blanks before a real bullet. 0: none.
 */
size_t scan_false_bullet(struct str s);
/* Does a text begin with one that is nothing else: a dot or a square, not a dash that may go on with a sentence? */
bool scan_is_dot(struct str s);
