/* Comments that suppress findings, for those who take over an old archive. */
#pragma once

#include "fix/fixer.h"

/* Can a comment with this reason stand in a digest: not empty, one line, no `--`, no control characters? */
bool suppress_accepts(struct str reason);
/*
 * Suppresses what is still found in the text, as far as comments can: one above the block of a finding, else one for the whole
 * file. Each is proved as a fix is, and that it suppresses something.
 */
void suppress_rest(struct fixer *x, struct str reason);
