#include "lint/links/fetch_transfer.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static const struct {
	CURLoption option;
	long value;
} always[] = {
	{CURLOPT_NOSIGNAL, 1},
	{CURLOPT_FOLLOWLOCATION, 0},
	{CURLOPT_NETRC, CURL_NETRC_IGNORED},
	{CURLOPT_DISALLOW_USERNAME_IN_URL, 1},
	{CURLOPT_HTTP09_ALLOWED, 0},
	/* Two requests at a time gain nothing by HTTP/2, and a flood of its frames keeps libcurl busy beyond all limits. */
	{CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1},
	{CURLOPT_HTTP_CONTENT_DECODING, 0}, /* a bomb stays as small as it came */
	{CURLOPT_SSL_VERIFYPEER, 1},
	{CURLOPT_SSL_VERIFYHOST, 2},
	{CURLOPT_PIPEWAIT, 0},
	{CURLOPT_MAXAGE_CONN, 60},
};

/* Variadic: each option has to get just the type that it expects. */
static void set_long(struct transfer *t, CURLoption option, long value)
{
	t->curl->easy_setopt(t->easy, option, value);
}

/* libcurl copies the text. */
static bool set_text(struct transfer *t, CURLoption option, const char *text)
{
	return t->curl->easy_setopt(t->easy, option, text) == CURLE_OK;
}

static void set_list(struct transfer *t, CURLoption option, struct curl_slist *list)
{
	t->curl->easy_setopt(t->easy, option, list);
}

static void set_data(struct transfer *t, CURLoption option)
{
	t->curl->easy_setopt(t->easy, option, (void *)t);
}

static bool same_address(const struct sockaddr *a, const struct sockaddr_storage *b)
{
	if (a->sa_family != b->ss_family)
		return false;
	if (a->sa_family == AF_INET)
		return ((const struct sockaddr_in *)(const void *)a)->sin_addr.s_addr ==
		       ((const struct sockaddr_in *)(const void *)b)->sin_addr.s_addr;
	return a->sa_family == AF_INET6 &&
	       memcmp(&((const struct sockaddr_in6 *)(const void *)a)->sin6_addr,
	              &((const struct sockaddr_in6 *)(const void *)b)->sin6_addr, sizeof(struct in6_addr)) == 0;
}

static bool may_contact(const struct transfer *t, const struct sockaddr *address, unsigned port)
{
	bool named = false;
	for (size_t i = 0; i < t->nr && !named; i++)
		named = same_address(address, &t->address[i]);
	return named && port == t->port && t->limits->allows(t->limits->context, address, port);
}

static unsigned port_of(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET)
		return ntohs(((const struct sockaddr_in *)(const void *)address)->sin_port);
	return address->sa_family == AF_INET6 ? ntohs(((const struct sockaddr_in6 *)(const void *)address)->sin6_port) : 0;
}

