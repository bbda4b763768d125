#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

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
		{"https://a.example/?next=%2Fa%3Ftoken%3Dabc&t=eyJhbGci.x", "https://a.example/?next=***&t=***"},
		{"https://a.example/?PHPSESSID=1&q=a%3Db", "https://a.example/?PHPSESSID=***&q=a%3Db"},
		{"https://a.example/token=abc/?=x&&#", "https://a.example/token=abc/?=x&&#"},
	};
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(link_shown(&a, str_of(cases[i].url)).p, cases[i].shown);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_shown)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
