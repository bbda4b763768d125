/* The queue of links, driven by a clock of our own against hosts that answer when they like: polite, fair, in time, and at an end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "core/base/arena.h"
#include "core/base/fnv.h"
#include "lint/links/queue.h"
#include "tests/property/mutate.h"

enum { RETRY_AFTER = 2000 };

/* A run: how many links which hosts have, and what may happen. */
struct scene {
	const char *name;
	size_t big[4], small_hosts, small; /* hosts with many; and with a few each */
	struct link_pace pace;
	int64_t latency; /* the usual one; some take ten times as long */
	unsigned again;  /* per cent that are asked for once more */
	unsigned held;   /* per cent after which the host wants to be left alone for a while */
	bool timed;      /* held to the bound */
};

static struct link_host slow_host = {.name = STR_INIT("h0"), .in_flight = 1, .interval = 1500};
static const struct link_hosts slow_hosts = {&slow_host, 1};

static const struct scene scenes[] = {
	{"archive", {5664, 1597, 580, 320}, 772, 3, {2, 32, 500, 20, NULL}, 300, 0, 0, true},
	{"archive, few at once", {5664, 1597, 580, 320}, 772, 3, {2, 8, 500, 20, NULL}, 300, 0, 0, true},
	{"archive, looked at again", {3000, 900, 300}, 300, 3, {2, 16, 500, 20, NULL}, 300, 5, 0, true},
	{"archive, left alone", {2000, 900, 300}, 300, 3, {2, 16, 500, 20, NULL}, 300, 5, 3, false},
	{"alike", {0}, 400, 25, {2, 32, 500, 0, NULL}, 200, 0, 0, true},
	{"alike, few at once", {0}, 400, 10, {2, 4, 200, 0, NULL}, 200, 3, 1, false},
	{"one host", {4000}, 0, 0, {1, 16, 100, 50, NULL}, 400, 0, 0, true},
	{"one host that is quick", {4000}, 0, 0, {8, 16, 100, 50, NULL}, 5, 0, 0, true},
	{"one at a time", {500, 300}, 50, 5, {4, 1, 10, 10, NULL}, 50, 2, 1, false},
	{"no interval", {3000, 2000}, 200, 5, {4, 12, 0, 0, NULL}, 50, 2, 0, true},
	{"a host of its own pace", {400, 2000}, 100, 3, {3, 16, 200, 10, &slow_hosts}, 200, 2, 0, true},
};

struct host {
	struct str name;
	unsigned per_host, under_way;
	int64_t interval, last_start, last_change, held_until;
	size_t *item; /* in the order in which they were added */
	size_t added, started, cap;
};

struct item {
	size_t host;
	int64_t latency, not_before, added;
	unsigned starts;
};

/* What is under way, the one that ends first on top. */
struct flight {
	int64_t end;
	size_t item;
};

struct world {
	const struct scene *scene;
	struct arena a;
	struct link_queue *q;
	uint64_t seed;
	struct host *host;
	struct item *item;
	size_t hosts, items, over;
	struct flight *flight; /* sorted, the last ends first */
	size_t flights;
	int64_t now;
	int64_t *starts; /* their times */
	size_t nr_starts;
	uint64_t order;
};

static int64_t latest(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t draw_latency(struct world *w)
{
	int64_t usual = w->scene->latency;
	int64_t t = usual / 2 + (int64_t)draw(&w->seed, (size_t)usual);
	return draw(&w->seed, 100) == 0 ? 10 * t : t;
}

static void add(struct world *w, size_t i, int64_t not_before)
{
	struct item *it = &w->item[i];
	struct host *h = &w->host[it->host];
	it->not_before = not_before;
	it->added = w->now;
	if (h->added == h->cap)
		h->item = arena_grow(&w->a, h->item, h->added, &h->cap, sizeof(*h->item));
	h->item[h->added++] = i;
	link_queue_add(w->q, h->name, i, not_before);
}

static void add_host(struct world *w, size_t links)
{
	struct host *h = &w->host[w->hosts];
	const struct link_pace *p = &w->scene->pace;
	*h = (struct host){.name = arena_printf(&w->a, "h%zu", w->hosts), .per_host = p->per_host, .interval = p->interval};
	for (size_t i = 0; p->hosts && i < p->hosts->nr; i++)
		if (str_eq(p->hosts->v[i].name, h->name))
			h->per_host = p->hosts->v[i].in_flight, h->interval = p->hosts->v[i].interval;
	h->last_start = h->held_until = INT64_MIN / 2;
	for (size_t i = 0; i < links; i++)
		w->item[w->items++] = (struct item){.host = w->hosts, .latency = draw_latency(w)};
	w->hosts++;
}

static void set_up(struct world *w, const struct scene *scene)
{
	size_t items = scene->small_hosts * scene->small;
	*w = (struct world){.scene = scene, .seed = 88172645463325252u, .order = FNV_START};
	for (size_t i = 0; i < ARRAY_SIZE(scene->big); i++)
		items += scene->big[i];
	w->host = arena_array(&w->a, struct host, scene->small_hosts + ARRAY_SIZE(scene->big));
	w->item = arena_array(&w->a, struct item, items);
	w->flight = arena_array(&w->a, struct flight, items + 1);
	w->starts = arena_array(&w->a, int64_t, 2 * items);
	w->q = link_queue_new(&scene->pace, 7);
	for (size_t i = 0; i < ARRAY_SIZE(scene->big); i++)
		if (scene->big[i])
			add_host(w, scene->big[i]);
	for (size_t i = 0; i < scene->small_hosts; i++)
		add_host(w, scene->small);
	/* Links come as the files have them: mixed. */
	size_t *turn = arena_array(&w->a, size_t, items);
	for (size_t i = 0; i < items; i++) {
		size_t other = draw(&w->seed, i + 1);
		turn[i] = turn[other];
		turn[other] = i;
	}
	for (size_t i = 0; i < items; i++)
		add(w, turn[i], 0);
}

static size_t starts_since(const struct world *w, int64_t from)
{
	size_t low = 0, high = w->nr_starts;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (w->starts[mid] < from)
			low = mid + 1;
		else
			high = mid;
	}
	return w->nr_starts - low;
}

