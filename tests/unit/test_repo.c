#include "tests/unit/scratch.h"

#include "core/source/repo.h"

/* libgit2 1.5.1 leaks a little for a repository with extensions (its pull request 6382 mends it). */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libpcre2";
}

static void git_init(const struct scratch *s, const char *folder)
{
	scratch_folder(s, folder);
	SCRATCH_RUN(s, folder, "git", "init", "-q", "-b", "main");
}

static void git_commit(const struct scratch *s, const char *folder)
{
	SCRATCH_RUN(s, folder, "git", "add", "-A");
	SCRATCH_RUN(s, folder, "git", "-c", "user.name=T", "-c", "user.email=t@example.invalid", "commit", "-q", "-m", "x");
}

static struct repo *find(const struct scratch *s, const char *folder)
{
	struct err why = {"?"};
	struct repo *r = repo_find(scratch_at(s, folder), NULL, &why);
	if (!r)
		fail_msg("%s: %s", folder, why.text);
	assert_string_equal(why.text, "");
	return r;
}

static void expect_none(const struct scratch *s, const char *folder, const char *reason)
{
	struct err why = {"?"};
	assert_null(repo_find(scratch_at(s, folder), NULL, &why));
	if (reason[0] ? !strstr(why.text, reason) : why.text[0])
		fail_msg("%s", why.text);
	assert_null(repo_find(scratch_at(s, folder), NULL, NULL));
}

static void test_find(void **state)
{
	const struct scratch *s = *state;
	git_init(s, "r");
	scratch_folder(s, "r/a/b");
	scratch_folder(s, "none");
	assert_int_equal(symlink("r/a", scratch_at(s, "link")), 0);
	struct repo *r = find(s, "r/a/b");
	assert_string_equal(repo_root(r), scratch_at(s, "r"));
	repo_free(r);
	r = find(s, "link");
	assert_string_equal(repo_root(r), scratch_at(s, "r"));
	repo_free(r);
	expect_none(s, "none", "");
	expect_none(s, "missing", "");
	repo_free(NULL);
}

static void test_unusable(void **state)
{
	const struct scratch *s = *state;
	scratch_folder(s, "bare");
	SCRATCH_RUN(s, "bare", "git", "init", "-q", "--bare");
	expect_none(s, "bare", "is bare");
	scratch_folder(s, "sha256");
	SCRATCH_RUN(s, "sha256", "git", "init", "-q", "--object-format=sha256");
	expect_none(s, "sha256", "objectformat");
	git_init(s, "elsewhere");
	scratch_folder(s, "tree");
	SCRATCH_RUN(s, "elsewhere", "git", "config", "core.worktree", scratch_at(s, "tree"));
	expect_none(s, "elsewhere", "is not in the work tree");
	git_init(s, "broken");
	scratch_write(s, "broken/.git/config", "[core\n");
	expect_none(s, "broken", "config");
}

static void test_environment_is_not_asked(void **state)
{
	const struct scratch *s = *state;
	git_init(s, "r");
	git_init(s, "other");
	setenv("GIT_DIR", scratch_at(s, "other/.git"), 1);
	setenv("GIT_WORK_TREE", scratch_at(s, "other"), 1);
	struct repo *r = find(s, "r");
	unsetenv("GIT_DIR");
	unsetenv("GIT_WORK_TREE");
	assert_string_equal(repo_root(r), scratch_at(s, "r"));
	repo_free(r);
}

static void test_another_users(void **state)
{
	const struct scratch *s = *state;
	char config[64];
	if (geteuid() != 0)
		skip();
	git_init(s, "r");
	SCRATCH_RUN(s, ".", "chown", "-R", "65534", "r");
	expect_none(s, "r", "belongs to another user");
	snprintf(config, sizeof(config), "[safe]\n\tdirectory = /other\n");
	scratch_write(s, ".gitconfig", config);
	expect_none(s, "r", "belongs to another user");
	scratch_write(s, ".gitconfig", "[safe]\n\tdirectory = *\n");
	repo_free(find(s, "r"));
	scratch_write(s, ".gitconfig", "[safe]\n\tdirectory = *\n\tdirectory =\n");
	expect_none(s, "r", "belongs to another user");
	FILE *f = fopen(scratch_at(s, ".gitconfig"), "w");
	fprintf(f, "[safe]\n\tdirectory = %s\n", scratch_at(s, "r"));
	fclose(f);
	repo_free(find(s, "r"));
	remove(scratch_at(s, ".gitconfig"));
}

static bool ignores(const struct scratch *s, const struct repo *r, const char *name, bool is_folder)
{
	return repo_ignores(r, scratch_at(s, name), is_folder);
}

