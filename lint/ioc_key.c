#include "lint/ioc_key.h"

#include <arpa/inet.h>

#include "core/base/unicode_host.h"

static struct str lower(struct arena *a, struct str s, size_t end)
{
	char *out = arena_array(a, char, s.n);
	for (size_t i = 0; i < s.n; i++)
		out[i] = i < end && s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] - 'A' + 'a') : s.p[i];
	return (struct str){out, s.n};
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* `2001:db8:0:0:0:0:0:1` as `2001:db8::1`; with a port or a prefix it stays. */
static struct str short_address(struct arena *a, const struct indicator *is)
{
	char text[INET6_ADDRSTRLEN], *out = arena_array(a, char, INET6_ADDRSTRLEN);
	struct in6_addr address;
	struct str live = lower(a, is->live, is->live.n);
	if (live.n >= sizeof(text))
		return live;
	memcpy(text, live.p, live.n);
	text[live.n] = 0;
	if (inet_pton(AF_INET6, text, &address) != 1 || !inet_ntop(AF_INET6, &address, out, INET6_ADDRSTRLEN))
		return live;
	return str_of(out);
}

bool ioc_key(struct arena *a, const struct ioc_cell *cell, struct str *key, struct str *type)
{
	const struct indicator *is = &cell->is;
	*key = cell->written;
	*type = STR("");
	switch (is->kind) {
	case INDICATOR_URL: {
		/* Only the path tells large letters from small ones; a slash alone is no path. */
		size_t end = (size_t)(is->host.p - is->live.p) + is->host.n;
		*key = lower(a, is->live, end);
		if (str_eqz(str_from(*key, end), "/"))
			key->n--;
		return true;
	}
	case INDICATOR_WALLET:
		/* In an address of Ethereum the case of letters is but a checksum. */
		if (str_eq_nocase(str_slice(is->live, 0, 2), STR("0x")))
			*key = lower(a, is->live, is->live.n);
		return true;
	case INDICATOR_IPV6:
		*key = short_address(a, is);
		return true;
	case INDICATOR_DOMAIN: {
		struct str ascii = is_ascii(is->live) ? STR("") : unicode_host_ascii(a, is->live);
		*key = ascii.n ? ascii : lower(a, is->live, is->live.n);
		return true;
	}
	case INDICATOR_IPV4:
	case INDICATOR_EMAIL:
	case INDICATOR_HASH:
		*key = lower(a, is->live, is->live.n);
		return true;
	case INDICATOR_UNKNOWN:
		/* One word may be the name of two things. */
		*type = cell->type_word;
		return type->n && !str_starts(cell->written, STR("同上"));
	default:
		return true;
	}
}

struct str ioc_value_key(struct arena *a, struct str written)
{
	struct ioc_cell cell = {.written = written};
	struct str key, type;
	indicator_read(a, written, &cell.is);
	return ioc_key(a, &cell, &key, &type) ? key : STR("");
}

bool ioc_is_unique(const struct ioc_cell *cell)
{
	static const bool unique[INDICATOR_KINDS] = {
		[INDICATOR_IPV4] = true,  [INDICATOR_IPV6] = true, [INDICATOR_DOMAIN] = true, [INDICATOR_URL] = true,
		[INDICATOR_EMAIL] = true, [INDICATOR_HASH] = true, [INDICATOR_WALLET] = true,
	};
	const struct indicator *is = &cell->is;
	bool somebodys = !is->host_is_address || is->range == RANGE_GLOBAL;
	/* A version, a package: what looks like an address or a host, and is none. */
	bool lookalike = ioc_is_network(cell) && !ioc_may_be_network(cell);
	return unique[is->kind] && !is->flaw && somebodys && !lookalike && !ioc_is_placeholder(cell) && !ioc_is_link(cell);
}
