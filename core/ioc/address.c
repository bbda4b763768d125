#include "core/ioc/address.h"

#include "core/base/message.h"

bool address_v4(struct str s, unsigned char out[4])
{
	size_t i = 0;
	for (unsigned octet = 0; octet < 4; octet++) {
		unsigned value = 0;
		size_t from = i;
		for (; i < s.n && i - from < 3 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
			value = value * 10 + (unsigned)(s.p[i] - '0');
		if (i == from || value > 255 || (i - from > 1 && s.p[from] == '0'))
			return false;
		out[octet] = (unsigned char)value;
		if (octet < 3 && (i >= s.n || s.p[i++] != '.'))
			return false;
	}
	return i == s.n;
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A number as in C. False: none, or one of more than 32 bits. */
static bool read_number(struct str s, uint64_t *value)
{
	unsigned base = 10;
	if (str_starts(s, STR("0x")) || str_starts(s, STR("0X")))
		base = 16, s = str_from(s, 2);
	else if (s.n > 1 && s.p[0] == '0')
		base = 8, s = str_from(s, 1);
	*value = 0;
	for (size_t i = 0; i < s.n; i++) {
		int digit = hex_value(s.p[i]);
		if (digit < 0 || (unsigned)digit >= base)
			return false;
		*value = *value * base + (unsigned)digit;
		if (*value > UINT32_MAX)
			return false;
	}
	return s.n > 0;
}

bool address_v4_loose(struct str s, unsigned char out[4])
{
	uint64_t value = 0;
	size_t parts = 0;
	struct str part;
	memset(out, 0, 4);
	while (str_split(&s, '.', &part)) {
		if (parts == 4 || !read_number(part, &value))
			return false;
		if (s.p && value > 0xFF)
			return false;
		if (s.p)
			out[parts] = (unsigned char)value;
		parts++;
	}
	if (!parts || value >> 8 * (5 - parts))
		return false;
	for (size_t i = 4; i-- >= parts; value >>= 8)
		out[i] = (unsigned char)value;
	return true;
}

/* One group of up to four digits; 0 bytes: none. */
static size_t read_group(struct str s, unsigned *value)
{
	size_t n = 0;
	*value = 0;
	while (n < s.n && n < 4 && hex_value(s.p[n]) >= 0)
		*value = *value << 4 | (unsigned)hex_value(s.p[n++]);
	return n;
}

bool address_v6(struct str s, unsigned char out[16])
{
	enum { NOWHERE = 17 };
	size_t n = 0, gap = NOWHERE, i = 0;
	memset(out, 0, 16);
	if (str_starts(s, STR("::")))
		gap = 0, i = 2;
	while (i < s.n) {
		unsigned value;
		size_t digits = read_group(str_from(s, i), &value);
		if (!digits || n > 14)
			return false;
		if (i + digits < s.n && s.p[i + digits] == '.') {
			if (n > 12 || !address_v4(str_from(s, i), out + n))
				return false;
			n += 4;
			break;
		}
		out[n++] = (unsigned char)(value >> 8);
		out[n++] = (unsigned char)value;
		i += digits;
		if (i == s.n)
			break;
		if (s.p[i++] != ':' || i == s.n)
			return false;
		if (s.p[i] == ':') {
			if (gap != NOWHERE)
				return false;
			gap = n;
			i++;
		}
	}
	if (gap == NOWHERE)
		return n == 16;
	if (n > 14)
		return false;
	memmove(out + 16 - (n - gap), out + gap, n - gap);
	memset(out + gap, 0, 16 - n);
	return true;
}

struct range {
	unsigned char prefix[16];
	unsigned char bits;
	enum address_range range;
};

/* IANA IPv4 Special-Purpose Address Registry; the first that fits holds. */
static const struct range v4[] = {
	{{192, 0, 0, 9}, 32, RANGE_GLOBAL},        /* RFC 7723, Port Control Protocol */
	{{192, 0, 0, 10}, 32, RANGE_GLOBAL},       /* RFC 8155, TURN */
	{{192, 31, 196}, 24, RANGE_GLOBAL},        /* RFC 7535, AS112 */
	{{192, 52, 193}, 24, RANGE_GLOBAL},        /* RFC 7450, AMT */
	{{192, 175, 48}, 24, RANGE_GLOBAL},        /* RFC 7534, AS112 */
	{{0}, 8, RANGE_LOOPBACK},                  /* RFC 791, "this network" */
	{{127}, 8, RANGE_LOOPBACK},                /* RFC 1122 */
	{{10}, 8, RANGE_PRIVATE},                  /* RFC 1918 */
	{{172, 16}, 12, RANGE_PRIVATE},            /* RFC 1918 */
	{{192, 168}, 16, RANGE_PRIVATE},           /* RFC 1918 */
	{{100, 64}, 10, RANGE_PRIVATE},            /* RFC 6598, shared */
	{{169, 254}, 16, RANGE_LINK_LOCAL},        /* RFC 3927 */
	{{192, 0, 2}, 24, RANGE_DOCUMENTATION},    /* RFC 5737, TEST-NET-1 */
	{{198, 51, 100}, 24, RANGE_DOCUMENTATION}, /* RFC 5737, TEST-NET-2 */
	{{203, 0, 113}, 24, RANGE_DOCUMENTATION},  /* RFC 5737, TEST-NET-3 */
	{{233, 252, 0}, 24, RANGE_DOCUMENTATION},  /* RFC 6676, MCAST-TEST-NET */
	{{192, 0, 0}, 24, RANGE_RESERVED},         /* RFC 6890, IETF protocol assignments */
	{{192, 88, 99}, 24, RANGE_RESERVED},       /* RFC 7526, 6to4 relay, deprecated */
	{{198, 18}, 15, RANGE_RESERVED},           /* RFC 2544, benchmarking */
	{{224}, 4, RANGE_MULTICAST},               /* RFC 5771 */
	{{240}, 4, RANGE_RESERVED},                /* RFC 1112 */
};

/* IANA IPv6 Special-Purpose Address Registry, and what RFC 4291 says of the rest. */
static const struct range v6[] = {
	{{0}, 128, RANGE_LOOPBACK},                                /* RFC 4291, unspecified */
	{{[15] = 1}, 128, RANGE_LOOPBACK},                         /* RFC 4291 */
	{{0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01}, 48, RANGE_PRIVATE}, /* RFC 8215, local translation */
	{{0x00, 0x64, 0xFF, 0x9B}, 96, RANGE_GLOBAL},              /* RFC 6052, translation */
	{{0x01}, 64, RANGE_RESERVED},                              /* RFC 6666, discard only */
	{{0x20, 0x01, 0x0D, 0xB8}, 32, RANGE_DOCUMENTATION},       /* RFC 3849 */
	{{0x3F, 0xFF}, 20, RANGE_DOCUMENTATION},                   /* RFC 9637 */
	{{0x20, 0x01, 0x00, 0x00}, 32, RANGE_GLOBAL},              /* RFC 4380, Teredo */
	{{0x20, 0x01, 0x00, 0x01, [15] = 1}, 128, RANGE_GLOBAL},   /* RFC 7723, Port Control Protocol */
	{{0x20, 0x01, 0x00, 0x01, [15] = 2}, 128, RANGE_GLOBAL},   /* RFC 8155, TURN */
	{{0x20, 0x01, 0x00, 0x03}, 32, RANGE_GLOBAL},              /* RFC 7450, AMT */
	{{0x20, 0x01, 0x00, 0x04, 0x01, 0x12}, 48, RANGE_GLOBAL},  /* RFC 7535, AS112 */
	{{0x20, 0x01, 0x00, 0x20}, 28, RANGE_GLOBAL},              /* RFC 7343, ORCHIDv2 */
	{{0x20, 0x01, 0x00, 0x30}, 28, RANGE_GLOBAL},              /* RFC 9374, drones */
	{{0x20, 0x01}, 23, RANGE_RESERVED},                        /* RFC 2928, IETF protocol assignments */
	{{0x20}, 3, RANGE_GLOBAL},                                 /* RFC 4291, global unicast */
	{{0xFC}, 7, RANGE_PRIVATE},                                /* RFC 4193 */
	{{0xFE, 0x80}, 10, RANGE_LINK_LOCAL},                      /* RFC 4291 */
	{{0xFE, 0xC0}, 10, RANGE_PRIVATE},                         /* RFC 3879, site-local, deprecated */
	{{0xFF}, 8, RANGE_MULTICAST},                              /* RFC 4291 */
};

bool address_shares(const unsigned char *address, const unsigned char *prefix, unsigned bits)
{
	size_t whole = bits / 8, rest = bits % 8;
	if (memcmp(address, prefix, whole) != 0)
		return false;
	return !rest || (address[whole] ^ prefix[whole]) >> (8 - rest) == 0;
}

static enum address_range look_up(const struct range *table, size_t nr, const unsigned char *address,
                                  enum address_range otherwise)
{
	for (size_t i = 0; i < nr; i++)
		if (address_shares(address, table[i].prefix, table[i].bits))
			return table[i].range;
	return otherwise;
}

enum address_range address_range_v4(const unsigned char address[4])
{
	return look_up(v4, ARRAY_SIZE(v4), address, RANGE_GLOBAL);
}

enum address_range address_range_v6(const unsigned char address[16])
{
	static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF}; /* RFC 4291 §2.5.5.2 */
	if (memcmp(address, mapped, sizeof(mapped)) == 0)
		return address_range_v4(address + 12);
	/* Nothing else has been given to anybody. */
	return look_up(v6, ARRAY_SIZE(v6), address, RANGE_RESERVED);
}

enum address_range address_range_of(struct str address)
{
	unsigned char bytes[16];
	if (address_v4(address, bytes))
		return address_range_v4(bytes);
	return address_v6(address, bytes) ? address_range_v6(bytes) : RANGE_NONE;
}

const char *address_range_name(enum address_range r)
{
	static const char *const names[] = {
		[RANGE_NONE] = "",
		[RANGE_GLOBAL] = N_("global"),
		[RANGE_PRIVATE] = N_("private"),
		[RANGE_LOOPBACK] = N_("loopback"),
		[RANGE_LINK_LOCAL] = N_("link-local"),
		[RANGE_DOCUMENTATION] = N_("documentation"),
		[RANGE_MULTICAST] = N_("multicast"),
		[RANGE_RESERVED] = N_("reserved"),
	};
	return *names[r] ? _(names[r]) : "";
}
