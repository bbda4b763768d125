#include "lint/links/target.h"

#include "core/base/buf.h"

#include "tests/unit/scratch.h"

static const struct {
	const char *url, *request, *host, *key; /* NULL: the key is the request */
	bool address;
} readings[] = {
	{"https://example.com/a?b=c#d", "https://example.com/a?b=c", "example.com", NULL, false},
	{"HTTPS://Example.COM", "https://example.com/", "example.com", NULL, false},
	{"http://example.com?q", "http://example.com/?q", "example.com", NULL, false},
	{"http://example.com:80/", "http://example.com/", "example.com", NULL, false},
	{"https://example.com:443", "https://example.com/", "example.com", NULL, false},
	{"http://example.com:00443/", "http://example.com:443/", "example.com", NULL, false},
	{"https://example.com:/", "https://example.com/", "example.com", NULL, false},
	{"https://example.com:8443/x", "https://example.com:8443/x", "example.com", NULL, false},
	{"https://example.com./", "https://example.com/", "example.com", NULL, false},
	{"https://a_b.example.com/", "https://a_b.example.com/", "a_b.example.com", NULL, false},
	{"https://xn--r8jz45g.jp/", "https://xn--r8jz45g.jp/", "xn--r8jz45g.jp", NULL, false},
	{"https://例え.jp/", "https://xn--r8jz45g.jp/", "xn--r8jz45g.jp", NULL, false},
	{"https://example。com/", "https://example.com/", "example.com", NULL, false},
	{"https://ｅｘａｍｐｌｅ.com/", "https://example.com/", "example.com", NULL, false},
	{"https://straße.de/", "https://xn--strae-oqa.de/", "xn--strae-oqa.de", NULL, false},
	{"http://ⓛocalhost/", "http://localhost/", "localhost", NULL, false},
	{"http://localhost/", "http://localhost/", "localhost", NULL, false},
	/* Addresses, however they are written. */
	{"http://127.0.0.1/", "http://127.0.0.1/", "127.0.0.1", NULL, true},
	{"http://127.0.0.1./", "http://127.0.0.1/", "127.0.0.1", NULL, true},
	{"http://0x7f.1/", "http://127.0.0.1/", "127.0.0.1", NULL, true},
	{"http://0X7F.1/", "http://127.0.0.1/", "127.0.0.1", NULL, true},
	{"http://2130706433/", "http://127.0.0.1/", "127.0.0.1", NULL, true},
	{"http://0177.0.0.1/", "http://127.0.0.1/", "127.0.0.1", NULL, true},
	{"http://127.1/", "http://127.0.0.1/", "127.0.0.1", NULL, true},
	{"http://0/", "http://0.0.0.0/", "0.0.0.0", NULL, true},
	{"http://0x7f000001:8080/", "http://127.0.0.1:8080/", "127.0.0.1", NULL, true},
	{"http://１２７.０.０.１/", "http://127.0.0.1/", "127.0.0.1", NULL, true},
	{"http://127。0。0。1/", "http://127.0.0.1/", "127.0.0.1", NULL, true},
	{"http://①②⑦.1/", "http://127.0.0.1/", "127.0.0.1", NULL, true},
	{"http://０ｘ７ｆ.１/", "http://127.0.0.1/", "127.0.0.1", NULL, true},
	{"http://[::1]/", "http://[::1]/", "::1", NULL, true},
	{"http://[::]:8080/", "http://[::]:8080/", "::", NULL, true},
	{"http://[2001:DB8:0:0::1]", "http://[2001:db8::1]/", "2001:db8::1", NULL, true},
	{"http://[::FFFF:10.0.0.1]/", "http://[::ffff:10.0.0.1]/", "::ffff:10.0.0.1", NULL, true},
	{"http://[::ffff:a00:1]/", "http://[::ffff:10.0.0.1]/", "::ffff:10.0.0.1", NULL, true},
	/* Paths and queries. */
	{"https://a.example/x/../y/./z", "https://a.example/y/z", "a.example", NULL, false},
	{"https://a.example/../../y/..", "https://a.example/", "a.example", NULL, false},
	{"https://a.example/.../..a/%2e/x", "https://a.example/.../..a/x", "a.example", NULL, false},
	{"https://a.example/x/.", "https://a.example/x/", "a.example", NULL, false},
	{"https://a.example//x//", "https://a.example//x//", "a.example", NULL, false},
	{"https://a.example/日?本", "https://a.example/%E6%97%A5?%E6%9C%AC", "a.example", NULL, false},
	{"https://a.example/%7Ea%2fb", "https://a.example/%7Ea%2fb", "a.example", "https://a.example/~a%2Fb", false},
	{"https://a.example/x/%2e%2E/y", "https://a.example/y", "a.example", NULL, false},
	{"https://a.example/?utm%5Fsource=x&b%3d", "https://a.example/?utm%5Fsource=x&b%3d", "a.example",
     "https://a.example/?b%3D", false},
	{"https://a.example/100%", "https://a.example/100%", "a.example", "https://a.example/100%25", false},
	{"https://a.example/%a%30", "https://a.example/%a%30", "a.example", "https://a.example/%25a0", false},
	{"https://a.example/<\"|>", "https://a.example/%3C%22%7C%3E", "a.example", NULL, false},
	{"https://a.example/?utm_source=x&b=1&&c", "https://a.example/?utm_source=x&b=1&&c", "a.example",
     "https://a.example/?b=1&c", false},
	{"https://a.example/?utm_source=x", "https://a.example/?utm_source=x", "a.example", "https://a.example/", false},
	{"https://a.example/x?u=http://b@c:d/../", "https://a.example/x?u=http://b@c:d/../", "a.example", NULL, false},
	{"https://a.example/@user:x", "https://a.example/@user:x", "a.example", NULL, false},
	{"https://a.example/a#b\\c", "https://a.example/a", "a.example", NULL, false},
};