/* Over a connection that was open libcurl tries up to five times more, and at once: no pace would hold. */
static bool is_again(struct transfer *t)
{
	t->again |= t->sent;
	return t->again;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct transfer *t = context;
	struct sockaddr_storage address = {0};
	memcpy(&address, &to->addr, to->addrlen < sizeof(address) ? to->addrlen : sizeof(address));
	const struct sockaddr *a = (const struct sockaddr *)&address;
	if (is_again(t))
		return CURL_SOCKET_BAD;
	if (purpose != CURLSOCKTYPE_IPCXN || !may_contact(t, a, port_of(a))) {
		t->refused = true;
		return CURL_SOCKET_BAD;
	}
	t->tried = true;
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static bool address_read(const char *text, struct sockaddr_storage *out)
{
	*out = (struct sockaddr_storage){0};
	out->ss_family = AF_INET;
	if (inet_pton(AF_INET, text, &((struct sockaddr_in *)(void *)out)->sin_addr) == 1)
		return true;
	out->ss_family = AF_INET6;
	return inet_pton(AF_INET6, text, &((struct sockaddr_in6 *)(void *)out)->sin6_addr) == 1;
}

static CURLcode before_handshake(CURL *easy, void *tls, void *context)
{
	(void)easy, (void)tls;
	((struct transfer *)context)->greeting = true;
	return CURLE_OK;
}

/* Before the request goes out, also over a connection that was open. */
static int before_request(void *context, char *address, char *own, int port, int own_port)
{
	struct transfer *t = context;
	struct sockaddr_storage a;
	(void)own, (void)own_port;
	if (is_again(t))
		return CURL_PREREQFUNC_ABORT;
	if (!address_read(address, &a) || !may_contact(t, (const struct sockaddr *)&a, (unsigned)port)) {
		t->refused = true;
		return CURL_PREREQFUNC_ABORT;
	}
	t->sent = true;
	return CURL_PREREQFUNC_OK;
}

/* A name that is not pinned. */
static int no_resolver(void *resolver, void *reserved, void *context)
{
	(void)resolver, (void)reserved;
	((struct transfer *)context)->refused = true;
	return 1;
}

/* "host:port:address,address": libcurl then has nothing to look up. Addresses are what they are. */
static void pin(struct transfer *t, struct str host)
{
	struct sockaddr_storage is;
	char shown[INET6_ADDRSTRLEN];
	struct buf line = {0};
	buf_printf(&line, "%.*s:%u:", STR_ARG(host), t->port);
	for (size_t i = 0; i < t->nr; i++) {
		bool six = t->address[i].ss_family == AF_INET6;
		const void *bytes = six ? (const void *)&((struct sockaddr_in6 *)(void *)&t->address[i])->sin6_addr
		                        : (const void *)&((struct sockaddr_in *)(void *)&t->address[i])->sin_addr;
		inet_ntop(six ? AF_INET6 : AF_INET, bytes, shown, sizeof(shown));
		buf_printf(&line, six ? "%s[%s]" : "%s%s", i ? "," : "", shown);
	}
	if (!address_read(arena_str(&t->arena, host).p, &is)) {
		t->resolve = t->curl->slist_append(NULL, line.p);
		set_list(t, CURLOPT_RESOLVE, t->resolve);
		t->curl->easy_setopt(t->easy, CURLOPT_RESOLVER_START_FUNCTION, no_resolver);
		set_data(t, CURLOPT_RESOLVER_START_DATA);
	}
	buf_release(&line);
}

/* libcurl reads the store once for all connections, but only where it is a file and no folder. */
static void set_authorities(struct transfer *t)
{
	const char *file = NULL;
	if (t->limits->ca_file)
		set_text(t, CURLOPT_CAINFO, t->limits->ca_file);
	else
		t->curl->easy_getinfo(t->easy, CURLINFO_CAINFO, &file);
	if (file || t->limits->ca_file)
		set_text(t, CURLOPT_CAPATH, NULL);
}

static void set_limits(struct transfer *t)
{
	const struct fetch_limits *l = t->limits;
	set_long(t, CURLOPT_CONNECTTIMEOUT_MS, l->connect_ms);
	set_long(t, CURLOPT_TIMEOUT_MS, l->total_ms);
	set_long(t, CURLOPT_LOW_SPEED_LIMIT, l->slow_bytes);
	set_long(t, CURLOPT_LOW_SPEED_TIME, l->slow_seconds);
	set_text(t, CURLOPT_USERAGENT, l->user_agent);
	set_authorities(t);
}

/* What no request may be without. */
static bool set_guards(struct transfer *t, CURLSH *share)
{
	for (size_t i = 0; i < ARRAY_SIZE(always); i++)
		set_long(t, always[i].option, always[i].value);
	t->curl->easy_setopt(t->easy, CURLOPT_SHARE, share);
	t->curl->easy_setopt(t->easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	set_data(t, CURLOPT_OPENSOCKETDATA);
	t->curl->easy_setopt(t->easy, CURLOPT_PREREQFUNCTION, before_request);
	set_data(t, CURLOPT_PREREQDATA);
	t->curl->easy_setopt(t->easy, CURLOPT_SSL_CTX_FUNCTION, before_handshake);
	set_data(t, CURLOPT_SSL_CTX_DATA);
	set_data(t, CURLOPT_PRIVATE);
	/* Through a proxy no address could be judged: none, whatever the environment says. */
	return set_text(t, CURLOPT_PROXY, "") && set_text(t, CURLOPT_PROTOCOLS_STR, "http,https") &&
	       set_text(t, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
}

static bool set_request(struct transfer *t, const struct fetch_request *r)
{
	for (size_t i = 0; i < r->headers; i++)
		t->headers = t->curl->slist_append(t->headers, r->header[i]);
	set_list(t, CURLOPT_HTTPHEADER, t->headers);
	set_long(t, CURLOPT_FRESH_CONNECT, r->fresh);
	set_long(t, CURLOPT_FORBID_REUSE, r->last);
	if (r->head)
		set_long(t, CURLOPT_NOBODY, 1);
	if (r->range)
		set_text(t, CURLOPT_RANGE, "0-0");
	return set_text(t, CURLOPT_URL, arena_str(&t->arena, r->url).p);
}

void transfer_clear(struct transfer *t)
{
	t->curl->easy_reset(t->easy);
	t->curl->slist_free_all(t->headers);
	t->curl->slist_free_all(t->resolve);
	buf_release(&t->body);
	arena_reset(&t->arena);
	*t = (struct transfer){.curl = t->curl, .limits = t->limits, .easy = t->easy, .arena = t->arena};
}

int transfer_set(struct transfer *t, const struct fetch_request *r, CURLSH *share)
{
	transfer_clear(t);
	if (!r->nr || memchr(r->url.p, 0, r->url.n))
		return -1;
	t->tag = r->tag;
	t->want = r->body;
	t->port = r->port;
	t->nr = r->nr;
	t->address = arena_array(&t->arena, struct sockaddr_storage, r->nr);
	memcpy(t->address, r->address, r->nr * sizeof(*r->address));
	if (!set_guards(t, share) || !set_request(t, r))
		return -1;
	set_limits(t);
	pin(t, r->host);
	transfer_listen(t);
	return 0;
}
