#include "core/source/history.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/source/history_ops.h"
#include "core/source/paths.h"
#include "core/source/source.h"

/* ---- opening ---- */

static bool is_place(const char *variable)
{
	return strncmp(variable, "GIT_DIR=", 8) == 0 || strncmp(variable, "GIT_WORK_TREE=", 14) == 0;
}

/* The work tree may lie anywhere: from there alone git would not find its repository. */
static void settle_git(struct history *h)
{
	const char *const *old = h->place.git.env;
	size_t nr = 0, kept = 0;
	while (old[nr])
		nr++;
	const char **env = arena_array(&h->a, const char *, nr + 3);
	for (size_t i = 0; i < nr; i++)
		if (!is_place(old[i]))
			env[kept++] = old[i];
	env[kept++] = arena_printf(&h->a, "GIT_DIR=%s", h->git_dir).p;
	if (!h->bare)
		env[kept++] = arena_printf(&h->a, "GIT_WORK_TREE=%s", h->root).p;
	env[kept] = NULL;
	h->git = (struct git){h->root, env};
}

static int open_with(struct history *h, const struct history_ops *ops, struct err *err)
{
	h->ops = ops;
	h->git = h->place.git;
	if (ops->open(h, err))
		return -1;
	settle_git(h);
	return 0;
}

static bool has_git(const struct git *git)
{
	struct arena scratch = {0};
	struct str version;
	struct err ignored;
	bool has = git_ask(git, &scratch, GIT("--version"), &version, &ignored) == 0;
	arena_release(&scratch);
	return has;
}

/* Where there is no git, the reason is the other's. */
static int open_any(struct history *h, struct err *err)
{
	struct err why;
	bool tried = !h->place.plumbing;
	if (tried && open_with(h, &history_libgit2, &why) == 0)
		return 0;
	if (open_with(h, &history_plumbing, err) == 0)
		return 0;
	if (!tried || has_git(&h->place.git))
		return -1;
	return *why.text ? err_set(err, "libgit2 cannot read the repository: %s; and git cannot be run", why.text)
	                 : err_set(err, "%s", "");
}

struct history *history_open(const struct git_place *place, struct err *err)
{
	struct history *h = xcalloc(1, sizeof(*h));
	h->place = *place;
	pthread_mutex_init(&h->lock, NULL);
	if (open_any(h, err)) {
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
	struct history next = *h;
	if (h->ops == &history_plumbing)
		return false;
	int bad = open_with(&next, &history_plumbing, &ignored);
	h->a = next.a;
	if (bad)
		return false;
	h->ops->close(h);
	h->ops = next.ops;
	h->own = next.own;
	h->git = next.git;
	return true;
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

static void add_id(struct arena *a, struct object_id **v, size_t *nr, size_t *cap, const struct object_id *id)
{
	*v = arena_grow(a, *v, *nr, cap, sizeof(**v));
	(*v)[(*nr)++] = *id;
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
		add_id(a, out, nr, &cap, &id);
	}
	return 0;
}

int history_merge_base(struct history *h, const struct object_id *x, const struct object_id *y, struct object_id *out,
                       struct err *err)
{
	ASK(h, h->ops->merge_base(h, x, y, out, err));
}

static int read_ids(struct arena *a, const char *path, struct str text, struct object_id **out, size_t *nr,
                    struct err *err)
{
	struct str line;
	size_t cap = 0;
	while (str_split(&text, '\n', &line)) {
		struct object_id id;
		if (!line.n)
			continue;
		if (object_id_parse(line, &id))
			return err_set(err, "%.800s: no list of commits", path);
		add_id(a, out, nr, &cap, &id);
	}
	return 0;
}

int history_merging(struct history *h, struct arena *a, struct object_id **out, size_t *nr, struct err *err)
{
	enum { LARGEST = 65536 };
	struct source file = {0};
	size_t cap = 0;
	const char *path = path_join(a, h->git_dir, "MERGE_HEAD");
	*out = NULL;
	*nr = 0;
	errno = 0;
	if (source_read_file(a, path, LARGEST, &file, err) == 0)
		return file.size > LARGEST ? err_set(err, "%.800s: no list of commits", path)
		                           : read_ids(a, path, file.text, out, nr, err);
	if (errno != ENOENT)
		return -1;
	for (const struct object_id *id = h->place.merging; id && id->hex[0]; id++)
		add_id(a, out, nr, &cap, id);
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

/* What is unmerged is that and nothing else; then what is new. */
static int rank(const struct change *c)
{
	return c->kind == CHANGE_UNMERGED ? 0 : c->kind == CHANGE_ADDED ? 1 : 2;
}

static int by_change_path(const void *x, const void *y)
{
	const struct change *a = x, *b = y;
	int order = strcmp(a->path, b->path);
	return order ? order : rank(a) - rank(b);
}

/* A repository in the repository that nobody added. */
static bool is_folder(const char *path)
{
	return str_ends(str_of(path), STR("/"));
}

/* Taken out of the index, and still on disk. */
static void put_back(struct change *added, const struct change *other)
{
	if (added->kind != CHANGE_ADDED || other->kind != CHANGE_DELETED)
		return;
	added->kind = CHANGE_MODIFIED;
	added->old_id = other->old_id;
}

/* What is there is in no object, whatever the index knows. */
static void look_at_disk(struct history *h, struct arena *a, struct change *c)
{
	struct stat st;
	c->id = (struct object_id){{0}};
	if (c->kind != CHANGE_DELETED && lstat(path_join(a, h->root, c->path), &st) == 0)
		c->mode = S_ISLNK(st.st_mode) ? MODE_LINK : st.st_mode & S_IXUSR ? MODE_PROGRAM : MODE_FILE;
}

int history_changes(struct history *h, struct arena *a, const struct moment *from, const struct moment *to,
                    struct changes *out, struct err *err)
{
	size_t kept = 0;
	if (ask_changes(h, a, from, to, out, err))
		return -1;
	if (out->nr)
		qsort(out->v, out->nr, sizeof(*out->v), by_change_path);
	for (size_t i = 0; i < out->nr; i++) {
		if (is_folder(out->v[i].path))
			continue;
		if (!kept || strcmp(out->v[kept - 1].path, out->v[i].path) != 0)
			out->v[kept++] = out->v[i];
		else
			put_back(&out->v[kept - 1], &out->v[i]);
	}
	out->nr = kept;
	for (size_t i = 0; to->kind == MOMENT_WORK_TREE && i < out->nr; i++)
		look_at_disk(h, a, &out->v[i]);
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
