/* The engine: what it makes of each kind of answer. */
#include "tests/unit/link_run.h"

/* ---- one by one ---- */

static void test_answers(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		enum link_outcome outcome;
		const char *reason;
		unsigned looks;
	} cases[] = {
		{"/ok", LINK_OK, "found", 1},
		{"/404", LINK_BROKEN, "404", 2},
		{"/410", LINK_BROKEN, "gone", 2},
		{"/404-then-200", LINK_OK, "found", 2},
		{"/head-405", LINK_OK, "found", 1},
		{"/503-then-200", LINK_OK, "found", 2},
		{"/500", LINK_SERVER, "server-error", 2},
		{"/403", LINK_BLOCKED, "forbidden", 1},
		{"/403-cf", LINK_BLOCKED, "cf-mitigated", 1},
		{"/202-waf", LINK_BLOCKED, "aws-waf", 1},
		{"/reset", LINK_UNREACHABLE, NULL, 2},
		{"/close", LINK_UNREACHABLE, "connection-closed", 2},
		{"/garbage", LINK_SERVER, "broken-reply", 2},
		{"/hang", LINK_TIMEOUT, "first-byte-timeout", 1},
		{"/header-flood", LINK_SERVER, "broken-reply", 2},
		{"/endless", LINK_OK, "found", 1},
		{"/ok?a.pdf", LINK_OK, "found", 1},
		{"/to-metadata", LINK_UNSAFE, "metadata-address", 1},
		{"/to-file", LINK_UNSAFE, "scheme", 1},
		{"/to-mapped", LINK_UNSAFE, "loopback-address", 1},
		{"/to-trap", LINK_UNSAFE, "loopback-address", 1},
		{"/to-nothing", LINK_UNSAFE, NULL, 1},
		{"/escape", LINK_UNSAFE, NULL, 1},
		{"/loop/a", LINK_BLOCKED, "redirects-endlessly", 2},
		{"/cookies", LINK_BLOCKED, "redirects-endlessly", 1},
		{"/chain?n=3&to=/fragment", LINK_MOVED, "moved", 4},
		{"/chain?n=3&code=302&to=/fragment", LINK_OK, "redirected", 4},
		{"/chain?n=20", LINK_BLOCKED, "redirects-endlessly", 9},
		{"/soft404/a/b", LINK_SOFT_404, "redirects-to-front", 2},
		{"/301?to=/404-missing", LINK_BROKEN, "404", 3},
	};
	begin_run();
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char host[32];
		snprintf(host, sizeof(host), "127.10.2.%zu", i);
		add(host, cases[i].path);
	}
	check();
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		expect(i, cases[i].outcome, cases[i].reason);
		if (run.found[i].looks != cases[i].looks)
			fail_msg("%s: looked at %u times", cases[i].path, run.found[i].looks);
	}
	assert_int_equal(farm_saw(&farm, "\"" TRAP "\"", ""), 0);
	assert_int_equal(farm_saw(&farm, "\"method\": \"HEAD\"", ""), 0);
}

static void test_refused(void **state)
{
	(void)state;
	begin_run();
	size_t trap = add(TRAP, "/ok"), ioc = add("127.10.6.6", "/ok"), below = add("a.evil.farm.net", "/ok");
	size_t alias = add("alias.farm.net", "/ok"), cdn = add("cdn.farm.net", "/ok");
	size_t named = add("ioc.farm.net", "/ok"), into = add("trap.farm.net", "/ok"), number = add("0x7f.66.6.6", "/ok");
	size_t to_ioc = add("127.10.3.1", "/302?to=http://evil.farm.net/x");
	size_t defanged = add("evil[.]farm.net", "/ok"), senseless = add("", "/ok"), private = add("10.0.0.1", "/ok");
	check();
	expect(trap, LINK_UNSAFE, "loopback-address");
	expect(ioc, LINK_UNSAFE, "ioc-host");
	expect(below, LINK_UNSAFE, "ioc-host");
	expect(alias, LINK_UNSAFE, "ioc-host");
	expect(cdn, LINK_OK, NULL);
	expect(named, LINK_UNSAFE, "ioc-address");
	expect(into, LINK_UNSAFE, "loopback-address");
	expect(number, LINK_UNSAFE, "loopback-address");
	expect(to_ioc, LINK_UNSAFE, "ioc-host");
	expect(defanged, LINK_UNSAFE, "defanged");
	expect(senseless, LINK_BROKEN, "host");
	expect(private, LINK_UNSAFE, "private-address");
	assert_int_equal(run.contacts, 2);
	assert_int_equal(farm_saw(&farm, "\"" TRAP "\"", ""), 0);
	assert_int_equal(farm_saw(&farm, "\"127.10.6.6\"", ""), 0);
}

