/* A farm of hosts, and a fetcher that asks it. Every failure ends the test. */
#pragma once

#include "tests/unit/farm.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <time.h>

#include "lint/links/fetch.h"

#define TRAP "127.66.6.6"

static struct farm farm;
static struct scratch *scratch;

static inline int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static inline bool allows(void *context, const struct sockaddr *address, unsigned port)
{
	(void)context, (void)port;
	char text[INET6_ADDRSTRLEN];
	if (address->sa_family != AF_INET)
		return false;
	inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, text, sizeof(text));
	return strcmp(text, TRAP) != 0;
}

static inline const char *marker(struct str name, struct str value, long status)
{
	(void)value;
	return status == 403 && str_eq_nocase(name, STR("cf-mitigated")) ? "cf-mitigated" : NULL;
}

static inline struct fetcher *fetcher_with(struct fetch_limits limits)
{
	struct err err;
	limits.user_agent = "sdi/test";
	limits.allows = allows;
	limits.marker = marker;
	struct fetcher *f = fetcher_new(&limits, &err);
	if (!f)
		fail_msg("%s", err.text);
	return f;
}

/* Impatient, for servers that make one wait. */
static inline struct fetcher *hasty_fetcher(void)
{
	struct fetch_limits limits = fetch_usual;
	limits.connect_ms = limits.total_ms = 3000;
	limits.slow_seconds = 2;
	return fetcher_with(limits);
}

static inline struct sockaddr_storage address_of(const char *text)
{
	struct sockaddr_storage a = {.ss_family = strchr(text, ':') ? AF_INET6 : AF_INET};
	void *bytes = a.ss_family == AF_INET6 ? (void *)&((struct sockaddr_in6 *)(void *)&a)->sin6_addr
	                                      : (void *)&((struct sockaddr_in *)(void *)&a)->sin_addr;
	assert_int_equal(inet_pton(a.ss_family, text, bytes), 1);
	return a;
}

struct answer {
	struct fetch_answer a;
	int64_t ms;
};

static inline struct answer wait_for(struct fetcher *f, int64_t begun)
{
	struct answer out;
	while (!fetcher_take(f, &out.a)) {
		assert_true(now_ms() - begun < 30000);
		fetcher_poll(f, 1000);
	}
	out.ms = now_ms() - begun;
	return out;
}

/* Asks scheme://host:port/path, pinned to the addresses; the rest of the request as it is in `r`. */
static inline struct answer ask_pinned(struct fetcher *f, struct fetch_request r, const char *url, const char *host,
                                       unsigned port, const char *const *address, size_t nr)
{
	struct sockaddr_storage v[4];
	for (size_t i = 0; i < nr; i++)
		v[i] = address_of(address[i]);
	r.url = str_of(url);
	r.host = str_of(host);
	r.port = port;
	r.address = v;
	r.nr = nr;
	int64_t begun = now_ms();
	assert_int_equal(fetcher_start(f, &r), 0);
	return wait_for(f, begun);
}
#define PINNED(...) ((const char *const[]){__VA_ARGS__}), ARRAY_SIZE(((const char *const[]){__VA_ARGS__}))

static inline const char *url_of(const char *host, const char *path)
{
	static char url[300];
	snprintf(url, sizeof(url), "http://%s:%u%s", host, farm.port[0], path);
	return url;
}

static inline struct answer ask(struct fetcher *f, struct fetch_request r, const char *path)
{
	return ask_pinned(f, r, url_of("127.1.2.3", path), "127.1.2.3", farm.port[0], PINNED("127.1.2.3"));
}

static inline void expect_in(struct str body, const char *text, bool is)
{
	assert_int_equal(str_find(body, 0, str_of(text)) < body.n, is);
}
