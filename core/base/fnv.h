/* FNV-1a (RFC 9923), 64 bits: for tables and for telling texts apart, not against anybody who wants them to be alike. */
#pragma once

#include <stdint.h>

#include "core/base/str.h"

#define FNV_START UINT64_C(0xcbf29ce484222325)

static inline uint64_t fnv_byte(uint64_t h, unsigned char c)
{
	return (h ^ c) * UINT64_C(0x100000001b3);
}

static inline uint64_t fnv_add(uint64_t h, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		h = fnv_byte(h, (unsigned char)s.p[i]);
	return h;
}
