#include "tests/unit/scratch.h"

#include <fcntl.h>

#include "core/base/buf.h"
#include "core/source/repo.h"
#include "core/source/walk.h"

static bool wants_md(void *context, const char *path, const char *name)
{
	struct str whole = str_of(path), last = str_of(name);
	(void)context;
	assert_true(str_ends(whole, last));
	return str_ends(last, STR(".md"));
}

static bool wants_all(void *context, const char *path, const char *name)
{
	(void)path, (void)name;
	++*(size_t *)context;
	return true;
}

/* What a walk of the whole scratch folder finds, without the folder in front, one a line. */
static char *walk_lines(const struct scratch *s, const struct repo *repo)
{
	struct arena a = {0};
	struct walk_paths found = {0};
	struct buf lines = {0};
	struct err err = {""};
	if (walk_folder(&a, s->path, repo, wants_md, NULL, &found, &err) < 0)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < found.nr; i++)
		buf_printf(&lines, "%s\n", found.path[i] + strlen(s->path) + 1);
	arena_release(&a);
	return lines.p ? lines.p : strdup("");
}

static void expect_walk(const struct scratch *s, const struct repo *repo, const char *want)
{
	char *lines = walk_lines(s, repo);
	assert_string_equal(lines, want);
	free(lines);
}

static void test_order_and_kinds(void **state)
{
	static const char *const files[] = {
		"b.md",          "a/x.md",
		"a-b/x.md",      "a.md",
		"a/b/c/d.md",    "z.txt",
		".git/HEAD.md",  "node_modules/m/README.md",
		"sub/.git/x.md", "sub/node_modules/x.md",
		".hidden/x.md",  "日本/語.md",
		"sub/.git.md",   "md/md",
	};
	const struct scratch *s = *state;
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		scratch_write(s, files[i], "");
	scratch_folder(s, "folder.md");
	assert_int_equal(symlink("b.md", scratch_at(s, "link.md")), 0);
	assert_int_equal(symlink("nothing", scratch_at(s, "dangling.md")), 0);
	assert_int_equal(symlink("a", scratch_at(s, "to-folder.md")), 0);
	assert_int_equal(symlink(".", scratch_at(s, "loop")), 0);
	assert_int_equal(mkfifo(scratch_at(s, "fifo.md"), 0600), 0);
	expect_walk(s, NULL,
	            ".hidden/x.md\na-b/x.md\na.md\na/b/c/d.md\na/x.md\nb.md\ndangling.md\nfifo.md\nlink.md\n"
	            "sub/.git.md\n日本/語.md\n");
}

static void test_roots(void **state)
{
	const struct scratch *s = *state;
	struct arena a = {0};
	struct walk_paths found = {0};
	char *here = getcwd(NULL, 0);
	scratch_write(s, "real/b.md", "");
	scratch_write(s, "real/a.md", "");
	assert_int_equal(symlink("real", scratch_at(s, "link")), 0);
	assert_int_equal(chdir(s->path), 0);
	assert_int_equal(walk_folder(&a, "real/", NULL, wants_md, NULL, &found, NULL), 0);
	assert_int_equal(walk_folder(&a, "link", NULL, wants_md, NULL, &found, NULL), 0);
	assert_int_equal(walk_folder(&a, ".", NULL, wants_md, NULL, &found, NULL), 0);
	assert_int_equal(found.nr, 6);
	assert_string_equal(found.path[0], "real/a.md");
	assert_string_equal(found.path[1], "real/b.md");
	assert_string_equal(found.path[2], "link/a.md");
	assert_string_equal(found.path[5], "./real/b.md");
	assert_int_equal(chdir(here), 0);
	free(here);
	arena_release(&a);
}

static void test_missing_root(void **state)
{
	const struct scratch *s = *state;
	struct arena a = {0};
	struct walk_paths found = {0};
	struct err err = {""};
	scratch_write(s, "file", "");
	assert_int_equal(walk_folder(&a, scratch_at(s, "none"), NULL, wants_md, NULL, &found, &err), -1);
	assert_non_null(strstr(err.text, "/none: No such file or directory"));
	assert_int_equal(walk_folder(&a, scratch_at(s, "file"), NULL, wants_md, NULL, &found, &err), -1);
	assert_non_null(strstr(err.text, "/file: Not a directory"));
	arena_release(&a);
}

