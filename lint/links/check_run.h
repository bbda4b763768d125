/* A run of link_check(): what check.c, check_host.c, check_look.c and check_tell.c share. */
#pragma once

#include "core/base/arena.h"
#include "lint/links/check.h"
#include "lint/links/resolve.h"
#include "lint/links/timers.h"

enum {
	MOST_HOPS = 8,
	MOST_LOOKS = 4,      /* at one hop */
	MOST_ADDRESSES = 16, /* of a host */
};

/* One page that is asked for. */
struct pursuit {
	size_t which;
	struct pursuit *same; /* others that ask for it are told with it */
	struct pursuit *next; /* in the line of its host, or of those that ended elsewhere */
	struct link_target asked, at;
	struct check_host *host; /* of `at` */
	struct str seen[MOST_HOPS];
	unsigned hops;
	bool leading; /* all hops were permanent */
	struct str moved, moved_key;
	struct link_evidence earlier[MOST_LOOKS], last; /* at this hop */
	unsigned looks, requests;
	bool afresh; /* the next look takes a new connection */
	bool fed;    /* waits in the queue as one of the host's line */
	bool flying, settled;
	struct str address;
	bool reads; /* a link to it names a place in it: the page itself is looked at */
	bool lacks; /* that place is not there */
};

enum host_state {
	HOST_NEW,     /* nobody wants it yet */
	HOST_WANTED,  /* waits to be looked up */
	HOST_ASKED,   /* is being looked up */
	HOST_RESTING, /* was not found; is looked up again */
	HOST_DOUBTED, /* was not found twice; perhaps nothing is */
	HOST_KNOWN,
};

struct check_host {
	struct str name;
	enum host_state state;
	struct check_host *next; /* of those wanted, or doubted */
	struct pursuit *first,
		*last;  /* wait for the address, or for room in the queue; `last` holds while there is a first */
	size_t fed; /* of them, in the queue */
	struct resolved is;
	int64_t asked_at;
	unsigned looks;   /* how often it was looked up */
	unsigned limited; /* how often it said that we ask too much, after we had waited */
	bool late;        /* the look-up took too long */
	bool given_up;    /* it wants to be left alone */
};

struct check_run {
	const struct link_check_wish *wish;
	struct arena arena;
	struct pursuit *v;         /* all, by number */
	size_t nr, open;           /* those that are not settled */
	struct check_host **table; /* open addressing; a power of two */
	size_t hosts, slots;
	struct check_host *wanted, **wanted_end, *doubted;
	size_t asking; /* look-ups that are under way */
	struct check_host *canary;
	int64_t canary_at;
	bool canary_asked, network_fails, no_ca;
	struct link_queue *queue;
	struct resolver *resolver;
	struct fetcher *fetcher;
	struct link_timers timers;
	struct pursuit *landed; /* found somewhere else: judged when all is over */
	struct link_sum *sum;
	int64_t now;
};

enum timer_kind { TIMER_LOOK, TIMER_LOOK_UP, TIMER_LOOK_UP_LATE, TIMER_CANARY_LATE };

/* ---- check_host.c ---- */

void hosts_begin(struct check_run *run);
void hosts_end(struct check_run *run);
/* The pursuit waits for its turn at the host of `at`; settled at once where that can have none. */
void host_enter(struct check_run *run, struct pursuit *p);
/* One of its line has left the queue. */
void host_feed(struct check_run *run, struct check_host *h);
/* Looks up names, and takes in what was found. */
void hosts_work(struct check_run *run);
void hosts_timer(struct check_run *run, const struct link_timer *t);
/* Whatever waits for it is left out of this run. */
void host_give_up(struct check_run *run, struct check_host *h);

/* ---- check_look.c ---- */

/* The first step of each. */
void look_begin(struct check_run *run, struct pursuit *p);
/* Its turn has come. */
void look_start(struct check_run *run, struct pursuit *p);
void look_take(struct check_run *run, const struct fetch_answer *answer);

/* ---- check_tell.c ---- */

/* What is to be thought of it is known; or, for what redirects led to, when all is over. */
void settle(struct check_run *run, struct pursuit *p, const struct link_evidence *e);
void settle_as(struct check_run *run, struct pursuit *p, struct link_verdict v);
/* Those that ended elsewhere, judged side by side. */
void settle_landed(struct check_run *run);
void tell_contact(struct check_run *run, const struct pursuit *p, struct str address);
