#include "core/base/utf8.h"

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* Eight bytes that are ASCII and no NUL: subtracting 1 from each borrows into a high bit only where there is a NUL. */
static bool plain8(const unsigned char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof(w));
	return ((w | (w - ONES)) & HIGHS) == 0;
}

static bool is_tail(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

/* Bytes of the well-formed sequence of more than one byte at `p`; 0 where there is none. Table 3-7 of Unicode. */
static size_t sequence(const unsigned char *p, size_t n)
{
	unsigned char c = p[0];

	if (c >= 0xE0 && c <= 0xEF) {
		if (n < 3 || !is_tail(p[1]) || !is_tail(p[2]))
			return 0;
		bool overlong = c == 0xE0 && p[1] < 0xA0;
		bool surrogate = c == 0xED && p[1] > 0x9F;
		return overlong || surrogate ? 0 : 3;
	}
	if (c >= 0xC2 && c <= 0xDF)
		return n >= 2 && is_tail(p[1]) ? 2 : 0;
	if (c >= 0xF0 && c <= 0xF4) {
		if (n < 4 || !is_tail(p[1]) || !is_tail(p[2]) || !is_tail(p[3]))
			return 0;
		bool overlong = c == 0xF0 && p[1] < 0x90;
		bool too_large = c == 0xF4 && p[1] > 0x8F;
		return overlong || too_large ? 0 : 4;
	}
	return 0;
}

/* The same for what nearly all of Japanese is: three bytes that begin with E1 to EC. */
static bool is_plain3(const unsigned char *p, size_t n)
{
	return p[0] >= 0xE1 && p[0] <= 0xEC && n >= 3 && is_tail(p[1]) && is_tail(p[2]);
}

size_t utf8_check(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0;

	while (i < s.n) {
		if (is_plain3(p + i, s.n - i)) {
			i += 3;
		} else if (p[i] >= 0x80) {
			size_t n = sequence(p + i, s.n - i);
			if (n == 0)
				return i;
			i += n;
		} else if (s.n - i >= 8 && plain8(p + i)) {
			i += 8;
		} else if (p[i] == 0) {
			return i;
		} else {
			i++;
		}
	}
	return s.n;
}

uint32_t utf8_next(struct str s, size_t *i)
{
	const unsigned char *p = (const unsigned char *)s.p + *i;

	if (p[0] < 0x80) {
		++*i;
		return p[0];
	}

	size_t n = sequence(p, s.n - *i);
	if (n == 0) {
		++*i;
		return 0xFFFD;
	}
	*i += n;
	/* The lead byte of n bytes carries 7 - n bits. */
	uint32_t codepoint = p[0] & (0x7FU >> n);
	for (size_t k = 1; k < n; k++)
		codepoint = codepoint << 6 | (p[k] & 0x3FU);
	return codepoint;
}

size_t utf8_count(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t count = 0;

	for (size_t i = 0; i < s.n; count++) {
		size_t n = p[i] < 0x80 ? 1 : is_plain3(p + i, s.n - i) ? 3 : sequence(p + i, s.n - i);
		i += n ? n : 1;
	}
	return count;
}

size_t utf8_skip_common(struct str s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.p;

	while (i < s.n) {
		if (p[i] >= ' ' && p[i] <= '~')
			i++;
		else if (p[i] >= 0xE3 && p[i] <= 0xE9 && is_plain3(p + i, s.n - i))
			i += 3;
		else
			break;
	}
	return i;
}
