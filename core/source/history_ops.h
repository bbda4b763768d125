/* What answers for a history: libgit2, or git's plumbing. Only history.c and the two of them include this. */
#pragma once

#include <pthread.h>

#include "core/source/history.h"

struct history {
	struct git_place place;
	struct git git; /* runs in the root */
	const struct history_ops *ops;
	void *own;      /* of `ops`; NULL: not open */
	struct arena a; /* for what stays */
	const char *root, *git_dir;
	bool bare, shallow;
	pthread_mutex_t lock; /* around every call of `ops` */
};

/* -1 with an error. Handles of the other library live in `own`. Texts go into the given arena, or the history's own. */
struct history_ops {
	/* Fills in `own`, `root`, `git_dir`, `bare` and `shallow`. */
	int (*open)(struct history *h, struct err *err);
	void (*close)(struct history *h);
	/* Peeled to a commit; no error is "" for HEAD where there is no commit yet. */
	int (*commit)(struct history *h, const char *rev, struct object_id *out, struct err *err);
	int (*head)(struct history *h, struct object_id *out, struct err *err);
	/* The commit as it is stored. */
	int (*raw)(struct history *h, struct arena *a, const struct object_id *commit, struct str *out, struct err *err);
	int (*merge_base)(struct history *h, const struct object_id *x, const struct object_id *y, struct object_id *out,
	                  struct err *err);
	int (*list)(struct history *h, struct arena *a, const struct moment *at, struct tracked_list *out, struct err *err);
	/* In any order. */
	int (*changes)(struct history *h, struct arena *a, const struct moment *from, const struct moment *to,
	               struct changes *out, struct err *err);
	int (*read)(struct history *h, struct arena *a, const struct object_id *id, uint64_t limit, struct str *text,
	            uint64_t *size, struct err *err);
};

extern const struct history_ops history_libgit2, history_plumbing;

/* A new element at the end, zeroed. */
struct tracked *tracked_add(struct arena *a, struct tracked_list *v);
struct change *changes_add(struct arena *a, struct changes *v);
