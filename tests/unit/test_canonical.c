#include "core/ioc/canonical.h"
#include "core/ioc/defang.h"
#include "tests/property/mutate.h"
#include "tests/unit/model.h"

static const struct {
	const char *url, *canonical;
} cases[] = {
	/* scheme and spelling */
	{"https://example.com/a", "example.com/a"},
	{"http://example.com/a", "example.com/a"},
	{"HTTPS://example.com/a", "example.com/a"},
	{"hxxps://www.Example[.]com/a/", "example.com/a"},
	{"hxxps[://]example(dot)com/a", "example.com/a"},
	{"h**p://example.com/a", "example.com/a"},
	{"hxxps：／／example[.]com/a", "example.com/a"},
	{"example.com/a", "example.com/a"},
	{"example[.]com/a", "example.com/a"},
	{"  https://example.com/a\r\n", "example.com/a"},
	{"https://example.com/a[.]exe", "example.com/a.exe"},
	{"https:/example.com/a", "example.com/a"},
	/* host */
	{"https://WWW.example.com", "example.com"},
	{"https://www.www.example.com", "example.com"},
	{"https://www.com/a", "www.com/a"},
	{"https://wwww.example.com", "wwww.example.com"},
	{"https://m.example.com", "m.example.com"},
	{"https://example.com./a", "example.com/a"},
	{"https://ex%61mple.com/a", "example.com/a"},
	{"https://日本語.jp/a", "xn--wgv71a119e.jp/a"},
	{"https://XN--WGV71A119E.jp/a", "xn--wgv71a119e.jp/a"},
	{"https://%E6%97%A5%E6%9C%AC%E8%AA%9E.jp", "xn--wgv71a119e.jp"},
	{"https://ｅｘａｍｐｌｅ．com/a", "example.com/a"},
	{"https://a_b.example.com/", "a_b.example.com"},
	{"https://192.0.2.1/a", "192.0.2.1/a"},
	{"hxxp://192[.]0[.]2[.]1:8080/a", "192.0.2.1:8080/a"},
	{"https://[2001:DB8::1]/a", "[2001:db8::1]/a"},
	{"https://[2001:db8::1]:8443/", "[2001:db8::1]:8443"},
	/* user and port */
	{"https://user:secret@example.com/a", "example.com/a"},
	{"https://news.example@evil.example/a", "evil.example/a"},
	{"https://example.com:443/a", "example.com/a"},
	{"http://example.com:80/a", "example.com/a"},
	{"http://example.com:/a", "example.com/a"},
	{"https://example.com:0443/a", "example.com/a"},
	{"https://example.com:8443/a", "example.com:8443/a"},
	/* path */
	{"https://example.com/", "example.com"},
	{"https://example.com//", "example.com"},
	{"https://example.com/A/B", "example.com/A/B"},
	{"https://example.com/a//b/", "example.com/a//b"},
	{"https://example.com/a/./b/../c", "example.com/a/c"},
	{"https://example.com/../../a", "example.com/a"},
	{"https://example.com/a/%2e%2E/b", "example.com/b"},
	{"https://example.com/a/..", "example.com"},
	{"https://example.com/a/..b/...", "example.com/a/..b/..."},
	{"https://example.com/%7Euser", "example.com/~user"},
	{"https://example.com/~user", "example.com/~user"},
	{"https://example.com/%e3%81%82", "example.com/%E3%81%82"},
	{"https://example.com/あ", "example.com/%E3%81%82"},
	{"https://example.com/％", "example.com/%EF%BC%85"},
	{"https://example.com/a%2fb", "example.com/a%2Fb"},
	{"https://example.com/a b", "example.com/a%20b"},
	{"https://example.com/100%", "example.com/100%25"},
	{"https://example.com/%%37e", "example.com/%257e"},
	{"https://example.com/%zz", "example.com/%25zz"},
	{"https://example.com\\a\\b", "example.com/a/b"},
	{"https://example.com/a\xFF", "example.com/a%FF"},
	{"https://example.com/index.html", "example.com/index.html"},
	{"https://example.com/amp/a", "example.com/amp/a"},
	{"https://example.com/@user/a", "example.com/@user/a"},
	/* query */
	{"https://example.com/a/?b=1&c=2", "example.com/a?b=1&c=2"},
	{"https://example.com/a?c=2&b=1", "example.com/a?c=2&b=1"},
	{"https://example.com/a?utm_source=x&b=1&utm_medium=y&&fbclid=z", "example.com/a?b=1"},
	{"https://example.com/a?utm%5Fsource=x&b=1", "example.com/a?b=1"},
	{"https://example.com/a?ref=rss", "example.com/a"},
	{"https://example.com/a?ref=x", "example.com/a?ref=x"},
	{"https://example.com/a?reference=x", "example.com/a?reference=x"},
	{"https://example.com/a?", "example.com/a"},
	{"https://example.com/a?&", "example.com/a"},
	{"https://example.com?b=/", "example.com?b=/"},
	{"https://example.com/?b=/../c", "example.com?b=/../c"},
	{"https://example.com/a?q=[あ]", "example.com/a?q=%5B%E3%81%82%5D"},
	{"https://example.com/a?q=%5b%E3%81%82%5d", "example.com/a?q=%5B%E3%81%82%5D"},
	/* fragment */
	{"https://example.com/a#b?c", "example.com/a"},
	{"https://example.com/a#", "example.com/a"},
	{"https://example.com/a#:~:text=b", "example.com/a"},
	{"https://example.com/#!/b", "example.com#!/b"},
	{"https://example.com/a?b=1#!c#d", "example.com/a?b=1#!c%23d"},
	{"https://example.com/a#!", "example.com/a"},
	/* no URL of the web */
	{"", ""},
	{" ", ""},
	{"#題", ""},
	{"https://", ""},
	{"https:///", ""},
	{"https://localhost/a", ""},
	{"https://example/a", ""},
	{"https://ex ample.com/a", ""},
	{"https://example..com/a", ""},
	{"https://.example.com/a", ""},
	{"https://*.example.com/a", ""},
	{"https://example.com:80x/a", ""},
	{"https://example.com、です", ""},
	{"https://example.com../a", ""},
	{"https://[2001:db8::x]/a", ""},
	{"https://[192.0.2.1]/a", ""},
	{"ftp://example.com/a", ""},
	{"file://example.com/a", ""},
	{"mailto:a@example.com", ""},
	{"a[@]example[.]com", ""},
	{"../2026-11-21.md", ""},
	{"IOC情報なし", ""},
	{"1.2.3", ""},
	{"::", ""},
	{"[::]", "[::]"},
	{"https://[::]:8080/32", "[::]:8080/32"},
	{"[::]:8080/32", "[::]:8080/32"},
};

