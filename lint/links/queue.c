#include "lint/links/queue.h"

#include <stdlib.h>

#include "core/base/arena.h"
#include "core/base/fnv.h"
#include "lint/links/queue_heap.h"

struct waiting {
	size_t item;
	int64_t not_before;
	struct waiting *next;
};

struct link_queue {
	const struct link_pace *pace;
	struct arena arena;
	uint64_t seed;
	struct queue_host **table; /* by name, open addressing; a power of two */
	size_t hosts, slots;
	struct queue_heap later, ready; /* hosts with something that waits and a place for it */
	struct queue_host *oldest, *newest;
	struct waiting *spare;
	size_t waiting;
	unsigned under_way;
	bool turn; /* whose is the next: of what has most before it */
};

struct link_queue *link_queue_new(const struct link_pace *pace, uint64_t seed)
{
	struct link_queue *q = xcalloc(1, sizeof(*q));
	q->pace = pace;
	q->seed = seed;
	q->slots = 64;
	q->table = xcalloc(q->slots, sizeof(struct queue_host *));
	q->later.before = queue_sooner;
	q->ready.before = queue_longer;
	return q;
}

void link_queue_free(struct link_queue *q)
{
	if (!q)
		return;
	queue_heap_release(&q->later);
	queue_heap_release(&q->ready);
	free(q->table);
	arena_release(&q->arena);
	free(q);
}

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t draw(struct link_queue *q)
{
	uint64_t z = q->seed += UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

static int64_t interval_of(struct link_queue *q, const struct queue_host *h)
{
	int64_t most = h->interval * q->pace->jitter / 100;
	return h->interval + (most > 0 ? (int64_t)(draw(q) % ((uint64_t)most + 1)) : 0);
}

static struct queue_host **slot_of(const struct link_queue *q, struct str name)
{
	size_t i = (size_t)fnv_add(FNV_START, name) & (q->slots - 1);
	while (q->table[i] && !str_eq(q->table[i]->name, name))
		i = (i + 1) & (q->slots - 1);
	return &q->table[i];
}

static void grow(struct link_queue *q)
{
	struct queue_host **old = q->table;
	size_t slots = q->slots;
	q->slots *= 2;
	q->table = xcalloc(q->slots, sizeof(struct queue_host *));
	for (size_t i = 0; i < slots; i++)
		if (old[i])
			*slot_of(q, old[i]->name) = old[i];
	free(old);
}

static struct queue_host *host_of(struct link_queue *q, struct str name)
{
	struct queue_host *h = *slot_of(q, name);
	if (h)
		return h;
	if (2 * ++q->hosts > q->slots)
		grow(q);
	h = arena_new(&q->arena, struct queue_host);
	h->name = arena_str(&q->arena, name);
	const struct link_host *own = link_host_of(q->pace->hosts, name);
	h->per_host = own && own->in_flight ? own->in_flight : q->pace->per_host;
	h->interval = own && own->interval ? own->interval : q->pace->interval;
	h->next_start = h->held_until = INT64_MIN;
	*slot_of(q, name) = h;
	return h;
}

static void leave_line(struct link_queue *q, struct queue_host *h)
{
	*(h->older ? &h->older->newer : &q->oldest) = h->newer;
	*(h->newer ? &h->newer->older : &q->newest) = h->older;
	h->older = h->newer = NULL;
}

static void enter_line(struct link_queue *q, struct queue_host *h)
{
	h->older = q->newest;
	*(q->newest ? &q->newest->newer : &q->oldest) = h;
	q->newest = h;
}

static int64_t later_of(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* A host is where it belongs: among those that may start later, or nowhere. What is due goes on from there. */
static void settle(struct link_queue *q, struct queue_host *h)
{
	if (h->state == QUEUE_READY)
		leave_line(q, h);
	if (h->state != QUEUE_IDLE)
		queue_heap_remove(h->state == QUEUE_READY ? &q->ready : &q->later, h);
	h->state = QUEUE_IDLE;
	if (!h->first || h->under_way >= h->per_host)
		return;
	h->due = later_of(later_of(h->next_start, h->held_until), h->first->not_before);
	h->state = QUEUE_LATER;
	queue_heap_add(&q->later, h);
}

static void wake(struct link_queue *q, int64_t now)
{
	while (q->later.nr && q->later.v[0]->due <= now) {
		struct queue_host *h = q->later.v[0];
		queue_heap_remove(&q->later, h);
		h->state = QUEUE_READY;
		queue_heap_add(&q->ready, h);
		enter_line(q, h);
	}
}

void link_queue_add(struct link_queue *q, struct str host, size_t item, int64_t not_before)
{
	struct queue_host *h = host_of(q, host);
	struct waiting *w = q->spare;
	if (w)
		q->spare = w->next;
	else
		w = arena_new(&q->arena, struct waiting);
	*w = (struct waiting){item, not_before, NULL};
	*(h->first ? &h->last->next : &h->first) = w;
	h->last = w;
	h->waiting++;
	q->waiting++;
	if (h->state == QUEUE_READY)
		queue_heap_raise(&q->ready, h);
	else
		settle(q, h);
}

static size_t take(struct link_queue *q, struct queue_host *h)
{
	struct waiting *w = h->first;
	h->first = w->next;
	w->next = q->spare;
	q->spare = w;
	h->waiting--;
	q->waiting--;
	return w->item;
}

bool link_queue_next(struct link_queue *q, int64_t now, size_t *item)
{
	wake(q, now);
	if (!q->ready.nr || q->under_way >= q->pace->in_all)
		return false;
	q->turn = !q->turn;
	struct queue_host *h = q->turn ? q->ready.v[0] : q->oldest;
	*item = take(q, h);
	h->under_way++;
	q->under_way++;
	h->next_start = now + interval_of(q, h);
	settle(q, h);
	return true;
}

void link_queue_done(struct link_queue *q, struct str host, int64_t now)
{
	struct queue_host *h = *slot_of(q, host);
	if (!h || !h->under_way)
		BUG("nothing is under way at %.*s", STR_ARG(host));
	h->under_way--;
	q->under_way--;
	if (h->state == QUEUE_IDLE)
		settle(q, h);
	wake(q, now);
}

void link_queue_wait(struct link_queue *q, struct str host, int64_t until)
{
	struct queue_host *h = host_of(q, host);
	h->held_until = later_of(h->held_until, until);
	settle(q, h);
}

size_t link_queue_drop(struct link_queue *q, struct str host, size_t *items, size_t room)
{
	struct queue_host *h = *slot_of(q, host);
	size_t nr = 0;
	while (h && h->first && nr < room)
		items[nr++] = take(q, h);
	if (nr)
		settle(q, h);
	return nr;
}

int64_t link_queue_due(struct link_queue *q, int64_t now)
{
	wake(q, now);
	if (q->under_way >= q->pace->in_all)
		return INT64_MAX;
	if (q->ready.nr)
		return now;
	return q->later.nr ? q->later.v[0]->due : INT64_MAX;
}

size_t link_queue_waiting(const struct link_queue *q)
{
	return q->waiting;
}
