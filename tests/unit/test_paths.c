#include "tests/unit/scratch.h"

#include "core/source/paths.h"

static void test_join(void **state)
{
	static const char *const cases[][3] = {
		{"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"/", "b", "/b"},    {"", "b", "b"},
		{"a", "/b", "/b"}, {"a", "", "a/"},    {"..", "b", "../b"},
	};
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(path_join(&a, cases[i][0], cases[i][1]), cases[i][2]);
	arena_release(&a);
}

static void test_clean(void **state)
{
	static const char *const cases[][2] = {
		{"a//b/./c/../d", "a/b/d"},
		{"", "."},
		{".", "."},
		{"./", "."},
		{"/", "/"},
		{"//", "/"},
		{"/..", "/"},
		{"/../a", "/a"},
		{"..", ".."},
		{"../..", "../.."},
		{"../a/..", ".."},
		{"a/..", "."},
		{"a/../..", ".."},
		{"a/../../b", "../b"},
		{"a/b/", "a/b"},
		{"./a", "a"},
		{"/a/./b/", "/a/b"},
		{"...", "..."},
		{"a/..b", "a/..b"},
		{"a..", "a.."},
		{"x../..", "."},
		{"日本//語", "日本/語"},
		{"/a/..", "/"},
		{".hidden", ".hidden"},
	};
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(path_clean(&a, cases[i][0]), cases[i][1]);
	arena_release(&a);
}

static void test_name_and_folder(void **state)
{
	static const char *const cases[][3] = {
		{"a", "a", "."}, {"a/b", "b", "a"}, {"/a", "a", "/"}, {"/", "", "/"}, {"a/b/", "", "a/b"}, {"/a/b", "b", "/a"},
	};
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_string_equal(path_name(cases[i][0]), cases[i][1]);
		assert_string_equal(path_folder(&a, cases[i][0]), cases[i][2]);
	}
	arena_release(&a);
}

static void test_below(void **state)
{
	(void)state;
	assert_string_equal(path_below("/a", "/a/b/c"), "b/c");
	assert_string_equal(path_below("/a", "/a"), ".");
	assert_string_equal(path_below("/", "/a"), "a");
	assert_string_equal(path_below("/", "/"), ".");
	assert_null(path_below("/a", "/ab"));
	assert_null(path_below("/a/b", "/a"));
	assert_null(path_below("/a", "/b/a"));
}

static void expect_real(const char *path, const char *real)
{
	struct arena a = {0};
	assert_string_equal(path_real(&a, path), real);
	arena_release(&a);
}

static void test_real(void **state)
{
	const struct scratch *s = *state;
	char *here = getcwd(NULL, 0);
	scratch_folder(s, "folder/inner");
	scratch_write(s, "folder/file", "");
	assert_int_equal(symlink("folder", scratch_at(s, "link")), 0);
	assert_int_equal(symlink("nothing", scratch_at(s, "dangling")), 0);
	assert_int_equal(symlink("loop", scratch_at(s, "loop")), 0);
	expect_real(scratch_at(s, "link/file"), scratch_at(s, "folder/file"));
	expect_real(scratch_at(s, "link//./inner/.."), scratch_at(s, "folder"));
	expect_real(scratch_at(s, "link/inner/../file"), scratch_at(s, "folder/file"));
	expect_real(scratch_at(s, "link/new/er"), scratch_at(s, "folder/new/er"));
	expect_real(scratch_at(s, "new/../link/file"), scratch_at(s, "folder/file"));
	expect_real(scratch_at(s, "link/a..b"), scratch_at(s, "folder/a..b"));
	expect_real(scratch_at(s, "dangling"), scratch_at(s, "dangling"));
	expect_real(scratch_at(s, "loop/x"), scratch_at(s, "loop/x"));
	expect_real(scratch_at(s, "folder/file/x"), scratch_at(s, "folder/file/x"));
	expect_real("/", "/");
	expect_real("/../..", "/");
	assert_int_equal(chdir(scratch_at(s, "link")), 0);
	expect_real("file", scratch_at(s, "folder/file"));
	expect_real("../dangling", scratch_at(s, "dangling"));
	expect_real(".", scratch_at(s, "folder"));
	expect_real("", scratch_at(s, "folder"));
	assert_int_equal(chdir(here), 0);
	free(here);
}

static void test_real_without_a_current_folder(void **state)
{
	const struct scratch *s = *state;
	struct arena a = {0};
	char *here = getcwd(NULL, 0);
	scratch_folder(s, "gone");
	assert_int_equal(chdir(scratch_at(s, "gone")), 0);
	assert_int_equal(rmdir(scratch_at(s, "gone")), 0);
	assert_null(path_real(&a, "x"));
	assert_string_equal(path_real(&a, s->path), s->path);
	assert_int_equal(chdir(here), 0);
	free(here);
	arena_release(&a);
}

/* Longer than any system call takes. */
static void test_real_of_a_long_path(void **state)
{
	struct arena a = {0};
	const char *path = "";
	(void)state;
	for (int i = 0; i < 3000; i++)
		path = arena_printf(&a, "%s/x", path).p;
	assert_string_equal(path_real(&a, path), path);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_join),
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_name_and_folder),
		cmocka_unit_test(test_below),
		cmocka_unit_test_setup_teardown(test_real, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_real_without_a_current_folder, scratch_setup, scratch_teardown),
		cmocka_unit_test(test_real_of_a_long_path),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
