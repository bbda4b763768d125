#include "core/source/history.h"

#include <errno.h>
#include <stdlib.h>

#include "core/source/history_ops.h"
#include "core/source/paths.h"
#include "core/source/source.h"

/* ---- opening ---- */

static int open_with(struct history *h, const struct history_ops *ops, struct err *err)
{
	h->ops = ops;
	h->git = h->place.git;
	if (ops->open(h, err))
		return -1;
	h->git.folder = h->root;
	return 0;
}

struct history *history_open(const struct git_place *place, struct err *err)
{
	struct history *h = xcalloc(1, sizeof(*h));
	h->place = *place;
	pthread_mutex_init(&h->lock, NULL);
	if ((place->plumbing || open_with(h, &history_libgit2, err)) && open_with(h, &history_plumbing, err)) {
		history_close(h);
		return NULL;
	}
	return h;
}

void history_close(struct history *h)
{
	if (!h)
		return;
	if (h->own)
		h->ops->close(h);
	pthread_mutex_destroy(&h->lock);
	arena_release(&h->a);
	free(h);
}

const char *history_root(const struct history *h)
{
	return h->root;
}

const char *history_git_dir(const struct history *h)
{
	return h->git_dir;
}

bool history_is_bare(const struct history *h)
{
	return h->bare;
}

bool history_is_shallow(const struct history *h)
{
	return h->shallow;
}

const struct git *history_git(const struct history *h)
{
	return &h->git;
}

/* ---- asking ---- */

/*
 * What libgit2 cannot do, git may be able to; from then on it is asked alone. Where both fail, git's reason is the one that
 * its user knows.
 */
static bool try_plumbing(struct history *h)
{
	struct err ignored;
	if (h->ops == &history_plumbing)
		return false;
	h->ops->close(h);
	h->own = NULL;
	return open_with(h, &history_plumbing, &ignored) == 0;
}

/* Evaluates `call`, which uses h->ops; once more when it fails and there is somebody else to ask. */
#define ASK(h, call)                      \
	do {                                  \
		pthread_mutex_lock(&(h)->lock);   \
		int rc_ = (call);                 \
		if (rc_ && try_plumbing(h))       \
			rc_ = (call);                 \
		pthread_mutex_unlock(&(h)->lock); \
		return rc_;                       \
	} while (0)

static int check_rev(const char *rev, struct err *err)
{
	return *rev && *rev != '-' ? 0 : err_set(err, "`%.800s` is no revision", rev);
}

static int ask_commit(struct history *h, const char *rev, struct object_id *out, struct err *err)
{
	ASK(h, h->ops->commit(h, rev, out, err));
}

int history_commit(struct history *h, const char *rev, struct object_id *out, struct err *err)
{
	return check_rev(rev, err) ? -1 : ask_commit(h, rev, out, err);
}

int history_head(struct history *h, struct object_id *out, struct err *err)
{
	ASK(h, h->ops->head(h, out, err));
}

static int ask_raw(struct history *h, struct arena *a, const struct object_id *commit, struct str *out, struct err *err)
{
	ASK(h, h->ops->raw(h, a, commit, out, err));
}

bool history_has(struct history *h, const struct object_id *commit)
{
	struct arena scratch = {0};
	struct err ignored;
	struct str raw;
	bool has = ask_raw(h, &scratch, commit, &raw, &ignored) == 0;
	arena_release(&scratch);
	return has;
}

int history_parents(struct history *h, struct arena *a, const struct object_id *commit, struct object_id **out,
                    size_t *nr, struct err *err)
{
	size_t cap = 0;
	struct str raw, line;
	*out = NULL;
	*nr = 0;
	if (ask_raw(h, a, commit, &raw, err))
		return -1;
	while (str_split(&raw, '\n', &line) && line.n) {
		struct object_id id;
		if (!str_starts(line, STR("parent ")) || object_id_parse(str_from(line, 7), &id))
			continue;
		*out = arena_grow(a, *out, *nr, &cap, sizeof(**out));
		(*out)[(*nr)++] = id;
	}
	return 0;
}

int history_merge_base(struct history *h, const struct object_id *x, const struct object_id *y, struct object_id *out,
                       struct err *err)
{
	ASK(h, h->ops->merge_base(h, x, y, out, err));
}

