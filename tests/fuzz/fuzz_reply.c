/*
 * Whatever a server answers, over a real connection to a thread that says it: one verdict for each link, with a word for it, and
 * nobody else is contacted but who is public: there is nobody where the kernel lets us have a network of our own. The input's first byte says how the link is written; the rest are the answers to the first, second, …
 * connection, with the byte 0xFE between them.
 */
#include <arpa/inet.h>
#include <net/if.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lint/links/check.h"

static void must(bool holds)
{
	if (!holds)
		BUG("not so");
}

/* ---- the server ---- */

static struct server {
	pthread_mutex_t lock;
	pthread_t thread;
	int listening;
	unsigned port;
	struct str left;
	char bytes[1 << 16]; /* the fuzzer's own are gone before the last answer is */
} server = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void answer(int fd)
{
	struct str reply = {.p = ""};
	static char own[sizeof(server.bytes)];
	char request[2000];
	pthread_mutex_lock(&server.lock);
	bool some = str_split(&server.left, (char)0xFE, &reply);
	memcpy(own, reply.p, reply.n);
	reply.p = own;
	pthread_mutex_unlock(&server.lock);
	if (read(fd, request, sizeof(request)) > 0 && some)
		while (reply.n) {
			ssize_t n = write(fd, reply.p, reply.n);
			if (n <= 0)
				break;
			reply = str_from(reply, (size_t)n);
		}
	close(fd);
}

static void *serve(void *context)
{
	(void)context;
	for (int fd; (fd = accept(server.listening, NULL, NULL)) >= 0;)
		answer(fd);
	return NULL;
}

/* Nobody is there but this machine. */
static void leave_network(void)
{
	struct ifreq lo = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
	int fd;
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) || (fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) < 0)
		return;
	must(ioctl(fd, SIOCSIFFLAGS, &lo) == 0);
	close(fd);
}

static void begin(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET};
	socklen_t n = sizeof(at);
	signal(SIGPIPE, SIG_IGN);
	leave_network();
	server.listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	must(bind(server.listening, (struct sockaddr *)&at, n) == 0 && listen(server.listening, 100) == 0);
	must(getsockname(server.listening, (struct sockaddr *)&at, &n) == 0);
	server.port = ntohs(at.sin_port);
	must(pthread_create(&server.thread, NULL, serve, NULL) == 0);
}

/* What a thread that looks up a name has of its own; it may outlive the check. */
const char *__lsan_default_suppressions(void)
{
	return "leak:__res_context_send\nleak:__resolv_context_get\n";
}

/* ---- the run ---- */

struct run {
	int64_t now;
	unsigned host;
	size_t told;
};

/* No second look has to be waited for. */
static int64_t now(void *context)
{
	struct run *r = context;
	return r->now += 3000;
}

static bool stop(void *context)
{
	(void)context;
	return false;
}

static void told(void *context, size_t which, const struct link_answer *a)
{
	struct run *r = context;
	must(which == 0 && a->verdict.reason && *a->verdict.reason && !a->verdict.again &&
	     a->verdict.outcome < LINK_OUTCOMES);
	must(a->verdict.outcome != LINK_MOVED || a->moved.n);
	for (size_t i = 0; i < a->final_url.n; i++)
		must(a->final_url.p[i] > ' ' && a->final_url.p[i] < 0x7F);
	r->told++;
}

static bool is_public(struct str address)
{
	char text[64];
	snprintf(text, sizeof(text), "%.*s", STR_ARG(address));
	const struct link_policy nothing_more = {0};
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
		return !link_policy_address(&nothing_more, (struct sockaddr *)&v4, 80);
	return inet_pton(AF_INET6, text, &v6.sin6_addr) == 1 &&
	       !link_policy_address(&nothing_more, (struct sockaddr *)&v6, 80);
}

static void contacted(void *context, const struct link_contact *c)
{
	const struct run *r = context;
	char wanted[32];
	snprintf(wanted, sizeof(wanted), "127.%u.%u.%u", 1 + r->host / 65536 % 250, r->host / 256 % 256, r->host % 256);
	must(str_eqz(c->address, wanted) || is_public(c->address));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct run r;
	static const char *const paths[] = {"/a", "/a/b?c=d", "/a#part", "/a.pdf", "/a#L10", "/"};
	if (!server.port)
		begin();
	if (!size)
		return 0;
	/* Another address each time: the kernel keeps old connections for a while. */
	r = (struct run){.host = r.host + 1};
	char host[32], url[100];
	snprintf(host, sizeof(host), "127.%u.%u.%u", 1 + r.host / 65536 % 250, r.host / 256 % 256, r.host % 256);
	snprintf(url, sizeof(url), "http://%s:%u%s", host, server.port, paths[*data % ARRAY_SIZE(paths)]);
	pthread_mutex_lock(&server.lock);
	server.left = str_slice((struct str){(const char *)data + 1, size - 1}, 0, sizeof(server.bytes));
	memcpy(server.bytes, server.left.p, server.left.n);
	server.left.p = server.bytes;
	pthread_mutex_unlock(&server.lock);

	struct cidr allow;
	must(cidr_read(str_of(host), &allow));
	const struct link_policy policy = {.allow = &allow, .allows = 1};
	const struct link_pace pace = {.per_host = 1, .in_all = 1, .interval = 1};
	struct link_check_wish wish = {
		.policy = &policy,
		.pace = &pace,
		.limits = fetch_usual,
		.threads = 1,
		.deadline = 10000000,
		.patience = 1,
		.now = now,
		.stop = stop,
		.told = told,
		.contacted = contacted,
		.context = &r,
	};
	wish.limits.user_agent = "sdi/fuzz";
	wish.limits.total_ms = 1000;
	struct str asked = str_of(url);
	struct link_sum sum;
	struct err err;
	must(link_check(&asked, 1, &wish, &sum, &err) == 0 && r.told == 1);
	return 0;
}
