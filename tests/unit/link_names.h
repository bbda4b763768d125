/* Names of hosts that are those of a table; addresses are the farm's. */
#pragma once

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/str.h"

#define TRAP "127.66.6.6"

static bool network_is_dead;
static unsigned looked_up;

/* In place of the system's. */
int getaddrinfo(const char *restrict name, const char *restrict service, const struct addrinfo *restrict hints,
                struct addrinfo **restrict out)
{
	static const struct {
		const char *name, *address, *canonical;
	} hosts[] = {
		{"good.farm.net", "127.10.1.1", NULL},        {"other.farm.net", "127.10.1.2", NULL},
		{"canary.farm.net", "127.10.1.3", NULL},      {"trap.farm.net", TRAP, NULL},
		{"ioc.farm.net", "127.10.6.6", NULL},         {"two.farm.net", "127.10.1.4", NULL},
		{"cdn.farm.net", "127.10.1.6", "x.edge.net"}, {"alias.farm.net", "127.10.1.5", "a.evil.farm.net"},
	};
	(void)service;
	__atomic_fetch_add(&looked_up, 1, __ATOMIC_RELAXED);
	const char *canonical = NULL, *address = (name[0] >= '0' && name[0] <= '9') || name[0] == ':' ? name : NULL;
	for (size_t i = 0; !network_is_dead && i < ARRAY_SIZE(hosts); i++)
		if (strcmp(name, hosts[i].name) == 0)
			address = hosts[i].address, canonical = hosts[i].canonical;
	if (!address)
		return network_is_dead ? EAI_AGAIN : EAI_NONAME;
	struct addrinfo *a = calloc(1, sizeof(*a) + sizeof(struct sockaddr_in6));
	struct sockaddr_in *in = (void *)(a + 1);
	struct sockaddr_in6 *in6 = (void *)in;
	bool six = strchr(address, ':') != NULL;
	in->sin_family = six ? AF_INET6 : AF_INET;
	inet_pton(in->sin_family, address, six ? (void *)&in6->sin6_addr : (void *)&in->sin_addr);
	a->ai_addr = (void *)in;
	a->ai_addrlen = six ? sizeof(*in6) : sizeof(*in);
	a->ai_canonname = hints->ai_flags & AI_CANONNAME ? strdup(canonical ? canonical : name) : NULL;
	*out = a;
	return 0;
}

void freeaddrinfo(struct addrinfo *a)
{
	free(a->ai_canonname);
	free(a);
}
