/*
 * Borrowed text and places in it. Nothing here owns memory.
 *
 * A `struct str` is a pointer and a length in bytes; it need not end in NUL.
 * A `struct span` is a place in one text: byte offset and length in bytes.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *p;
	size_t n;
};

struct span {
	uint32_t off, len;
};

/* A string literal as a `struct str`; in initialisers of static data, too. */
#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
#define STR_INIT(literal)              \
	{                                  \
		(literal), sizeof(literal) - 1 \
	}
/* For printf's "%.*s". */
#define STR_ARG(s) (int)(s).n, (s).p

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static inline struct str str_of(const char *z)
{
	return (struct str){z ? z : "", z ? strlen(z) : 0};
}

static inline bool str_eq(struct str a, struct str b)
{
	/* Japanese texts differ in their last byte sooner than in their first. */
	return a.n == b.n && (a.n == 0 || (a.p[a.n - 1] == b.p[b.n - 1] && memcmp(a.p, b.p, a.n) == 0));
}

static inline bool str_eqz(struct str a, const char *z)
{
	return str_eq(a, str_of(z));
}

/* `from` and `to` are byte indices; both are clamped to the text. */
static inline struct str str_slice(struct str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	/* Nothing may be added to a NULL pointer, not even 0. */
	return (struct str){from ? s.p + from : s.p, to - from};
}

static inline struct str str_from(struct str s, size_t from)
{
	return str_slice(s, from, s.n);
}

static inline uint32_t span_end(struct span at)
{
	return at.off + at.len;
}

static inline struct span span_make(size_t from, size_t to)
{
	return (struct span){(uint32_t)from, (uint32_t)(to - from)};
}

static inline struct str str_at(struct str text, struct span at)
{
	return str_slice(text, at.off, (size_t)at.off + at.len);
}

/* Byte order, as memcmp: independent of the locale. */
int str_cmp(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* The byte index of the first `needle` at or after `from`; s.n where there is none. */
size_t str_find(struct str s, size_t from, struct str needle);
size_t str_find_byte(struct str s, size_t from, char c);
/* Without ASCII blanks (space, tab, CR, LF) at the ends. */
struct str str_trim(struct str s);
struct str str_trim_end(struct str s);
/*
 * The part of `*rest` before the next `sep`; `*rest` moves behind it.
 * False when `*rest` is used up (its pointer is then NULL).
 */
bool str_split(struct str *rest, char sep, struct str *part);
/* ASCII case is folded; other bytes compare as they are. */
bool str_eq_nocase(struct str a, struct str b);
