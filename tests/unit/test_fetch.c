#include "tests/unit/asker.h"

#include <pthread.h>

static void test_replies(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		long status;
		const char *location; /* its end */
	} cases[] = {
		{"/ok", 200, ""},
		{"/404", 404, ""},
		{"/410", 410, ""},
		{"/999", 999, ""},
		{"/301?to=/new", 301, "/new"},
		{"/308?to=//other.example/x", 308, "http://other.example/x"},
		{"/302?to=../up", 302, "/up"},
		{"/to-file", 302, "file:///etc/passwd"},
		{"/to-metadata", 302, "http://169.254.169.254/latest/meta-data/"},
		{"/to-nothing", 302, "http://"},
		{"/head-405", 200, ""},
		{"/escape", 302, "owned\xe2\x80\xae"},
	};
	struct fetcher *f = fetcher_with(fetch_usual);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct answer got = ask(f, (struct fetch_request){.tag = i}, cases[i].path);
		assert_int_equal(got.a.tag, i);
		assert_int_equal(got.a.end, FETCH_DONE);
		assert_int_equal(got.a.status, cases[i].status);
		assert_true(str_ends(got.a.location, str_of(cases[i].location)));
		assert_int_equal(got.a.location.n == 0, !cases[i].location[0]);
		assert_true(str_eqz(got.a.address, "127.1.2.3"));
		assert_int_equal(got.a.body.n, 0);
		assert_int_equal(got.a.reused, i > 0);
	}
	fetcher_free(f);
}

static void test_signs(void **state)
{
	(void)state;
	struct fetcher *f = fetcher_with(fetch_usual);
	assert_string_equal(ask(f, (struct fetch_request){0}, "/403-cf").a.marker, "cf-mitigated");
	assert_null(ask(f, (struct fetch_request){0}, "/403").a.marker);
	assert_true(ask(f, (struct fetch_request){0}, "/limited").a.ratelimit_exhausted);
	assert_false(ask(f, (struct fetch_request){0}, "/ok").a.ratelimit_exhausted);
	assert_int_equal(ask(f, (struct fetch_request){0}, "/429?after=120").a.retry_after, 120);
	/* time() is a tick behind the farm's clock. */
	assert_in_range(ask(f, (struct fetch_request){0}, "/429?after=100&date").a.retry_after, 97, 101);
	assert_int_equal(ask(f, (struct fetch_request){0}, "/ok").a.retry_after, 0);
	fetcher_free(f);
}

static void test_what_is_sent(void **state)
{
	(void)state;
	const char *const header[] = {"X-Test: secret"};
	struct fetcher *f = fetcher_with(fetch_usual);
	struct str body = ask(f, (struct fetch_request){.body = 1000}, "/echo").a.body;
	expect_in(body, "\"user-agent\": \"sdi/test\"", true);
	expect_in(body, "accept-encoding", false);
	expect_in(body, "authorization", false);
	expect_in(body, "range", false);
	body = ask(f, (struct fetch_request){.body = 1000, .header = header, .headers = 1}, "/echo").a.body;
	expect_in(body, "\"x-test\": \"secret\"", true);
	body = ask(f, (struct fetch_request){.body = 1000}, "/echo").a.body;
	expect_in(body, "x-test", false);
	assert_int_equal(ask(f, (struct fetch_request){.body = 10}, "/echo").a.body.n, 10);

	struct answer got = ask(f, (struct fetch_request){.range = true}, "/ok?range");
	assert_int_equal(got.a.status, 206);
	assert_int_equal(got.a.bytes, 1);
	assert_int_equal(ask(f, (struct fetch_request){.head = true}, "/head-405").a.status, 405);
	assert_int_equal(farm_saw(&farm, "\"method\": \"HEAD\"", "/head-405"), 1);
	/* A cookie that was set is not sent. */
	assert_int_equal(ask(f, (struct fetch_request){0}, "/cookies").a.status, 302);
	assert_int_equal(ask(f, (struct fetch_request){0}, "/cookies").a.status, 302);
	fetcher_free(f);
}

