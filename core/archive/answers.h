/*
 * What looks at links have learnt, in a file of SQLite: one answer a link. It is history, which no later run can find out again,
 * so nothing is forgotten, and a file that is damaged is put aside, not thrown away. Several programs may use it at once; each
 * `struct answers` belongs to one thread at a time.
 */
#pragma once

#include "core/archive/answer.h"
#include "core/base/arena.h"
#include "core/base/err.h"

struct answers;

enum answers_use {
	ANSWERS_READ,  /* nothing is made or changed; who is kept waiting goes without */
	ANSWERS_LEARN, /* the file, and its folder, are made where they are missing */
};

/*
 * `path` is absolute. NULL where there can be none, and `err` says why: "" where nothing was learnt yet; the file may be
 * locked, damaged (where it is only read), not ours, of another program or another sdi. Then what is there stays as it is.
 */
struct answers *answers_open(const char *path, enum answers_use use, struct err *err);

/*
 * A look at `url` (the key of lint/links/target.h) at `now`, seconds since 1970. It is only noted; answers_write and
 * answers_close add what is noted to what is known by then, also by other programs.
 */
void answers_learn(struct answers *v, struct str url, const struct answer_look *look, int64_t now);
/* All that is noted, or nothing: -1, and it is still noted. To be called now and then, so that a kill loses little. */
int answers_write(struct answers *v, struct err *err);
/* Writes, and frees in any case. `v` may be NULL. */
int answers_close(struct answers *v, struct err *err);

/* What is known of a link, as it was last written; texts in the arena. False: nothing. */
bool answers_find(struct answers *v, struct arena *a, struct str url, struct answer *out);
/* When it was last looked at, for who looks at the oldest first; 0: never. */
int64_t answers_last(struct answers *v, struct str url);

struct answer_list {
	const struct answer *v; /* sorted by str_cmp() of their URLs */
	size_t nr;
};
/* All that have a verdict, which are few: for many questions. In the arena. */
struct answer_list answers_load(struct answers *v, struct arena *a);