int history_merging(struct history *h, struct arena *a, struct object_id **out, size_t *nr, struct err *err)
{
	enum { LARGEST = 65536 };
	struct source file = {0};
	struct str rest, line;
	size_t cap = 0;
	const char *path = path_join(a, h->git_dir, "MERGE_HEAD");
	*out = NULL;
	*nr = 0;
	errno = 0;
	if (source_read_file(a, path, LARGEST, &file, err))
		return errno == ENOENT ? 0 : -1;
	rest = file.text;
	while (str_split(&rest, '\n', &line)) {
		struct object_id id;
		if (!line.n)
			continue;
		if (object_id_parse(line, &id))
			return err_set(err, "%.800s: no list of commits", path);
		*out = arena_grow(a, *out, *nr, &cap, sizeof(**out));
		(*out)[(*nr)++] = id;
	}
	return 0;
}

static int ask_list(struct history *h, struct arena *a, const struct moment *at, struct tracked_list *out,
                    struct err *err)
{
	ASK(h, (*out = (struct tracked_list){0}, h->ops->list(h, a, at, out, err)));
}

static int by_entry_path(const void *x, const void *y)
{
	return strcmp(((const struct tracked *)x)->path, ((const struct tracked *)y)->path);
}

int history_list(struct history *h, struct arena *a, const struct moment *at, struct tracked_list *out, struct err *err)
{
	size_t kept = 0;
	if (ask_list(h, a, at, out, err))
		return -1;
	if (out->nr)
		qsort(out->v, out->nr, sizeof(*out->v), by_entry_path);
	/* The sides of a merge stand one after the other. */
	for (size_t i = 0; i < out->nr; i++)
		if (!kept || strcmp(out->v[kept - 1].path, out->v[i].path) != 0)
			out->v[kept++] = out->v[i];
	out->nr = kept;
	return 0;
}

static int ask_changes(struct history *h, struct arena *a, const struct moment *from, const struct moment *to,
                       struct changes *out, struct err *err)
{
	ASK(h, (*out = (struct changes){0}, h->ops->changes(h, a, from, to, out, err)));
}

static int by_change_path(const void *x, const void *y)
{
	const struct change *a = x, *b = y;
	int order = strcmp(a->path, b->path);
	/* What is unmerged is that and nothing else. */
	return order ? order : (b->kind == CHANGE_UNMERGED) - (a->kind == CHANGE_UNMERGED);
}

int history_changes(struct history *h, struct arena *a, const struct moment *from, const struct moment *to,
                    struct changes *out, struct err *err)
{
	size_t kept = 0;
	if (ask_changes(h, a, from, to, out, err))
		return -1;
	if (out->nr)
		qsort(out->v, out->nr, sizeof(*out->v), by_change_path);
	for (size_t i = 0; i < out->nr; i++)
		if (!kept || strcmp(out->v[kept - 1].path, out->v[i].path) != 0)
			out->v[kept++] = out->v[i];
	out->nr = kept;
	return 0;
}

int history_read(struct history *h, struct arena *a, const struct object_id *id, uint64_t limit, struct str *text,
                 uint64_t *size, struct err *err)
{
	ASK(h, h->ops->read(h, a, id, limit, text, size, err));
}

/* ---- for those that answer ---- */

struct tracked *tracked_add(struct arena *a, struct tracked_list *v)
{
	v->v = arena_grow(a, v->v, v->nr, &v->cap, sizeof(*v->v));
	v->v[v->nr] = (struct tracked){0};
	return &v->v[v->nr++];
}

struct change *changes_add(struct arena *a, struct changes *v)
{
	v->v = arena_grow(a, v->v, v->nr, &v->cap, sizeof(*v->v));
	v->v[v->nr] = (struct change){0};
	return &v->v[v->nr++];
}

int object_id_parse(struct str text, struct object_id *out)
{
	*out = (struct object_id){{0}};
	if (text.n != 40 && text.n != 64)
		return -1;
	for (size_t i = 0; i < text.n; i++)
		if (!strchr("0123456789abcdef", text.p[i]) || !text.p[i])
			return -1;
	memcpy(out->hex, text.p, text.n);
	return 0;
}
