#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "lint/links/ioc_host.h"
#include "lint/links/shown.h"

static void test_shown(void **state)
{
	static const struct {
		const char *url, *shown;
	} cases[] = {
		{"", ""},
		{"https://a.example/b?c=d#e", "https://a.example/b?c=d#e"},
		{"https://u:p@a.example/", "https://***@a.example/"},
		{"https://u@p@a.example?x", "https://***@a.example?x"},
		{"https://a.example/@u", "https://a.example/@u"},
		{"https://a.example/?id=1&access_token=abc&x=2", "https://a.example/?id=1&access_token=***&x=2"},
		{"https://a.example/?X-Amz-Signature=abc#f?key=1", "https://a.example/?X-Amz-Signature=***#f?key=***"},
		{"https://a.example/?key=1&monkey=2&token", "https://a.example/?key=***&monkey=2&token"},
		{"https://a.example/?&&", "https://a.example/?&&"},
		{"https://a.example/cb#access_token=abc&state=1", "https://a.example/cb#access_token=***&state=1"},
		{"https://a.example/a;jsessionid=AB12?x=1", "https://a.example/a;jsessionid=***?x=1"},
		{"https://a.example/?to%6ben=abc;sharedKey=x", "https://a.example/?to%6ben=***;sharedKey=***"},
		{"https://a.example/token=abc/?=x&&#", "https://a.example/token=abc/?=x&&#"},
	};
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(link_shown(&a, str_of(cases[i].url)).p, cases[i].shown);
	arena_release(&a);
}

static void test_hosts_of_text(void **state)
{
	static const struct {
		const char *text, *hosts; /* in their order, each with a blank behind it */
	} cases[] = {
		{"", ""},
		{"https://good.com/ and [text](https://good.com/a) v1.2.3", ""},
		{"マルウェアはevil[.]comと通信", "evil.com "},
		{"evil(.)com、EVIL[dot]net; a.b[.]evil[.]org.", "a.b.evil.org evil.com evil.net "},
		{"hxxps://evil.com/a, hXXp://1.2.3[.]4:8080/b", "1.2.3.4 evil.com "},
		{"h**p://evil.com/", "evil.com "},
		{"(hxxp://evil[.]com)", "evil.com "},
		{"[見出し](hxxps://cdn.evil[.]com/x?y=1)", "cdn.evil.com "},
		{"https://evil[.]com/a", "evil.com "},
		{"`1[.]2[.]3[.]4`", "1.2.3.4 "},
		{"evil[.com evil.]net evil\\.org", "evil.com evil.net evil.org "},
		{"[1]. [.] (.) a [.] b", ""},
		{"\xff evil[.]com \xff", "evil.com "},
		{"evil[.]com evil[.]com", "evil.com "},
		{"evil[.", ""},
		{"[.]", ""},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = {0};
		struct ioc_hosts hosts = {0};
		struct str all = STR("");
		ioc_hosts_of_text(&a, str_of(cases[i].text), &hosts);
		ioc_hosts_settle(&hosts);
		for (size_t k = 0; k < hosts.nr; k++)
			all = arena_printf(&a, "%.*s%.*s ", STR_ARG(all), STR_ARG(hosts.v[k]));
		if (!str_eqz(all, cases[i].hosts))
			fail_msg("%s: %.*s", cases[i].text, STR_ARG(all));
		arena_release(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_shown), cmocka_unit_test(test_hosts_of_text)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