static void test_same_page(void **state)
{
	(void)state;
	begin_run();
	size_t one = add("127.10.3.2", "/ok?same"), two = add("127.10.3.2", "/ok?same#p1");
	size_t three = add("127.10.3.2", "/ok?same&utm_source=x");
	check();
	expect(one, LINK_OK, "found");
	expect(two, LINK_OK, "found");
	expect(three, LINK_OK, "found");
	assert_int_equal(run.sum.requests, 1);
	assert_int_equal(run.sum.count[LINK_OK], 3);
}

/* Places in one page, and in pages that are somewhere else. */
static void test_places(void **state)
{
	(void)state;
	begin_run();
	size_t there = add("127.10.3.4", "/ok#p1"), named = add("127.10.3.4", "/ok#old"),
		   not = add("127.10.3.4", "/ok#part");
	size_t page = add("127.10.3.4", "/ok"), script = add("127.10.3.4", "/ok#L10"),
		   text = add("127.10.3.4", "/ok#:~:text=x");
	size_t hop = add("127.10.3.5", "/302?to=/fragment#part"), own = add("127.10.3.5", "/302?to=/fragment%23p1#part");
	size_t gone = add("127.10.3.6", "/404#part"), data = add("127.10.3.6", "/echo#part"),
		   cut = add("127.10.3.6", "/endless#part");
	check();
	expect(there, LINK_OK, "found");
	expect(named, LINK_OK, "found");
	expect(not, LINK_NO_FRAGMENT, "no-such-place");
	expect(page, LINK_OK, "found");
	expect(script, LINK_OK, "found");
	expect(text, LINK_OK, "found");
	expect(hop, LINK_NO_FRAGMENT, "no-such-place");
	expect(own, LINK_OK, "redirected");
	expect(gone, LINK_BROKEN, "404");
	expect(data, LINK_OK, "found");
	expect(cut, LINK_OK, "found");
	assert_int_equal(farm_saw(&farm, "\"event\": \"request\"", "127.10.3.4"), 1);
}

static void test_moved(void **state)
{
	(void)state;
	char wanted[300];
	begin_run();
	size_t mixed = add("127.10.3.3", "/301?to=/302%3fto=/fragment"), spread = add("good.farm.net", "/301?to=/fragment");
	size_t first[3] = {add("two.farm.net", "/302/a?to=/fragment%3fall"),
	                   add("two.farm.net", "/302/b?to=/fragment%3fall"),
	                   add("two.farm.net", "/302/c?to=/fragment%3fall")};
	check();
	snprintf(wanted, sizeof(wanted), "http://127.10.3.3:%u/302?to=/fragment", farm.port[0]);
	expect(mixed, LINK_MOVED, "moved");
	assert_string_equal(run.found[mixed].moved, wanted);
	assert_int_equal(run.found[mixed].hops, 2);
	expect(spread, LINK_MOVED, "moved");
	for (size_t i = 0; i < 3; i++)
		expect(first[i], LINK_SOFT_404, "redirects-converge");
}

/* What a config says of hosts, each of a chain of redirects by itself. */
static void test_hosts(void **state)
{
	static const long accept[] = {403, 404, 999};
	static struct link_host said[] = {{.name = STR_INIT("127.10.5.1"), .accept = accept, .accepts = 3},
	                                  {.name = STR_INIT("127.10.5.2"), .excluded = true},
	                                  {.name = STR_INIT("farm.net"), .accept = accept, .accepts = 3},
	                                  {.name = STR_INIT("evil.farm.net"), .accept = accept, .accepts = 3}};
	static const struct link_hosts hosts = {said, ARRAY_SIZE(said)};
	char to_ours[64], to_other[64], to_excluded[64];
	(void)state;
	begin_run();
	run.hosts = &hosts;
	snprintf(to_ours, sizeof(to_ours), "/302?to=http://127.10.5.1:%u/403", farm.port[0]);
	snprintf(to_other, sizeof(to_other), "/302?to=http://127.10.5.3:%u/403", farm.port[0]);
	snprintf(to_excluded, sizeof(to_excluded), "/301?to=http://127.10.5.2:%u/ok", farm.port[0]);
	size_t forbidden = add("127.10.5.1", "/403"), missing = add("127.10.5.1", "/404"),
		   guarded = add("127.10.5.1", "/403-cf");
	size_t odd = add("127.10.5.1", "/999"), gone = add("127.10.5.1", "/410"), below = add("other.farm.net", "/403");
	size_t ours = add("127.10.5.3", to_ours), other = add("127.10.5.1", to_other), excluded = add("127.10.5.2", "/ok");
	size_t led = add("127.10.5.3", to_excluded), ioc = add("evil.farm.net", "/ok");
	check();
	expect(forbidden, LINK_OK, "accepted");
	expect(missing, LINK_OK, "accepted");
	expect(guarded, LINK_OK, "accepted");
	expect(odd, LINK_OK, "accepted");
	expect(gone, LINK_BROKEN, "gone");
	expect(below, LINK_OK, "accepted");
	expect(ours, LINK_OK, "accepted");
	expect(other, LINK_BLOCKED, "forbidden");
	expect(excluded, LINK_LEFT_OUT, "excluded");
	expect(led, LINK_LEFT_OUT, "excluded");
	assert_string_equal(run.found[led].moved, "");
	expect(ioc, LINK_UNSAFE, "ioc-host");
	assert_int_equal(run.found[missing].looks, 1);
	assert_int_equal(farm_saw(&farm, "\"127.10.5.2\"", ""), 0);
}