static void test_connections(void **state)
{
	(void)state;
	struct fetcher *f = fetcher_with(fetch_usual);
	assert_false(ask(f, (struct fetch_request){0}, "/ok").a.reused);
	assert_true(ask(f, (struct fetch_request){0}, "/ok").a.reused);
	assert_false(ask(f, (struct fetch_request){.fresh = true}, "/ok").a.reused);
	fetcher_free(f);
	f = fetcher_with(fetch_usual);
	assert_false(ask(f, (struct fetch_request){.last = true}, "/ok").a.reused);
	assert_false(ask(f, (struct fetch_request){0}, "/ok").a.reused);
	fetcher_free(f);
}

/* What a server may do to us, and what it costs at most. */
static void test_pinned(void **state)
{
	(void)state;
	struct fetcher *f = fetcher_with(fetch_usual);
	unsigned port = farm.port[0];
	struct fetch_request r = {0};
	struct answer got = ask_pinned(f, r, url_of("made-up.test", "/ok"), "made-up.test", port, PINNED("127.0.0.5"));
	assert_int_equal(got.a.status, 200);
	assert_true(str_eqz(got.a.address, "127.0.0.5"));
	got = ask_pinned(f, r, url_of("localhost", "/ok"), "localhost", port, PINNED("127.0.0.7"));
	assert_true(str_eqz(got.a.address, "127.0.0.7"));
	/* As it is spelt does not matter. */
	got = ask_pinned(f, r, url_of("made-up.test.", "/ok"), "made-up.test.", port, PINNED("127.0.0.5"));
	assert_int_equal(got.a.status, 200);
	got = ask_pinned(f, r, url_of("Made-Up.test", "/ok"), "made-up.test", port, PINNED("127.0.0.5"));
	assert_int_equal(got.a.status, 200);
	/* One of two is refused, the other one is asked. */
	got = ask_pinned(f, r, url_of("two.test", "/ok"), "two.test", port, PINNED(TRAP, "127.0.0.6"));
	assert_int_equal(got.a.status, 200);
	assert_true(str_eqz(got.a.address, "127.0.0.6"));
	/* A new pin holds at once, also where a connection to the old one is open. */
	got = ask_pinned(f, r, url_of("made-up.test", "/ok"), "made-up.test", port, PINNED(TRAP));
	assert_int_equal(got.a.end, FETCH_REFUSED);
	fetcher_free(f);
}

static void expect_refused(struct fetcher *f, const char *url, const char *host, const char *address)
{
	struct answer got = ask_pinned(f, (struct fetch_request){0}, url, host, farm.port[0], PINNED(address));
	assert_int_equal(got.a.end, FETCH_REFUSED);
	assert_int_equal(got.a.status, 0);
	assert_int_equal(got.a.address.n, 0);
}

static void test_refused(void **state)
{
	(void)state;
	struct fetcher *f = fetcher_with(fetch_usual);
	expect_refused(f, url_of("evil.test", "/ok"), "evil.test", TRAP);
	expect_refused(f, url_of(TRAP, "/ok"), TRAP, TRAP);
	expect_refused(f, url_of("0x7f.66.6.6", "/ok"), "0x7f.66.6.6", TRAP);
	expect_refused(f, url_of("mapped.test", "/ok"), "mapped.test", "::ffff:" TRAP);
	expect_refused(f, url_of("[::ffff:" TRAP "]", "/ok"), "::ffff:" TRAP, "::ffff:" TRAP);
	/* Another name than was looked up. */
	expect_refused(f, url_of("localhost", "/ok"), "other.test", "127.0.0.1");
	/* An address that is fine, but not the one that the URL means. */
	expect_refused(f, url_of("127.0.0.8", "/ok"), "127.0.0.8", "127.0.0.9");
	expect_refused(f, url_of("0", "/ok"), "0", "127.0.0.9");
	/* Another port than was judged. */
	expect_refused(f, "http://127.0.0.1:1/", "127.0.0.1", "127.0.0.1");
	fetcher_free(f);
	assert_int_equal(farm_saw(&farm, "\"" TRAP "\"", ""), 0);
	assert_int_equal(farm_saw(&farm, "\"127.0.0.8\"", ""), 0);
}

