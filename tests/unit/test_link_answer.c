#include "tests/unit/scratch.h"

#include "core/base/buf.h"
#include "lint/link_answer.h"

/* What is plain, and whether it is. */
static const struct {
	const char *url;
	bool plain;
} urls[] = {
	{"https://example.com/", true},
	{"http://example.com/", true},
	{"https://www.example.co.jp/news/2026/11/a_b-c~d.html", true},
	{"https://1.example.com//A/b/", true},
	{"https://a--b.example/-.-", true},
	{"https://-a-.example/", true},
	{"https://example.com", false},
	{"https://example.com?a", false},
	{"https://example.com/?a=b", false},
	{"https://example.com/#a", false},
	{"https://example.com/%41", false},
	{"https://example.com/./a", false},
	{"https://example.com/a/..", false},
	{"https://example.com/.a", false},
	{"https://example.com./", false},
	{"https://example..com/", false},
	{"https://.example.com/", false},
	{"https://Example.com/", false},
	{"HTTPS://example.com/", false},
	{"https:///a", false},
	{"https:/example.com/", false},
	{"https://example.com:443/", false},
	{"https://user@example.com/", false},
	{"https://127.0.0.1/", false},
	{"https://0x7f.1/", false},
	{"https://0x7f/", false},
	{"https://a.0xb/", false},
	{"https://[::1]/", false},
	{"https://xn--r8jz45g.example/", false},
	{"https://xn--a.example/", false},
	{"https://例え.example/", false},
	{"https://example.com/あ", false},
	{"https://example.com/a\\b", false},
	{"https://example.com/a(b)", false},
	{"ftp://example.com/", false},
	{"example.com/", false},
	{"https://example[.]com/", false},
	{"hxxps://example.com/", false},
	{"", false},
	{"https://", false},
};

static void check_plain(struct arena *a, struct str url)
{
	struct link_target t;
	const char *refusal = link_target_read(a, url, &t);
	/* What is refused is looked up in vain. */
	if (!refusal && !str_eq(t.key, url))
		fail_msg("%.*s is no key of itself, but %.*s", STR_ARG(url), STR_ARG(t.key));
}

static void test_plain(void **state)
{
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(urls); i++) {
		struct str url = str_of(urls[i].url);
		if (link_is_plain(url) != urls[i].plain)
			fail_msg("%s", urls[i].url);
		if (urls[i].plain)
			check_plain(&a, url);
	}
	arena_release(&a);
}

/* Whatever is plain is its own key. */
static void test_any(void **state)
{
	static const char *const pieces[] = {"https:", "http:", "//",      "/",   ".", "a", "B",    "0", "0x1",
	                                     "-",      "--",    "_",       "~",   "?", "#", "%41",  ":", "@",
	                                     "..",     "/.",    "example", "com", "&", "=", "xn--", "あ"};
	struct arena a = {0};
	uint32_t seed = 1;
	size_t plain = 0;
	(void)state;
	for (unsigned turn = 0; turn < 200000; turn++) {
		struct buf url = {0};
		buf_addz(&url, "https://");
		for (unsigned n = 0; n < 3 + turn % 6; n++) {
			seed = seed * 1664525 + 1013904223;
			buf_addz(&url, pieces[(seed >> 16) % ARRAY_SIZE(pieces)]);
		}
		if (link_is_plain(buf_str(&url))) {
			check_plain(&a, buf_str(&url));
			plain++;
		}
		buf_release(&url);
		arena_reset(&a);
	}
	assert_in_range(plain, 500, 200000);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_plain), cmocka_unit_test(test_any)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
