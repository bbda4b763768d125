/*
 * What a config says of hosts: of each, and of all below it for which there is no nearer word. None of it makes a host be asked that
 * would not be asked without it.
 */
#pragma once

#include "core/base/err.h"
#include "lint/links/target.h"

struct config;

struct link_host {
	struct str name;    /* as it is looked up */
	int64_t interval;   /* ms; 0: nothing is said */
	unsigned in_flight; /* 0: nothing is said */
	const long *accept; /* statuses that count as there */
	size_t accepts;
	bool excluded;             /* never asked */
	const char *variable;      /* of the environment: its value is for link_host_entrust(); NULL: none */
	const char *authorization; /* a header; NULL: none */
};

/* No name is there twice. */
struct link_hosts {
	struct link_host *v;
	size_t nr;
};

/* The name of a host, as it is looked up. False: it is none. */
bool link_host_read(struct arena *a, struct str written, struct str *out);
/* Is it the zone itself, or below it? */
bool link_host_within(struct str name, struct str zone);
/* Those of a config, whose texts they borrow. -1 with an error at its place. */
int link_hosts_read(struct arena *a, const struct config *c, struct link_hosts *out, struct err *err);

/* The nearest word on a host; NULL: there is none. `hosts` may be NULL. */
const struct link_host *link_host_of(const struct link_hosts *hosts, struct str name);
bool link_host_accepts(const struct link_host *h, long status);

/*
 * Takes "HOST VALUE": the first word says to whom the rest may be sent, whatever a config says. NULL, or why it cannot be used: for
 * translation, and without any of it.
 */
const char *link_host_entrust(struct arena *a, struct link_host *h, struct str value);
/* The header to send there, NULL for none: to that very host, not to one below it, and over https only. */
const char *link_host_header(const struct link_hosts *hosts, const struct link_target *to);
