#include "lint/links/resolve.h"

#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "core/base/arena.h"
#include "core/base/fnv.h"

enum { BUCKETS = 1024 };

struct host {
	const char *name;
	struct host *same; /* in its bucket */
	struct host *next; /* to be looked up */
	bool known, asked;
	unsigned due; /* answers */
	struct resolved is;
};

/* Answers in the order in which they came. */
struct ready {
	struct host *host;
	struct ready *next;
};

struct resolver {
	pthread_mutex_t lock;
	pthread_cond_t work;
	unsigned users; /* the owner and the threads: the last one out frees */
	unsigned threads, idle, most;
	unsigned waiting; /* hosts that no thread has taken */
	bool closed;
	void (*wake)(void *context);
	void *context;

	struct arena arena;
	struct host *bucket[BUCKETS];
	struct host *first, **last; /* to be looked up */
	struct ready *ready, **end, *spare;
};

struct resolver *resolver_new(unsigned threads, void (*wake)(void *context), void *context)
{
	struct resolver *r = xcalloc(1, sizeof(*r));
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->work, NULL);
	r->users = 1;
	r->most = threads ? threads : 1;
	r->wake = wake;
	r->context = context;
	r->last = &r->first;
	r->end = &r->ready;
	return r;
}

/* Gives the lock back, or ends what it guards. */
static void leave(struct resolver *r)
{
	bool last = --r->users == 0;
	pthread_mutex_unlock(&r->lock);
	if (!last)
		return;
	pthread_mutex_destroy(&r->lock);
	pthread_cond_destroy(&r->work);
	arena_release(&r->arena);
	free(r);
}

void resolver_free(struct resolver *r)
{
	if (!r)
		return;
	pthread_mutex_lock(&r->lock);
	r->closed = true;
	pthread_cond_broadcast(&r->work);
	leave(r);
}

/* The host of that name, made when there is none. */
static struct host *host_of(struct resolver *r, const char *name)
{
	struct host **at = &r->bucket[fnv_add(FNV_START, str_of(name)) % BUCKETS];
	for (struct host *h = *at; h; h = h->same)
		if (strcmp(h->name, name) == 0)
			return h;
	struct host *h = arena_new(&r->arena, struct host);
	h->name = h->is.host = arena_strdup(&r->arena, name);
	h->same = *at;
	return *at = h;
}

static void answer(struct resolver *r, struct host *h)
{
	for (; h->due; h->due--) {
		struct ready *a = r->spare;
		if (a)
			r->spare = a->next;
		else
			a = arena_new(&r->arena, struct ready);
		*a = (struct ready){.host = h};
		*r->end = a;
		r->end = &a->next;
	}
	if (r->wake && !r->closed)
		r->wake(r->context);
}

static void keep(struct resolver *r, struct host *h, const struct addrinfo *found)
{
	size_t nr = 0;
	for (const struct addrinfo *a = found; a; a = a->ai_next)
		nr++;
	struct sockaddr_storage *v = arena_array(&r->arena, struct sockaddr_storage, nr);
	nr = 0;
	for (const struct addrinfo *a = found; a; a = a->ai_next)
		if (a->ai_addrlen <= sizeof(*v))
			memcpy(&v[nr++], a->ai_addr, a->ai_addrlen);
	h->is.canonical = found && found->ai_canonname ? arena_strdup(&r->arena, found->ai_canonname) : NULL;
	h->is.address = v;
	h->is.nr = nr;
}

/* With the lock held, but for the look-up itself. */
static void look_up(struct resolver *r, struct host *h)
{
	const struct addrinfo hints = {.ai_flags = AI_CANONNAME, .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
	struct addrinfo *found = NULL;
	pthread_mutex_unlock(&r->lock);
	int error = getaddrinfo(h->name, NULL, &hints, &found);
	int os_error = error == EAI_SYSTEM ? errno : 0;
	pthread_mutex_lock(&r->lock);
	h->is = (struct resolved){.host = h->name, .error = error, .os_error = os_error};
	if (!error)
		keep(r, h, found);
	h->known = true;
	h->asked = false;
	answer(r, h);
	if (found)
		freeaddrinfo(found);
}

static void *run(void *context)
{
	struct resolver *r = context;
	pthread_mutex_lock(&r->lock);
	while (!r->closed) {
		struct host *h = r->first;
		if (!h) {
			r->idle++;
			pthread_cond_wait(&r->work, &r->lock);
			r->idle--;
			continue;
		}
		r->waiting--;
		r->first = h->next;
		if (!r->first)
			r->last = &r->first;
		look_up(r, h);
	}
	leave(r);
	return NULL;
}

/* Signals are for the thread that runs the program. */
static int start_thread(struct resolver *r)
{
	sigset_t all, before;
	pthread_t thread;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int rc = pthread_create(&thread, NULL, run, r);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (rc)
		return -1;
	pthread_detach(thread);
	r->threads++;
	r->users++;
	return 0;
}

/* One that is idle may have been called already. Without any thread nobody would ever answer. */
static bool can_look_up(struct resolver *r)
{
	bool busy = r->waiting + 1 > r->idle;
	return !busy || r->threads >= r->most || start_thread(r) == 0 || r->threads;
}

static void give_up(struct resolver *r, struct host *h)
{
	h->is.error = EAI_SYSTEM;
	h->is.os_error = EAGAIN;
	h->known = true;
	answer(r, h);
}

static void look_up_later(struct resolver *r, struct host *h)
{
	h->asked = true;
	h->next = NULL;
	*r->last = h;
	r->last = &h->next;
	r->waiting++;
	pthread_cond_signal(&r->work);
}

void resolver_ask(struct resolver *r, const char *host)
{
	pthread_mutex_lock(&r->lock);
	struct host *h = host_of(r, host);
	h->due++;
	if (h->known)
		answer(r, h);
	else if (!h->asked && can_look_up(r))
		look_up_later(r, h);
	else if (!h->asked)
		give_up(r, h);
	pthread_mutex_unlock(&r->lock);
}

void resolver_forget(struct resolver *r, const char *host)
{
	pthread_mutex_lock(&r->lock);
	host_of(r, host)->known = false;
	pthread_mutex_unlock(&r->lock);
}

bool resolver_take(struct resolver *r, struct resolved *out)
{
	pthread_mutex_lock(&r->lock);
	struct ready *a = r->ready;
	if (a) {
		*out = a->host->is;
		r->ready = a->next;
		if (!r->ready)
			r->end = &r->ready;
		a->next = r->spare;
		r->spare = a;
	}
	pthread_mutex_unlock(&r->lock);
	return a != NULL;
}
