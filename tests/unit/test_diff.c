#include "tests/unit/scratch.h"

#include <fcntl.h>

#include "core/source/diff.h"

static void expect_diff(const char *path, const char *before, const char *after, const char *want)
{
	struct arena a = {0};
	struct str found = diff_text(&a, path, str_of(before), str_of(after));
	if (!str_eqz(found, want))
		fail_msg("%s: the diff is\n%.*s\nnot\n%s", path, STR_ARG(found), want);
	/* It ends in NUL, as all texts of an arena. */
	assert_int_equal(strlen(found.p), found.n);
	arena_release(&a);
}

/* ---- texts ---- */

static void test_equal(void **state)
{
	(void)state;
	expect_diff("a.md", "", "", "");
	expect_diff("a.md", "x", "x", "");
	expect_diff("日 \"本\".md", "a\r\nb\n", "a\r\nb\n", "");
}

static void test_middle(void **state)
{
	(void)state;
	expect_diff("n/a.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
	            "--- a/n/a.md\n+++ b/n/a.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
	expect_diff("a.md", "1\n2\n", "1\nnew\n2\n", "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,3 @@\n 1\n+new\n 2\n");
	expect_diff("a.md", "1\n2\n3\n", "1\n3\n", "--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,2 @@\n 1\n-2\n 3\n");
	expect_diff("a.md", "x\n", "y\n", "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-x\n+y\n");
	/* Lines that look like a diff's own. */
	expect_diff("a.md", "-- a\n++ b\n@@ -1 +1 @@\n", "-- a\n@@ -1 +1 @@\n",
	            "--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,2 @@\n -- a\n-++ b\n @@ -1 +1 @@\n");
}

static void test_two_places(void **state)
{
	(void)state;
	expect_diff(
		"a.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", "one\n2\n3\n4\n5\n6\n7\n8\n9\nten\n",
		"--- a/a.md\n+++ b/a.md\n@@ -1,4 +1,4 @@\n-1\n+one\n 2\n 3\n 4\n@@ -7,4 +7,4 @@\n 7\n 8\n 9\n-10\n+ten\n");
}

static void test_end_of_file(void **state)
{
	(void)state;
	expect_diff("a.md", "x\ny", "x\ny\n",
	            "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n x\n-y\n\\ No newline at end of file\n+y\n");
	expect_diff("a.md", "x\ny\n", "x\ny",
	            "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n x\n-y\n+y\n\\ No newline at end of file\n");
	expect_diff("a.md", "x\ny", "z\ny",
	            "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n-x\n+z\n y\n\\ No newline at end of file\n");
	expect_diff(
		"a.md", "x", "y",
		"--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n\\ No newline at end of file\n");
}

static void test_empty(void **state)
{
	(void)state;
	expect_diff("a.md", "", "x\ny\n", "--- a/a.md\n+++ b/a.md\n@@ -0,0 +1,2 @@\n+x\n+y\n");
	expect_diff("a.md", "x\ny\n", "", "--- a/a.md\n+++ b/a.md\n@@ -1,2 +0,0 @@\n-x\n-y\n");
	expect_diff("a.md", "", "x", "--- a/a.md\n+++ b/a.md\n@@ -0,0 +1 @@\n+x\n\\ No newline at end of file\n");
	expect_diff("a.md", "", "\n", "--- a/a.md\n+++ b/a.md\n@@ -0,0 +1 @@\n+\n");
}

static void test_line_endings(void **state)
{
	(void)state;
	expect_diff("a.md", "x\r\ny\r\n", "x\r\nz\r\n", "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n x\r\n-y\r\n+z\r\n");
	expect_diff("a.md", "x\r\ny\r\n", "x\ny\n", "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n-x\r\n-y\r\n+x\n+y\n");
	/* A lone CR is a part of its line. */
	expect_diff("a.md", "x\ry\n", "x\rz\n", "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-x\ry\n+x\rz\n");
	expect_diff("a.md", "x\r", "x\r\n",
	            "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-x\r\n\\ No newline at end of file\n+x\r\n");
}

/* Bytes that make a file binary for git. */
static void test_bytes(void **state)
{
	struct arena a = {0};
	(void)state;
	struct str found = diff_text(&a, "a.md", STR("x\0y\n"), STR("x\0z\n"));
	struct str want = STR("--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-x\0y\n+x\0z\n");
	assert_true(str_eq(found, want));
	arena_release(&a);
	expect_diff("a.md", "\x93\xfa\n", "日\n", "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-\x93\xfa\n+日\n");
}

/* ---- names ---- */

static void test_names(void **state)
{
	static const struct {
		const char *path, *headers;
	} names[] = {
		{"2026/11/2026-11-22.md", "--- a/2026/11/2026-11-22.md\n+++ b/2026/11/2026-11-22.md\n"},
		{"日本/語.md", "--- a/日本/語.md\n+++ b/日本/語.md\n"},
		{"a b.md", "--- a/a b.md\t\n+++ b/a b.md\t\n"},
		{"a\"b.md", "--- \"a/a\\\"b.md\"\n+++ \"b/a\\\"b.md\"\n"},
		{"a\\b.md", "--- \"a/a\\\\b.md\"\n+++ \"b/a\\\\b.md\"\n"},
		{"日 \"本\".md", "--- \"a/日 \\\"本\\\".md\"\n+++ \"b/日 \\\"本\\\".md\"\n"},
		{"a'b`$c;d", "--- a/a'b`$c;d\n+++ b/a'b`$c;d\n"},
		{"a\nb", "--- \"a/a\\nb\"\n+++ \"b/a\\nb\"\n"},
		{"\a\b\t\n\v\f\r", "--- \"a/\\a\\b\\t\\n\\v\\f\\r\"\n+++ \"b/\\a\\b\\t\\n\\v\\f\\r\"\n"},
		{"a\x7f", "--- \"a/a\\177\"\n+++ \"b/a\\177\"\n"},
		{"\x01\x1b\x1f\x7f", "--- \"a/\\001\\033\\037\\177\"\n+++ \"b/\\001\\033\\037\\177\"\n"},
		{"\x93\xfa.md", "--- a/\x93\xfa.md\n+++ b/\x93\xfa.md\n"},
	};
	char want[256];
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		snprintf(want, sizeof(want), "%s@@ -1 +1 @@\n-x\n+y\n", names[i].headers);
		expect_diff(names[i].path, "x\n", "y\n", want);
	}
}

