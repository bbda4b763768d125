/*
 * Digests of an archive held against each other: what one of them has that an earlier one had already.
 */
#pragma once

#include "lint/lint.h"

/* The rule that speaks of such sightings; NULL without one. */
const struct rule *elsewhere_rule(enum sighting_kind kind);
/* Does any rule ask for other digests? */
bool elsewhere_matters(const struct lint_plan *plan);
/* Reads the sightings of digests that are not linted; of one that cannot be read there are none. */
void elsewhere_look(struct job *others, size_t nr, unsigned threads);
/*
 * After the jobs have run: adds to their findings what earlier digests have, among themselves and those of `others`, which have
 * sightings and nothing else. A job whose text was forgotten is read again.
 */
void elsewhere_tell(struct job *jobs, size_t nr, const struct job *others, size_t nr_others);
