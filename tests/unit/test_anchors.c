#include "core/base/unicode_slug.h"
#include "lint/anchors.h"
#include "tests/unit/scratch.h"

static void test_slug(void **state)
{
	static const char *const cases[][2] = {
		{"", ""},
		{"Daily Security Info", "daily-security-info"},
		{"2 つの見出し、その１！", "2-つの見出しその１"},
		{"a  b", "a--b"},
		{"CVE-2026-0001 (Foo_Bar)", "cve-2026-0001-foo_bar"},
		{"日本のインシデント事例", "日本のインシデント事例"},
		{"ÉMILE Ⅷ", "émile-ⅷ"},
		{"か\xE3\x82\x99", "か\xE3\x82\x99"},
		{"🎉 祝", "-祝"},
		{"\xFF", ""},
	};
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(unicode_slug(&a, str_of(cases[i][0])).p, cases[i][1]);
	arena_release(&a);
}

static void test_anchors(void **state)
{
	static const char text[] = "# 題 #\n"
							   "## 同じ\n## 同じ\n## 同じ ##\n"
							   "下線\n---\n\n---\n"
							   "```\n# 囲み\n~~~\n```\n"
							   "> ### 引用\n- #### 項目\n"
							   "#札\n####### 七つ\n"
							   "## [リンク](https://example.com/a) と `code` と <b>太字</b>\n"
							   "## < [半端\n"
							   "<a id=\"印\"></a> <a name='Old.Name'></a> id=\"\n";
	static const char *const there[] = {
		"題", "同じ", "同じ-1", "同じ-2", "下線", "引用", "項目", "リンク-と-code-と-太字", "印", "old.name", "-半端"};
	static const char *const missing[] = {"", "同じ-3", "囲み", "札", "七つ", "リンク", "題 ", "題-1"};
	struct arena a = {0};
	struct anchors anchors = anchors_of(&a, str_of(text));
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(there); i++)
		if (!anchors_hold(&a, &anchors, str_of(there[i])))
			fail_msg("no `%s`", there[i]);
	for (size_t i = 0; i < ARRAY_SIZE(missing); i++)
		if (anchors_hold(&a, &anchors, str_of(missing[i])))
			fail_msg("a `%s`", missing[i]);
	arena_release(&a);
}

static void test_hostile(void **state)
{
	enum { SIZE = 1 << 20 };
	static const char *const patterns[] = {"# <", "# ](", "# a\n", "id=\"", "```\n", "a\n-\n", "#"};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(patterns); i++) {
		struct arena a = {0};
		size_t n = strlen(patterns[i]);
		char *text = arena_array(&a, char, SIZE);
		for (size_t k = 0; k < SIZE; k++)
			text[k] = patterns[i][k % n];
		anchors_of(&a, (struct str){text, SIZE});
		arena_release(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slug),
		cmocka_unit_test(test_anchors),
		cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