static void test_read(void **state)
{
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(readings); i++) {
		struct link_target t;
		const char *refusal = link_target_read(&a, str_of(readings[i].url), &t);
		if (refusal)
			fail_msg("%s: %s", readings[i].url, refusal);
		assert_string_equal(t.request.p, readings[i].request);
		assert_string_equal(t.key.p, readings[i].key ? readings[i].key : readings[i].request);
		if (!str_eqz(t.host, readings[i].host) || t.is_address != readings[i].address)
			fail_msg("%s: %.*s", readings[i].url, STR_ARG(t.host));
	}
	arena_release(&a);
}

static void test_parts(void **state)
{
	struct arena a = {0};
	struct link_target t;
	(void)state;
	assert_null(link_target_read(&a, STR("HTTP://a.example:8080/b#見出し"), &t));
	assert_true(str_eqz(t.scheme, "http") && str_eqz(t.port, "8080") && str_eqz(t.fragment, "見出し"));
	assert_true(!t.https && t.port_number == 8080);
	assert_null(link_target_read(&a, STR("https://a.example"), &t));
	assert_true(t.https && t.port_number == 443 && str_eqz(t.port, "443") && t.fragment.n == 0);
	assert_non_null(link_target_read(&a, STR("ftp://a.example"), &t));
	assert_true(t.host.n == 0 && t.request.n == 0 && t.port_number == 0);
	arena_release(&a);
}

