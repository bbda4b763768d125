#include "lint/links/policy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>

#include "core/ioc/address.h"
#include "core/ioc/indicator.h"

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool is_ioc(const struct link_policy *p, struct str host)
{
	return p->ioc_hosts && bsearch(&host, p->ioc_host, p->ioc_hosts, sizeof(host), by_text);
}

static bool is_allowed_host(const struct link_policy *p, struct str host)
{
	for (size_t i = 0; i < p->allow_hosts; i++)
		if (str_eq(p->allow_host[i], host))
			return true;
	return false;
}

/* Names of this machine, this house, or of nobody (RFC 6761, 6762, 7686, 8375, 9476; ICANN for `internal`). */
static bool is_special_name(struct str host)
{
	static const char *const zones[] = {"localhost", "local", "internal", "home.arpa", "test",
	                                    "invalid",   "onion", "alt",      "example"};
	for (size_t i = 0; i < ARRAY_SIZE(zones); i++)
		if (link_host_within(host, str_of(zones[i])))
			return true;
	return str_find_byte(host, 0, '.') == host.n;
}

/* Where those below it are other people's: their pages are no worse for it. */
static bool is_shared(struct str zone)
{
	static const char *const platforms[] = {"github.com",     "gitlab.com",    "bitbucket.org", "google.com",
	                                        "googleapis.com", "discord.com",   "dropbox.com",   "microsoft.com",
	                                        "sharepoint.com", "amazonaws.com", "notion.site",   "telegram.org"};
	for (size_t i = 0; i < ARRAY_SIZE(platforms); i++)
		if (str_eqz(zone, platforms[i]))
			return true;
	return !domain_registered(zone).n;
}

static bool is_ioc_name(const struct link_policy *p, const struct link_target *t)
{
	for (struct str zone = t->host; zone.n; zone = str_from(zone, str_find_byte(zone, 0, '.') + 1)) {
		if (is_ioc(p, zone) && (zone.n == t->host.n || !is_shared(zone)))
			return true;
		if (t->is_address)
			break;
	}
	return false;
}

static const char *judge_name(const struct link_policy *p, const struct link_target *t)
{
	if (is_ioc_name(p, t))
		return "ioc-host";
	return !t->is_address && is_special_name(t->host) ? "special-name" : NULL;
}

const char *link_policy_host(const struct link_policy *p, const struct link_target *t)
{
	const char *refusal = is_allowed_host(p, t->host) ? NULL : judge_name(p, t);
	const struct link_host *said = link_host_of(p->hosts, t->host);
	return !refusal && said && said->excluded ? "excluded" : refusal;
}

const char *link_policy_alias(const struct link_policy *p, struct str canonical)
{
	struct arena a = {0};
	struct link_target t;
	struct str url = arena_printf(&a, "http://%.*s/", STR_ARG(canonical));
	bool held = !link_target_read(&a, url, &t) && !is_allowed_host(p, t.host) && is_ioc_name(p, &t);
	arena_release(&a);
	return held ? "ioc-host" : NULL;
}

static bool is_allowed(const struct link_policy *p, const unsigned char *address, bool v6)
{
	for (size_t i = 0; i < p->allows; i++)
		if (cidr_holds(&p->allow[i], address, v6))
			return true;
	return false;
}

static const char *judge_range(enum address_range r)
{
	static const char *const slugs[] = {
		[RANGE_NONE] = "reserved-address",         [RANGE_GLOBAL] = NULL,
		[RANGE_PRIVATE] = "private-address",       [RANGE_LOOPBACK] = "loopback-address",
		[RANGE_LINK_LOCAL] = "link-local-address", [RANGE_DOCUMENTATION] = "documentation-address",
		[RANGE_MULTICAST] = "multicast-address",   [RANGE_RESERVED] = "reserved-address",
	};
	return slugs[r];
}

/* What anybody may be sent to and is near all the same. */
static const struct near {
	struct cidr range;
	const char *slug;
} nearby[] = {
	{{{169, 254, 169, 254}, 32, false}, "metadata-address"}, /* of most clouds */
	{{{100, 100, 100, 200}, 32, false}, "metadata-address"}, /* of Alibaba's */
	{{{168, 63, 129, 16}, 32, false}, "metadata-address"},   /* of Azure's */
	{{{192, 0, 0}, 24, false}, "reserved-address"},          /* the nearest relay of this network */
	{{{0xFD, 0x00, 0x0E, 0xC2, [14] = 0x02, 0x54}, 128, true}, "metadata-address"},
	{{{0x20, 0x01}, 23, true}, "reserved-address"}, /* the nearest relay, identifiers */
	/* IANA's registries of special-purpose addresses: the nearest server of AS112 (RFC 7534, 7535), the nearest relay (RFC 7450) */
	{{{192, 31, 196}, 24, false}, "reserved-address"},
	{{{192, 52, 193}, 24, false}, "reserved-address"},
	{{{192, 175, 48}, 24, false}, "reserved-address"},
	{{{0x26, 0x20, 0x00, 0x4F, 0x80}, 48, true}, "reserved-address"},
};

static const char *judge_near(const unsigned char *address, bool v6)
{
	for (size_t i = 0; i < ARRAY_SIZE(nearby); i++)
		if (cidr_holds(&nearby[i].range, address, v6))
			return nearby[i].slug;
	return NULL;
}

static const char *judge_v4(const unsigned char address[4])
{
	const char *near = judge_near(address, false);
	return near ? near : judge_range(address_range_v4(address));
}

/* RFC 6052 §2.2: where a prefix of 48 bits leaves the four octets. */
static const char *judge_local_nat64(const unsigned char address[16])
{
	static const unsigned char zeros[6];
	const unsigned char split[4] = {address[6], address[7], address[9], address[10]};
	if (memcmp(address + 6, zeros, 6) == 0)
		return judge_v4(address + 12);
	if (address[8] || memcmp(address + 11, zeros, 5) != 0)
		return "private-address";
	return judge_v4(split);
}

