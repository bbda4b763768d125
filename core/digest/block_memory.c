#include "core/digest/block_memory.h"

#include <pthread.h>
#include <stdlib.h>

#include <tree_sitter/api.h>

#include "core/base/arena.h"

enum {
	STEP = 16,          /* small pieces differ by this many bytes */
	SMALL_CLASSES = 64, /* up to 1 KB; above that sizes double */
	CLASSES = SMALL_CLASSES + 64,
};

/* Stands before each piece; as long as the strictest alignment. */
union head {
	struct {
		size_t class, bytes;
	} used;
	union head *next; /* while it waits for its next use */
	max_align_t align;
};

struct block_memory {
	struct arena arena;
	union head *waiting[CLASSES];
};

/* The library's allocator has no argument that could say whose memory it is. */
static _Thread_local struct block_memory *current;

static size_t class_of(size_t bytes, size_t *rounded)
{
	size_t class = (bytes + STEP - 1) / STEP;
	*rounded = class * STEP;
	if (class < SMALL_CLASSES)
		return class;
	class = SMALL_CLASSES;
	for (*rounded = (size_t)SMALL_CLASSES * STEP; *rounded < bytes; *rounded *= 2)
		class ++;
	return class;
}

static void *take(size_t bytes)
{
	size_t rounded, class = class_of(bytes, &rounded);
	if (!current || bytes > SIZE_MAX / 4)
		BUG("the parser asks for %zu bytes out of turn", bytes);
	union head *head = current->waiting[class];
	if (head)
		current->waiting[class] = head->next;
	else
		head = arena_raw(&current->arena, sizeof(*head) + rounded);
	head->used.class = class;
	head->used.bytes = rounded;
	return head + 1;
}

static void *take_zeroed(size_t count, size_t bytes)
{
	if (bytes && count > SIZE_MAX / 4 / bytes)
		BUG("the parser asks for %zu times %zu bytes", count, bytes);
	return memset(take(count * bytes), 0, count * bytes);
}

static void give_back(void *p)
{
	if (!p)
		return;
	union head *head = (union head *)p - 1;
	size_t class = head->used.class;
	head->next = current->waiting[class];
	current->waiting[class] = head;
}

static void *resize(void *p, size_t bytes)
{
	if (!p)
		return take(bytes);
	size_t had = ((union head *)p - 1)->used.bytes;
	if (had >= bytes)
		return p;
	void *grown = memcpy(take(bytes), p, had);
	give_back(p);
	return grown;
}

static void set_allocator(void)
{
	ts_set_allocator(take, take_zeroed, resize, give_back);
}

struct block_memory *block_memory_new(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, set_allocator);
	return xcalloc(1, sizeof(struct block_memory));
}

void block_memory_free(struct block_memory *m)
{
	arena_release(&m->arena);
	free(m);
}

void block_memory_begin(struct block_memory *m)
{
	if (current)
		BUG("a parse within a parse");
	current = m;
}

size_t block_memory_used(const struct block_memory *m)
{
	return m->arena.total;
}

void block_memory_end(struct block_memory *m)
{
	current = NULL;
	arena_reset(&m->arena);
	memset(m->waiting, 0, sizeof(m->waiting));
}
