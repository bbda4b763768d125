/* A run of link_check() against the farm of hosts. */
#pragma once

#include "tests/unit/farm.h"

#include <time.h>

#include "core/base/arena.h"
#include "lint/links/check.h"
#include "tests/unit/link_names.h"

static struct farm farm;

/* ---- a run ---- */

static inline int64_t now_ms(void *context)
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
	const struct link_hosts *hosts;
	struct link_sum sum;
} run;

static inline void told(void *context, size_t which, const struct link_answer *a)
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

static inline void contacted(void *context, const struct link_contact *c)
{
	(void)context;
	run.contacts++;
	run.trapped += str_eqz(c->address, TRAP);
}

static inline bool stop(void *context)
{
	(void)context;
	return run.stop_after && run.told >= run.stop_after;
}

static inline void begin_run(void)
{
	arena_release(&run.arena);
	run = (struct run){0};
}

static inline size_t add(const char *host, const char *path)
{
	run.url[run.nr] = arena_printf(&run.arena, "http://%s:%u%s", host, farm.port[0], path);
	return run.nr++;
}

static const struct str iocs[] = {STR_INIT("127.10.6.6"), STR_INIT("evil.farm.net")};

static inline void check_with(int64_t deadline, unsigned per_host, int64_t interval)
{
	struct err err;
	struct cidr allow;
	assert_true(cidr_read(STR("127.10.0.0/16"), &allow));
	const struct link_policy policy = {
		.ioc_host = iocs, .ioc_hosts = ARRAY_SIZE(iocs), .allow = &allow, .allows = 1, .hosts = run.hosts};
	const struct link_pace pace = {.per_host = per_host, .in_all = 64, .interval = interval, .hosts = run.hosts};
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
	wish.limits.connect_ms = wish.limits.total_ms = 8000;
	wish.limits.slow_seconds = 7;
	if (link_check(run.url, run.nr, &wish, &run.sum, &err))
		fail_msg("%s", err.text);
	assert_int_equal(run.told, run.nr);
	for (size_t i = 0; i < run.nr; i++)
		assert_int_equal(run.found[i].times, 1);
	assert_int_equal(run.trapped, 0);
}

static inline void check(void)
{
	check_with(0, 4, 5);
}

static inline void expect(size_t which, enum link_outcome outcome, const char *reason)
{
	const struct found *f = &run.found[which];
	if (f->verdict.outcome != outcome || (reason && strcmp(f->verdict.reason, reason) != 0))
		fail_msg("%.*s: %s (%s), not %s (%s)", STR_ARG(run.url[which]), link_outcome_name(f->verdict.outcome),
		         f->verdict.reason, link_outcome_name(outcome), reason ? reason : "");
}

/* ---- of the whole program ---- */

static inline int begin(void **state)
{
	void *made = NULL;
	if (scratch_setup(&made))
		return -1;
	*state = made;
	signal(SIGPIPE, SIG_IGN);
	farm_start(&farm, made, NULL, 0);
	return 0;
}

static inline int end(void **state)
{
	arena_release(&run.arena);
	farm_stop(&farm);
	return scratch_teardown(state);
}
