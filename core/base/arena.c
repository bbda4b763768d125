#include "core/base/arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>

/* AddressSanitizer is told what is nobody's: what was not handed out yet, and what was taken back. */
#if __has_include(<sanitizer/asan_interface.h>)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

struct arena_block {
	struct arena_block *older;
	size_t size;
	alignas(max_align_t) char bytes[];
};

void arena_release(struct arena *a)
{
	while (a->block) {
		struct arena_block *older = a->block->older;
		free(a->block);
		a->block = older;
	}
	*a = (struct arena){0};
}

void arena_reset(struct arena *a)
{
	struct arena_block *kept = a->block;
	if (!kept)
		return;
	struct arena older = {.block = kept->older};
	arena_release(&older);
	kept->older = NULL;
	ASAN_POISON_MEMORY_REGION(kept->bytes, kept->size);
	*a = (struct arena){.block = kept, .total = kept->size};
}

void arena_reserve(struct arena *a, size_t size)
{
	struct arena_block *block = xmalloc(sizeof(*block) + size);
	block->older = a->block;
	block->size = size;
	ASAN_POISON_MEMORY_REGION(block->bytes, size);
	a->block = block;
	a->used = 0;
	a->total += size;
}

static void add_block(struct arena *a, size_t bytes)
{
	size_t size = a->block ? a->block->size * 2 : FIRST_BLOCK;
	if (size > LARGEST_BLOCK)
		size = LARGEST_BLOCK;
	arena_reserve(a, size < bytes ? bytes : size);
}

size_t arena_rounded(size_t bytes)
{
	return (bytes + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

void *arena_raw(struct arena *a, size_t bytes)
{
	if (bytes > SIZE_MAX / 2)
		BUG("%zu bytes asked for", bytes);
	size_t start = arena_rounded(a->used);
	if (!a->block || start > a->block->size || bytes > a->block->size - start) {
		add_block(a, bytes);
		start = 0;
	}
	a->used = start + bytes;
	ASAN_UNPOISON_MEMORY_REGION(a->block->bytes + start, bytes);
	return a->block->bytes + start;
}

void *arena_alloc(struct arena *a, size_t bytes)
{
	return memset(arena_raw(a, bytes), 0, bytes);
}

struct str arena_str(struct arena *a, struct str s)
{
	char *copy = arena_raw(a, s.n + 1);
	if (s.n)
		memcpy(copy, s.p, s.n);
	copy[s.n] = 0;
	return (struct str){copy, s.n};
}

char *arena_strdup(struct arena *a, const char *z)
{
	size_t bytes = strlen(z) + 1;
	return memcpy(arena_raw(a, bytes), z, bytes);
}

struct str arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	char first[256];
	va_list again;
	va_copy(again, ap);
	int n = vsnprintf(first, sizeof(first), fmt, ap);
	if (n < 0)
		BUG("a format that cannot be printed: %s", fmt);
	char *text = arena_raw(a, (size_t)n + 1);
	if ((size_t)n < sizeof(first))
		memcpy(text, first, (size_t)n + 1);
	else
		vsnprintf(text, (size_t)n + 1, fmt, again);
	va_end(again);
	return (struct str){text, (size_t)n};
}

struct str arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	struct str s = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return s;
}

void *arena_grow(struct arena *a, void *array, size_t nr, size_t *cap, size_t size)
{
	if (nr < *cap)
		return array;
	if (*cap > SIZE_MAX / 4 / size)
		BUG("an array of %zu elements cannot grow", *cap);
	*cap = *cap ? *cap * 2 : 8;
	void *grown = arena_alloc(a, *cap * size);
	if (nr)
		memcpy(grown, array, nr * size);
	return grown;
}
