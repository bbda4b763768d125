#include "lint/links/cidr.h"

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

static bool ends_in_zeros(const struct cidr *c, unsigned most)
{
	for (unsigned bit = c->bits; bit < most; bit++)
		if (c->prefix[bit / 8] & 0x80 >> bit % 8)
			return false;
	return true;
}

bool cidr_read(struct str text, struct cidr *out)
{
	size_t slash = str_find_byte(text, 0, '/');
	struct str address = str_slice(text, 0, slash);
	*out = (struct cidr){0};
	out->v6 = str_find_byte(address, 0, ':') < address.n;
	if (!(out->v6 ? address_v6(address, out->prefix) : address_v4(address, out->prefix)))
		return false;
	unsigned most = out->v6 ? 128 : 32;
	out->bits = (unsigned char)most;
	if (slash < text.n && !read_bits(str_from(text, slash + 1), most, &out->bits))
		return false;
	return ends_in_zeros(out, most);
}

bool cidr_holds(const struct cidr *c, const unsigned char *address, bool v6)
{
	return c->v6 == v6 && address_shares(address, c->prefix, c->bits);
}
