#include "core/config/glob.h"

#include <time.h>

#include "core/base/buf.h"

#include "tests/unit/scratch.h"

static void test_paths(void **state)
{
	static const struct {
		const char *pattern, *yes, *no; /* paths, with a blank between them */
	} cases[] = {
		{"drafts", "drafts drafts/a.md drafts/b/c.md", "draft drafts2 drafts2/a a/drafts . Drafts"},
		{"a/b.md", "a/b.md a/b.md/c", "a/b a b.md a/b.mdx"},
		{"./a//b/", "a/b a/b/c", "a"},
		{"old/../older", "older older/a", "old"},
		{"*.md", "a.md .md 日.md b.md/c", "a/b.md a.mdx a.txt md"},
		{"*/b.md", "a/b.md a/b.md/c", "b.md a/a/b.md"},
		{"2023/**", "2023/a 2023/a/b", "2023 2023a 2023a/b a/2023/b"},
		{"**", "a a/b .x", "."},
		{"**/b.md", "b.md a/b.md a/a/b.md", "ab.md a/ab.md b.md2"},
		{"a/**/b", "a/b a/x/b a/x/y/b a/b/b a/b/x", "ab a/xb axb/b b"},
		{"**/a/**/b/**", "a/b/c x/a/y/b/z/z", "a/b a/c x/a/y/z"},
		{"**/*", "a a/b", "."},
		{"?.md", "a.md 日.md", ".md ab.md /.md"},
		{"[ab]?", "ax bx", "cx a a/"},
		{"[!a-c]", "d 日 -", "a b c"},
		{"[^a]", "b", "a"},
		{"[]a]x", "]x ax", "bx"},
		{"[a-]x", "ax -x", "bx"},
		{"[日-月]", "日 月", "犬"},
		{"[\\]]", "]", "\\"},
		{"20{23,24}/*.md", "2023/a.md 2024/a.md", "2025/a.md 20{23,24}/a.md"},
		{"{a,b{c,d}}", "a bc bd", "b c abc"},
		{"{a/**,b/?.md}", "a/x/y b/x.md", "a b/xx.md"},
		{"a{,b}", "a ab", "abb"},
		{"{[,],\\{}x", ",x {x", "x"},
		{"\\*\\{a", "*{a", "xa **{a"},
		{"a*b*c", "abc axxbxxc abcbc", "ab acb a/bc"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = {0};
		struct globs g = {0};
		struct err err = {""};
		if (globs_add(&a, str_of(cases[i].pattern), &g, &err) < 0)
			fail_msg("%s: %s", cases[i].pattern, err.text);
		for (int wanted = 0; wanted < 2; wanted++) {
			struct str rest = str_of(wanted ? cases[i].yes : cases[i].no), path;
			while (str_split(&rest, ' ', &path))
				if (globs_cover(&g, path) != wanted)
					fail_msg("%s: %.*s: %s", cases[i].pattern, STR_ARG(path), wanted ? "not covered" : "covered");
		}
		arena_release(&a);
	}
}

static void test_errors(void **state)
{
	static const struct {
		const char *pattern, *error;
	} cases[] = {
		{"/etc", "leads out of the project"},
		{"../a", "leads out of the project"},
		{"{a,../b}", "leads out of the project"},
		{"a/../..", "leads out of the project"},
		{"a**", "`**` stands only between slashes"},
		{"**.md", "`**` stands only between slashes"},
		{"a/***", "`**` stands only between slashes"},
		{"[ab", "a `[` is not closed"},
		{"[]", "a `[` is not closed"},
		{"[!]", "a `[` is not closed"},
		{"[a/b]", "`/` never stands between brackets"},
		{"{a", "a `{` is not closed"},
		{"{a,b{c}", "a `{` is not closed"},
		{"a}", "a `}` without its `{`"},
		{"a\\", "a `\\` at the end"},
		{"{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "more than 100 ways through its braces"},
		{"{{{{{{{{{a}}}}}}}}}", "more than 8 braces"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = {0};
		struct globs g = {0};
		struct err err = {""};
		if (globs_add(&a, str_of(cases[i].pattern), &g, &err) == 0)
			fail_msg("%s: no error", cases[i].pattern);
		assert_string_equal(err.text, cases[i].error);
		arena_release(&a);
	}
}

static struct str repeated(struct arena *a, const char *what, size_t times, const char *end)
{
	struct buf b = {0};
	while (times--)
		buf_addz(&b, what);
	buf_addz(&b, end);
	struct str s = arena_str(a, buf_str(&b));
	buf_release(&b);
	return s;
}

/* What backtracks needs more than a lifetime for these. */
static void test_time(void **state)
{
	static const struct {
		const char *what;
		size_t times;
	} patterns[] = {{"*a", 400}, {"**/", 300}, {"*?", 400}, {"**/*a/", 160}};
	struct arena a = {0};
	struct str path = repeated(&a, "a", 3000, ""), folders = repeated(&a, "aaa/", 1000, "c");
	clock_t start = clock();
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(patterns); i++) {
		struct globs g = {0};
		struct err err = {""};
		if (globs_add(&a, repeated(&a, patterns[i].what, patterns[i].times, "b"), &g, &err) < 0)
			fail_msg("%s", err.text);
		assert_false(globs_cover(&g, path));
		assert_false(globs_cover(&g, folders));
	}
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 2);
	arena_release(&a);
}

static void test_limits(void **state)
{
	struct arena a = {0};
	struct globs g = {0};
	struct err err = {""};
	(void)state;
	assert_int_equal(globs_add(&a, repeated(&a, "a", 1001, ""), &g, &err), -1);
	assert_string_equal(err.text, "longer than 1000 bytes");
	for (int i = 0; i < 2000; i++)
		assert_int_equal(globs_add(&a, repeated(&a, "a/", 100, "b"), &g, &err), 0);
	int rc = 0;
	for (int i = 0; i < 20 && !rc; i++)
		rc = globs_add(&a, repeated(&a, "*a", 400, ""), &g, &err);
	assert_int_equal(rc, -1);
	assert_string_equal(err.text, "too many patterns, or too long ones");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_time),
		cmocka_unit_test(test_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
