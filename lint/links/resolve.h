/*
 * Addresses of hosts, looked up by threads that may hang for as long as a name server pleases. Each host is looked up
 * once, and what was found stays, also that nothing was.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

struct resolver;

struct resolved {
	const char *host;
	int error;                              /* 0, or getaddrinfo's EAI_… */
	int os_error;                           /* errno, with EAI_SYSTEM */
	const struct sockaddr_storage *address; /* in the order in which they are to be tried; each once */
	size_t nr;
	const char *canonical; /* the name at the end of its aliases; it may be the host itself; NULL: not known */
};

/* `wake` is called by any thread when there is something to take; it must not call back. It is not called after resolver_free. */
struct resolver *resolver_new(unsigned threads, void (*wake)(void *context), void *context);
/* Does not wait for look-ups that hang: they end by themselves. NULL is fine. */
void resolver_free(struct resolver *);
/* One answer for each ask; at once for a host that is known. */
void resolver_ask(struct resolver *, const char *host);
/* The next ask looks the host up anew. Not while an answer is due. */
void resolver_forget(struct resolver *, const char *host);
/* An answer that is there; its texts and addresses stand until resolver_free. */
bool resolver_take(struct resolver *, struct resolved *out);
