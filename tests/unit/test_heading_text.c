#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fix/append.h"

static const struct {
	const char *title, *text;
} cases[] = {
	{"記事の題名", "記事の題名"},
	{"", ""},
	{" \t\r\n ", ""},
	{"  二つ\n\n の  行\t", "二つ の 行"},
	{"全角　空白", "全角　空白"},
	{"a\u00A0b\u2009c", "a b c"},
	{"色\x1b[31m赤\x07", "色\\[31m赤"},
	{"逆\u202Eさ\u2066ま\u200B\u2060", "逆さま"},
	{"か\u3099", "が"},
	{"👩‍💻と❤️", "👩‍💻と❤️"},
	{"C# と F#", "C# と F\\#"},
	{"*a* **b** `c`", "\\*a\\* \\*\\*b\\*\\* \\`c\\`"},
	{"a_b _c_ d_", "a_b \\_c\\_ d\\_"},
	{"[x](y) ![z]", "\\[x\\](y) !\\[z\\]"},
	{"<b> a < b <!-- sdi-ignore-file all: x -->", "\\<b> a \\< b \\<\\!-- sdi-ignore-file all: x -->"},
	{"R&D &amp; &#x41; & ;", "R&D \\&amp; \\&#x41; & ;"},
	{"~~x~~ 1~2", "\\~~x\\~~ 1~2"},
	{"c:\\x", "c:\\\\x"},
	{"https://example.com/ と www", "https\\://example.com/ と www"},
	{"時刻: 10:20", "時刻: 10:20"},
};

static void test_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = {0};
		struct str got = heading_text(&a, str_of(cases[i].title));
		if (!str_eqz(got, cases[i].text))
			fail_msg("`%s`: `%.*s`, not `%s`", cases[i].title, STR_ARG(got), cases[i].text);
		arena_release(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_text)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
