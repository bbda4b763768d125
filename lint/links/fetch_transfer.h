/* One request on its way: what fetch.c, fetch_setup.c and fetch_reply.c share. */
#pragma once

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "lint/links/fetch.h"
#include "lint/links/fetch_curl.h"

struct transfer {
	const struct curl_functions *curl;
	const struct fetch_limits *limits;
	CURL *easy;            /* owned, used again and again */
	struct transfer *next; /* in one of the fetcher's lists */
	bool flying;           /* in the multi */
	CURLcode code;         /* how it ended */

	/* What was asked. */
	struct arena arena;
	struct curl_slist *headers, *resolve;
	struct sockaddr_storage *address;
	size_t nr;
	unsigned port;
	size_t want, tag;

	/* What was seen so far. */
	bool refused, tried; /* an address: by us; a connection to one */
	bool greeting;       /* the handshake has begun */
	bool sent, headed;   /* the request; the answer's header has ended */
	bool again;          /* the connection broke off, and libcurl would have sent it once more */
	bool flooded, exhausted;
	size_t header_bytes;
	uint64_t bytes;
	struct buf body;
	const char *marker;
};

/* Forgets the last request and takes on the next. -1: libcurl does not take it. */
int transfer_set(struct transfer *t, const struct fetch_request *r, CURLSH *share);
void transfer_clear(struct transfer *t);
/* The callbacks that see what comes. */
void transfer_listen(struct transfer *t);
/* What it says when it has ended. */
void transfer_answer(struct transfer *t, struct fetch_answer *out);
