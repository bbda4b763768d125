/* What an author added to a name that a template gives: `malware campaign (2件)`. */
#pragma once

#include "core/base/arena.h"

/*
 * Does the text hold the name and, beside it, letters or digits that are no second copy of it? Width makes no
 * difference. Whoever writes the name alone would take them away.
 */
bool remark_beside(struct arena *a, struct str text, struct str name);