static void depart(struct world *w, size_t i)
{
	struct flight f = {w->now + w->item[i].latency, i};
	size_t at = w->flights++;
	for (; at > 0 && w->flight[at - 1].end < f.end; at--)
		w->flight[at] = w->flight[at - 1];
	w->flight[at] = f;
}

static void check_start(struct world *w, size_t i)
{
	struct item *it = &w->item[i];
	struct host *h = &w->host[it->host];
	if (h->started >= h->added || h->item[h->started] != i)
		fail_msg("%s: item %zu out of its turn", w->scene->name, i);
	if (w->now < it->not_before || w->now < h->held_until)
		fail_msg("%s: item %zu too soon", w->scene->name, i);
	if (w->now - h->last_start < h->interval)
		fail_msg("%s: %d ms after the one before", w->scene->name, (int)(w->now - h->last_start));
	if (h->under_way >= h->per_host || w->flights >= w->scene->pace.in_all)
		fail_msg("%s: %u under way at one host, %zu in all", w->scene->name, h->under_way, w->flights);

	/* From when it could certainly start, no other host was served twice before it but the one with most to do. */
	int64_t longest = h->interval + h->interval * w->scene->pace.jitter / 100;
	int64_t could = latest(latest(h->last_start + longest, h->last_change), latest(it->not_before, h->held_until));
	could = latest(could, it->added);
	if (starts_since(w, could + 1) > 2 * w->hosts + 2)
		fail_msg("%s: %zu others before item %zu", w->scene->name, starts_since(w, could + 1), i);
}

static void start(struct world *w, size_t i)
{
	struct host *h = &w->host[w->item[i].host];
	check_start(w, i);
	h->started++;
	h->under_way++;
	h->last_start = w->now;
	w->item[i].starts++;
	w->starts[w->nr_starts++] = w->now;
	w->order = fnv_add(w->order, (struct str){(const char *)&i, sizeof(i)});
	depart(w, i);
}

static void land(struct world *w)
{
	size_t i = w->flight[--w->flights].item;
	struct item *it = &w->item[i];
	struct host *h = &w->host[it->host];
	h->under_way--;
	h->last_change = w->now;
	link_queue_done(w->q, h->name, w->now);
	if (draw(&w->seed, 100) < w->scene->held) {
		h->held_until = w->now + 1000 + (int64_t)draw(&w->seed, 1000);
		link_queue_wait(w->q, h->name, h->held_until);
	}
	if (it->starts == 1 && draw(&w->seed, 100) < w->scene->again)
		add(w, i, w->now + RETRY_AFTER);
	else
		w->over++;
}

/* Starts what may start, then goes on to what comes next. */
static void run(struct world *w)
{
	for (;;) {
		size_t i;
		while (link_queue_next(w->q, w->now, &i))
			start(w, i);
		int64_t due = link_queue_due(w->q, w->now);
		assert_true(due > w->now);
		int64_t end = w->flights ? w->flight[w->flights - 1].end : INT64_MAX;
		if (due == INT64_MAX && end == INT64_MAX)
			break;
		w->now = due < end ? due : end;
		while (w->flights && w->flight[w->flights - 1].end <= w->now)
			land(w);
	}
}

/* When this host would be done if there were no other. */
static int64_t alone(const struct world *w, const struct host *h)
{
	int64_t slot[8] = {0}, begin = 0, end = 0;
	for (size_t i = 0; i < h->added; i++) {
		const struct item *it = &w->item[h->item[i]];
		size_t first = 0;
		for (size_t s = 1; s < h->per_host; s++)
			first = slot[s] < slot[first] ? s : first;
		begin = latest(begin, slot[first]);
		slot[first] = begin + it->latency;
		end = latest(end, slot[first]);
		begin += h->interval + h->interval * w->scene->pace.jitter / 200;
	}
	return end;
}