static void test_ignores(void **state)
{
	const struct scratch *s = *state;
	git_init(s, "r");
	scratch_write(s, "r/.gitignore", "*.tmp\n!keep.tmp\nbuild/\n/top\n日本*\n");
	scratch_write(s, "r/sub/.gitignore", "local\n");
	scratch_write(s, "r/.git/info/exclude", "excluded\n");
	scratch_write(s, "r/build/x/y", "");
	scratch_folder(s, "r/sub/build");
	struct repo *r = find(s, "r");
	assert_true(ignores(s, r, "r/a.tmp", false));
	assert_true(ignores(s, r, "r/sub/a.tmp", false));
	assert_false(ignores(s, r, "r/keep.tmp", false));
	assert_true(ignores(s, r, "r/build", true));
	assert_true(ignores(s, r, "r/sub/build", true));
	assert_true(ignores(s, r, "r/build/x/y", false));
	assert_true(ignores(s, r, "r/top", false));
	assert_false(ignores(s, r, "r/sub/top", false));
	assert_true(ignores(s, r, "r/sub/local", false));
	assert_false(ignores(s, r, "r/local", false));
	assert_true(ignores(s, r, "r/excluded", false));
	assert_true(ignores(s, r, "r/日本語.md", false));
	assert_false(ignores(s, r, "r/a.md", false));
	assert_false(ignores(s, r, "r", true));
	assert_false(ignores(s, r, "outside.tmp", false));
	repo_free(r);
}

static void test_tracked_is_not_ignored(void **state)
{
	const struct scratch *s = *state;
	git_init(s, "r");
	scratch_write(s, "r/.gitignore", "build/\n*.tmp\n");
	scratch_write(s, "r/build/in/kept.md", "");
	scratch_write(s, "r/build/other.md", "");
	scratch_write(s, "r/build/in.md/x", "");
	scratch_write(s, "r/a.tmp", "");
	SCRATCH_RUN(s, "r", "git", "add", "-f", "build/in/kept.md", "a.tmp");
	struct repo *r = find(s, "r");
	assert_false(ignores(s, r, "r/build", true));
	assert_false(ignores(s, r, "r/build/in", true));
	assert_false(ignores(s, r, "r/build/in/kept.md", false));
	assert_true(ignores(s, r, "r/build/in.md", true));
	assert_true(ignores(s, r, "r/build/other.md", false));
	assert_false(ignores(s, r, "r/a.tmp", false));
	repo_free(r);
}

static void test_is_new(void **state)
{
	const struct scratch *s = *state;
	git_init(s, "r");
	scratch_write(s, "r/a.md", "");
	scratch_write(s, "r/sub/日本.md", "");
	struct repo *unborn = find(s, "r");
	assert_false(repo_is_new(unborn, "a.md"));
	assert_false(repo_is_new(unborn, "none.md"));
	repo_free(unborn);
	git_commit(s, "r");
	scratch_write(s, "r/staged.md", "");
	scratch_write(s, "r/untracked.md", "");
	SCRATCH_RUN(s, "r", "git", "add", "staged.md");
	struct repo *r = find(s, "r");
	assert_false(repo_is_new(r, "a.md"));
	assert_false(repo_is_new(r, "sub/日本.md"));
	assert_true(repo_is_new(r, "staged.md"));
	assert_true(repo_is_new(r, "untracked.md"));
	assert_true(repo_is_new(r, "sub/a.md"));
	assert_true(repo_is_new(r, "no/such/folder.md"));
	repo_free(r);
}

static void test_worktree(void **state)
{
	const struct scratch *s = *state;
	git_init(s, "r");
	scratch_write(s, "r/a.md", "");
	scratch_write(s, "r/.gitignore", "*.tmp\n");
	git_commit(s, "r");
	SCRATCH_RUN(s, "r", "git", "worktree", "add", "-q", "../w", "-b", "w");
	scratch_write(s, "w/b.md", "");
	git_commit(s, "w");
	struct repo *w = find(s, "w"), *r = find(s, "r");
	assert_string_equal(repo_root(w), scratch_at(s, "w"));
	assert_false(repo_is_new(w, "b.md"));
	assert_true(repo_is_new(r, "b.md"));
	assert_true(ignores(s, w, "w/x.tmp", false));
	repo_free(w);
	repo_free(r);
}

/* What actions/checkout makes of `sparse-checkout:`. */
static void test_extensions(void **state)
{
	const struct scratch *s = *state;
	git_init(s, "r");
	SCRATCH_RUN(s, "r", "git", "config", "core.repositoryFormatVersion", "1");
	SCRATCH_RUN(s, "r", "git", "config", "extensions.worktreeConfig", "true");
	repo_free(find(s, "r"));
}

/* Before libgit2 looks for the user's own configuration: nothing of this machine's may count. */
static int make_home(void **state)
{
	if (scratch_setup(state) < 0)
		return -1;
	setenv("HOME", ((struct scratch *)*state)->path, 1);
	setenv("XDG_CONFIG_HOME", ((struct scratch *)*state)->path, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	unsetenv("SUDO_UID");
	repo_find("/", NULL, NULL);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_find, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_unusable, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_environment_is_not_asked, scratch_setup, scratch_teardown),
		cmocka_unit_test(test_another_users),
		cmocka_unit_test_setup_teardown(test_ignores, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_tracked_is_not_ignored, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_is_new, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_worktree, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_extensions, scratch_setup, scratch_teardown),
	};
	return cmocka_run_group_tests(tests, make_home, scratch_teardown);
}
