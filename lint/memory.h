/*
 * What was found in a text, so that it need not be looked for again: as a key of all that it depends on, and as bytes.
 */
#pragma once

#include "core/archive/archive.h"
#include "lint/lint.h"
#include "lint/month.h"

/* What all keys of a run have in common; `program` says which sdi it is, to the byte. */
struct archive_key memory_salt(struct str program);
/* Of what a plan says. */
struct archive_key memory_plan(const struct lint_plan *plan);
/* Before a job with this plan is asked about. The arena must outlive the memory. */
void memory_expect(struct memory *m, struct arena *a, const struct lint_plan *plan);

/*
 * What was found in a job that has its text, or a known one, and no findings yet. False when it is not known.
 */
bool memory_recall(struct job *job, const struct archive_key *key);
void memory_remember(const struct job *job, const struct archive_key *key);
/* The text that was read is known from here on. */
struct archive_key memory_key(const struct job *job);

/* What was found in a job; in the arena. */
struct str memory_pack(struct arena *a, const struct job *job);
/* The same back into a job with the same text. False, and the job is as it was, when the bytes are no such thing. */
bool memory_unpack(struct job *job, struct str bytes);

/* The sightings of a digest by its text, which was read. */
struct archive_key memory_sightings_key(const struct job *job);
/* Those of a month by what tells that its files are still the same. False: that cannot be told of each. */
bool memory_month_key(const struct month *m, struct archive_key *out);
bool memory_recall_sightings(const struct month *m, const struct archive_key *key);
void memory_remember_sightings(const struct month *m, const struct archive_key *key);

/* What the texts of a month are, by the same; each job has its identity. */
struct archive_key memory_texts_key(const struct month *m);
bool memory_recall_texts(const struct month *m, const struct archive_key *key);
void memory_remember_texts(const struct month *m, const struct archive_key *key);
