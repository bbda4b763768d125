#include "cmd/report/line_hash.h"

#include <stdlib.h>

#include "core/base/alloc.h"
#include "core/base/utf8.h"

enum { BLOCK = 100, BASE = 37, END = 65535 };

struct units {
	uint16_t *v;
	size_t nr;
	size_t *start; /* of each line in `v` */
};

static bool in_range(unsigned char c, unsigned char low, unsigned char high)
{
	return c >= low && c <= high;
}

/*
 * Bytes that one U+FFFD stands for: what begins like a character and then breaks off, else one byte. That is how browsers
 * and Node decode (Unicode 15, table 3-8).
 */
static size_t broken_length(struct str s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.p + i;
	size_t left = s.n - i, want = p[0] >= 0xF0 ? 3 : p[0] >= 0xE0 ? 2 : 1;
	unsigned char low = 0x80, high = 0xBF;
	if (!in_range(p[0], 0xC2, 0xF4))
		return 1;
	low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : low;
	high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : high;
	if (left < 2 || !in_range(p[1], low, high))
		return 1;
	return want == 3 && left > 2 && in_range(p[2], 0x80, 0xBF) ? 3 : 2;
}

static void add_char(struct units *u, uint32_t c)
{
	if (c == ' ' || c == '\t')
		return;
	if (c > 0xFFFF) {
		u->v[u->nr++] = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
		c = 0xDC00 + ((c - 0x10000) & 0x3FF);
	}
	u->v[u->nr++] = (uint16_t)c;
}

static void add_text(struct units *u, struct str text)
{
	for (size_t i = 0; i < text.n;) {
		size_t at = i;
		uint32_t c = utf8_next(text, &i);
		if (c == 0xFFFD && i == at + 1)
			i = at + broken_length(text, at);
		add_char(u, c);
	}
}

static struct units units_of(const struct source *s)
{
	/* No character has more units than bytes. */
	struct units u = {.v = xcalloc(s->text.n + 1 + BLOCK, sizeof(*u.v)),
	                  .start = xcalloc(s->lines.nr, sizeof(*u.start))};
	for (uint32_t line = 0; line < s->lines.nr; line++) {
		struct span at = lines_span(&s->lines, s->text, line);
		u.start[line] = u.nr;
		add_text(&u, str_at(s->text, at));
		if (span_end(at) < s->lines.start[line + 1])
			u.v[u.nr++] = '\n';
	}
	u.v[u.nr] = END;
	return u;
}

static uint64_t power(uint64_t base, unsigned exponent)
{
	uint64_t product = 1;
	while (exponent--)
		product *= base;
	return product;
}

/* Rolls the block over the text once. */
static void hash_lines(const struct units *u, struct line_hash *out, uint32_t lines)
{
	uint64_t hash = 0, leaving = power(BASE, BLOCK);
	for (size_t i = 0; i < BLOCK; i++)
		hash = hash * BASE + u->v[i];
	size_t at = 0;
	for (uint32_t line = 0; line < lines; line++) {
		for (; at < u->start[line]; at++)
			hash = hash * BASE + u->v[at + BLOCK] - leaving * u->v[at];
		out[line].hash = hash;
	}
}

struct counted {
	uint64_t hash;
	uint32_t line;
};

static int by_hash(const void *x, const void *y)
{
	const struct counted *a = x, *b = y;
	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return (a->line > b->line) - (a->line < b->line);
}

static void count_turns(struct line_hash *v, uint32_t lines)
{
	struct counted *sorted = xcalloc(lines, sizeof(*sorted));
	for (uint32_t i = 0; i < lines; i++)
		sorted[i] = (struct counted){v[i].hash, i};
	qsort(sorted, lines, sizeof(*sorted), by_hash);
	for (uint32_t i = 0; i < lines; i++) {
		bool again = i && sorted[i].hash == sorted[i - 1].hash;
		v[sorted[i].line].turn = again ? v[sorted[i - 1].line].turn + 1 : 1;
	}
	free(sorted);
}

struct line_hash *line_hashes(const struct source *s)
{
	struct line_hash *out = xcalloc(s->lines.nr, sizeof(*out));
	struct units u = units_of(s);
	hash_lines(&u, out, s->lines.nr);
	count_turns(out, s->lines.nr);
	free(u.v);
	free(u.start);
	return out;
}
