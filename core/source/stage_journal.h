/* What a run notes before it changes anything, so that a killed one can be put right. A part of stage.c. */
#pragma once

#include "core/source/stage_index.h"
#include "core/source/stage_lock.h"

/* A file of the work tree. */
struct stage_undo {
	const char *path;     /* from the root */
	struct object_id was; /* in the index that is kept; "": not there */
	struct object_id old; /* what the file held */
	struct object_id new; /* what it gets */
};

struct stage_journal {
	struct stage_indexes indexes;
	struct stage_undo *v;
	size_t nr, cap;
};

/* Where a run notes, and the copies that it makes of an index; both by its process. */
const char *stage_journal_path(struct arena *a, const char *git_dir, long process);
/* The process in the name of such a note; 0: it is none. */
long stage_journal_process(const char *name);
const char *stage_copy_path(struct arena *a, const char *index, long process);

/* Synced. */
int stage_journal_write(struct arena *a, const char *path, const struct stage_journal *j, struct err *err);
/* OWNER_OTHER also when it is none. */
enum stage_owner stage_journal_read(struct arena *a, const char *path, struct stage_journal *out);
