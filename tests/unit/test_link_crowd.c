/* The engine among many hosts: what is true of each link, and how polite it was. */
#include "tests/unit/link_run.h"

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
		{"reset", LINK_UNREACHABLE, 2},
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

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_crowd)};
	return cmocka_run_group_tests(tests, begin, end);
}
