/* What is due later, the soonest first. */
#pragma once

#include "core/base/arena.h"

struct link_timer {
	int64_t due;
	int kind; /* the caller's */
	void *what;
};

/* A zeroed one is empty. */
struct link_timers {
	struct link_timer *v;
	size_t nr, cap;
};

void link_timers_release(struct link_timers *t);
void link_timers_add(struct link_timers *t, struct link_timer timer);
/* INT64_MAX: nothing is. */
int64_t link_timers_due(const struct link_timers *t);
/* Takes out one that is due. */
bool link_timers_take(struct link_timers *t, int64_t now, struct link_timer *out);
