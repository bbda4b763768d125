/*
 * Whatever the URL: it is refused with a word, or what is asked for is printable ASCII in which everybody finds the same host,
 * and read again it is the same.
 */
#include <arpa/inet.h>
#include <stdint.h>

#include "lint/links/target.h"

static void must(bool holds)
{
	if (!holds)
		BUG("not so");
}

static void check_text(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		must(s.p[i] > 0x20 && s.p[i] < 0x7F && !strchr("\"<>\\^`{|}#", s.p[i]));
}

static void check_host(struct arena *a, const struct link_target *t)
{
	unsigned char bytes[16];
	const char *host = arena_str(a, t->host).p;
	bool v4 = inet_pton(AF_INET, host, bytes) == 1, v6 = inet_pton(AF_INET6, host, bytes) == 1;
	struct in_addr loose;
	must(t->host.n > 0 && t->is_address == (v4 || v6));
	must(v4 || !inet_aton(host, &loose));
	for (size_t i = 0; i < t->host.n && !v6; i++)
		must(strchr("abcdefghijklmnopqrstuvwxyz0123456789-_.", t->host.p[i]) != NULL);

	struct str authority = arena_printf(a, v6 ? "%.*s://[%s]" : "%.*s://%s", STR_ARG(t->scheme), host);
	if (t->port_number != (t->https ? 443 : 80))
		authority = arena_printf(a, "%.*s:%.*s", STR_ARG(authority), STR_ARG(t->port));
	must(str_starts(t->request, authority) && t->request.p[authority.n] == '/');
	must(str_starts(t->key, authority) && t->key.p[authority.n] == '/');
}

static void check_again(struct arena *a, const struct link_target *t)
{
	struct link_target again;
	must(link_target_read(a, t->request, &again) == NULL);
	must(str_eq(again.request, t->request) && str_eq(again.host, t->host) && str_eq(again.key, t->key));
	must(again.port_number == t->port_number && again.is_address == t->is_address && again.fragment.n == 0);
	/* What was encoded may look defanged. */
	const char *refusal = link_target_read(a, t->key, &again);
	must(refusal ? str_eqz(str_of(refusal), "defanged") : str_eq(again.key, t->key));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct link_target t;
	const char *refusal = link_target_read(&a, (struct str){size ? (const char *)data : "", size}, &t);
	if (refusal) {
		must(*refusal && !t.request.n);
	} else {
		must(t.port_number > 0 && t.port_number <= 65535);
		check_text(t.request);
		check_text(t.key);
		check_host(&a, &t);
		check_again(&a, &t);
	}
	arena_release(&a);
	return 0;
}
