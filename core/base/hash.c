#include "core/base/hash.h"

#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <nettle/sha3.h>

void hash_sha1(struct str bytes, unsigned char out[20])
{
	struct sha1_ctx ctx;
	sha1_init(&ctx);
	sha1_update(&ctx, bytes.n, (const uint8_t *)bytes.p);
	sha1_digest(&ctx, SHA1_DIGEST_SIZE, out);
}

void hash_sha256(struct str bytes, unsigned char out[32])
{
	struct sha256_ctx ctx;
	sha256_init(&ctx);
	sha256_update(&ctx, bytes.n, (const uint8_t *)bytes.p);
	sha256_digest(&ctx, SHA256_DIGEST_SIZE, out);
}

enum { RATE = 136 }; /* bytes: 1600 - 2 * 256 bits */

static void absorb(struct sha3_state *state, const unsigned char block[RATE])
{
	for (unsigned i = 0; i < RATE; i++)
		state->a[i / 8] ^= (uint64_t)block[i] << (i % 8 * 8);
	sha3_permute(state);
}

void hash_keccak256(struct str bytes, unsigned char out[32])
{
	struct sha3_state state = {0};
	unsigned char last[RATE] = {0};
	for (; bytes.n >= RATE; bytes = str_from(bytes, RATE))
		absorb(&state, (const unsigned char *)bytes.p);
	if (bytes.n)
		memcpy(last, bytes.p, bytes.n);
	/* Here SHA-3 has 0x06. */
	last[bytes.n] = 0x01;
	last[RATE - 1] |= 0x80;
	absorb(&state, last);
	for (unsigned i = 0; i < 32; i++)
		out[i] = (unsigned char)(state.a[i / 8] >> (i % 8 * 8));
}
