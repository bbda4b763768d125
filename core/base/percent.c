#include "core/base/percent.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int percent_byte(struct str s, size_t i)
{
	if (i + 2 >= s.n || s.p[i] != '%')
		return -1;
	int high = hex(s.p[i + 1]), low = hex(s.p[i + 2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

struct str percent_decode(struct arena *a, struct str s)
{
	char *out = arena_array(a, char, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		int byte = percent_byte(s, i);
		out[n++] = byte < 0 ? s.p[i] : (char)byte;
		i += byte < 0 ? 0 : 2;
	}
	return (struct str){out, n};
}
