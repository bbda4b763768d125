#include "lint/links/queue_heap.h"

#include <stdlib.h>

#include "core/base/alloc.h"

bool queue_sooner(const struct queue_host *a, const struct queue_host *b)
{
	return a->due < b->due;
}

static double rest_of(const struct queue_host *h)
{
	return (double)h->waiting * (double)(h->interval > 0 ? h->interval : 1);
}

bool queue_longer(const struct queue_host *a, const struct queue_host *b)
{
	return rest_of(a) > rest_of(b);
}

void queue_heap_release(struct queue_heap *heap)
{
	free(heap->v);
	heap->v = NULL;
	heap->nr = heap->cap = 0;
}

static void put(struct queue_heap *heap, size_t place, struct queue_host *h)
{
	heap->v[place] = h;
	h->place = place;
}

void queue_heap_raise(struct queue_heap *heap, struct queue_host *h)
{
	size_t i = h->place;
	while (i > 0 && heap->before(h, heap->v[(i - 1) / 2])) {
		put(heap, i, heap->v[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
	put(heap, i, h);
}

static void sink(struct queue_heap *heap, struct queue_host *h)
{
	size_t i = h->place;
	for (;;) {
		size_t child = 2 * i + 1;
		if (child + 1 < heap->nr && heap->before(heap->v[child + 1], heap->v[child]))
			child++;
		if (child >= heap->nr || !heap->before(heap->v[child], h))
			break;
		put(heap, i, heap->v[child]);
		i = child;
	}
	put(heap, i, h);
}

void queue_heap_add(struct queue_heap *heap, struct queue_host *h)
{
	if (heap->nr == heap->cap) {
		heap->cap = heap->cap ? 2 * heap->cap : 64;
		heap->v = xrealloc(heap->v, heap->cap * sizeof(*heap->v));
	}
	put(heap, heap->nr++, h);
	queue_heap_raise(heap, h);
}

void queue_heap_remove(struct queue_heap *heap, struct queue_host *h)
{
	struct queue_host *last = heap->v[--heap->nr];
	if (last == h)
		return;
	put(heap, h->place, last);
	queue_heap_raise(heap, last);
	sink(heap, last);
}
