#include "core/digest/code_span.h"

static size_t run_at(struct str s, size_t i)
{
	size_t n = 0;
	while (i + n < s.n && s.p[i + n] == '`')
		n++;
	return n;
}

size_t code_span_end(struct str s, size_t i, bool *closed)
{
	/* Each length that nothing closes costs one look at the rest of the line. */
	enum { LONGEST_RUN = 32 };
	size_t run = run_at(s, i);
	*closed = false;
	for (size_t k = i + run; run <= LONGEST_RUN && k < s.n;) {
		k = str_find_byte(s, k, '`');
		size_t close = run_at(s, k);
		if (close == run) {
			*closed = true;
			return k + close;
		}
		k += close;
	}
	return i + run;
}
