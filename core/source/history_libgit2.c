#include <stdlib.h>
#include <sys/stat.h>

#include "core/base/message.h"
#include "core/source/history_ops.h"
#include "core/source/libgit2.h"
#include "core/source/paths.h"

struct own {
	git_repository *git;
	git_index *index;
};

static const struct own *own_of(const struct history *h)
{
	return h->own;
}

static git_repository *git_of(const struct history *h)
{
	return own_of(h)->git;
}

static int fail(struct err *err)
{
	return err_set(err, "%s", libgit2_message());
}

static struct object_id id_of(const git_oid *oid)
{
	struct object_id id = {{0}};
	if (!git_oid_is_zero(oid))
		git_oid_fmt(id.hex, oid);
	return id;
}

/* ---- opening ---- */

static bool says_work_tree(git_repository *git)
{
	git_config *config = NULL;
	git_buf value = GIT_BUF_INIT;
	bool says = git_repository_config_snapshot(&config, git) == 0 &&
	            git_config_get_string_buf(&value, config, "core.worktree") == 0;
	git_buf_dispose(&value);
	git_config_free(config);
	return says;
}

/* With GIT_DIR alone git takes the current folder, unless the repository itself knows better. */
static int set_work_tree(const struct git_place *place, git_repository *git)
{
	if (place->work_tree)
		return git_repository_set_workdir(git, place->work_tree, 0);
	if (!place->git_dir || git_repository_is_bare(git) || git_repository_is_worktree(git) || says_work_tree(git))
		return 0;
	return git_repository_set_workdir(git, place->git.folder, 0);
}

static int read_index(const struct git_place *place, struct own *own)
{
	if (!place->index)
		return git_repository_index(&own->index, own->git);
	if (git_index_open(&own->index, place->index) < 0)
		return -1;
	return git_repository_set_index(own->git, own->index);
}

static char *real_root(git_repository *git)
{
	const char *work_tree = git_repository_workdir(git);
	return realpath(work_tree ? work_tree : git_repository_path(git), NULL);
}

static int describe(struct history *h, struct err *err)
{
	git_repository *git = git_of(h);
	char *root = real_root(git), *dir = realpath(git_repository_path(git), NULL);
	h->bare = !git_repository_workdir(git);
	h->shallow = git_repository_is_shallow(git);
	if (root && dir) {
		h->root = arena_strdup(&h->a, root);
		h->git_dir = arena_strdup(&h->a, dir);
	}
	free(root);
	free(dir);
	return h->root ? 0 : err_set(err, "cannot find the folder of the repository");
}

static void close_git(struct history *h)
{
	struct own *own = h->own;
	git_index_free(own->index);
	git_repository_free(own->git);
	free(own);
	h->own = NULL;
}

static int open_git(struct history *h, struct err *err)
{
	const struct git_place *place = &h->place;
	struct own *own = xcalloc(1, sizeof(*own));
	h->own = own;
	unsigned flags = place->git_dir ? GIT_REPOSITORY_OPEN_NO_SEARCH : 0;
	int bad = libgit2_open(&own->git, place->git_dir ? place->git_dir : place->git.folder, flags, err);
	if (!bad && set_work_tree(place, own->git) < 0)
		bad = fail(err);
	if (!bad)
		bad = describe(h, err);
	if (bad)
		close_git(h);
	return bad;
}

/* A file without a byte is an index without files to libgit2, and a broken one to git. */
static bool is_cut_off(const git_index *index)
{
	struct stat st;
	return stat(git_index_path(index), &st) == 0 && st.st_size == 0;
}

static int index_of(struct history *h, git_index **out, struct err *err)
{
	struct own *own = h->own;
	if (!own->index && read_index(&h->place, own) < 0)
		return fail(err);
	if (is_cut_off(own->index))
		return err_set(err, "%s: the index is cut off", git_index_path(own->index));
	*out = own->index;
	return 0;
}

/* ---- commits ---- */

static int find_commit(struct history *h, const char *rev, struct object_id *out, struct err *err)
{
	git_object *object = NULL, *commit = NULL;
	int bad =
		git_revparse_single(&object, git_of(h), rev) < 0 || git_object_peel(&commit, object, GIT_OBJECT_COMMIT) < 0;
	if (!bad)
		*out = id_of(git_object_id(commit));
	git_object_free(commit);
	git_object_free(object);
	return bad ? err_set(err, "`%.800s` names no commit", rev) : 0;
}

