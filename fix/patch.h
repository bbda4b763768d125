/*
 * Fixes that go in together: each whole or not at all, and no two at the same place.
 */
#pragma once

#include "core/base/arena.h"
#include "lint/finding.h"

struct patch_edit {
	struct span at;
	struct str text;
	const struct rule *rule; /* whose fix it belongs to */
};

struct patch {
	const struct finding **fix; /* in the order of the text */
	size_t nr;
	struct patch_edit *edit; /* in the order of the text; at one place an insertion comes first */
	size_t edits;
};

/* What a patch may take. */
typedef bool patch_wanted(const void *context, const struct finding *f);

/*
 * Takes the findings' fixes in order, but for those that overlap one that is in already: two replacements of the same byte,
 * two insertions at the same place, an insertion inside of what is replaced. In the arena; borrows findings and texts.
 */
struct patch patch_choose(struct arena *a, struct str text, const struct findings *f, patch_wanted *wanted,
                          const void *context);
/* Of a patch only the fixes [from, end). */
struct patch patch_part(struct arena *a, const struct patch *p, size_t from, size_t end);
/* Both; they must be parts of one patch. */
struct patch patch_join(struct arena *a, const struct patch *x, const struct patch *y);
/* The text with the edits in it. In the arena. */
struct str patch_apply(struct arena *a, struct str text, const struct patch *p);
