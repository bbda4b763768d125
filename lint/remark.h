/* What an author added to a name that a template gives: `malware campaign (2件)`. */
#pragma once

#include "core/base/arena.h"
#include "core/base/date.h"

/*
 * Does the text hold the name and, beside it, letters or digits that are no second copy of it? Width makes no
 * difference. Whoever writes the name alone would take them away.
 */
bool remark_beside(struct arena *a, struct str text, struct str name);
/* Is that only the day, `2026年3月20日(金)`, which the digest's path tells as well? */
bool remark_is_day(struct arena *a, struct str text, struct str name, struct date day);
