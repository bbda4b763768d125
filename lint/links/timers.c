#include "lint/links/timers.h"

#include <stdlib.h>

void link_timers_release(struct link_timers *t)
{
	free(t->v);
	*t = (struct link_timers){0};
}

static void swap(struct link_timer *a, struct link_timer *b)
{
	struct link_timer c = *a;
	*a = *b;
	*b = c;
}

void link_timers_add(struct link_timers *t, struct link_timer timer)
{
	if (t->nr == t->cap) {
		t->cap = t->cap ? 2 * t->cap : 64;
		t->v = xrealloc(t->v, t->cap * sizeof(*t->v));
	}
	size_t i = t->nr++;
	t->v[i] = timer;
	for (; i && t->v[i].due < t->v[(i - 1) / 2].due; i = (i - 1) / 2)
		swap(&t->v[i], &t->v[(i - 1) / 2]);
}

int64_t link_timers_due(const struct link_timers *t)
{
	return t->nr ? t->v[0].due : INT64_MAX;
}

bool link_timers_take(struct link_timers *t, int64_t now, struct link_timer *out)
{
	if (!t->nr || t->v[0].due > now)
		return false;
	*out = t->v[0];
	t->v[0] = t->v[--t->nr];
	for (size_t i = 0, child; (child = 2 * i + 1) < t->nr; i = child) {
		if (child + 1 < t->nr && t->v[child + 1].due < t->v[child].due)
			child++;
		if (t->v[i].due <= t->v[child].due)
			break;
		swap(&t->v[i], &t->v[child]);
	}
	return true;
}
