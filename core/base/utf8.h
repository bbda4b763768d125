/* UTF-8 (RFC 3629): reading it, and saying where it is none. Lengths are bytes. */
#pragma once

#include "core/base/str.h"

/* The byte offset of the first ill-formed sequence or NUL; s.n where all is well. */
size_t utf8_check(struct str s);
/*
 * Reads the code point at byte `*i` and moves `*i` behind it.
 * An ill-formed byte reads as U+FFFD and moves by one.
 */
uint32_t utf8_next(struct str s, size_t *i);
/* Code points, ill-formed bytes counted as one each. */
size_t utf8_count(struct str s);
/* How far one can go on from that byte without missing a character of a well-formed text: over all three bytes of most. */
static inline size_t utf8_step(unsigned char byte)
{
	return byte < 0xE0 ? 1 : 3;
}
/* Where, at or after byte `i`, something else stands than printable ASCII and U+3000 to U+9FFF: kana and kanji. */
size_t utf8_skip_common(struct str s, size_t i);