/* ---- names ---- */

static void test_names(void **state)
{
	(void)state;
	begin_run();
	size_t good = add("other.farm.net", "/ok"), gone = add("gone.farm.net", "/ok"),
		   also = add("gone.farm.net", "/ok?b");
	looked_up = 0;
	check();
	expect(good, LINK_OK, "found");
	expect(gone, LINK_NO_HOST, "no-such-host");
	expect(also, LINK_NO_HOST, "no-such-host");
	/* Each host once, what is not found twice, and the canary. */
	assert_int_equal(looked_up, 4);
	assert_false(run.sum.network_fails);
}

static void test_dead_network(void **state)
{
	(void)state;
	begin_run();
	network_is_dead = true;
	size_t good = add("other.farm.net", "/ok"), gone = add("gone.farm.net", "/ok");
	check();
	network_is_dead = false;
	expect(good, LINK_LEFT_OUT, "network");
	expect(gone, LINK_LEFT_OUT, "network");
	assert_true(run.sum.network_fails);
}

/* ---- limits ---- */

static void test_retry_after(void **state)
{
	(void)state;
	begin_run();
	size_t soon = add("127.10.4.1", "/429?after=1"), behind = add("127.10.4.1", "/ok?behind");
	size_t never = add("127.10.4.2", "/429?after=100000"), left[20];
	for (size_t i = 0; i < 20; i++) {
		char path[32];
		snprintf(path, sizeof(path), "/delay?ms=50&i=%zu", i);
		left[i] = add("127.10.4.2", path);
	}
	check_with(0, 2, 10);
	expect(soon, LINK_OK, "found");
	expect(behind, LINK_OK, "found");
	expect(never, LINK_BLOCKED, "rate-limit");
	expect(left[19], LINK_LEFT_OUT, "rate-limit");
	assert_in_range(farm_saw(&farm, "\"request\"", "\"127.10.4.2\""), 1, 3);
}

static void test_deadline(void **state)
{
	(void)state;
	begin_run();
	for (size_t i = 0; i < 100; i++) {
		char path[32];
		snprintf(path, sizeof(path), "/ok?late=%zu", i);
		add("127.10.4.3", path);
	}
	size_t hangs = add("127.10.4.4", "/hang");
	int64_t begun = now_ms(NULL);
	check_with(2000, 1, 100);
	assert_in_range(now_ms(NULL) - begun, 2000, 20000);
	expect(0, LINK_OK, "found");
	expect(99, LINK_LEFT_OUT, "deadline");
	expect(hangs, LINK_LEFT_OUT, "deadline");
	assert_true(run.sum.late);
	/* What hung was contacted all the same. */
	assert_int_equal(run.contacts, run.sum.requests);
}

static void test_stop(void **state)
{
	(void)state;
	begin_run();
	for (size_t i = 0; i < 100; i++) {
		char path[32];
		snprintf(path, sizeof(path), "/ok?stop=%zu", i);
		add("127.10.4.5", path);
	}
	run.stop_after = 5;
	check_with(0, 1, 20);
	assert_true(run.sum.stopped);
	assert_in_range(run.sum.count[LINK_OK], 5, 20);
	assert_int_equal(run.sum.count[LINK_OK] + run.sum.count[LINK_LEFT_OUT], 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),  cmocka_unit_test(test_refused),      cmocka_unit_test(test_same_page),
		cmocka_unit_test(test_places),   cmocka_unit_test(test_moved),        cmocka_unit_test(test_names),
		cmocka_unit_test(test_hosts),    cmocka_unit_test(test_dead_network), cmocka_unit_test(test_retry_after),
		cmocka_unit_test(test_deadline), cmocka_unit_test(test_stop),

	};
	return cmocka_run_group_tests(tests, begin, end);
}
