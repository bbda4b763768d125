#include "core/source/repo.h"

#include <stdlib.h>

#include "core/source/libgit2.h"
#include "core/source/paths.h"
#include "core/source/repo_plumbing.h"

/* What is asked for only now and then, and fetched then. */
struct lazy {
	git_tree *head; /* NULL: none, when asked */
	git_index *index;
	bool asked_head, asked_index;
	struct repo_plumbing *plumbing; /* not NULL: it answers all */
};

struct repo {
	git_repository *git;        /* NULL: libgit2 cannot open it */
	const struct git *fallback; /* NULL: there is nobody else to ask */
	char *root;
	struct lazy *lazy;
};

/* The root of the work tree, malloc'ed; NULL when `path` is not in it. */
static char *find_root(git_repository *git, const char *path, struct err *why)
{
	const char *workdir = git_repository_workdir(git);
	if (!workdir || git_repository_is_bare(git)) {
		err_set(why, "the git repository of %.800s is bare", path);
		return NULL;
	}
	char *root = realpath(workdir, NULL), *real = realpath(path, NULL);
	if (!root || !real || !path_below(root, real)) {
		err_set(why, "%.800s is not in the work tree of its git repository", path);
		free(root);
		root = NULL;
	}
	free(real);
	return root;
}

static struct repo *make_repo(git_repository *git, const struct git *fallback, char *root)
{
	struct repo *r = xcalloc(1, sizeof(*r));
	*r = (struct repo){.git = git, .fallback = fallback, .root = root, .lazy = xcalloc(1, sizeof(*r->lazy))};
	return r;
}

static struct repo *find_by_plumbing(const char *path, const struct git *git)
{
	struct err ignored;
	struct repo_plumbing *plumbing = repo_plumbing_find(path, git, &ignored);
	if (!plumbing)
		return NULL;
	struct repo *r = make_repo(NULL, git, xstrdup(repo_plumbing_root(plumbing)));
	r->lazy->plumbing = plumbing;
	return r;
}

struct repo *repo_find(const char *path, const struct git *fallback, struct err *why)
{
	git_repository *git = NULL;
	struct err reason = {{0}};
	if (libgit2_open(&git, path, 0, &reason)) {
		err_set(why, "%s", reason.text);
		return fallback && *reason.text ? find_by_plumbing(path, fallback) : NULL;
	}
	err_set(why, "%s", "");
	char *root = find_root(git, path, why);
	if (!root) {
		git_repository_free(git);
		return NULL;
	}
	return make_repo(git, fallback, root);
}

void repo_free(struct repo *r)
{
	if (!r)
		return;
	repo_plumbing_free(r->lazy->plumbing);
	git_tree_free(r->lazy->head);
	git_index_free(r->lazy->index);
	git_repository_free(r->git);
	free(r->lazy);
	free(r->root);
	free(r);
}

const char *repo_root(const struct repo *r)
{
	return r->root;
}

bool repo_is_foreign(const struct repo *r)
{
	return !r->git;
}

const char *repo_git_dir(const struct repo *r)
{
	return r->git ? git_repository_path(r->git) : repo_plumbing_git_dir(r->lazy->plumbing);
}

static git_index *index_of(const struct repo *r)
{
	if (!r->lazy->asked_index && git_repository_index(&r->lazy->index, r->git) < 0)
		r->lazy->index = NULL;
	r->lazy->asked_index = true;
	return r->lazy->index;
}

/* Also for an index that libgit2 cannot read. */
static struct repo_plumbing *plumbing_of(const struct repo *r)
{
	struct err ignored;
	if (!r->lazy->plumbing && r->fallback && !index_of(r))
		r->lazy->plumbing = repo_plumbing_find(r->root, r->fallback, &ignored);
	return r->lazy->plumbing;
}

/* git ignores nothing that it tracks. */
static bool is_tracked(const struct repo *r, const char *relative, bool is_folder)
{
	git_index *index = index_of(r);
	struct arena scratch = {0};
	size_t at;
	if (!index)
		return false;
	if (!is_folder)
		return git_index_get_bypath(index, relative, 0) != NULL;
	int rc = git_index_find_prefix(&at, index, arena_printf(&scratch, "%s/", relative).p);
	arena_release(&scratch);
	return rc == 0;
}

/* Does the path lead through a submodule or a link? */
static bool leads_elsewhere(git_index *index, const char *relative)
{
	struct arena scratch = {0};
	bool elsewhere = false;
	for (const char *slash = strchr(relative, '/'); slash && !elsewhere; slash = strchr(slash + 1, '/')) {
		const char *folder = arena_str(&scratch, (struct str){relative, (size_t)(slash - relative)}).p;
		elsewhere = git_index_get_bypath(index, folder, 0) != NULL;
	}
	arena_release(&scratch);
	return elsewhere;
}

enum repo_answer repo_tracks(const struct repo *r, const char *relative)
{
	struct repo_plumbing *plumbing = plumbing_of(r);
	if (plumbing)
		return repo_plumbing_tracks(plumbing, relative);
	git_index *index = index_of(r);
	if (!index)
		return REPO_UNKNOWN;
	if (strcmp(relative, ".") == 0 || git_index_find(NULL, index, relative) == 0 || is_tracked(r, relative, true))
		return REPO_YES;
	return leads_elsewhere(index, relative) ? REPO_UNKNOWN : REPO_NO;
}

bool repo_ignores(const struct repo *r, const char *path, bool is_folder)
{
	const char *relative = path_below(r->root, path);
	struct repo_plumbing *plumbing = plumbing_of(r);
	int ignored = 0;
	if (!relative || strcmp(relative, ".") == 0)
		return false;
	if (plumbing)
		return repo_plumbing_tracks(plumbing, relative) != REPO_YES &&
		       repo_plumbing_ignores(plumbing, relative, is_folder);
	/* The index first: most files are tracked, and it is much faster than all the .gitignore on the way. */
	if (is_tracked(r, relative, is_folder))
		return false;
	return git_ignore_path_is_ignored(&ignored, r->git, relative) == 0 && ignored;
}

static git_tree *head_tree(const struct repo *r)
{
	git_oid id;
	git_commit *commit = NULL;
	if (r->lazy->asked_head)
		return r->lazy->head;
	r->lazy->asked_head = true;
	if (git_reference_name_to_id(&id, r->git, "HEAD") < 0 || git_commit_lookup(&commit, r->git, &id) < 0)
		return NULL;
	if (git_commit_tree(&r->lazy->head, commit) < 0)
		r->lazy->head = NULL;
	git_commit_free(commit);
	return r->lazy->head;
}

bool repo_is_new(const struct repo *r, const char *relative)
{
	struct repo_plumbing *plumbing = plumbing_of(r);
	git_tree *head = plumbing ? NULL : head_tree(r);
	git_tree_entry *entry = NULL;
	if (plumbing)
		return repo_plumbing_is_new(plumbing, relative);
	if (!head)
		return false;
	int rc = git_tree_entry_bypath(&entry, head, relative);
	git_tree_entry_free(entry);
	return rc == GIT_ENOTFOUND;
}
