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

/* For single findings of a text, to be asked about one by one. */
struct suppressor;

/* Takes over a job that has its text and no findings yet. */
struct suppressor *suppress_begin(const struct job *job, struct block_parser *parser);
/*
 * The comment that suppresses a finding of the text, as an edit in the arena: above its block, else for the whole file. It is proved
 * in the same way. False where there is none.
 */
bool suppress_finding(struct suppressor *s, const struct finding *f, struct str reason, struct arena *a,
                      struct edit *out);
void suppress_end(struct suppressor *s);
