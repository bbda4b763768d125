#include "lint/links/fetch.h"

#include <stdlib.h>

#include "lint/links/fetch_transfer.h"

const struct fetch_limits fetch_usual = {
	.connect_ms = 10000,
	.total_ms = 20000,
	.slow_bytes = 100,
	.slow_seconds = 10, /* a server that thinks before its first byte is slow, too */
	.header_bytes = 64 << 10,
	.body_bytes = 256 << 10,
	.connections = 64,
};

/* Connections that are kept beside those in use. */
#define SPARE 16

struct fetcher {
	const struct curl_functions *curl;
	struct fetch_limits limits;
	CURLM *multi;
	CURLSH *share;
	struct transfer **all; /* owned */
	size_t nr, cap;
	struct transfer *idle;        /* may be used again */
	struct transfer *done, **end; /* ended, first in, first out */
	struct transfer *taken;       /* whose texts the caller looks at */
};

static void set_up(struct fetcher *f)
{
	const struct curl_functions *curl = f->curl;
	long most = (long)f->limits.connections + SPARE;
	f->end = &f->done;
	f->multi = curl->multi_init();
	f->share = curl->share_init();
	if (!f->multi || !f->share)
		BUG("libcurl is out of memory");
	curl->multi_setopt(f->multi, CURLMOPT_MAXCONNECTS, most);
	curl->multi_setopt(f->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, most);
	/* Names and connections are the multi's anyway; sessions would be each handle's own. */
	curl->share_setopt(f->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
}

struct fetcher *fetcher_new(const struct fetch_limits *limits, struct err *err)
{
	const struct curl_functions *curl = curl_begin(err);
	if (!curl)
		return NULL;
	struct fetcher *f = xcalloc(1, sizeof(*f));
	f->curl = curl;
	f->limits = *limits;
	set_up(f);
	return f;
}

static void drop(struct fetcher *f, struct transfer *t)
{
	if (t->flying)
		f->curl->multi_remove_handle(f->multi, t->easy);
	transfer_clear(t);
	f->curl->easy_cleanup(t->easy);
	arena_release(&t->arena);
	free(t);
}

void fetcher_free(struct fetcher *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->nr; i++)
		drop(f, f->all[i]);
	f->curl->multi_cleanup(f->multi);
	f->curl->share_cleanup(f->share);
	curl_end(f->curl);
	free(f->all);
	free(f);
}

void fetcher_wake(struct fetcher *f)
{
	f->curl->multi_wakeup(f->multi);
}

static struct transfer *make(struct fetcher *f)
{
	struct transfer *t = xcalloc(1, sizeof(*t));
	*t = (struct transfer){.curl = f->curl, .limits = &f->limits, .easy = f->curl->easy_init()};
	if (!t->easy)
		BUG("libcurl is out of memory");
	if (f->nr == f->cap) {
		f->cap = f->cap ? 2 * f->cap : 16;
		f->all = xrealloc(f->all, f->cap * sizeof(*f->all));
	}
	return f->all[f->nr++] = t;
}

/*
 * Each transfer has a handle of its own. One that is used again brings along what it held before: in libcurl 7.88 a header that is
 * free already, which a reply that begins with a folded line has it add to (curl PR 11103), and before 8.8 an errno (PR 13574).
 */
static void renew_handle(const struct fetcher *f, struct transfer *t)
{
	f->curl->easy_cleanup(t->easy);
	t->easy = f->curl->easy_init();
	if (!t->easy)
		BUG("libcurl is out of memory");
}

static void put_back(struct fetcher *f, struct transfer *t)
{
	transfer_clear(t);
	renew_handle(f, t);
	t->next = f->idle;
	f->idle = t;
}

int fetcher_start(struct fetcher *f, const struct fetch_request *r)
{
	struct transfer *t = f->idle;
	if (t)
		f->idle = t->next;
	else
		t = make(f);
	t->flying = transfer_set(t, r, f->share) == 0 && f->curl->multi_add_handle(f->multi, t->easy) == CURLM_OK;
	if (t->flying)
		return 0;
	put_back(f, t);
	return -1;
}

static void finish(struct fetcher *f, struct transfer *t, CURLcode code)
{
	f->curl->multi_remove_handle(f->multi, t->easy);
	t->flying = false;
	t->code = code;
	*f->end = t;
	f->end = &t->next;
}

static void work(struct fetcher *f)
{
	int left = 0;
	f->curl->multi_perform(f->multi, &left);
	for (const CURLMsg *m; (m = f->curl->multi_info_read(f->multi, &left));) {
		struct transfer *t = NULL;
		CURLcode code = m->data.result;
		f->curl->easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &t);
		finish(f, t, code);
	}
}

void fetcher_poll(struct fetcher *f, int ms)
{
	work(f);
	if (f->done)
		return;
	f->curl->multi_poll(f->multi, NULL, 0, ms, NULL);
	work(f);
}

bool fetcher_take(struct fetcher *f, struct fetch_answer *out)
{
	if (f->taken)
		put_back(f, f->taken);
	struct transfer *t = f->taken = f->done;
	if (!t)
		return false;
	f->done = t->next;
	if (!f->done)
		f->end = &f->done;
	transfer_answer(t, out);
	return true;
}

int fetch_library(struct arena *a, struct str *out, struct err *err)
{
	const struct curl_functions *curl = curl_begin(err);
	if (!curl)
		return -1;
	const curl_version_info_data *is = curl->version_info(CURLVERSION_NOW);
	*out = arena_printf(a, "%s, %s", is->version, is->ssl_version);
	curl_end(curl);
	return 0;
}
