#include "core/base/uuid.h"

#include "core/base/buf.h"
#include "core/base/hash.h"

const struct uuid uuid_of_urls = {
	{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}};

struct uuid uuid_make(const struct uuid *space, struct str name)
{
	unsigned char hash[20];
	struct buf bytes = {0};
	struct uuid u;
	buf_add(&bytes, (struct str){(const char *)space->v, sizeof(space->v)});
	buf_add(&bytes, name);
	hash_sha1(buf_str(&bytes), hash);
	buf_release(&bytes);
	memcpy(u.v, hash, sizeof(u.v));
	u.v[6] = (unsigned char)((u.v[6] & 0x0f) | 0x50);
	u.v[8] = (unsigned char)((u.v[8] & 0x3f) | 0x80);
	return u;
}

struct uuid_text uuid_text(const struct uuid *u)
{
	static const char digits[] = "0123456789abcdef";
	struct uuid_text text = {0};
	char *to = text.z;
	for (size_t i = 0; i < sizeof(u->v); i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*to++ = '-';
		*to++ = digits[u->v[i] >> 4];
		*to++ = digits[u->v[i] & 0xf];
	}
	return text;
}
