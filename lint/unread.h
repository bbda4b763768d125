/*
 * Texts that are known without being read: what the files of a month were when they were read last, by what tells that they are
 * still the same.
 */
#pragma once

#include "lint/lint.h"

struct unread;

/* Before the jobs run: sets `text` of each. */
struct unread *unread_begin(struct job *jobs, size_t nr, unsigned threads);
/* Is what was read since still what was known? */
bool unread_still(const struct job *job);
/* After they have run: remembers what was read. */
void unread_end(struct unread *u);
