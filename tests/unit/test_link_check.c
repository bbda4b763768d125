/* The engine, against the farm of hosts. Names are those of a table; addresses are the farm's. */
#include "tests/unit/farm.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <time.h>

#include "core/base/arena.h"
#include "lint/links/check.h"

#define TRAP "127.66.6.6"

static struct farm farm;
static bool network_is_dead;
static unsigned looked_up;

/* In place of the system's. */
int getaddrinfo(const char *restrict name, const char *restrict service, const struct addrinfo *restrict hints,
                struct addrinfo **restrict out)
{
	static const struct {
		const char *name, *address;
	} hosts[] = {{"good.farm.net", "127.10.1.1"}, {"other.farm.net", "127.10.1.2"}, {"canary.farm.net", "127.10.1.3"},
	             {"trap.farm.net", TRAP},         {"ioc.farm.net", "127.10.6.6"},   {"two.farm.net", "127.10.1.4"}};
	(void)service, (void)hints;
	__atomic_fetch_add(&looked_up, 1, __ATOMIC_RELAXED);
	const char *address = (name[0] >= '0' && name[0] <= '9') || name[0] == ':' ? name : NULL;
	for (size_t i = 0; !network_is_dead && i < ARRAY_SIZE(hosts); i++)
		if (strcmp(name, hosts[i].name) == 0)
			address = hosts[i].address;
	if (!address)
		return network_is_dead ? EAI_AGAIN : EAI_NONAME;
	struct addrinfo *a = calloc(1, sizeof(*a) + sizeof(struct sockaddr_in6));
	struct sockaddr_in *in = (void *)(a + 1);
	struct sockaddr_in6 *in6 = (void *)in;
	bool six = strchr(address, ':') != NULL;
	in->sin_family = six ? AF_INET6 : AF_INET;
	inet_pton(in->sin_family, address, six ? (void *)&in6->sin6_addr : (void *)&in->sin_addr);
	a->ai_addr = (void *)in;
	a->ai_addrlen = six ? sizeof(*in6) : sizeof(*in);
	*out = a;
	return 0;
}

void freeaddrinfo(struct addrinfo *a)
{
	free(a);
}

/* ---- a run ---- */

