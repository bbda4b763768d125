/*
 * Memory that lives and dies together: many allocations, one release.
 * Nothing that comes out of an arena is freed by itself.
 */
#pragma once

#include <stdarg.h>

#include "core/base/alloc.h"
#include "core/base/str.h"

struct arena_block;

struct arena {
	struct arena_block *block; /* the newest */
	size_t used;               /* bytes handed out of it */
	size_t total;              /* bytes taken from malloc, for the accounts */
};

/* A zeroed `struct arena` is an empty one; so `struct arena a = {0};` will do. */
void arena_release(struct arena *a);
/* Forgets everything, keeps one block for the next use. */
void arena_reset(struct arena *a);

/* The next pieces lie together, in a block of so many bytes: the sum of their sizes, each of them rounded. */
void arena_reserve(struct arena *a, size_t bytes);
size_t arena_rounded(size_t bytes);

/* Zeroed, aligned for any type. Never NULL, also not for 0 bytes. */
void *arena_alloc(struct arena *a, size_t bytes);
/* The same, but whatever was there before. */
void *arena_raw(struct arena *a, size_t bytes);
#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, count) ((type *)arena_alloc((a), (count) * sizeof(type)))

/* Copies; the result ends in NUL behind its length. */
struct str arena_str(struct arena *a, struct str s);
char *arena_strdup(struct arena *a, const char *z);
struct str arena_printf(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
struct str arena_vprintf(struct arena *a, const char *fmt, va_list ap);

/*
 * Makes room for one more element in an array of the arena that doubles as it grows:
 *     v = arena_grow(a, v, nr, &cap, sizeof(*v));
 */
void *arena_grow(struct arena *a, void *array, size_t nr, size_t *cap, size_t size);