static int64_t bound(const struct world *w)
{
	int64_t sum = 0, longest = 0;
	for (size_t i = 0; i < w->items; i++)
		sum += w->item[i].latency * w->item[i].starts;
	for (size_t i = 0; i < w->hosts; i++)
		longest = latest(longest, alone(w, &w->host[i]));
	return latest(sum / w->scene->pace.in_all, longest);
}

static void check_end(const struct world *w)
{
	assert_int_equal(w->over, w->items);
	assert_int_equal(link_queue_waiting(w->q), 0);
	for (size_t i = 0; i < w->items; i++)
		assert_in_range(w->item[i].starts, 1, w->scene->again ? 2 : 1);
	int64_t best = bound(w);
	print_message("%s: %zu links of %zu hosts in %.1f s, at best %.1f s\n", w->scene->name, w->items, w->hosts,
	              (double)w->now / 1000, (double)best / 1000);
	if (w->scene->timed)
		assert_true((double)(w->now - RETRY_AFTER) <= 1.05 * (double)best);
}

static uint64_t play(const struct scene *scene)
{
	struct world w;
	set_up(&w, scene);
	run(&w);
	check_end(&w);
	uint64_t order = w.order;
	link_queue_free(w.q);
	arena_release(&w.a);
	return order;
}

static void test_scenes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(scenes); i++)
		play(&scenes[i]);
}

static void test_same_again(void **state)
{
	(void)state;
	assert_true(play(&scenes[3]) == play(&scenes[3]));
}

static size_t start_all(struct link_queue *q, int64_t now, size_t *items)
{
	size_t nr = 0;
	while (link_queue_next(q, now, &items[nr]))
		nr++;
	return nr;
}

/* Step by step: an interval, jitter that only makes it longer, being left alone, giving up. */
static void test_steps(void **state)
{
	static const struct link_pace pace = {1, 2, 500, 0, NULL};
	struct link_queue *q = link_queue_new(&pace, 0);
	size_t got[8];
	(void)state;
	assert_true(link_queue_due(q, 5) == INT64_MAX);
	for (size_t i = 0; i < 4; i++)
		link_queue_add(q, STR("a.example"), i, 0);
	link_queue_add(q, STR("b.example"), 10, 50);
	assert_true(link_queue_due(q, 5) == 5);
	assert_int_equal(start_all(q, 5, got), 1);
	assert_true(link_queue_due(q, 5) == 50);
	link_queue_done(q, STR("a.example"), 7);
	assert_int_equal(start_all(q, 49, got), 0);
	assert_int_equal(start_all(q, 50, got), 1);
	assert_int_equal(got[0], 10);
	assert_true(link_queue_due(q, 50) == 505);
	assert_int_equal(start_all(q, 504, got), 0);
	assert_int_equal(start_all(q, 505, got), 1);
	assert_int_equal(got[0], 1);
	assert_true(link_queue_due(q, 2000) == INT64_MAX);
	link_queue_done(q, STR("a.example"), 600);
	link_queue_wait(q, STR("a.example"), 9000);
	link_queue_wait(q, STR("a.example"), 8000);
	assert_true(link_queue_due(q, 600) == 9000);
	assert_int_equal(link_queue_waiting(q), 2);
	assert_int_equal(link_queue_drop(q, STR("a.example"), got, 1), 1);
	assert_int_equal(got[0], 2);
	assert_int_equal(link_queue_drop(q, STR("a.example"), got, 8), 1);
	assert_int_equal(link_queue_drop(q, STR("a.example"), got, 8), 0);
	assert_int_equal(link_queue_drop(q, STR("c.example"), got, 8), 0);
	link_queue_done(q, STR("b.example"), 700);
	assert_true(link_queue_due(q, 700) == INT64_MAX && link_queue_waiting(q) == 0);
	link_queue_free(q);
	link_queue_free(NULL);
}

static void test_jitter(void **state)
{
	static const struct link_pace pace = {2, 2, 1000, 30, NULL};
	struct link_queue *q = link_queue_new(&pace, 42);
	int64_t now = 0, least = INT64_MAX, most = 0;
	size_t item;
	(void)state;
	for (size_t i = 0; i < 2000; i++)
		link_queue_add(q, STR("a.example"), i, 0);
	while (link_queue_next(q, now, &item)) {
		int64_t before = now;
		link_queue_done(q, STR("a.example"), now);
		if (link_queue_waiting(q) == 0)
			break;
		now = link_queue_due(q, now);
		least = now - before < least ? now - before : least;
		most = latest(most, now - before);
	}
	assert_in_range(least, 1000, 1010);
	assert_in_range(most, 1290, 1300);
	link_queue_free(q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_jitter),
		cmocka_unit_test(test_scenes),
		cmocka_unit_test(test_same_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