static int64_t now_ms(void *context)
{
	struct timespec t;
	(void)context;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

enum { MOST = 1000 };

struct found {
	struct link_verdict verdict;
	long status;
	unsigned hops, looks, times;
	char final_url[300], moved[300];
};

static struct run {
	struct arena arena;
	struct str url[MOST];
	size_t nr;
	struct found found[MOST];
	size_t told, contacts, trapped;
	size_t stop_after; /* so many are told; 0: never */
	struct link_sum sum;
} run;

static void told(void *context, size_t which, const struct link_answer *a)
{
	struct found *f = &run.found[which];
	(void)context;
	f->verdict = a->verdict;
	f->status = a->status;
	f->hops = a->hops;
	f->looks = a->looks;
	f->times++;
	run.told++;
	snprintf(f->final_url, sizeof(f->final_url), "%.*s", STR_ARG(a->final_url));
	snprintf(f->moved, sizeof(f->moved), "%.*s", STR_ARG(a->moved));
}

static void contacted(void *context, const struct link_contact *c)
{
	(void)context;
	run.contacts++;
	run.trapped += str_eqz(c->address, TRAP);
}

static bool stop(void *context)
{
	(void)context;
	return run.stop_after && run.told >= run.stop_after;
}

static void begin_run(void)
{
	arena_release(&run.arena);
	run = (struct run){0};
}

static size_t add(const char *host, const char *path)
{
	run.url[run.nr] = arena_printf(&run.arena, "http://%s:%u%s", host, farm.port[0], path);
	return run.nr++;
}

static const struct str iocs[] = {STR_INIT("127.10.6.6"), STR_INIT("evil.farm.net")};

static void check_with(int64_t deadline, unsigned per_host, int64_t interval)
{
	struct err err;
	struct cidr allow;
	assert_true(cidr_read(STR("127.10.0.0/16"), &allow));
	const struct link_policy policy = {.ioc_host = iocs, .ioc_hosts = ARRAY_SIZE(iocs), .allow = &allow, .allows = 1};
	const struct link_pace pace = {.per_host = per_host, .in_all = 64, .interval = interval};
	struct link_check_wish wish = {
		.policy = &policy,
		.pace = &pace,
		.limits = fetch_usual,
		.deadline = deadline,
		.seed = 1,
		.threads = 4,
		.canary = "canary.farm.net",
		.now = now_ms,
		.stop = stop,
		.told = told,
		.contacted = contacted,
	};
	wish.limits.user_agent = "sdi/test";
	wish.limits.connect_ms = wish.limits.total_ms = 2500;
	wish.limits.slow_seconds = 2;
	if (link_check(run.url, run.nr, &wish, &run.sum, &err))
		fail_msg("%s", err.text);
	assert_int_equal(run.told, run.nr);
	for (size_t i = 0; i < run.nr; i++)
		assert_int_equal(run.found[i].times, 1);
	assert_int_equal(run.trapped, 0);
}

static void check(void)
{
	check_with(0, 4, 5);
}

static void expect(size_t which, enum link_outcome outcome, const char *reason)
{
	const struct found *f = &run.found[which];
	if (f->verdict.outcome != outcome || (reason && strcmp(f->verdict.reason, reason) != 0))
		fail_msg("%.*s: %s (%s), not %s (%s)", STR_ARG(run.url[which]), link_outcome_name(f->verdict.outcome),
		         f->verdict.reason, link_outcome_name(outcome), reason ? reason : "");
}

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
	size_t named = add("ioc.farm.net", "/ok"), into = add("trap.farm.net", "/ok"), number = add("0x7f.66.6.6", "/ok");
	size_t to_ioc = add("127.10.3.1", "/302?to=http://evil.farm.net/x");
	size_t defanged = add("evil[.]farm.net", "/ok"), senseless = add("", "/ok"), private = add("10.0.0.1", "/ok");
	check();
	expect(trap, LINK_UNSAFE, "loopback-address");
	expect(ioc, LINK_UNSAFE, "ioc-host");
	expect(below, LINK_UNSAFE, "ioc-host");
	expect(named, LINK_UNSAFE, "ioc-address");
	expect(into, LINK_UNSAFE, "loopback-address");
	expect(number, LINK_UNSAFE, "loopback-address");
	expect(to_ioc, LINK_UNSAFE, "ioc-host");
	expect(defanged, LINK_UNSAFE, "defanged");
	expect(senseless, LINK_BROKEN, "host");
	expect(private, LINK_UNSAFE, "private-address");
	assert_int_equal(run.contacts, 1);
	assert_int_equal(farm_saw(&farm, "\"" TRAP "\"", ""), 0);
	assert_int_equal(farm_saw(&farm, "\"127.10.6.6\"", ""), 0);
}

