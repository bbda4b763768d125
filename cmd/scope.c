#include "cmd/scope.h"

#include <stdlib.h>

#include "cmd/git_place.h"
#include "core/source/paths.h"

static int check(const struct scope_wish *w, struct err *err)
{
	if (w->staged && w->rev)
		return err_set(err, "--staged and --rev exclude each other");
	if (w->changed_lines && !w->staged && !w->since)
		return err_set(err, "--changed-lines needs to know since when: --staged or --since REV");
	return 0;
}

/* ---- what is compared with what ---- */

static int moment_of(struct history *h, const struct scope_wish *w, struct moment *out, struct err *err)
{
	*out = (struct moment){.kind = w->staged ? MOMENT_INDEX : w->rev ? MOMENT_COMMIT : MOMENT_WORK_TREE};
	if (out->kind != MOMENT_COMMIT && history_is_bare(h))
		return err_set(err, "a bare repository has no work tree and no index; --rev REV looks at a commit");
	return w->rev ? history_commit(h, w->rev, &out->commit, err) : 0;
}

static int no_common_commit(struct history *h, const char *since, struct err *err)
{
	if (history_is_shallow(h))
		return err_set(
			err,
			"cannot tell what changed since `%.400s`: the clone is shallow, and the commit that both have in "
			"common is not in it; fetch more of it (git fetch --unshallow)",
			since);
	return err_set(err, "cannot tell what changed since `%.400s`: there is no commit that both have in common", since);
}

/* The commit from which both went their own ways. */
static int find_since(struct history *h, const struct scope_wish *w, const struct moment *to, struct moment *out,
                      struct err *err)
{
	struct object_id since, now = to->commit;
	*out = (struct moment){.kind = MOMENT_COMMIT};
	if (history_commit(h, w->since, &since, err) || (to->kind != MOMENT_COMMIT && history_head(h, &now, err)))
		return -1;
	if (!now.hex[0])
		return err_set(err, "there is no commit yet, so nothing is since `%.400s`", w->since);
	return history_merge_base(h, &since, &now, &out->commit, err) ? no_common_commit(h, w->since, err) : 0;
}

/* What the next commit will stand on: HEAD, and what is being merged into it. */
static int find_parents(struct arena *a, struct history *h, struct moment **out, size_t *nr, struct err *err)
{
	struct object_id head, *merging;
	size_t others;
	if (history_head(h, &head, err) || history_merging(h, a, &merging, &others, err))
		return -1;
	*nr = 1 + others;
	*out = arena_array(a, struct moment, *nr);
	(*out)[0] = (struct moment){head.hex[0] ? MOMENT_COMMIT : MOMENT_EMPTY, head};
	for (size_t i = 0; i < others; i++)
		(*out)[1 + i] = (struct moment){MOMENT_COMMIT, merging[i]};
	return 0;
}

/* ---- changes ---- */

static const struct change *find_change(const struct changes *c, const char *path)
{
	size_t from = 0, to = c->nr;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = strcmp(c->v[middle].path, path);
		if (order == 0)
			return &c->v[middle];
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

/* False when some base has the file as it is now. */
static bool make_file(struct arena *a, const struct scope *s, const struct changes *of, const struct change *c,
                      bool born, struct scope_file *out)
{
	struct object_id *old = arena_array(a, struct object_id, s->bases);
	*out = (struct scope_file){.old = old, .is_new = born, .change = c};
	for (size_t b = 0; b < s->bases; b++) {
		const struct change *seen = b ? find_change(&of[b], c->path) : c;
		if (!seen)
			return false;
		old[b] = seen->old_id;
		out->is_new &= seen->kind == CHANGE_ADDED;
	}
	out->absolute = path_join(a, history_root(s->history), c->path);
	out->old_absolute = path_join(a, history_root(s->history), c->old_path);
	return true;
}

static bool is_sdis_own(const char *path)
{
	const char *name = path_name(path);
	return strcmp(name, ".sdi.yaml") == 0 || strncmp(path, ".sdi/", 5) == 0 || strstr(path, "/.sdi/");
}

static int check_merged(const struct changes *c, struct err *err)
{
	for (size_t i = 0; i < c->nr; i++)
		if (c->v[i].kind == CHANGE_UNMERGED)
			return err_set(err, "%.800s is not merged yet; `git add` it when it is", c->v[i].path);
	return 0;
}

int scope_of_changes(struct arena *a, struct scope *s, const struct moment *from, size_t bases, const struct moment *to,
                     struct err *err)
{
	struct changes *of = arena_array(a, struct changes, bases);
	s->only_changed = true;
	s->bases = bases;
	for (size_t b = 0; b < bases; b++)
		if (history_changes(s->history, a, &from[b], to, &of[b], err) || check_merged(&of[b], err))
			return -1;
	s->file = arena_array(a, struct scope_file, of[0].nr);
	for (size_t i = 0; i < of[0].nr; i++) {
		const struct change *c = &of[0].v[i];
		s->alters |= is_sdis_own(c->path) || is_sdis_own(c->old_path);
		if (c->kind != CHANGE_DELETED && make_file(a, s, of, c, from[0].kind != MOMENT_EMPTY, &s->file[s->nr]))
			s->nr++;
	}
	return 0;
}

static int find_changed(struct arena *a, struct scope *s, const struct moment *to, struct err *err)
{
	struct moment since, *base = &since;
	size_t bases = 1;
	if (!s->wish.since && to->kind != MOMENT_INDEX)
		return 0;
	if (s->wish.since ? find_since(s->history, &s->wish, to, &since, err)
	                  : find_parents(a, s->history, &base, &bases, err))
		return -1;
	return scope_of_changes(a, s, base, bases, to, err);
}

/* ---- opening ---- */

static int open_history(struct arena *a, struct scope *s, struct err *err)
{
	struct git_place place;
	if (git_place_find(a, s->here, &place, err))
		return -1;
	s->index = place.index;
	s->history = history_open(&place, err);
	/* Nothing lies in the folders of a bare repository. */
	if (s->history && history_is_bare(s->history))
		s->here = arena_strdup(a, history_root(s->history));
	if (!s->history && !*err->text)
		err_set(err, "there is no git repository here");
	return s->history ? 0 : -1;
}

int scope_open(struct arena *a, const char *here, const struct scope_wish *wish, struct scope *out, struct err *err)
{
	struct moment to;
	*out = (struct scope){.wish = *wish, .here = here};
	if (check(wish, err))
		return -1;
	if (!wish->staged && !wish->rev && !wish->since)
		return 0;
	if (open_history(a, out, err) || moment_of(out->history, wish, &to, err))
		return -1;
	if (to.kind != MOMENT_WORK_TREE && !(out->snapshot = snapshot_take(a, out->history, &to, err)))
		return -1;
	return find_changed(a, out, &to, err);
}

void scope_close(struct scope *s)
{
	history_close(s->history);
	s->history = NULL;
}
