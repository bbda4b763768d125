/* What `sdi links` learns is remembered: for `sdi lint`, which asks nobody, and for the next run. */
#pragma once

#include "core/archive/answers.h"
#include "lint/links/check.h"

struct links_memory;

/* In the repository's git folder; NULL where there is none, or nothing can be remembered, which is said. */
struct links_memory *links_memory_open(struct arena *a, const char *git_dir);
/* `key` is the link's. It is not written yet. */
void links_memory_note(struct links_memory *m, struct str key, const struct link_answer *answer);
/* To be called several times a second: writes what was noted when it is time to, so that a kill loses little. */
void links_memory_keep(struct links_memory *m);
/* When the link was last looked at, in seconds since 1970; 0: never. */
int64_t links_memory_last(struct links_memory *m, struct str key);
/* Writes the rest. `m` may be NULL. */
void links_memory_close(struct links_memory *m);