/* ---- what git and patch make of it ---- */

static bool has_program(const char *name)
{
	char command[64];
	snprintf(command, sizeof(command), "command -v %s >/dev/null", name);
	int status = system(command);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void expect_file(const struct scratch *s, const char *name, const char *text)
{
	char all[256];
	int fd = open(scratch_at(s, name), O_RDONLY);
	assert_true(fd >= 0);
	ssize_t n = read(fd, all, sizeof(all));
	close(fd);
	if (n < 0 || !str_eqz((struct str){all, (size_t)n}, text))
		fail_msg("%s holds `%.*s`, not `%s`", name, (int)n, all, text);
}

struct change {
	const char *path, *before, *after;
};

static const struct change changes[] = {
	{"n/a.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\nten\n"},
	{"a.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", "one\n2\n3\n4\n5\n6\n7\n8\n9\nten\n"},
	{"a.md", "x\ny", "x\ny\n"},
	{"a.md", "x\ny\n", "x\ny"},
	{"a.md", "x\r\ny\r\n", "x\r\nz\r\n"},
	{"a.md", "x\r\ny \r\n", "x\ny\n"},
	{"a.md", "x\ry\n", "x\rz\n"},
	{"a.md", "", "x\ny\n"},
	{"a.md", "-- a\n++ b\n@@ -1 +1 @@\n", "++ b\n@@ -1 +1 @@\n"},
	{"a.md", "\x93\xfa\n", "日\n"},
	{"日本/語.md", "x\n", "y\n"},
	{"a b/c d.md", "x\n", "y\n"},
	{"a b 2026-11-22 10:00:00.md", "x\n", "y\n"},
	{"a\"b\\c'd.md", "x\n", "y\n"},
	{"a\nb\tc\r\x01\x7f.md", "x\n", "y\n"},
	{"\x93\xfa.md", "x\n", "y\n"},
};

static void expect_applied(const struct scratch *s, const struct change *c, const char *command)
{
	struct arena a = {0};
	scratch_write(s, c->path, c->before);
	struct str diff = diff_text(&a, c->path, str_of(c->before), str_of(c->after));
	scratch_write(s, "diff.patch", diff.p);
	SCRATCH_RUN(s, ".", "sh", "-c", command);
	expect_file(s, c->path, c->after);
	arena_release(&a);
}

static void test_git_applies(void **state)
{
	const struct scratch *s = *state;
	SCRATCH_RUN(s, ".", "git", "init", "-q");
	for (size_t i = 0; i < ARRAY_SIZE(changes); i++)
		expect_applied(s, &changes[i], "git -c core.autocrlf=false -c apply.whitespace=nowarn apply diff.patch");
}

static void test_patch_applies(void **state)
{
	const struct scratch *s = *state;
	if (!has_program("patch")) {
		print_message("there is no patch: left out\n");
		skip();
	}
	for (size_t i = 0; i < ARRAY_SIZE(changes); i++)
		expect_applied(s, &changes[i], "patch -s -p1 --binary <diff.patch");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_equal),
		cmocka_unit_test(test_middle),
		cmocka_unit_test(test_two_places),
		cmocka_unit_test(test_end_of_file),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_line_endings),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_names),
		cmocka_unit_test_setup_teardown(test_git_applies, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_patch_applies, scratch_setup, scratch_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
