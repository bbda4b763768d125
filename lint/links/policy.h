/* Whom sdi asks, and whom never. Pure; every hop of every redirect passes here. */
#pragma once

#include <sys/socket.h>

#include "lint/links/cidr.h"
#include "lint/links/hosts.h"

struct link_policy {
	/*
	 * Never asked, with all below them where they are one owner's: names as they are looked up, addresses, and ranges of these as
	 * cidr_text() has them; sorted by str_cmp().
	 */
	const struct str *ioc_host;
	size_t ioc_hosts;
	const struct cidr *allow; /* asked, though they are special; at any port */
	size_t allows;
	const struct str *allow_host; /* asked, though an IOC or special; themselves only; as they are looked up */
	size_t allow_hosts;
	const struct link_hosts *hosts; /* what a config says of some; NULL: nothing */
};

/*
 * NULL, or why that host is not looked up: "ioc-host", "special-name" (`localhost`, `a.local`, no dot at all), "excluded" by a
 * config. Static.
 */
const char *link_policy_host(const struct link_policy *p, const struct link_target *t);

/* The same, of what a name turns out to be another name of: "ioc-host". */
const char *link_policy_alias(const struct link_policy *p, struct str canonical);

/*
 * NULL, or why nobody connects to that address, which a name resolved to: "ioc-address", "private-address", "loopback-address",
 * "link-local-address", "documentation-address", "multicast-address", "reserved-address", "metadata-address" (of a cloud's
 * machines), "address-family"; "port" for a port that is none of the web's. Static. An IPv4 address that an IPv6 address
 * carries is judged, too.
 */
const char *link_policy_address(const struct link_policy *p, const struct sockaddr *address, unsigned port);
/* As a text, without a port: what policies and reports call it. A part of `text`. */
struct str link_address_text(const struct sockaddr *address, char *text, size_t room);