static void test_not_taken(void **state)
{
	(void)state;
	struct fetcher *f = fetcher_with(fetch_usual);
	struct sockaddr_storage a = address_of("127.0.0.1");
	struct fetch_request r = {.url = STR("http://x.test/"), .host = STR("x.test"), .port = 80};
	assert_int_equal(fetcher_start(f, &r), -1);
	static const char *const bad[] = {"ftp://x.test/", "file:///etc/passwd", "http://u@x.test/", "x y", ""};
	r.address = &a;
	r.nr = 1;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		r.url = str_of(bad[i]);
		if (fetcher_start(f, &r) == 0)
			assert_int_equal(wait_for(f, now_ms()).a.status, 0);
	}
	fetcher_free(f);
}

static void test_environment(void **state)
{
	(void)state;
	char proxy[100];
	snprintf(proxy, sizeof(proxy), "http://" TRAP ":%u", farm.port[0]);
	scratch_write(scratch, ".netrc", "machine 127.1.2.3\nlogin u\npassword p\n");
	setenv("http_proxy", proxy, 1);
	setenv("ALL_PROXY", proxy, 1);
	setenv("HOME", scratch->path, 1);
	struct fetcher *f = fetcher_with(fetch_usual);
	struct answer got = ask(f, (struct fetch_request){.body = 1000}, "/echo");
	assert_int_equal(got.a.status, 200);
	expect_in(got.a.body, "authorization", false);
	fetcher_free(f);
	unsetenv("http_proxy");
	unsetenv("ALL_PROXY");
	assert_int_equal(farm_saw(&farm, "\"" TRAP "\"", ""), 0);
}

static void *wake_later(void *f)
{
	usleep(50000);
	fetcher_wake(f);
	return NULL;
}

static void test_wake(void **state)
{
	(void)state;
	struct fetcher *f = fetcher_with(fetch_usual);
	pthread_t thread;
	int64_t begun = now_ms();
	assert_int_equal(pthread_create(&thread, NULL, wake_later, f), 0);
	fetcher_poll(f, 20000);
	assert_true(now_ms() - begun < 10000);
	pthread_join(thread, NULL);
	fetcher_free(f);
}

static void test_given_up(void **state)
{
	(void)state;
	struct fetcher *f = fetcher_with(fetch_usual);
	struct sockaddr_storage at = address_of("127.1.2.3");
	struct fetch_request r = {.host = STR("127.1.2.3"), .port = farm.port[0], .address = &at, .nr = 1};
	r.url = str_of(url_of("127.1.2.3", "/hang"));
	int64_t begun = now_ms();
	for (int i = 0; i < 3; i++) {
		assert_int_equal(fetcher_start(f, &r), 0);
		fetcher_poll(f, 20);
	}
	fetcher_free(f);
	fetcher_free(NULL);
	assert_true(now_ms() - begun < 15000);
}

static int begin(void **state)
{
	void *made = NULL;
	if (scratch_setup(&made))
		return -1;
	*state = scratch = made;
	signal(SIGPIPE, SIG_IGN);
	farm_start(&farm, scratch, NULL, 0);
	return 0;
}

static int end(void **state)
{
	farm_stop(&farm);
	return scratch_teardown(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_replies),  cmocka_unit_test(test_signs),       cmocka_unit_test(test_what_is_sent),
		cmocka_unit_test(test_pinned),   cmocka_unit_test(test_connections), cmocka_unit_test(test_environment),
		cmocka_unit_test(test_refused),  cmocka_unit_test(test_not_taken),   cmocka_unit_test(test_wake),
		cmocka_unit_test(test_given_up),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
