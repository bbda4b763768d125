#include "tests/unit/scratch.h"

#include "lint/links/fragment.h"

static void test_judged(void **state)
{
	(void)state;
	static const char *const judged[] = {"summary", "section-3", "p1",           "%E6%A6%82%E8%A6%81",
	                                     "概要",    "L",         "CVE-2026-1234"};
	static const char *const not_judged[] = {"",           "top", "TOP",   "!/route", "/route", ":~:text=x",
	                                         "a:~:text=x", "L12", "L1-L9", "a=1",     "a&b",    "issuecomment-1234567",
	                                         "r20261101"};
	for (size_t i = 0; i < ARRAY_SIZE(judged); i++)
		assert_true(fragment_is_judged(str_of(judged[i])));
	for (size_t i = 0; i < ARRAY_SIZE(not_judged); i++)
		assert_false(fragment_is_judged(str_of(not_judged[i])));
}

static enum fragment_state look(const char *type, const char *text, bool whole, const char *fragment)
{
	struct fragment_page page = {str_of(text), str_of(type), whole};
	struct str name = str_of(fragment);
	enum fragment_state state;
	fragment_look(&page, &name, 1, &state);
	return state;
}

static void test_look(void **state)
{
	(void)state;
	static const struct {
		const char *type, *text;
		bool whole;
		const char *fragment;
		enum fragment_state state;
	} cases[] = {
		{"text/html", "<p id=a>", true, "a", FRAGMENT_THERE},
		{"text/html", "<p id=a>", true, "b", FRAGMENT_MISSING},
		{"text/html", "<p id=a>", true, "A", FRAGMENT_MISSING},
		{"Text/HTML; charset=utf-8", "<p id=概要>", true, "%E6%A6%82%E8%A6%81", FRAGMENT_THERE},
		{"text/html;charset=\"shift_jis\"", "<p id=\x93\xfa\x96\x7b>", true, "日本", FRAGMENT_UNKNOWN},
		{"text/html", "<p id=\x1b$B>O\x1b(B>", true, "章", FRAGMENT_UNKNOWN},
		{"text/html", "<p id=caf&eacute;>", true, "b", FRAGMENT_UNKNOWN},
		{"text/html", "<a id=user-content-usage>", true, "usage", FRAGMENT_THERE},
		{"text/html", "<a name=old>", true, "old", FRAGMENT_THERE},
		{"text/html", "<p id=a>", false, "b", FRAGMENT_UNKNOWN},
		{"text/html", "<p id=a>", false, "a", FRAGMENT_THERE},
		{"text/html", "<p>nothing", true, "b", FRAGMENT_UNKNOWN},
		{"text/html", "<div id=root></div><p id=a>", true, "b", FRAGMENT_UNKNOWN},
		{"text/plain", "<p id=a>", true, "b", FRAGMENT_UNKNOWN},
		{"", "<p id=a>", true, "b", FRAGMENT_UNKNOWN},
		{"application/pdf", "%PDF", true, "page", FRAGMENT_UNKNOWN},
		{"text/html", "\x1f\x8b\x08", true, "b", FRAGMENT_UNKNOWN},
		{"text/html", "", true, "b", FRAGMENT_UNKNOWN},
	};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (look(cases[i].type, cases[i].text, cases[i].whole, cases[i].fragment) != cases[i].state)
			fail_msg("%s: %s #%s", cases[i].type, cases[i].text, cases[i].fragment);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_judged),
		cmocka_unit_test(test_look),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
