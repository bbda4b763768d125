/* An errand to the network: the clock, chance, interrupts and the talk of it. */
#pragma once

#include "cmd/links.h"

/* A name that must be found before another one counts as gone. */
#define LINKS_CANARY "example.com"

struct links_errand {
	const struct links_wish *wish;
	const struct str *url;
	size_t nr;
	/* What `url[which]` is found to be, as link_check() tells. True: that is bad news. */
	bool (*told)(void *context, size_t which, const struct link_answer *answer);
	void *context;
};

/* An interrupt ends it early, and what is known then is told. -1 with an error. */
int links_run(const struct links_errand *errand, struct link_sum *sum, struct err *err);
