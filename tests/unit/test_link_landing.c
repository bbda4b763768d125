#include "lint/links/landing.h"

#include "tests/unit/scratch.h"

static const struct {
	const char *asked, *landed;
	enum link_landing landing;
} landings[] = {
	{"http://a.com/x", "https://www.a.com/x/", LANDING_PAGE},
	{"https://a.com/blog/1", "https://a.com/blog/one", LANDING_PAGE},
	{"https://a.com/blog/1", "https://a.com/", LANDING_FRONT},
	{"https://a.com/blog/1", "https://www.a.com/?utm_source=old", LANDING_FRONT},
	{"https://a.com/blog/1", "https://www.a.com/?p=1", LANDING_PAGE},
	{"https://a.com/?p=1", "https://www.a.com/", LANDING_FRONT},
	{"https://blog.a.co.jp/1", "https://www.a.co.jp/ja/", LANDING_FRONT},
	{"https://a.com/1", "https://a.com/en-us", LANDING_FRONT},
	{"https://a.com/1", "https://a.com/index.html", LANDING_FRONT},
	{"https://a.com/", "https://a.com/ja/", LANDING_PAGE},
	{"http://a.com/", "https://a.com/", LANDING_PAGE},
	/* A shortened link. */
	{"https://bit.ly/abc", "https://a.com/", LANDING_PAGE},
	{"http://8.8.1.1/x", "http://9.9.1.1/", LANDING_PAGE},
	{"http://8.8.1.1/x", "http://8.8.1.1/", LANDING_FRONT},
	{"https://a.github.io/x", "https://b.github.io/", LANDING_PAGE},
	{"https://a.com/blog/1", "https://a.com/404", LANDING_ERROR},
	{"https://a.com/blog/1", "https://a.com/en/404.html", LANDING_ERROR},
	{"https://a.com/blog/1", "https://a.com/Error.aspx?path=/blog/1", LANDING_ERROR},
	{"https://a.com/docs/errors/1", "https://a.com/v2/errors/1", LANDING_PAGE},
	{"https://a.com/blog/what-is-404", "https://a.com/posts/what-is-404", LANDING_PAGE},
	{"https://a.com/x", "https://a.com/login?next=/x", LANDING_LOGIN},
	{"https://a.com/x", "https://a.com/users/sign_in", LANDING_LOGIN},
	{"https://docs.google.com/x", "https://accounts.google.com/v3/x", LANDING_LOGIN},
	{"https://a.com/x", "https://login.b.com/", LANDING_LOGIN},
	{"https://a.com/login", "https://www.a.com/login", LANDING_PAGE},
	{"https://a.com/blog/login-flaw", "https://a.com/posts/login-flaw", LANDING_PAGE},
};

static void test_landings(void **state)
{
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(landings); i++) {
		struct link_target asked, landed;
		assert_null(link_target_read(&a, str_of(landings[i].asked), &asked));
		assert_null(link_target_read(&a, str_of(landings[i].landed), &landed));
		enum link_landing got = link_landing_of(&asked, &landed);
		if (got != landings[i].landing)
			fail_msg("%s → %s: %d", landings[i].asked, landings[i].landed, (int)got);
		assert_int_equal(link_landing_of(&asked, &asked), LANDING_PAGE);
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_landings)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
