/*
 * What a git repository holds: its index, its commits, and what changed between them. Nothing here changes the repository.
 * libgit2 answers; where it cannot read what git can (SHA-256, split or sparse indexes, reftable, objects that are still to
 * be fetched, …), git's own plumbing does.
 */
#pragma once

#include "core/source/git.h"

/* As hexadecimal digits, 40 or 64; "" for none. */
struct object_id {
	char hex[65];
};

/* Which repository, and how the environment has git see it. All paths are absolute. */
struct git_place {
	struct git git;        /* its folder is where to look from */
	const char *git_dir;   /* GIT_DIR; NULL: the nearest one upward */
	const char *work_tree; /* GIT_WORK_TREE, or NULL */
	const char *index;     /* GIT_INDEX_FILE, or NULL */
	/* What is being merged before there is a MERGE_HEAD; NULL, or until "" */
	const struct object_id *merging;
	bool plumbing; /* do not try libgit2: the environment says what it cannot honour */
};

static inline bool object_id_is(const struct object_id *x, const struct object_id *y)
{
	return strcmp(x->hex, y->hex) == 0;
}

/* -1 when the text is none; `out` is "" then. */
int object_id_parse(struct str text, struct object_id *out);

/* A mode as git has it. */
enum { MODE_FILE = 0100644, MODE_PROGRAM = 0100755, MODE_LINK = 0120000, MODE_SUBMODULE = 0160000 };

static inline bool mode_is_regular(unsigned mode)
{
	return (mode & 0170000) == 0100000;
}

/* A file of an index or a commit. */
struct tracked {
	const char *path; /* from the root, with '/' */
	struct object_id id;
	unsigned mode;
	bool unmerged; /* in the middle of a merge: `id` is one side's */
};

/* In the byte order of their paths, each once. */
struct tracked_list {
	struct tracked *v;
	size_t nr, cap;
};

enum change_kind {
	CHANGE_ADDED = 'A',
	CHANGE_DELETED = 'D',
	CHANGE_MODIFIED = 'M', /* of content, mode or type */
	CHANGE_RENAMED = 'R',
	CHANGE_UNMERGED = 'U',
};

struct change {
	enum change_kind kind;
	const char *path;        /* as it is now; of what was deleted, as it was */
	const char *old_path;    /* the same, but for what was renamed */
	struct object_id id;     /* now; "" when it is in no object (deleted, or in the work tree only) */
	struct object_id old_id; /* before; "" for none */
	unsigned mode;           /* now; 0: deleted */
};

/* In the byte order of their paths. */
struct changes {
	struct change *v;
	size_t nr, cap;
};

/* What is looked at, or compared with. */
enum moment_kind { MOMENT_EMPTY, MOMENT_COMMIT, MOMENT_INDEX, MOMENT_WORK_TREE };

struct moment {
	enum moment_kind kind;
	struct object_id commit; /* MOMENT_COMMIT */
};

struct history;

/* NULL with an error when there is no repository, or neither can open it. Release with history_close. */
struct history *history_open(const struct git_place *place, struct err *err);
void history_close(struct history *h);

/* The work tree's root, or for a bare repository its own folder: absolute, links resolved, without a slash at its end. */
const char *history_root(const struct history *h);
/* Where git keeps what belongs to this work tree (HEAD, index, MERGE_HEAD). */
const char *history_git_dir(const struct history *h);
bool history_is_bare(const struct history *h);
/* Are commits missing because only the last ones were fetched? */
bool history_is_shallow(const struct history *h);
const struct git *history_git(const struct history *h);

/* All of these: -1 with an error. What they give lives in the arena. */

/* The commit that a revision names. */
int history_commit(struct history *h, const char *rev, struct object_id *out, struct err *err);
/* The commit that HEAD is; `out` is "" where there is none yet. */
int history_head(struct history *h, struct object_id *out, struct err *err);
/* Is this commit here? */
bool history_has(struct history *h, const struct object_id *commit);
/* As the commit itself names them, also those that were never fetched. */
int history_parents(struct history *h, struct arena *a, const struct object_id *commit, struct object_id **out,
                    size_t *nr, struct err *err);
/* One best common ancestor. */
int history_merge_base(struct history *h, const struct object_id *x, const struct object_id *y, struct object_id *out,
                       struct err *err);
/* The commits that are being merged: what MERGE_HEAD lists, or else the place. */
int history_merging(struct history *h, struct arena *a, struct object_id **out, size_t *nr, struct err *err);
/* All files of an index or a commit. */
int history_list(struct history *h, struct arena *a, const struct moment *at, struct tracked_list *out,
                 struct err *err);
/*
 * What became different from `from` (empty, or a commit) to `to`. With the work tree, files that git neither tracks nor ignores
 * are there too; what is only announced (`git add -N`) is not in an index.
 */
int history_changes(struct history *h, struct arena *a, const struct moment *from, const struct moment *to,
                    struct changes *out, struct err *err);
/*
 * A file's text. Above `limit` bytes it is not read: it is "" and `size` is more than it has. Threads may call this side by
 * side.
 */
int history_read(struct history *h, struct arena *a, const struct object_id *id, uint64_t limit, struct str *text,
                 uint64_t *size, struct err *err);
