/* Suppressions in the text: `<!-- sdi-ignore RULE: reason -->` for the next block, `sdi-ignore-file` for all of it. */
#pragma once

#include "lint/check.h"
#include "lint/lint.h"

/* All of a digest's, in the order of the text; in the arena. */
struct ignore *ignores_read(struct arena *a, const struct digest *d, const struct lint_plan *plan, size_t *nr);
