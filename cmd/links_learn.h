/* What `sdi links` learns is remembered: for `sdi lint`, which asks nobody, and for the next run. */
#pragma once

#include "core/archive/answers.h"
#include "lint/links/check.h"

struct links_memory;

/* In the repository's git folder; NULL where there is none, or nothing can be remembered, which is said. */
struct links_memory *links_memory_open(struct arena *a, const char *git_dir);
/* `key` is the link's. What was found is written now and then. */
void links_memory_note(struct links_memory *m, struct str key, const struct link_answer *answer);
/* When the link was last looked at, in seconds since 1970; 0: never. */
int64_t links_memory_last(struct links_memory *m, struct str key);
/* Writes the rest. `m` may be NULL. */
void links_memory_close(struct links_memory *m);
