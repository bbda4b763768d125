#include "lint/month.h"

#include <stdlib.h>

static int month_of(const struct job *job)
{
	return job->facts.choice.date.year * 12 + job->facts.choice.date.month;
}

static int by_month(const void *x, const void *y)
{
	const struct job *a = *(struct job *const *)x, *b = *(struct job *const *)y;
	int order = (month_of(a) > month_of(b)) - (month_of(a) < month_of(b));
	return order ? order : strcmp(a->source.path, b->source.path);
}

struct months months_of(struct arena *a, struct job *jobs, size_t nr)
{
	struct months out = {0};
	struct job **v = arena_array(a, struct job *, nr);
	size_t kept = 0, cap = 0;
	for (size_t i = 0; i < nr; i++)
		if (jobs[i].kind == JOB_DIGEST && jobs[i].path && jobs[i].memory)
			v[kept++] = &jobs[i];
	if (kept)
		qsort(v, kept, sizeof(*v), by_month);
	for (size_t from = 0, end; from < kept; from = end) {
		for (end = from + 1; end < kept && month_of(v[end]) == month_of(v[from]);)
			end++;
		out.v = arena_grow(a, out.v, out.nr, &cap, sizeof(*out.v));
		out.v[out.nr++] = (struct month){v + from, end - from};
	}
	return out;
}
