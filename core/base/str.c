#include "core/base/str.h"

#include <strings.h>

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	if (order)
		return order;
	return (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq(str_slice(s, 0, prefix.n), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

size_t str_find(struct str s, size_t from, struct str needle)
{
	if (from > s.n || needle.n == 0)
		return s.n;
	/* Most characters of Japanese begin with these. */
	if ((unsigned char)*needle.p >= 0xE3 && (unsigned char)*needle.p <= 0xE9) {
		const char *hit = memmem(s.p + from, s.n - from, needle.p, needle.n);
		return hit ? (size_t)(hit - s.p) : s.n;
	}
	/* Others are rare: faster than memmem, which prepares itself for the worst. */
	for (size_t i = str_find_byte(s, from, *needle.p); needle.n <= s.n - i; i = str_find_byte(s, i + 1, *needle.p))
		if (!memcmp(s.p + i, needle.p, needle.n))
			return i;
	return s.n;
}

size_t str_find_byte(struct str s, size_t from, char c)
{
	if (from >= s.n)
		return s.n;
	const char *hit = memchr(s.p + from, c, s.n - from);
	return hit ? (size_t)(hit - s.p) : s.n;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim_end(struct str s)
{
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str str_trim(struct str s)
{
	s = str_trim_end(s);
	while (s.n && is_blank(*s.p))
		s = str_from(s, 1);
	return s;
}

bool str_split(struct str *rest, char sep, struct str *part)
{
	if (!rest->p)
		return false;
	size_t at = str_find_byte(*rest, 0, sep);
	*part = str_slice(*rest, 0, at);
	*rest = at < rest->n ? str_from(*rest, at + 1) : (struct str){NULL, 0};
	return true;
}

bool str_eq_nocase(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || strncasecmp(a.p, b.p, a.n) == 0);
}