static void test_same_page(void **state)
{
	(void)state;
	begin_run();
	size_t one = add("127.10.3.2", "/ok?same"), two = add("127.10.3.2", "/ok?same#part");
	size_t three = add("127.10.3.2", "/ok?same&utm_source=x");
	check();
	expect(one, LINK_OK, "found");
	expect(two, LINK_OK, "found");
	expect(three, LINK_OK, "found");
	assert_int_equal(run.sum.requests, 1);
	assert_int_equal(run.sum.count[LINK_OK], 3);
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
	check_with(600, 1, 100);
	assert_in_range(now_ms(NULL) - begun, 600, 2000);
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

/* ---- a crowd ---- */

struct truth {
	char does[32];
	unsigned requests;
};

static struct truth truth[MOST];

/* What the farm says it did; what hangs never ends. */
static void read_truth(void)
{
	char *line = NULL;
	size_t cap = 0;
	FILE *f = fopen(farm.log, "r");
	memset(truth, 0, sizeof(truth));
	while (getline(&line, &cap, f) > 0) {
		unsigned i;
		const char *path = strstr(line, "\"path\": \"/mix/"), *does = strstr(line, "\"does\": \"");
		if (!path || sscanf(path, "\"path\": \"/mix/%u\"", &i) != 1 || i >= MOST)
			continue;
		if (strstr(line, "\"request\""))
			truth[i].requests++;
		if (does)
			sscanf(does, "\"does\": \"%31[^\"]\"", truth[i].does);
	}
	free(line);
	fclose(f);
}

/* Over a connection that was open libcurl itself asks again when nothing comes back: `reset`. */
static void expect_truth(size_t i)
{
	static const struct {
		const char *does;
		enum link_outcome outcome;
		unsigned most;
	} rows[] = {
		{"ok", LINK_OK, 1},
		{"301", LINK_MOVED, 1},
		{"302", LINK_OK, 1},
		{"404", LINK_BROKEN, 2},
		{"410", LINK_BROKEN, 2},
		{"403", LINK_BLOCKED, 1},
		{"403-cf", LINK_BLOCKED, 1},
		{"429", LINK_OK, 3},
		{"503-then-200", LINK_OK, 2},
		{"head-405", LINK_OK, 1},
		{"202-waf", LINK_BLOCKED, 1},
		{"", LINK_TIMEOUT, 1},
		{"reset", LINK_UNREACHABLE, 4},
		{"gzip-bomb", LINK_OK, 1},
		{"to-metadata", LINK_UNSAFE, 1},
	};
	for (size_t k = 0; k < ARRAY_SIZE(rows); k++) {
		if (strcmp(rows[k].does, truth[i].does) != 0)
			continue;
		expect(i, rows[k].outcome, NULL);
		assert_in_range(truth[i].requests, 1, rows[k].most);
		return;
	}
	fail_msg("%zu: %s", i, truth[i].does);
}

struct host_log {
	double first, last;
	unsigned requests, flying, hanging; /* what hangs does so for the farm long after we have left */
};

/* How often the farm was asked at each 127.10.20.x, when, and how many at once. */
static void read_hosts(struct host_log *host, size_t nr)
{
	char *line = NULL;
	size_t cap = 0;
	FILE *f = fopen(farm.log, "r");
	while (getline(&line, &cap, f) > 0) {
		double t;
		unsigned h, i, flying = 0;
		const char *at = strstr(line, "\"127.10.20."), *count = strstr(line, "\"flying\": ");
		if (!at || !strstr(line, "\"request\"") || sscanf(line, "{\"t\": %lf", &t) != 1 ||
		    sscanf(at, "\"127.10.20.%u\"", &h) != 1 || h >= nr || sscanf(count, "\"flying\": %u", &flying) != 1)
			continue;
		if (!host[h].requests++)
			host[h].first = t;
		host[h].last = t;
		if (flying > host[h].flying + host[h].hanging)
			host[h].flying = flying - host[h].hanging;
		const char *path = strstr(line, "\"path\": \"/mix/");
		if (path && sscanf(path, "\"path\": \"/mix/%u\"", &i) == 1 && !truth[i].does[0])
			host[h].hanging++;
	}
	free(line);
	fclose(f);
}

static void test_crowd(void **state)
{
	(void)state;
	enum { HOSTS = 24, INTERVAL = 12, PER_HOST = 2 };
	struct host_log host[HOSTS] = {{0}};
	begin_run();
	for (size_t i = 0; i < MOST; i++) {
		char name[32], path[32];
		/* Every other link is of one host. */
		snprintf(name, sizeof(name), "127.10.20.%zu", i % 3 ? i % HOSTS : 0);
		snprintf(path, sizeof(path), "/mix/%zu", i);
		add(name, path);
	}
	check_with(0, PER_HOST, INTERVAL);
	read_truth();
	for (size_t i = 0; i < MOST; i++)
		expect_truth(i);
	read_hosts(host, HOSTS);
	for (size_t i = 0; i < HOSTS; i++) {
		if (!host[i].requests)
			continue;
		assert_in_range(host[i].flying, 1, PER_HOST);
		/* Whatever each request took on its way: they were not sent faster than that. */
		assert_true((host[i].last - host[i].first) * 1000 + 100 >= (host[i].requests - 1) * INTERVAL);
	}
	assert_int_equal(farm_saw(&farm, "\"" TRAP "\"", ""), 0);
	assert_true(run.sum.count[LINK_BROKEN] > 10);
}

static int begin(void **state)
{
	void *made = NULL;
	if (scratch_setup(&made))
		return -1;
	*state = made;
	signal(SIGPIPE, SIG_IGN);
	farm_start(&farm, made, NULL, 0);
	return 0;
}

static int end(void **state)
{
	arena_release(&run.arena);
	farm_stop(&farm);
	return scratch_teardown(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),     cmocka_unit_test(test_refused),  cmocka_unit_test(test_same_page),
		cmocka_unit_test(test_moved),       cmocka_unit_test(test_names),    cmocka_unit_test(test_dead_network),
		cmocka_unit_test(test_retry_after), cmocka_unit_test(test_deadline), cmocka_unit_test(test_stop),
		cmocka_unit_test(test_crowd),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
