/* What becomes of files that are to be staged: worked out while nothing is locked yet. A part of stage.c. */
#pragma once

#include "core/source/stage.h"

struct stage_plan {
	struct stage_file *file;
	struct object_id id; /* of what the index gets */
	bool writes;         /* is anything to be written into the work tree? */

	/* of the file there, and then only: */
	const char *path;                /* absolute */
	struct str old, new;             /* what it holds, and what it shall hold */
	struct object_id old_id, new_id; /* of these bytes: they are objects, so that nothing can get lost */
};

struct stage_plans {
	struct stage_plan *v;
	size_t nr;
};

/*
 * Files that are left alone have no plan; their outcome is set. `git` runs in the root. -1 with an error when nothing can be said
 * of any. Everything lives in the arena.
 */
int stage_plan(struct arena *a, const struct git *g, const char *root, struct stage_file *file, size_t nr,
               struct stage_plans *out, struct err *err);
