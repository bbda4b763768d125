#include "lint/links/check.h"

#include <stdlib.h>

#include "core/base/fnv.h"
#include "lint/links/check_run.h"
#include "lint/links/fragment.h"

enum { MOST_MS = 200 }; /* the usual patience */

/* ---- what is asked for ---- */

/* The same page is pursued once: by key, with open addressing. */
static struct pursuit **slot_for(struct pursuit **table, size_t slots, struct str key)
{
	size_t i = (size_t)fnv_add(FNV_START, key) & (slots - 1);
	while (table[i] && !str_eq(table[i]->asked.key, key))
		i = (i + 1) & (slots - 1);
	return &table[i];
}

/* Of all texts, those that can be asked for and are others than those before. */
static void read_all(struct check_run *run, const struct str *url, size_t nr)
{
	size_t slots = 16;
	while (slots < 2 * nr)
		slots *= 2;
	struct pursuit **table = xcalloc(slots, sizeof(struct pursuit *));
	run->v = arena_array(&run->arena, struct pursuit, nr);
	run->nr = run->open = nr;
	for (size_t i = 0; i < nr; i++) {
		struct pursuit *p = &run->v[i];
		p->which = i;
		const char *refusal = link_target_read(&run->arena, url[i], &p->asked);
		if (refusal) {
			settle(run, p, &(struct link_evidence){.refusal = refusal});
			continue;
		}
		struct pursuit **first = slot_for(table, slots, p->asked.key);
		if (*first) {
			(*first)->reads |= fragment_is_judged(p->asked.fragment);
			p->same = (*first)->same;
			(*first)->same = p;
			p->settled = true;
			run->open--;
		} else {
			*first = p;
			p->reads = run->wish->page || fragment_is_judged(p->asked.fragment);
		}
	}
	free(table);
}

/* ---- the door ---- */

static bool allows(void *context, const struct sockaddr *address, unsigned port)
{
	const struct check_run *run = context;
	return !link_policy_address(run->wish->policy, address, port);
}

static void wake(void *fetcher)
{
	fetcher_wake(fetcher);
}

static int open_door(struct check_run *run, struct err *err)
{
	struct fetch_limits limits = run->wish->limits;
	limits.allows = allows;
	limits.context = run;
	limits.marker = link_marker;
	limits.connections = run->wish->pace->in_all;
	run->fetcher = fetcher_new(&limits, err);
	if (!run->fetcher)
		return -1;
	run->resolver = resolver_new(run->wish->threads, wake, run->fetcher);
	run->queue = link_queue_new(run->wish->pace, run->wish->seed);
	return 0;
}

/* ---- working ---- */

static void ring(struct check_run *run)
{
	struct link_timer t;
	while (link_timers_take(&run->timers, run->now, &t)) {
		if (t.kind == TIMER_LOOK)
			host_enter(run, t.what);
		else
			hosts_timer(run, &t);
	}
}

static void start_some(struct check_run *run)
{
	size_t item;
	while (link_queue_next(run->queue, run->now, &item)) {
		struct pursuit *p = &run->v[item];
		struct check_host *h = p->host;
		h->fed -= p->fed;
		bool fed = p->fed;
		p->fed = false;
		if (fed)
			host_feed(run, h);
		look_start(run, p);
	}
}

/* Why not all will be known; NULL: go on. */
static const char *is_over(struct check_run *run, int64_t end)
{
	run->sum->stopped = run->wish->stop(run->wish->context);
	run->sum->late = run->now >= end;
	return run->sum->stopped ? "stopped" : run->sum->late ? "deadline" : NULL;
}

static int wait_of(struct check_run *run, int64_t end)
{
	int64_t most = run->wish->patience ? run->wish->patience : MOST_MS;
	int64_t due = link_queue_due(run->queue, run->now), timer = link_timers_due(&run->timers);
	if (timer < due)
		due = timer;
	if (end < due)
		due = end;
	int64_t ms = due == INT64_MAX ? most : due - run->now;
	return ms < 0 ? 0 : (int)(ms > most ? most : ms);
}

static const char *work(struct check_run *run)
{
	int64_t begun = run->now, end = run->wish->deadline ? begun + run->wish->deadline : INT64_MAX;
	struct fetch_answer answer;
	const char *why = NULL;
	while (run->open && !run->no_ca && !(why = is_over(run, end))) {
		hosts_work(run);
		ring(run);
		start_some(run);
		fetcher_poll(run->fetcher, run->open ? wait_of(run, end) : 0);
		run->now = run->wish->now(run->wish->context);
		while (fetcher_take(run->fetcher, &answer))
			look_take(run, &answer);
	}
	return why;
}

/* ---- the end ---- */

static void tell_flying(struct check_run *run, const struct pursuit *p)
{
	for (size_t i = 0; i < p->host->is.nr; i++) {
		char text[64];
		tell_contact(run, p, link_address_text((const struct sockaddr *)&p->host->is.address[i], text, sizeof(text)));
	}
}

static void leave_rest(struct check_run *run, const char *why)
{
	settle_landed(run);
	for (size_t i = 0; i < run->nr; i++) {
		struct pursuit *p = &run->v[i];
		if (p->flying)
			tell_flying(run, p);
		if (!p->settled)
			settle_as(run, p, (struct link_verdict){LINK_LEFT_OUT, why, false});
	}
}

static void release(struct check_run *run)
{
	resolver_free(run->resolver);
	fetcher_free(run->fetcher);
	link_queue_free(run->queue);
	link_timers_release(&run->timers);
	hosts_end(run);
	arena_release(&run->arena);
}

int link_check(const struct str *url, size_t nr, const struct link_check_wish *wish, struct link_sum *sum,
               struct err *err)
{
	struct check_run run = {.wish = wish, .sum = sum, .now = wish->now(wish->context)};
	int bad = open_door(&run, err);
	*sum = (struct link_sum){0};
	hosts_begin(&run);
	if (!bad) {
		read_all(&run, url, nr);
		for (size_t i = 0; i < nr; i++)
			if (!run.v[i].settled)
				look_begin(&run, &run.v[i]);
		const char *why = work(&run);
		leave_rest(&run, why ? why : "no-ca");
		if (run.no_ca)
			bad = err_set(err, "the certificates of authorities, by which hosts are known, cannot be read");
	}
	release(&run);
	return bad;
}
