/* Digests of bytes: the door to nettle. */
#pragma once

#include "core/base/str.h"

void hash_sha1(struct str bytes, unsigned char out[20]);
void hash_sha256(struct str bytes, unsigned char out[32]);
/* Keccak as it was before FIPS 202 made SHA-3 of it: what Ethereum and Monero use. */
void hash_keccak256(struct str bytes, unsigned char out[32]);
