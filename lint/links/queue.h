/*
 * Which link is asked for next, and when: each host has a queue of its own, so that a host with half of all links holds up
 * nobody. Pure: the caller has the clock. Times are milliseconds of any clock that never goes back.
 */
#pragma once

#include "lint/links/hosts.h"

/* Borrowed for as long as the queue lives. */
struct link_pace {
	unsigned per_host;              /* under way at one host; at least 1 */
	unsigned in_all;                /* under way; at least 1 */
	int64_t interval;               /* from one start at a host to the next */
	unsigned jitter;                /* per cent that an interval may be longer, by chance */
	const struct link_hosts *hosts; /* those whose pace is another; NULL: none */
};

struct link_queue;

/* The caller frees with link_queue_free(). The same seed, calls and times give the same order. */
struct link_queue *link_queue_new(const struct link_pace *pace, uint64_t seed);
void link_queue_free(struct link_queue *q);

/* Behind what already waits for that host, which is never overtaken; `host` is copied. Nothing starts before `not_before`. */
void link_queue_add(struct link_queue *q, struct str host, size_t item, int64_t not_before);
/*
 * One that starts now. False: none may. In turn the host that could start longest ago, and the one that has most before it: none
 * waits for ever, and what takes longest is begun first.
 */
bool link_queue_next(struct link_queue *q, int64_t now, size_t *item);
/* One that link_queue_next() gave for that host is over. */
void link_queue_done(struct link_queue *q, struct str host, int64_t now);
/* Nothing more starts at that host before `until`. */
void link_queue_wait(struct link_queue *q, struct str host, int64_t until);
/* Takes out up to `room` of what waits for that host, in its order. How many: 0 when there are no more. */
size_t link_queue_drop(struct link_queue *q, struct str host, size_t *items, size_t room);
/*
 * When something may start, `now` at the soonest. INT64_MAX: nothing waits, or only for one of those under way to be over.
 */
int64_t link_queue_due(struct link_queue *q, int64_t now);
/* What waits, and has not been started or dropped. */
size_t link_queue_waiting(const struct link_queue *q);
