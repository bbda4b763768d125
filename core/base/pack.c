#include "core/base/pack.h"

enum { HASH_BYTES = 8 };

void pack_number(struct buf *b, uint64_t n)
{
	for (; n >= 0x80; n >>= 7)
		buf_addc(b, (char)(n | 0x80));
	buf_addc(b, (char)n);
}

void pack_hash(struct buf *b, uint64_t n)
{
	char byte[HASH_BYTES];
	for (size_t i = 0; i < sizeof(byte); i++)
		byte[i] = (char)(n >> 8 * i);
	buf_add(b, (struct str){byte, sizeof(byte)});
}

void pack_text(struct buf *b, struct str text)
{
	pack_number(b, text.n);
	buf_add(b, text);
}

struct str pack_end(struct arena *a, struct buf *b)
{
	struct str out = arena_str(a, buf_str(b));
	buf_release(b);
	return out;
}

static struct str take(struct unpacker *u, uint64_t bytes)
{
	u->bad |= bytes > u->rest.n;
	struct str out = str_slice(u->rest, 0, u->bad ? 0 : (size_t)bytes);
	u->rest = str_from(u->rest, out.n);
	return out;
}

uint64_t unpack_number(struct unpacker *u)
{
	uint64_t n = 0;
	for (unsigned shift = 0; shift < 64 && !u->bad; shift += 7) {
		struct str one = take(u, 1);
		unsigned char byte = one.n ? (unsigned char)*one.p : 0;
		n |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80)
			return u->bad ? 0 : n;
	}
	u->bad = true;
	return 0;
}

uint32_t unpack_small(struct unpacker *u)
{
	uint64_t n = unpack_number(u);
	u->bad |= n > UINT32_MAX;
	return u->bad ? 0 : (uint32_t)n;
}

uint64_t unpack_hash(struct unpacker *u)
{
	struct str bytes = take(u, HASH_BYTES);
	uint64_t n = 0;
	for (size_t i = 0; i < bytes.n; i++)
		n |= (uint64_t)(unsigned char)bytes.p[i] << 8 * i;
	return n;
}

struct str unpack_text(struct unpacker *u)
{
	return take(u, unpack_number(u));
}

size_t unpack_count(struct unpacker *u, size_t least)
{
	uint64_t n = unpack_number(u);
	u->bad |= n > u->rest.n / least;
	return u->bad ? 0 : (size_t)n;
}
