#include <netdb.h>
#include <stdlib.h>

#include "core/base/fnv.h"
#include "lint/links/check_run.h"

enum {
	IN_QUEUE = 8, /* of a host's line: what comes back to the host does not wait for all of it */
	REST = 2000,  /* ms between two look-ups of a name that was not found */
	LATE = 60000, /* ms: a look-up that takes longer never ends, as far as we care */
	LOOK_UPS = 2, /* under way for each thread */
};

/* ---- the table ---- */

void hosts_begin(struct check_run *run)
{
	run->slots = 64;
	run->table = xcalloc(run->slots, sizeof(struct check_host *));
	run->wanted_end = &run->wanted;
}

void hosts_end(struct check_run *run)
{
	free(run->table);
}

static struct check_host **slot_of(const struct check_run *run, struct str name)
{
	size_t i = (size_t)fnv_add(FNV_START, name) & (run->slots - 1);
	while (run->table[i] && !str_eq(run->table[i]->name, name))
		i = (i + 1) & (run->slots - 1);
	return &run->table[i];
}

static void grow(struct check_run *run)
{
	struct check_host **old = run->table;
	size_t slots = run->slots;
	run->slots *= 2;
	run->table = xcalloc(run->slots, sizeof(struct check_host *));
	for (size_t i = 0; i < slots; i++)
		if (old[i])
			*slot_of(run, old[i]->name) = old[i];
	free(old);
}

static struct check_host *host_of(struct check_run *run, struct str name)
{
	struct check_host *h = *slot_of(run, name);
	if (h)
		return h;
	if (2 * ++run->hosts > run->slots)
		grow(run);
	h = arena_new(&run->arena, struct check_host);
	h->name = arena_str(&run->arena, name);
	return *slot_of(run, name) = h;
}

/* ---- the line of a host ---- */

static void stand_in_line(struct check_host *h, struct pursuit *p)
{
	p->next = NULL;
	*(h->first ? &h->last->next : &h->first) = p;
	h->last = p;
}

void host_feed(struct check_run *run, struct check_host *h)
{
	while (h->state == HOST_KNOWN && h->first && h->fed < IN_QUEUE) {
		struct pursuit *p = h->first;
		h->first = p->next;
		h->fed++;
		p->fed = true;
		link_queue_add(run->queue, h->name, (size_t)(p - run->v), run->now);
	}
}

static void want(struct check_run *run, struct check_host *h)
{
	h->state = HOST_WANTED;
	h->next = NULL;
	*run->wanted_end = h;
	run->wanted_end = &h->next;
}

static bool is_lost(const struct check_host *h)
{
	return h->given_up || (h->state == HOST_KNOWN && (h->late || h->is.error));
}

static void leave_out(struct check_run *run, const struct check_host *h, struct pursuit *p)
{
	struct link_evidence e = {.second = true, .network_fails = run->network_fails};
	if (h->given_up) {
		settle_as(run, p, (struct link_verdict){LINK_LEFT_OUT, "rate-limit", false});
		return;
	}
	if (h->late) {
		e.end = FETCH_TIMEOUT;
		e.phase = FETCH_PHASE_RESOLVE;
	} else {
		e.lookup = h->is.error;
		e.os_error = h->is.os_error;
	}
	settle(run, p, &e);
}

void host_enter(struct check_run *run, struct pursuit *p)
{
	struct check_host *h = p->host = host_of(run, p->at.host);
	if (is_lost(h))
		leave_out(run, h, p);
	else if (h->state == HOST_KNOWN && p->requests)
		link_queue_add(run->queue, h->name, (size_t)(p - run->v), run->now);
	else
		stand_in_line(h, p);
	if (h->state == HOST_NEW)
		want(run, h);
	host_feed(run, h);
}

/* Settling one may bring nobody back to the line. */
static void empty_line(struct check_run *run, struct check_host *h)
{
	struct pursuit *p = h->first;
	h->first = NULL;
	for (struct pursuit *next; p; p = next) {
		next = p->next;
		leave_out(run, h, p);
	}
}

