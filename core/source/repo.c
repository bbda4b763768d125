#include "core/source/repo.h"

#include <git2.h>
#include <pthread.h>
#include <stdlib.h>

#include "core/base/message.h"
#include "core/source/paths.h"

/* What is asked for only now and then, and fetched then. */
struct lazy {
	git_tree *head; /* NULL: none, when asked */
	git_index *index;
	bool asked_head, asked_index;
};

struct repo {
	git_repository *git;
	char *root;
	struct lazy *lazy;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool usable;

static void start(void)
{
	/* They change nothing of what is asked here; without them libgit2 refuses to open such a repository. */
	static const char *extensions[] = {"worktreeconfig", "relativeworktrees", "preciousobjects"};
	usable = git_libgit2_init() >= 0;
	if (usable)
		git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, ARRAY_SIZE(extensions));
}

static const char *last_message(void)
{
	const git_error *e = git_error_last();
	return e && e->message ? e->message : _("libgit2 does not say why");
}

static bool allows_any(git_config *config)
{
	git_config_iterator *it = NULL;
	git_config_entry *entry;
	bool any = false;
	if (git_config_multivar_iterator_new(&it, config, "safe.directory", NULL) < 0)
		return false;
	/* As for git, an empty value takes back all before it. */
	while (git_config_next(&entry, it) == 0)
		any = strcmp(entry->value, "*") == 0 || (any && entry->value[0]);
	git_config_iterator_free(it);
	return any;
}

/* Has the user trusted all repositories? libgit2 compares the asterisk as if it were a path. */
static bool trusts_all(void)
{
	git_config *config = NULL;
	bool trusts = git_config_open_default(&config) == 0 && allows_any(config);
	git_config_free(config);
	return trusts;
}

/* libgit2 1.5 calls it "not found" when no safe.directory is configured at all. */
static bool is_foreign(int rc)
{
	const git_error *e = git_error_last();
	return rc == GIT_EOWNER || (rc == GIT_ENOTFOUND && e && e->klass == GIT_ERROR_CONFIG);
}

/* Whether owners are judged is the library's switch, for all threads: it is off for one call. */
static int open_judging(git_repository **out, const char *path, bool judge)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	pthread_mutex_lock(&lock);
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, (int)judge);
	int rc = git_repository_open_ext(out, path, 0, NULL);
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
	pthread_mutex_unlock(&lock);
	return rc;
}

static int open_git(git_repository **out, const char *path, struct err *why)
{
	int rc = open_judging(out, path, true);
	bool foreign = is_foreign(rc);
	if (foreign && trusts_all()) {
		rc = open_judging(out, path, false);
		foreign = false;
	}
	if (rc == 0)
		return 0;
	if (foreign)
		return err_set(
			why, "the git repository of %.800s belongs to another user, and git's safe.directory does not name it",
			path);
	return err_set(why, "%s", rc == GIT_ENOTFOUND ? "" : last_message());
}

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

struct repo *repo_find(const char *path, struct err *why)
{
	git_repository *git = NULL;
	err_set(why, "%s", "");
	pthread_once(&once, start);
	if (!usable) {
		err_set(why, "%s", last_message());
		return NULL;
	}
	if (open_git(&git, path, why) < 0)
		return NULL;
	char *root = find_root(git, path, why);
	if (!root) {
		git_repository_free(git);
		return NULL;
	}
	struct repo *r = xcalloc(1, sizeof(*r));
	*r = (struct repo){.git = git, .root = root, .lazy = xcalloc(1, sizeof(*r->lazy))};
	return r;
}

void repo_free(struct repo *r)
{
	if (!r)
		return;
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

static git_index *index_of(const struct repo *r)
{
	if (!r->lazy->asked_index && git_repository_index(&r->lazy->index, r->git) < 0)
		r->lazy->index = NULL;
	r->lazy->asked_index = true;
	return r->lazy->index;
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

bool repo_ignores(const struct repo *r, const char *path, bool is_folder)
{
	const char *relative = path_below(r->root, path);
	int ignored = 0;
	/* The index first: most files are tracked, and it is much faster than all the .gitignore on the way. */
	if (!relative || strcmp(relative, ".") == 0 || is_tracked(r, relative, is_folder))
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
	git_tree *head = head_tree(r);
	git_tree_entry *entry = NULL;
	if (!head)
		return false;
	int rc = git_tree_entry_bypath(&entry, head, relative);
	git_tree_entry_free(entry);
	return rc == GIT_ENOTFOUND;
}
