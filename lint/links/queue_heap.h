/* Hosts that wait, the first of them on top: what queue.c alone uses. */
#pragma once

#include "core/base/str.h"

struct waiting;

struct queue_host {
	struct str name;
	unsigned per_host, under_way;
	int64_t interval;
	struct waiting *first, *last; /* `last` holds only while there is a first */
	size_t waiting;
	int64_t next_start, held_until;
	int64_t due; /* when it may start; holds in QUEUE_LATER and QUEUE_READY */
	enum { QUEUE_IDLE, QUEUE_LATER, QUEUE_READY } state;
	size_t place;                     /* in its heap */
	struct queue_host *older, *newer; /* of those that are ready, in the order in which they became so */
};

struct queue_heap {
	struct queue_host **v;
	size_t nr, cap;
	bool (*before)(const struct queue_host *, const struct queue_host *);
};

/* Orders for `before`: due sooner; more to wait for. */
bool queue_sooner(const struct queue_host *a, const struct queue_host *b);
bool queue_longer(const struct queue_host *a, const struct queue_host *b);

void queue_heap_release(struct queue_heap *heap);
void queue_heap_add(struct queue_heap *heap, struct queue_host *h);
/* `h` is in it. */
void queue_heap_remove(struct queue_heap *heap, struct queue_host *h);
/* `h` is in it, and may belong further up than before. */
void queue_heap_raise(struct queue_heap *heap, struct queue_host *h);
