#include "core/base/buf.h"

#include <stdio.h>
#include <stdlib.h>

void buf_release(struct buf *b)
{
	free(b->p);
	*b = (struct buf){0};
}

static void make_room(struct buf *b, size_t more)
{
	if (more > SIZE_MAX / 4 - b->n)
		BUG("a text of %zu bytes cannot grow by %zu", b->n, more);
	size_t need = b->n + more + 1;
	if (need <= b->cap)
		return;
	b->cap = need > b->cap * 2 ? need : b->cap * 2;
	b->p = xrealloc(b->p, b->cap);
}

void buf_add(struct buf *b, struct str s)
{
	make_room(b, s.n);
	if (s.n)
		memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
	b->p[b->n] = 0;
}

void buf_addz(struct buf *b, const char *z)
{
	buf_add(b, str_of(z));
}

void buf_addc(struct buf *b, char c)
{
	buf_add(b, (struct str){&c, 1});
}

void buf_pad(struct buf *b, char c, size_t count)
{
	make_room(b, count);
	memset(b->p + b->n, c, count);
	b->n += count;
	b->p[b->n] = 0;
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	enum { MOST_OFTEN_ENOUGH = 64 };
	va_list ap;
	make_room(b, MOST_OFTEN_ENOUGH);
	va_start(ap, fmt);
	int n = vsnprintf(b->p + b->n, b->cap - b->n, fmt, ap);
	va_end(ap);
	if (n < 0)
		BUG("a format that cannot be printed: %s", fmt);
	if ((size_t)n >= b->cap - b->n) {
		make_room(b, (size_t)n);
		va_start(ap, fmt);
		vsnprintf(b->p + b->n, b->cap - b->n, fmt, ap);
		va_end(ap);
	}
	b->n += (size_t)n;
}

void buf_add_char(struct buf *b, uint32_t c)
{
	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = 0xFFFD;
	if (c < 0x80) {
		buf_addc(b, (char)c);
		return;
	}
	char out[4];
	size_t tail = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
	static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
	out[0] = (char)(lead[tail] | (c >> (6 * tail)));
	for (size_t i = 1; i <= tail; i++)
		out[i] = (char)(0x80 | ((c >> (6 * (tail - i))) & 0x3F));
	buf_add(b, (struct str){out, tail + 1});
}