static const struct {
	const char *url, *refusal;
} refusals[] = {
	{"", "malformed"},
	{"a.example", "scheme"},
	{"//a.example/", "scheme"},
	{"/a/b", "scheme"},
	{"file:///etc/passwd", "scheme"},
	{"ftp://a.example/", "scheme"},
	{"gopher://a.example/", "scheme"},
	{"javascript:alert(1)", "scheme"},
	{"ht+tp://a.example/", "scheme"},
	{"https:a.example", "malformed"},
	{"https:?a.example", "malformed"},
	{"https:/a.example", "defanged"},
	{"https://", "host"},
	{"https:///a", "defanged"},
	{"https://?a", "host"},
	{"https://:443/", "host"},
	{"https://./", "host"},
	{"https://../", "host"},
	{"https://a..b.example/", "host"},
	{"https://.a.example/", "host"},
	/* Who else is there. */
	{"https://user@a.example/", "userinfo"},
	{"https://user:secret@a.example/", "userinfo"},
	{"https://@a.example/", "userinfo"},
	{"https://a.example@127.0.0.1/", "userinfo"},
	{"https://a.example:80@127.0.0.1/", "userinfo"},
	{"https://a@b@c.example/", "userinfo"},
	{"https://a.example＠127.0.0.1/", "host"},
	/* Where the host ends. */
	{"http://evil.example\\@127.0.0.1/", "backslash"},
	{"http://evil.example\\.good.example/", "defanged"},
	{"http:\\\\a.example/", "defanged"},
	{"http:/\\a.example/", "defanged"},
	{"http://a.example\\/", "backslash"},
	{"http://a.example/b\\c", "backslash"},
	{"http://a.example/?\\", "backslash"},
	{"http://a.example／b.example/", "host"},
	{"http://a.example？b.example/", "host"},
	{"http://a.example＃b.example/", "host"},
	{"http://a.example：80/", "host"},
	{"http://a.example＼b.example/", "host"},
	{"http://a.c℀.example/", "host"},
	{"http://a％2eexample/", "host"},
	{"http://a%2eexample/", "hidden"},
	{"http://%31%32%37.0.0.1/", "hidden"},
	{"http://a.example%00.b.example/", "hidden"},
	{"http://a,b.example/", "host"},
	{"http://a*.example/", "host"},
	{"http://a!b.example/", "host"},
	{"http://a;b.example/", "host"},
	{"http://exa\xC2\xADmple.com/", "hidden"},
	{"http://exa\xE2\x80\x8Bmple.com/", "hidden"},
	{"http://a.example\n/", "control"},
	{"http://a.example/\r\nHost: b.example", "control"},
	{"http://a b.example/", "control"},
	{" http://a.example/", "control"},
	{"http://a.example/\tb", "control"},
	{"http://a.example/\x1b[31m", "control"},
	{"http://a.example/\xC2\x9B", "control"},
	{"http://a.example/\x7F", "control"},
	{"http://a.example/#a\nb", "control"},
	{"http://a.example/\xFF", "malformed"},
	{"http://a.example/\xED\xA0\x80", "malformed"},
	/* Ports. */
	{"http://a.example:0/", "port"},
	{"http://a.example:65536/", "port"},
	{"http://a.example:99999999999999999999/", "port"},
	{"http://a.example:80a/", "port"},
	{"http://a.example:-1/", "port"},
	{"http://a.example:80:80/", "port"},
	{"http://a.example:８０/", "port"},
	{"http://::1/", "host"},
	/* Addresses that are none. */
	{"http://256.0.0.1/", "host"},
	{"http://1.2.3.4.5/", "host"},
	{"http://127.0.0.08/", "host"},
	{"http://a.example.0x1/", "host"},
	{"http://a.1/", "host"},
	{"http://0x/", "host"},
	{"http://4294967296/", "host"},
	{"http://[::1/", "host"},
	{"http://[::1]a/", "host"},
	{"http://[]/", "host"},
	{"http://[127.0.0.1]/", "host"},
	{"http://[fe80::1%25eth0]/", "host"},
	{"http://[v1.a]/", "host"},
	{"http://[::ffff:0x7f.1]/", "host"},
	/* What is not meant to be asked for. */
	{"hxxp://a.example/", "defanged"},
	{"hXXps://a.example/", "defanged"},
	{"hxxps://a[.]example/", "defanged"},
	{"https://a[.]example/", "defanged"},
	{"https://a(.)example/", "defanged"},
	{"https://a{.}example/", "defanged"},
	{"https://a[dot]example/", "defanged"},
	{"https[:]//a.example/", "defanged"},
	{"https[://]a.example/", "defanged"},
	{"https://discord[.", "defanged"},
	{"https://a[.example/", "defanged"},
	{"https://a.example[:]8080/", "defanged"},
	{"https://b.example/x[.]exe", "defanged"},
	{"https://b.example/?to=c[@]d.example", "defanged"},
};

static void test_refusals(void **state)
{
	struct arena a = {0};
	size_t wrong = 0;
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(refusals); i++) {
		struct link_target t;
		const char *refusal = link_target_read(&a, str_of(refusals[i].url), &t);
		bool fine = refusal && strcmp(refusal, refusals[i].refusal) == 0;
		if (!fine)
			print_error("%s: %s, not %s\n", refusals[i].url, refusal ? refusal : t.request.p, refusals[i].refusal);
		wrong += !fine;
	}
	assert_int_equal(wrong, 0);
	arena_release(&a);
}

static const char *refusal_of_label(size_t n, const char *end)
{
	struct arena a = {0};
	struct buf b = {0};
	struct link_target t;
	buf_addz(&b, "https://");
	buf_pad(&b, 'a', n);
	buf_addz(&b, end);
	const char *refusal = link_target_read(&a, buf_str(&b), &t);
	buf_release(&b);
	arena_release(&a);
	return refusal;
}

static void test_lengths(void **state)
{
	(void)state;
	assert_null(refusal_of_label(63, ".example/"));
	assert_string_equal(refusal_of_label(64, ".example/"), "host");
	assert_string_equal(refusal_of_label(9000, ".example/"), "long");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_lengths),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