static const char *judge_teredo(const unsigned char address[16])
{
	unsigned char client[4];
	for (size_t i = 0; i < 4; i++)
		client[i] = address[12 + i] ^ 0xFF;
	const char *server = judge_v4(address + 4);
	return server ? server : judge_v4(client);
}

static const char *judge_6to4(const unsigned char address[16])
{
	return judge_v4(address + 2);
}

static const char *judge_nat64(const unsigned char address[16])
{
	return judge_v4(address + 12);
}

/* Long out of use: good for nothing, also where what it carries is good. */
static const char *judge_compatible(const unsigned char address[16])
{
	const char *carried = judge_v4(address + 12);
	return carried ? carried : "reserved-address";
}

/* RFC 5214 §6.1: an interface that tunnels to the IPv4 address in its name, behind any prefix. */
static bool is_isatap(const unsigned char address[16])
{
	return (address[8] & 0xFD) == 0 && !address[9] && address[10] == 0x5E && address[11] == 0xFE;
}

static const char *judge_v6(const unsigned char address[16])
{
	static const struct {
		struct cidr range;
		const char *(*judge)(const unsigned char address[16]);
	} carriers[] = {
		{{{0}, 96, true}, judge_compatible},
		{{{0x00, 0x64, 0xFF, 0x9B}, 96, true}, judge_nat64},
		{{{0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01}, 48, true}, judge_local_nat64},
		{{{0x20, 0x02}, 16, true}, judge_6to4},
		{{{0x20, 0x01}, 32, true}, judge_teredo},
	};
	for (size_t i = 0; i < ARRAY_SIZE(carriers); i++)
		if (cidr_holds(&carriers[i].range, address, true))
			return carriers[i].judge(address);
	const char *near = judge_near(address, true);
	if (!near && is_isatap(address))
		near = judge_v4(address + 12);
	if (near)
		return near;
	const char *slug = judge_range(address_range_v6(address));
	return slug || address[0] >> 5 == 1 ? slug : "reserved-address";
}

static const char *judge_port(unsigned port)
{
	static const unsigned ports[] = {80, 443, 8080, 8443};
	for (size_t i = 0; i < ARRAY_SIZE(ports); i++)
		if (ports[i] == port)
			return NULL;
	return "port";
}

struct str link_address_text(const struct sockaddr *address, char *text, size_t room)
{
	const void *bytes = address->sa_family == AF_INET6
	                        ? (const void *)&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr
	                        : (const void *)&((const struct sockaddr_in *)(const void *)address)->sin_addr;
	return str_of(inet_ntop(address->sa_family, bytes, text, (socklen_t)room));
}

/* By itself, or by a range. */
static bool is_listed(const struct link_policy *p, const unsigned char *address, bool v6)
{
	char text[INET6_ADDRSTRLEN], range[CIDR_TEXT];
	struct str name = str_of(inet_ntop(v6 ? AF_INET6 : AF_INET, address, text, sizeof(text)));
	if (is_allowed_host(p, name))
		return false;
	if (is_ioc(p, name))
		return true;
	for (unsigned bits = v6 ? 128 : 32; p->ioc_hosts && bits; bits--) {
		struct cidr c = cidr_of(address, v6, bits);
		if (is_ioc(p, cidr_text(&c, range)))
			return true;
	}
	return false;
}

/*
 * Whatever name led there. What translates or tunnels reaches the IPv4 address: in the last four octets with every prefix of 96
 * bits, of whatever network (RFC 6052), and with ISATAP; elsewhere with 6to4, with Teredo, whose server counts, too, and with the
 * prefix for local translation.
 */
static bool is_ioc_address(const struct link_policy *p, const unsigned char *address, bool v6)
{
	static const struct {
		struct cidr range;
		unsigned char at[4];
		bool inverted;
	} carriers[] = {
		{{{0}, 0, true}, {12, 13, 14, 15}, false},
		{{{0x20, 0x02}, 16, true}, {2, 3, 4, 5}, false},
		{{{0x20, 0x01}, 32, true}, {4, 5, 6, 7}, false},
		{{{0x20, 0x01}, 32, true}, {12, 13, 14, 15}, true},
		{{{0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01}, 48, true}, {6, 7, 9, 10}, false},
	};
	bool held = is_listed(p, address, v6);
	for (size_t i = 0; i < ARRAY_SIZE(carriers) && v6 && !held; i++) {
		unsigned char carried[4];
		for (size_t k = 0; k < 4; k++)
			carried[k] = address[carriers[i].at[k]] ^ (carriers[i].inverted ? 0xFF : 0);
		held = cidr_holds(&carriers[i].range, address, true) && is_listed(p, carried, false);
	}
	return held;
}

const char *link_policy_address(const struct link_policy *p, const struct sockaddr *address, unsigned port)
{
	const unsigned char *bytes;
	bool v6 = address->sa_family == AF_INET6;
	if (v6)
		bytes = ((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr;
	else if (address->sa_family == AF_INET)
		bytes = (const unsigned char *)&((const struct sockaddr_in *)(const void *)address)->sin_addr;
	else
		return "address-family";
	/* The system connects to what is mapped. */
	if (v6 && IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)(const void *)bytes)) {
		bytes += 12;
		v6 = false;
	}
	if (is_ioc_address(p, bytes, v6))
		return "ioc-address";
	if (is_allowed(p, bytes, v6))
		return NULL;
	const char *slug = v6 ? judge_v6(bytes) : judge_v4(bytes);
	return slug ? slug : judge_port(port);
}
