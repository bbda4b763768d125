/*
 * What was found in a text, so that it need not be looked for again: as a key of all that it depends on, and as bytes.
 */
#pragma once

#include "core/archive/archive.h"
#include "lint/lint.h"

/* What all keys of a run have in common; `program` says which sdi it is, to the byte. */
struct archive_key memory_salt(struct str program);
/* Of what a plan says. */
struct archive_key memory_plan(const struct lint_plan *plan);
/* Before a job with this plan is asked about. The arena must outlive the memory. */
void memory_expect(struct memory *m, struct arena *a, const struct lint_plan *plan);

/* What was found in a job that has its text, and no findings yet. False when it is not known. */
bool memory_recall(struct job *job, const struct archive_key *key);
void memory_remember(const struct job *job, const struct archive_key *key);
struct archive_key memory_key(const struct job *job);

/* What was found in a job; in the arena. */
struct str memory_pack(struct arena *a, const struct job *job);
/* The same back into a job with the same text. False, and the job is as it was, when the bytes are no such thing. */
bool memory_unpack(struct job *job, struct str bytes);

/*
 * The sightings of one digest by its text, or of several files by what tells that they are still the same, so that none of them
 * is read. False: that cannot be told of each.
 */
struct archive_key memory_sightings_key(const struct job *job);
bool memory_group_key(const struct job *v, size_t nr, struct archive_key *out);
bool memory_recall_sightings(struct job *v, size_t nr, const struct archive_key *key);
void memory_remember_sightings(const struct job *v, size_t nr, const struct archive_key *key);
