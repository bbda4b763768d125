/* Many independent pieces of work, on several threads. */
#pragma once

#include <stddef.h>

struct pool_work {
	/* What one thread has to itself, and its end. */
	void *(*begin)(void);
	void (*end)(void *own);
	/* The piece number `i`. Each is done once, by whichever thread is free. */
	void (*piece)(void *own, void *context, size_t i);
};

/* Does `nr` pieces on at most so many threads (0: as many as there are cores), this one included, and waits for them. */
void pool_run(const struct pool_work *work, void *context, size_t nr, unsigned threads);
