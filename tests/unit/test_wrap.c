/* Prose in lines: at blanks, between Japanese characters, never inside of `code`. */
#include "tests/unit/scratch.h"

#include "core/base/unicode.h"

static const struct {
	size_t columns;
	const char *text, *lines;
} cases[] = {
	{80, "", ""},
	{80, "one", "one"},
	{7, "one two three", "one two\nthree"},
	{6, "one two three", "one\ntwo\nthree"},
	{4, "one, incomprehensible two", "one,\nincomprehensible\ntwo"},
	{8, "one `two three` four", "one\n`two three`\nfour"},
	{8, "a `b", "a `b"},
	{8, "日本語の文章", "日本語の\n文章"},
	{9, "日本語の文章", "日本語の\n文章"},
	/* No line begins with a comma, a closing bracket, a small kana or a long-vowel mark; none ends in an opening one. */
	{8, "日本語文、章", "日本語\n文、章"},
	{8, "日本語（文章）", "日本語\n（文章）"},
	{8, "あいうッか", "あいうッ\nか"},
	{6, "あいうー", "あい\nうー"},
	{8, "あい`sdi x`う", "あい\n`sdi x`\nう"},
};

static void test_wrap(void **state)
{
	(void)state;
	struct arena a = {0};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct str lines = unicode_wrap(&a, str_of(cases[i].text), cases[i].columns);
		assert_string_equal(arena_str(&a, lines).p, cases[i].lines);
	}
	arena_release(&a);
}

static void test_bytes_that_are_no_text(void **state)
{
	(void)state;
	struct arena a = {0};
	struct str bytes = STR("\xFF\xE3\x81 \x80\xF0 `\xC3"), lines = unicode_wrap(&a, bytes, 2);
	assert_true(lines.n >= bytes.n - 2);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrap),
		cmocka_unit_test(test_bytes_that_are_no_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
