/*
 * Putting texts into the index and the work tree together, beside a git that may be in the middle of a commit, and editors that
 * may save at the same moment. Nothing is stashed or checked out, and no text that anybody wrote is lost.
 */
#pragma once

#include "core/source/history.h"

/* Where it is done. */
struct stage_place {
	const struct git *git; /* with an environment that leads to this repository when it runs in `root` */
	const char *root;      /* of the work tree: absolute, links resolved */
	const char *git_dir;   /* absolute: where git keeps what belongs to this work tree */
	const char *index;     /* absolute: what GIT_INDEX_FILE names; NULL: the usual one */
};

enum stage_outcome {
	STAGE_DONE,       /* in the index and in the work tree */
	STAGE_INDEX_ONLY, /* in the index; the work tree has no such file */
	STAGE_LEFT,       /* in neither: `err` says why */
};

struct stage_file {
	const char *path;    /* from the root */
	unsigned mode;       /* as in the index */
	struct object_id id; /* the same: of what was fixed; not of a file that is only announced (`git add -N`) */
	struct str before;   /* its text */
	struct str after;    /* what shall be in its place; not the same */

	/* what came of it; nothing when stage_write fails */
	enum stage_outcome outcome;
	struct err err;
};

/*
 * Writes `after` into the index, and carries the same edits into the files of the work tree, but not into lines that are
 * otherwise there than in the index: such a file is left alone in both. -1 when nothing is written, neither in the index nor
 * in the work tree: the index is locked or not as it was, or a file was changed at that moment.
 *
 * In a hook of `git commit PATH` the index that stays afterwards is written, too. Signals that end the program should wait
 * until it returns. After a kill `stage_recover` cleans up.
 */
int stage_write(const struct stage_place *p, struct stage_file *file, size_t nr, struct err *err);

/* What was done: a line each, for people. */
struct stage_report {
	const char **line;
	size_t nr, cap;
};

/*
 * Cleans up after runs that were killed: where the index was not yet written, files of the work tree get back the text that
 * they had, unless somebody has gone on working there. Takes away locks, drafts and notes of runs that are over; never those
 * of others, and never a draft whose text is nowhere else. Twice is once. The lines live in the arena.
 */
int stage_recover(struct arena *a, const struct stage_place *p, struct stage_report *out, struct err *err);