static void test_canonical(void **state)
{
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct str got = url_canonical(&m->arena, str_of(cases[i].url));
		if (!str_eqz(got, cases[i].canonical))
			fail_msg("%s: %.*s, but not %s", cases[i].url, STR_ARG(got), cases[i].canonical);
	}
}

static void test_is_idempotent(void **state)
{
	enum { ROUNDS = 400 };
	struct model *m = *state;
	uint64_t seed = 20261127;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct str url = str_of(cases[i].url);
		for (int round = 0; round < ROUNDS; round++) {
			struct str once = url_canonical(&m->arena, url), twice = url_canonical(&m->arena, once);
			if (!str_eq(once, twice))
				fail_msg("%.*s: %.*s, then %.*s", STR_ARG(url), STR_ARG(once), STR_ARG(twice));
			url = mutate(&m->arena, &seed, round % 8 ? url : str_of(cases[i].url));
		}
	}
}

static void test_zero_bytes(void **state)
{
	struct model *m = *state;
	assert_true(str_eqz(url_canonical(&m->arena, STR("https://example.com/a\0b")), "example.com/a%00b"));
	assert_true(str_eqz(url_canonical(&m->arena, STR("example.com/a\0b")), "example.com/a%00b"));
	assert_int_equal(url_canonical(&m->arena, STR("https://example\0.com/a")).n, 0);
	assert_int_equal(url_canonical(&m->arena, (struct str){NULL, 0}).n, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_canonical),
		cmocka_unit_test(test_is_idempotent),
		cmocka_unit_test(test_zero_bytes),
	};
	return cmocka_run_group_tests_name("canonical", tests, model_setup, model_teardown);
}
