/*
 * Which texts are looked at (the work tree, the index, a commit), and whether all of them or only those that changed.
 */
#pragma once

#include "core/source/files.h"

/* What the command line says. */
struct scope_wish {
	bool staged;
	const char *rev, *since; /* revisions, or NULL */
	bool changed_lines;
	bool whole;         /* the other digests of a project are asked for whatever its rules are */
	bool force_exclude; /* what a walk leaves out is left out where it is named, too */
};

/* A file that changed. */
struct scope_file {
	const char *absolute;
	const char *old_absolute;    /* before; the same but for one that was renamed */
	const struct object_id *old; /* scope.bases of them: "" where it was not there */
	bool is_new;                 /* in none of them, and there are any commits */
	const struct change *change; /* from the first base */
};

struct scope {
	struct scope_wish wish;
	struct history *history;         /* NULL: only the disk is looked at */
	const struct snapshot *snapshot; /* NULL: the disk */
	const char *index;               /* that GIT_INDEX_FILE names, or NULL */
	const char *here;                /* where paths start from */
	bool only_changed;               /* since what stood before: */
	bool alters;                     /* a config is among it, or what lies in `.sdi` */
	size_t bases;                    /* more than one in the middle of a merge */
	struct scope_file *file;         /* in the order of their paths, without those that were deleted */
	size_t nr;
};

/* `here` is the current folder. -1 with an error; scope_close in any case. */
int scope_open(struct arena *a, const char *here, const struct scope_wish *wish, struct scope *out, struct err *err);
/* The same in a history that is open already: what `to` holds, as far as it is otherwise than in each of `from`. */
int scope_of_changes(struct arena *a, struct scope *s, const struct moment *from, size_t bases, const struct moment *to,
                     struct err *err);
void scope_close(struct scope *s);
