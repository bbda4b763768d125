#include "core/base/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MOST_THREADS = 64 };

struct pool {
	const struct pool_work *work;
	void *context;
	size_t nr;
	atomic_size_t next;
};

static void *run(void *context)
{
	struct pool *pool = context;
	void *own = pool->work->begin();
	size_t i;
	while ((i = atomic_fetch_add(&pool->next, 1)) < pool->nr)
		pool->work->piece(own, pool->context, i);
	pool->work->end(own);
	return NULL;
}

static unsigned cores(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1 : n > MOST_THREADS ? MOST_THREADS : (unsigned)n;
}

void pool_run(const struct pool_work *work, void *context, size_t nr, unsigned threads)
{
	pthread_t thread[MOST_THREADS];
	struct pool pool = {.work = work, .context = context, .nr = nr};
	unsigned wanted = threads ? threads : cores(), started = 0;
	if (wanted > MOST_THREADS)
		wanted = MOST_THREADS;
	/* This thread works, too; a thread that cannot be had only makes it slower. */
	while (started + 1 < wanted && started + 1 < nr && pthread_create(&thread[started], NULL, run, &pool) == 0)
		started++;
	run(&pool);
	for (unsigned i = 0; i < started; i++)
		pthread_join(thread[i], NULL);
}
