/*
 * HTTP requests, many at a time, on one thread: the door to libcurl, which is loaded when the first fetcher is made.
 * No redirect is followed, no name is looked up, nothing is remembered between requests but connections. What a server
 * sends is bounded in bytes and in time, and is never to be printed as it stands. SIGPIPE is to be ignored.
 */
#pragma once

#include <sys/socket.h>

#include "core/base/arena.h"
#include "core/base/err.h"
#include "lint/links/fetch_end.h"

struct fetch_limits {
	long connect_ms, total_ms;
	long slow_bytes,
		slow_seconds;     /* slower than so many bytes a second, for so long, the first byte included: a time-out */
	size_t header_bytes;  /* of one answer; more is FETCH_BROKEN_REPLY */
	size_t body_bytes;    /* of one answer whose body is not wanted; more is FETCH_CUT */
	unsigned connections; /* in flight at most, as the caller sees to */
	const char *user_agent;
	const char *ca_file; /* NULL: the system's */
	/* May this address be contacted? Asked before every connection, for addresses that the request names. */
	bool (*allows)(void *context, const struct sockaddr *address, unsigned port);
	void *context;
	/* What a header of an answer with this status says of who answers: a static word, or NULL. May be NULL itself. */
	const char *(*marker)(struct str name, struct str value, long status);
};

/* 10 s, 20 s; 100 bytes/s for 10 s; 64 KiB, 256 KiB; 64 in flight. The rest is the caller's. */
extern const struct fetch_limits fetch_usual;

/* Read while fetcher_start runs, and not kept. */
struct fetch_request {
	struct str url;  /* absolute, ASCII, http or https, without userinfo; a fragment is not sent */
	struct str host; /* its host as ASCII, without brackets */
	unsigned port;
	const struct sockaddr_storage *address; /* the only ones that may be contacted; at least one */
	size_t nr;
	const char *const *header; /* "Name: value" */
	size_t headers;
	size_t body; /* so many bytes of the body are wanted, and no more is taken */
	size_t tag;
	bool head;  /* HEAD, not GET */
	bool range; /* only the first byte is asked for */
	bool fresh; /* over a new connection */
	bool last;  /* nothing more will be asked there: the connection is closed */
};

/* Texts are the fetcher's, and stand until the next fetcher_take. */
struct fetch_answer {
	size_t tag;
	long status; /* 0: none came */
	enum fetch_end end;
	enum fetch_phase phase; /* where it ended */
	int os_error;           /* errno, or 0 */
	long verify;            /* OpenSSL's X509_V_ERR_…, 1 for another host's name; 0: fine, or not looked at */
	int code;               /* libcurl's, for those who look for bugs */
	bool reused;            /* over a connection that was open */
	bool ratelimit_exhausted;
	int64_t retry_after; /* seconds; 0: not said */
	const char *marker;  /* the first one */
	struct str location; /* where it redirects, absolute where that could be made out; unjudged */
	struct str type;     /* of the body, as the server says: "text/html; charset=…" */
	struct str address;  /* contacted: "192.0.2.1"; empty: none */
	struct str body;     /* as it came over the wire, at most what was wanted */
	uint64_t bytes;      /* of body that were received */
};

struct fetcher;

/* NULL: there is no usable libcurl. The limits are copied, what they point to is not. */
struct fetcher *fetcher_new(const struct fetch_limits *, struct err *);
/* What is in flight is given up. Whoever wakes it has ended before. NULL is fine. */
void fetcher_free(struct fetcher *);
/* Ends the wait of fetcher_poll; from any thread. */
void fetcher_wake(struct fetcher *);

/* -1: it cannot be asked (no address, or a URL that libcurl does not take); no answer will come. */
int fetcher_start(struct fetcher *, const struct fetch_request *);
/* Works, and waits for at most so long if no answer is there; less when something moves or fetcher_wake is called. */
void fetcher_poll(struct fetcher *, int ms);
/* An answer that is there. */
bool fetcher_take(struct fetcher *, struct fetch_answer *out);
/* What libcurl there is, as it calls itself: "8.5.0, OpenSSL/3.0.11". In the arena. -1 with an error: there is no usable one. */
int fetch_library(struct arena *a, struct str *out, struct err *err);