void host_give_up(struct check_run *run, struct check_host *h)
{
	size_t item;
	h->given_up = true;
	while (link_queue_drop(run->queue, h->name, &item, 1)) {
		struct pursuit *p = &run->v[item];
		h->fed -= p->fed;
		p->fed = false;
		leave_out(run, h, p);
	}
	empty_line(run, h);
}

/* ---- looking up ---- */

static void know(struct check_run *run, struct check_host *h)
{
	h->state = HOST_KNOWN;
	if (is_lost(h))
		empty_line(run, h);
	else
		host_feed(run, h);
}

static void ask(struct check_run *run, struct check_host *h)
{
	h->state = HOST_ASKED;
	h->asked_at = run->now;
	h->looks++;
	run->asking++;
	resolver_ask(run->resolver, h->name.p);
	link_timers_add(&run->timers, (struct link_timer){run->now + LATE, TIMER_LOOK_UP_LATE, h});
}

static void ask_canary(struct check_run *run)
{
	run->canary = host_of(run, str_of(run->wish->canary));
	run->canary_asked = true;
	run->canary_at = run->now;
	if (run->canary->state != HOST_ASKED)
		resolver_forget(run->resolver, run->wish->canary);
	resolver_ask(run->resolver, run->wish->canary);
	link_timers_add(&run->timers, (struct link_timer){run->now + LATE, TIMER_CANARY_LATE, NULL});
}

/* Others are found, or nothing is: now it is known what to think of those that were not. */
static void canary_is(struct check_run *run, bool found)
{
	struct check_host *h = run->doubted;
	run->canary_asked = false;
	run->network_fails = !found;
	run->sum->network_fails |= !found;
	run->doubted = NULL;
	for (struct check_host *next; h; h = next) {
		next = h->next;
		know(run, h);
	}
}

static void doubt(struct check_run *run, struct check_host *h)
{
	h->state = HOST_DOUBTED;
	h->next = run->doubted;
	run->doubted = h;
}

/* Of the two look-ups of a host, or of the canary. */
static void take(struct check_run *run, const struct resolved *found)
{
	struct check_host *h = host_of(run, str_of(found->host));
	if (h == run->canary && run->canary_asked)
		canary_is(run, found->error == 0);
	if (h->state != HOST_ASKED)
		return;
	run->asking--;
	h->is = *found;
	if (!found->error) {
		know(run, h);
	} else if (h->looks > 1) {
		doubt(run, h);
	} else {
		h->state = HOST_RESTING;
		link_timers_add(&run->timers, (struct link_timer){run->now + REST, TIMER_LOOK_UP, h});
	}
}

void hosts_work(struct check_run *run)
{
	struct resolved found;
	while (resolver_take(run->resolver, &found))
		take(run, &found);
	while (run->wanted && run->asking < LOOK_UPS * (size_t)run->wish->threads) {
		struct check_host *h = run->wanted;
		run->wanted = h->next;
		if (!run->wanted)
			run->wanted_end = &run->wanted;
		ask(run, h);
	}
	if (!run->doubted || run->canary_asked)
		return;
	if (run->wish->canary)
		ask_canary(run);
	else
		canary_is(run, true);
}

void hosts_timer(struct check_run *run, const struct link_timer *t)
{
	struct check_host *h = t->what;
	if (t->kind == TIMER_CANARY_LATE && run->canary_asked && t->due == run->canary_at + LATE)
		canary_is(run, false);
	if (t->kind == TIMER_LOOK_UP) {
		if (h != run->canary || !run->canary_asked)
			resolver_forget(run->resolver, h->name.p);
		want(run, h);
	}
	if (t->kind != TIMER_LOOK_UP_LATE || h->state != HOST_ASKED || t->due != h->asked_at + LATE)
		return;
	run->asking--;
	h->late = true;
	know(run, h);
}