static int find_head(struct history *h, struct object_id *out, struct err *err)
{
	*out = (struct object_id){{0}};
	int unborn = git_repository_head_unborn(git_of(h));
	if (unborn < 0)
		return fail(err);
	return unborn ? 0 : find_commit(h, "HEAD", out, err);
}

static int read_object(struct history *h, struct arena *a, const struct object_id *id, git_object_t type,
                       struct str *out, struct err *err)
{
	git_oid oid;
	git_odb *odb = NULL;
	git_odb_object *object = NULL;
	int bad = git_oid_fromstr(&oid, id->hex) < 0 || git_repository_odb(&odb, git_of(h)) < 0 ||
	          git_odb_read(&object, odb, &oid) < 0;
	if (bad)
		fail(err);
	else if (git_odb_object_type(object) != type)
		bad = err_set(err, "the object %s is of another kind", id->hex);
	else
		*out = arena_str(a, (struct str){git_odb_object_data(object), git_odb_object_size(object)});
	git_odb_object_free(object);
	git_odb_free(odb);
	return bad ? -1 : 0;
}

static int read_commit(struct history *h, struct arena *a, const struct object_id *id, struct str *out, struct err *err)
{
	return read_object(h, a, id, GIT_OBJECT_COMMIT, out, err);
}

static int find_merge_base(struct history *h, const struct object_id *x, const struct object_id *y,
                           struct object_id *out, struct err *err)
{
	git_oid one, two, base;
	if (git_oid_fromstr(&one, x->hex) < 0 || git_oid_fromstr(&two, y->hex) < 0 ||
	    git_merge_base(&base, git_of(h), &one, &two) < 0)
		return fail(err);
	*out = id_of(&base);
	return 0;
}

static int tree_of(struct history *h, const struct moment *at, git_tree **out, struct err *err)
{
	git_oid oid;
	git_commit *commit = NULL;
	*out = NULL;
	if (at->kind == MOMENT_EMPTY)
		return 0;
	int bad = git_oid_fromstr(&oid, at->commit.hex) < 0 || git_commit_lookup(&commit, git_of(h), &oid) < 0 ||
	          git_commit_tree(out, commit) < 0;
	git_commit_free(commit);
	return bad ? fail(err) : 0;
}

/* ---- files ---- */

static bool is_announced(const git_index_entry *e)
{
	return e->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD;
}

static int list_index(struct history *h, struct arena *a, struct tracked_list *out, struct err *err)
{
	git_index *index = NULL;
	if (index_of(h, &index, err))
		return -1;
	size_t nr = git_index_entrycount(index);
	for (size_t i = 0; i < nr; i++) {
		const git_index_entry *e = git_index_get_byindex(index, i);
		if (is_announced(e))
			continue;
		*tracked_add(a, out) =
			(struct tracked){arena_strdup(a, e->path), id_of(&e->id), e->mode, git_index_entry_is_conflict(e)};
	}
	return 0;
}

struct listing {
	struct arena *a;
	struct tracked_list *out;
};

static int add_tree_entry(const char *folder, const git_tree_entry *e, void *payload)
{
	struct listing *l = payload;
	if (git_tree_entry_type(e) == GIT_OBJECT_TREE)
		return 0;
	*tracked_add(l->a, l->out) = (struct tracked){
		.path = arena_printf(l->a, "%s%s", folder, git_tree_entry_name(e)).p,
		.id = id_of(git_tree_entry_id(e)),
		.mode = (unsigned)git_tree_entry_filemode(e),
	};
	return 0;
}

static int list_files(struct history *h, struct arena *a, const struct moment *at, struct tracked_list *out,
                      struct err *err)
{
	git_tree *tree;
	struct listing l = {a, out};
	if (at->kind == MOMENT_INDEX)
		return list_index(h, a, out, err);
	if (tree_of(h, at, &tree, err))
		return -1;
	int bad = tree && git_tree_walk(tree, GIT_TREEWALK_PRE, add_tree_entry, &l) < 0;
	git_tree_free(tree);
	return bad ? fail(err) : 0;
}

