/* Making the edits that lead from one text to another in a third one, which somebody else has edited. */
#pragma once

#include "core/base/arena.h"

/*
 * What `text` becomes when the edits that lead from `before` to `after` are made in it; all three come from `before`. Lines that
 * `text` has otherwise than `before` stay as they are. False when an edit would touch one of them: all of the edits, or none.
 * The text lives in the arena.
 */
bool carry_edits(struct arena *a, struct str before, struct str after, struct str text, struct str *out);
