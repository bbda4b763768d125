#include "lint/blank.h"

size_t blank_prefix(struct str s)
{
	size_t n = 0;
	for (;;) {
		struct str rest = str_from(s, n);
		if (rest.n && (rest.p[0] == ' ' || rest.p[0] == '\t'))
			n++;
		else if (str_starts(rest, WIDE_SPACE))
			n += WIDE_SPACE.n;
		else if (str_starts(rest, NO_BREAK_SPACE))
			n += NO_BREAK_SPACE.n;
		else
			return n;
	}
}

size_t blank_suffix(struct str s)
{
	size_t n = s.n;
	for (;;) {
		struct str rest = str_slice(s, 0, n);
		if (n && (rest.p[n - 1] == ' ' || rest.p[n - 1] == '\t'))
			n--;
		else if (str_ends(rest, WIDE_SPACE))
			n -= WIDE_SPACE.n;
		else if (str_ends(rest, NO_BREAK_SPACE))
			n -= NO_BREAK_SPACE.n;
		else
			return s.n - n;
	}
}
