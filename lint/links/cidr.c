#include "lint/links/cidr.h"

#include <arpa/inet.h>
#include <stdio.h>

#include "core/ioc/address.h"

static bool read_bits(struct str s, unsigned most, unsigned char *out)
{
	unsigned bits = 0;
	if (!s.n || s.n > 3 || (s.n > 1 && s.p[0] == '0'))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		bits = bits * 10 + (unsigned)(s.p[i] - '0');
	}
	*out = (unsigned char)bits;
	return bits <= most;
}

static bool ends_in_zeros(const struct cidr *c)
{
	struct cidr masked = cidr_of(c->prefix, c->v6, c->bits);
	return memcmp(masked.prefix, c->prefix, sizeof(c->prefix)) == 0;
}

static bool read_range(struct str text, struct cidr *out)
{
	size_t slash = str_find_byte(text, 0, '/');
	struct str address = str_slice(text, 0, slash);
	*out = (struct cidr){0};
	out->v6 = str_find_byte(address, 0, ':') < address.n;
	if (!(out->v6 ? address_v6(address, out->prefix) : address_v4(address, out->prefix)))
		return false;
	unsigned most = out->v6 ? 128 : 32;
	out->bits = (unsigned char)most;
	return slash == text.n || read_bits(str_from(text, slash + 1), most, &out->bits);
}

bool cidr_read(struct str text, struct cidr *out)
{
	return read_range(text, out) && ends_in_zeros(out);
}

bool cidr_around(struct str text, struct cidr *out)
{
	if (str_find_byte(text, 0, '/') == text.n || !read_range(text, out))
		return false;
	*out = cidr_of(out->prefix, out->v6, out->bits);
	return true;
}

struct cidr cidr_of(const unsigned char *address, bool v6, unsigned bits)
{
	struct cidr c = {.bits = (unsigned char)bits, .v6 = v6};
	memcpy(c.prefix, address, bits / 8);
	if (bits % 8)
		c.prefix[bits / 8] = (unsigned char)(address[bits / 8] & 0xFF00 >> bits % 8);
	return c;
}

struct str cidr_text(const struct cidr *c, char text[CIDR_TEXT])
{
	char address[INET6_ADDRSTRLEN];
	inet_ntop(c->v6 ? AF_INET6 : AF_INET, c->prefix, address, sizeof(address));
	snprintf(text, CIDR_TEXT, "%s/%u", address, (unsigned)c->bits);
	return str_of(text);
}

bool cidr_holds(const struct cidr *c, const unsigned char *address, bool v6)
{
	return c->v6 == v6 && address_shares(address, c->prefix, c->bits);
}