static int read_file(struct history *h, struct arena *a, const struct object_id *id, uint64_t limit, struct str *text,
                     uint64_t *size, struct err *err)
{
	git_oid oid;
	git_odb *odb = NULL;
	size_t bytes = 0;
	git_object_t type;
	int bad = git_oid_fromstr(&oid, id->hex) < 0 || git_repository_odb(&odb, git_of(h)) < 0 ||
	          git_odb_read_header(&bytes, &type, odb, &oid) < 0;
	git_odb_free(odb);
	if (bad)
		return fail(err);
	*text = STR("");
	*size = bytes;
	return bytes > limit ? 0 : read_object(h, a, id, GIT_OBJECT_BLOB, text, err);
}

/* ---- changes ---- */

static enum change_kind kind_of(git_delta_t status)
{
	switch (status) {
	case GIT_DELTA_ADDED:
	case GIT_DELTA_UNTRACKED:
	case GIT_DELTA_COPIED:
		return CHANGE_ADDED;
	case GIT_DELTA_DELETED:
		return CHANGE_DELETED;
	case GIT_DELTA_RENAMED:
		return CHANGE_RENAMED;
	case GIT_DELTA_CONFLICTED:
		return CHANGE_UNMERGED;
	default:
		return CHANGE_MODIFIED;
	}
}

static struct change change_of(struct arena *a, const git_diff_delta *d)
{
	struct change c = {.kind = kind_of(d->status), .id = id_of(&d->new_file.id), .mode = d->new_file.mode};
	bool gone = c.kind == CHANGE_DELETED, added = c.kind == CHANGE_ADDED;
	c.path = arena_strdup(a, gone ? d->old_file.path : d->new_file.path);
	c.old_path = c.kind == CHANGE_RENAMED ? arena_strdup(a, d->old_file.path) : c.path;
	if (!added)
		c.old_id = id_of(&d->old_file.id);
	return c;
}

static bool is_of_submodule(const git_diff_delta *d)
{
	unsigned old = d->old_file.mode, new = d->new_file.mode;
	return (old | new) == MODE_SUBMODULE;
}

/* Staged otherwise, and then put back on disk. */
static bool is_back(struct history *h, const git_diff_delta *d)
{
	git_oid oid;
	struct arena scratch = {0};
	bool back = d->status == GIT_DELTA_MODIFIED && d->old_file.mode == d->new_file.mode &&
	            mode_is_regular(d->new_file.mode) &&
	            git_repository_hashfile(&oid, git_of(h), path_join(&scratch, h->root, d->new_file.path),
	                                    GIT_OBJECT_BLOB, d->new_file.path) == 0 &&
	            git_oid_equal(&oid, &d->old_file.id);
	arena_release(&scratch);
	return back;
}

static bool is_no_change(struct history *h, const struct moment *to, const git_diff_delta *d)
{
	return d->status == GIT_DELTA_UNMODIFIED || d->status == GIT_DELTA_IGNORED || is_of_submodule(d) ||
	       (to->kind == MOMENT_WORK_TREE && is_back(h, d));
}

/* What is only announced is in no index yet. */
static void add_in_index(struct arena *a, git_index *index, struct change c, struct changes *out)
{
	const git_index_entry *e = git_index_get_bypath(index, c.path, 0);
	bool announced = e && is_announced(e);
	if (announced)
		c = (struct change){.kind = CHANGE_DELETED, .path = c.path, .old_path = c.path, .old_id = c.old_id};
	if (!announced || c.old_id.hex[0])
		*changes_add(a, out) = c;
}

/* On disk, and not behind a link. */
static bool is_untracked(struct history *h, struct arena *a, git_index *index, const char *path)
{
	struct stat st;
	int ignored = 0;
	const char *full = path_join(a, h->root, path), *folder = path_folder(a, full), *real = path_real(a, folder);
	return real && strcmp(real, folder) == 0 && lstat(full, &st) == 0 && !S_ISDIR(st.st_mode) &&
	       !git_index_get_bypath(index, path, 0) && git_ignore_path_is_ignored(&ignored, git_of(h), path) == 0 &&
	       !ignored;
}

