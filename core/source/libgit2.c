#include "core/source/libgit2.h"

#include <pthread.h>

#include "core/base/message.h"
#include "core/source/offline.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool usable;

static void start(void)
{
	/* They change nothing of what is asked here; without them libgit2 refuses to open such a repository. */
	static const char *extensions[] = {"worktreeconfig", "relativeworktrees", "preciousobjects"};
	libgit2_go_offline();
	usable = git_libgit2_init() >= 0;
	if (!usable)
		return;
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, ARRAY_SIZE(extensions));
	/* git does not hash what it reads either; that takes as long as all the rest. */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
}

const char *libgit2_message(void)
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
static int open_judging(git_repository **out, const char *path, unsigned flags, bool judge)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	pthread_mutex_lock(&lock);
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, (int)judge);
	int rc = git_repository_open_ext(out, path, flags, NULL);
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
	pthread_mutex_unlock(&lock);
	return rc;
}

bool libgit2_start(void)
{
	pthread_once(&once, start);
	return usable;
}

int libgit2_open(git_repository **out, const char *path, unsigned flags, struct err *why)
{
	if (!libgit2_start())
		return err_set(why, "%s", libgit2_message());
	int rc = open_judging(out, path, flags, true);
	bool foreign = is_foreign(rc);
	if (foreign && trusts_all()) {
		rc = open_judging(out, path, flags, false);
		foreign = false;
	}
	if (rc == 0)
		return 0;
	if (foreign)
		return err_set(
			why, "the git repository of %.800s belongs to another user, and git's safe.directory does not name it",
			path);
	return err_set(why, "%s", rc == GIT_ENOTFOUND ? "" : libgit2_message());
}