static void test_unreadable_folder(void **state)
{
	enum { NOBODY = 65534 };
	const struct scratch *s = *state;
	struct arena a = {0};
	struct walk_paths found = {0};
	struct err err = {""};
	bool is_root = geteuid() == 0;
	scratch_write(s, "a/x.md", "");
	scratch_write(s, "locked/x.md", "");
	scratch_write(s, "z/x.md", "");
	assert_int_equal(chmod(s->path, 0755), 0);
	assert_int_equal(chmod(scratch_at(s, "locked"), 0), 0);
	assert_int_equal(is_root ? seteuid(NOBODY) : 0, 0);
	int rc = walk_folder(&a, s->path, NULL, wants_md, NULL, &found, &err);
	assert_int_equal(is_root ? seteuid(0) : 0, 0);
	assert_int_equal(chmod(scratch_at(s, "locked"), 0755), 0);
	assert_int_equal(rc, -1);
	assert_non_null(strstr(err.text, "/locked: Permission denied"));
	assert_int_equal(found.nr, 2);
	arena_release(&a);
}

/* A file at the bottom of `levels` folders; the way down is longer than PATH_MAX. */
static void dig(const struct scratch *s, int levels)
{
	char name[201] = {0};
	int at = open(s->path, O_RDONLY | O_DIRECTORY);
	memset(name, 'x', 200);
	for (int i = 0; i < levels; i++) {
		assert_int_equal(mkdirat(at, name, 0755), 0);
		int below = openat(at, name, O_RDONLY | O_DIRECTORY);
		close(at);
		at = below;
	}
	int fd = openat(at, "deep.md", O_WRONLY | O_CREAT, 0644);
	assert_true(fd >= 0);
	close(fd);
	close(at);
}

static void test_depth(void **state)
{
	const struct scratch *s = *state;
	struct arena a = {0};
	struct walk_paths found = {0};
	struct err err = {""};
	dig(s, 64);
	assert_int_equal(walk_folder(&a, s->path, NULL, wants_md, NULL, &found, &err), 0);
	assert_int_equal(found.nr, 1);
	assert_true(strlen(found.path[0]) > 64 * 201);
	SCRATCH_RUN(s, ".", "sh", "-c", "rm -rf x*");
	dig(s, 65);
	assert_int_equal(walk_folder(&a, s->path, NULL, wants_md, NULL, &found, &err), -1);
	assert_non_null(strstr(err.text, "xxx: folders are nested too deep"));
	SCRATCH_RUN(s, ".", "sh", "-c", "rm -rf x*");
	arena_release(&a);
}

static void test_ignored(void **state)
{
	const struct scratch *s = *state;
	size_t asked = 0;
	struct arena a = {0};
	struct walk_paths found = {0};
	scratch_write(s, ".gitignore", "build/\n*.tmp.md\n!keep.tmp.md\n");
	scratch_write(s, "sub/.gitignore", "/local.md\n");
	scratch_write(s, "a.md", "");
	scratch_write(s, "x.tmp.md", "");
	scratch_write(s, "keep.tmp.md", "");
	scratch_write(s, "build/b.md", "");
	scratch_write(s, "sub/local.md", "");
	scratch_write(s, "sub/deep/local.md", "");
	SCRATCH_RUN(s, ".", "git", "init", "-q");
	struct repo *repo = repo_find(s->path, NULL, NULL);
	assert_non_null(repo);
	expect_walk(s, repo, "a.md\nkeep.tmp.md\nsub/deep/local.md\n");
	/* Who names it wants it. */
	assert_int_equal(walk_folder(&a, scratch_at(s, "build"), repo, wants_all, &asked, &found, NULL), 0);
	assert_int_equal(found.nr, 1);
	/* Links and relative roots are the same place. */
	char *here = getcwd(NULL, 0);
	assert_int_equal(symlink("sub", scratch_at(s, "link")), 0);
	assert_int_equal(chdir(s->path), 0);
	found.nr = 0;
	assert_int_equal(walk_folder(&a, "link", repo, wants_md, NULL, &found, NULL), 0);
	assert_int_equal(found.nr, 1);
	assert_string_equal(found.path[0], "link/deep/local.md");
	assert_int_equal(chdir(here), 0);
	free(here);
	repo_free(repo);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_order_and_kinds, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_roots, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_missing_root, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_unreadable_folder, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_depth, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_ignored, scratch_setup, scratch_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
