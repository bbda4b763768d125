/*
 * Asks for links, politely and many at a time, until for each of them it is known what to think of it: redirects are followed by
 * hand, each hop under the whole policy and in the queue of its host; what seems to be gone is looked at twice.
 */
#pragma once

#include "lint/links/fetch.h"
#include "lint/links/outcome.h"
#include "lint/links/policy.h"
#include "lint/links/queue.h"

struct link_answer {
	struct link_verdict verdict;
	struct str final_url; /* where redirects led to; "" where there were none */
	struct str moved;     /* the last one that permanent redirects alone led to; "" where the first was none */
	struct str address;   /* that the last answer came from; "" for none */
	long status;          /* of the last answer; 0: there was none */
	unsigned hops, looks; /* redirects; requests */
};

/* A request that went out, or may have. */
struct link_contact {
	struct str host, address, url;
	unsigned port;
};

struct link_sum {
	size_t count[LINK_OUTCOMES];
	size_t requests;
	bool stopped, late; /* by `stop`, by the deadline: not all is known */
	bool network_fails; /* the canary was not found when some other name was not */
};

struct link_check_wish {
	const struct link_policy *policy;
	const struct link_pace *pace;
	struct fetch_limits limits; /* but for `allows` and `marker`; `connections` is at least what the pace has in all */
	int64_t deadline;           /* ms from the start; 0: none */
	int64_t patience;           /* ms, the longest time without asking `stop`; 0: 200 */
	uint64_t seed;              /* of chance */
	unsigned threads;           /* that look up names */
	const char *canary;         /* a name that must be found before another one counts as gone; NULL: none is asked */
	int64_t (*now)(void *context); /* ms of a clock that never goes back */
	/* Asked several times a second. True: no more, what is known is told. */
	bool (*stop)(void *context);
	/* What `ask[which]` is found to be; once for each. Its texts stand for as long as the call. */
	void (*told)(void *context, size_t which, const struct link_answer *answer);
	void (*contacted)(void *context, const struct link_contact *contact);
	/*
	 * A page that `ask[which]` led to, as it came with its Content-Type, before it is told; its texts stand for as long as the call.
	 * NULL: nobody wants to read them.
	 */
	void (*page)(void *context, size_t which, struct str bytes, struct str type);
	void *context;
};

/* `url` as written; those of one page are asked for once. -1: nobody can be asked; nothing is told, or not all. */
int link_check(const struct str *url, size_t nr, const struct link_check_wish *wish, struct link_sum *sum,
               struct err *err);
