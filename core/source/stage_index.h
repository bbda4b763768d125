/* Indexes: which are to be written, what is in them, and copies with other texts. A part of stage.c. */
#pragma once

#include "core/source/stage_plan.h"

enum { STAGE_INDEXES = 2 };

/* Paths, absolute, links resolved. */
struct stage_indexes {
	const char *v[STAGE_INDEXES]; /* to be written: what is committed, and what stays after `git commit PATH` */
	size_t nr;
	const char *kept; /* what is there when git gives its commit up */
};

/* A hook knows by the name of its index what git is doing. */
int stage_indexes_find(struct arena *a, const struct stage_place *p, struct stage_indexes *out, struct err *err);
/* git for one of them (NULL: the usual one), run in the root. */
struct git stage_git(struct arena *a, const struct stage_place *p, const char *index);

struct stage_entry {
	const char *path;
	struct object_id id;
	unsigned mode;
	bool unmerged, assumed, skipped; /* assume-unchanged, skip-worktree */
};

struct stage_entries {
	struct stage_entry *v;
	size_t nr, cap;
};

int stage_entries_read(struct arena *a, const struct git *g, struct stage_entries *out, struct err *err);
/* NULL: it is not there. */
const struct stage_entry *stage_entries_find(const struct stage_entries *e, const char *path);

/* Has git look again at the files of the work tree: it then knows which it need not read. */
void stage_index_refresh(struct arena *a, const struct stage_place *p, const char *copy);
/*
 * A copy of an index in which the plans are carried out, to be put in its place by a rename. -1 when an entry is not what its
 * plan was made for.
 */
int stage_index_copy(struct arena *a, const struct stage_place *p, const char *index, const char *copy,
                     const struct stage_plans *plans, struct err *err);