/* What is left out of a sparse work tree is not deleted; what is untracked now is still there. */
static void add_on_disk(struct history *h, struct arena *a, git_index *index, struct change c, struct changes *out)
{
	const git_index_entry *e = c.kind == CHANGE_DELETED ? git_index_get_bypath(index, c.path, 0) : NULL;
	if (e && e->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE) {
		struct object_id id = id_of(&e->id);
		if (object_id_is(&id, &c.old_id))
			return;
		c.kind = CHANGE_MODIFIED;
	}
	*changes_add(a, out) = c;
	bool moved = c.kind == CHANGE_DELETED || c.kind == CHANGE_RENAMED;
	if (moved && is_untracked(h, a, index, c.old_path))
		*changes_add(a, out) = (struct change){.kind = CHANGE_ADDED, .path = c.old_path, .old_path = c.old_path};
}

static int add_unmerged(struct arena *a, git_index *index, struct changes *out)
{
	git_index_conflict_iterator *it;
	const git_index_entry *base, *ours, *theirs;
	if (git_index_conflict_iterator_new(&it, index) < 0)
		return -1;
	while (git_index_conflict_next(&base, &ours, &theirs, it) == 0) {
		struct change *c = changes_add(a, out);
		c->kind = CHANGE_UNMERGED;
		c->path = c->old_path = arena_strdup(a, (ours ? ours : theirs ? theirs : base)->path);
	}
	git_index_conflict_iterator_free(it);
	return 0;
}

static void add_changes(struct history *h, struct arena *a, git_diff *diff, git_index *index, const struct moment *to,
                        struct changes *out)
{
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *d = git_diff_get_delta(diff, i);
		if (is_no_change(h, to, d))
			continue;
		struct change c = change_of(a, d);
		if (to->kind == MOMENT_INDEX)
			add_in_index(a, index, c, out);
		else if (to->kind == MOMENT_WORK_TREE)
			add_on_disk(h, a, index, c, out);
		else
			*changes_add(a, out) = c;
	}
}

static int compare(struct history *h, git_tree *old, git_index *index, git_tree *new, const struct moment *to,
                   git_diff **out)
{
	git_diff_options o;
	git_diff_options_init(&o, GIT_DIFF_OPTIONS_VERSION);
	o.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL;
	o.flags = GIT_DIFF_INCLUDE_TYPECHANGE;
	if (to->kind == MOMENT_INDEX)
		return git_diff_tree_to_index(out, git_of(h), old, index, &o);
	if (to->kind == MOMENT_COMMIT)
		return git_diff_tree_to_tree(out, git_of(h), old, new, &o);
	o.flags |= GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS;
	return git_diff_tree_to_workdir_with_index(out, git_of(h), old, &o);
}

static int find_renames(git_diff *diff)
{
	git_diff_find_options o;
	git_diff_find_options_init(&o, GIT_DIFF_FIND_OPTIONS_VERSION);
	o.flags = GIT_DIFF_FIND_RENAMES;
	bool gone = false;
	for (size_t i = 0; i < git_diff_num_deltas(diff) && !gone; i++)
		gone = git_diff_get_delta(diff, i)->status == GIT_DELTA_DELETED;
	return gone ? git_diff_find_similar(diff, &o) : 0;
}

static int find_changes(struct history *h, struct arena *a, const struct moment *from, const struct moment *to,
                        struct changes *out, struct err *err)
{
	git_tree *old = NULL, *new = NULL;
	git_index *index = NULL;
	git_diff *diff = NULL;
	bool tree = to->kind == MOMENT_COMMIT;
	int bad = tree_of(h, from, &old, err) || (tree ? tree_of(h, to, &new, err) : index_of(h, &index, err));
	/* What is on disk then, and what it was, is not among what it says. */
	if (!bad && to->kind == MOMENT_WORK_TREE && git_index_has_conflicts(index))
		bad = err_set(err, "in the middle of a merge only git can tell what changed on disk");
	if (!bad && (compare(h, old, index, new, to, &diff) < 0 || find_renames(diff) < 0))
		bad = fail(err);
	if (!bad)
		add_changes(h, a, diff, index, to, out);
	if (!bad && to->kind == MOMENT_INDEX && add_unmerged(a, index, out) < 0)
		bad = fail(err);
	git_diff_free(diff);
	git_tree_free(old);
	git_tree_free(new);
	return bad ? -1 : 0;
}

const struct history_ops history_libgit2 = {
	.open = open_git,
	.close = close_git,
	.commit = find_commit,
	.head = find_head,
	.raw = read_commit,
	.merge_base = find_merge_base,
	.list = list_files,
	.changes = find_changes,
	.read = read_file,
};
