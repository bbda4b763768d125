/* Forms of words that rules share: saying that there is nothing, and what a language model's prompt leaves behind. */
#pragma once

#include "core/digest/digest.h"

/*
 * Does the text say, in whatever words, that there is nothing to say? The empty forms of `entry` (may be NULL), and what
 * people write instead: なし, 該当なし, N/A. Blanks, width, case and a full stop at the end make no difference.
 */
bool form_says_nothing(const struct template_entry *entry, struct str text);
/* Is it that empty form but for blanks, width, case and a full stop? */
bool form_same(struct str empty_form, struct str text);
/* A part of an instruction to a language model, or of its machinery, which is no part of an article. */
bool form_is_residue(struct str text);
/* Where a sign of residue stands at or after `from`; text.n: nowhere. A line without any sign holds no residue. */
size_t form_next_sign(struct str text, size_t from);
/* "{title}", "xxxxx": something that the author has still to fill in. */
bool form_is_hole(struct str text);
