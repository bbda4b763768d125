#include "core/search/fold.h"

#include <stdlib.h>

#include "core/base/buf.h"
#include "core/base/unicode.h"
#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "core/ioc/fang.h"

void folded_release(struct folded *f)
{
	free(f->p);
	free(f->from);
	free(f->to);
	*f = (struct folded){0};
}

static void make_room(struct folded *f, size_t more)
{
	if (f->n + more <= f->cap)
		return;
	f->cap = 2 * (f->n + more);
	f->p = xrealloc(f->p, f->cap);
	if (!f->mapped)
		return;
	f->from = xrealloc(f->from, f->cap * sizeof(*f->from));
	f->to = xrealloc(f->to, f->cap * sizeof(*f->to));
}

static void begin(struct folded *f, size_t room, bool mapped)
{
	/* What was not mapped before has no room for it. */
	if (mapped && !f->mapped)
		f->cap = 0;
	f->mapped = mapped;
	f->n = 0;
	make_room(f, room);
}

static inline void map(struct folded *f, size_t bytes, size_t from, size_t to)
{
	for (size_t i = f->n; f->mapped && i < f->n + bytes; i++) {
		f->from[i] = (uint32_t)from;
		f->to[i] = (uint32_t)to;
	}
}

/* There is room. */
static inline void put(struct folded *f, const char *p, size_t n, size_t from, size_t to)
{
	map(f, n, from, to);
	memcpy(f->p + f->n, p, n);
	f->n += n;
}

/* ---- characters that fold by arithmetic ---- */

/* A run of blanks is as one. */
static void put_char(struct folded *f, char c, size_t from, size_t to)
{
	if (c == ' ' && f->n && f->p[f->n - 1] == ' ') {
		for (size_t i = f->n - 1; f->mapped && i < f->n; i++)
			f->to[i] = (uint32_t)to;
		return;
	}
	map(f, 1, from, to);
	f->p[f->n++] = c;
}

/* What a byte of ASCII folds to. */
static char ascii(unsigned char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c | 0x20);
	return c == '\t' || c == '\v' || c == '\f' ? ' ' : (char)c;
}

static bool is_dash(unsigned second, unsigned third)
{
	return (second == 0x80 && third >= 0x90 && third <= 0x95) || (second == 0x88 && third == 0x92);
}

/* Of three bytes that begin with 0xE3: kana and punctuation that fold to themselves and never compose with what follows them alone. */
static bool is_kana(unsigned second, unsigned third)
{
	unsigned pair = second << 8 | third;
	return (pair >= 0x8081 && pair <= 0x809F) || (pair >= 0x8181 && pair <= 0x8296) ||
	       (pair >= 0x829D && pair <= 0x829E) || (pair >= 0x82A0 && pair <= 0x83BE);
}

static bool is_tail(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

static bool is_three(struct str s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.p + i;
	return s.n - i >= 3 && p[0] >= 0xE2 && p[0] <= 0xEF && is_tail(p[1]) && is_tail(p[2]);
}

/* Does a character of three bytes fold to itself? */
static bool is_own(const unsigned char *p)
{
	return (p[0] >= 0xE4 && p[0] <= 0xE9) || (p[0] == 0xE3 && is_kana(p[1], p[2]));
}

/* The one of ASCII that a character of three bytes folds to; 0: ask ICU. */
static char narrow(const unsigned char *p)
{
	if (p[0] == 0xEF && (p[1] == 0xBC || p[1] == 0xBD)) {
		unsigned wide = (p[1] & 0x03U) << 6 | (p[2] & 0x3FU);
		return wide >= 0x01 && wide <= 0x5E ? ascii((unsigned char)(wide + 0x20)) : 0;
	}
	if (p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80)
		return ' ';
	return p[0] == 0xE2 && is_dash(p[1], p[2]) ? '-' : 0;
}

static bool is_simple(struct str s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.p + i;
	return *p < 0x80 || (is_three(s, i) && (is_own(p) || narrow(p)));
}

/* Reads as many as need nobody's help from byte `i` on; the index behind. */
static size_t fold_simple(struct folded *f, struct str s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.p;
	while (i < s.n) {
		char c;
		if (p[i] < 0x80) {
			put_char(f, ascii(p[i]), i, i + 1);
			i++;
			continue;
		}
		if (!is_three(s, i))
			break;
		if (is_own(p + i))
			put(f, s.p + i, 3, i, i + 3);
		else if ((c = narrow(p + i)))
			put_char(f, c, i, i + 3);
		else
			break;
		i += 3;
	}
	return i;
}

/* ---- all others ---- */

/* Reads one; false: it is a byte that is no UTF-8. */
static bool read_one(struct str s, size_t i, size_t *next, uint32_t *c)
{
	*next = i;
	*c = utf8_next(s, next);
	return *c != 0xFFFD || *next > i + 1;
}

/* Behind what folds as one with the character before byte `i`. */
static size_t marks_end(struct str s, size_t i)
{
	enum { LONGEST = 256 };
	size_t from = i, next;
	uint32_t c;
	while (i < s.n && i - from < LONGEST && !is_simple(s, i) && read_one(s, i, &next, &c) &&
	       !unicode_casefolds_apart(c))
		i = next;
	return i;
}

/* What stands before a mark may become one character with it. Removes it from the folded text; its first byte in the original. */
static size_t take_back(struct folded *f, struct str s, size_t floor, size_t i)
{
	size_t at = i;
	if (i == floor || (unsigned char)s.p[i - 1] <= ' ' || !f->n || f->p[f->n - 1] == ' ')
		return i;
	do
		at--;
	while (at > floor && is_tail((unsigned char)s.p[at]));
	do
		f->n--;
	while (f->n && is_tail((unsigned char)f->p[f->n]));
	return at;
}

static void put_folded(struct folded *f, struct str text, size_t from, size_t to)
{
	for (size_t i = 0; i < text.n;) {
		size_t at = i;
		uint32_t c = utf8_next(text, &i);
		bool dash = i - at == 3 && text.p[at] == '\xE2' &&
		            is_dash((unsigned char)text.p[at + 1], (unsigned char)text.p[at + 2]);
		if (dash || unicode_is_space(c))
			put_char(f, dash ? '-' : ' ', from, to);
		else
			put(f, text.p + at, i - at, from, to);
	}
}

/* One at byte `i`, and what is one with it. The index behind. */
static size_t fold_other(struct folded *f, struct arena *scratch, struct str s, size_t floor, size_t i)
{
	size_t next, from = i;
	uint32_t c;
	if (!read_one(s, i, &next, &c)) {
		put(f, "\xFF", 1, i, next);
		return next;
	}
	if (!unicode_casefolds_apart(c))
		from = take_back(f, s, floor, i);
	next = marks_end(s, next);
	struct str text = unicode_casefold(scratch, str_slice(s, from, next));
	make_room(f, text.n + s.n - next);
	put_folded(f, text, from, next);
	arena_reset(scratch);
	return next;
}

static void fold_into(struct folded *f, struct str text)
{
	struct arena scratch = {0};
	size_t floor = 0;
	f->n = 0;
	for (size_t i = 0; (i = fold_simple(f, text, i)) < text.n;)
		floor = i = fold_other(f, &scratch, text, floor, i);
	arena_release(&scratch);
}

void fold_text(struct folded *f, struct str text)
{
	begin(f, text.n, true);
	fold_into(f, text);
}

/* ---- a first look ---- */

/*
 * Does a character begin with `a` that letters and digits, or kana and kanji, could hide in? Not so ASCII, most kana, kanji, the
 * usual punctuation, arrows and shapes. Of what is no UTF-8 nothing is ever found. Without branches, so that compilers take many
 * at once.
 */
static inline unsigned char is_odd(unsigned char a, unsigned char b, unsigned char c)
{
	unsigned char rare = ((unsigned char)(a - 0xC2) <= 0xE1 - 0xC2) | (a >= 0xEA && a != 0xEF);
	unsigned char sign = ((b == 0x80) & ((unsigned char)(c - 0x90) <= 0x17)) | ((b == 0x86) & (c >= 0x90)) |
	                     ((unsigned char)(b - 0x94) <= 3);
	unsigned char kana = (b >= 0x84) | ((b == 0x80) & (c >= 0xA0)) | ((b == 0x82) & ((unsigned char)(c - 0x97) <= 8)) |
	                     ((b == 0x83) & (c == 0xBF));
	unsigned char wide = (b == 0xBC) & ((unsigned char)(c - 0x90) >= 10) & ((unsigned char)(c - 0xA1) >= 26);
	wide |= (b == 0xBD) & (c == 0x9E);
	return rare | ((a == 0xE2) & !sign) | ((a == 0xE3) & kana) | ((a == 0xEF) & !wide);
}

static bool lower_all(char *restrict out, const unsigned char *restrict p, size_t n)
{
	unsigned char odd = 0;
	for (size_t i = 0; i < n; i++)
		out[i] = (char)(p[i] | ((unsigned char)(p[i] - 'A') < 26) << 5);
	for (size_t i = 0; i + 2 < n; i++)
		odd |= is_odd(p[i], p[i + 1], p[i + 2]);
	return n >= 2 && (odd | is_odd(p[n - 2], p[n - 1], 0xBF) | is_odd(p[n - 1], 0xBF, 0xBF)) == 0;
}

void fold_quick(struct folded *f, struct str text)
{
	begin(f, text.n, false);
	f->n = text.n;
	if (!lower_all(f->p, (const unsigned char *)text.p, text.n))
		fold_into(f, text);
}

/* ---- defanged ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

static bool begins_mark(char c)
{
	return c && strchr("[({\\.", c);
}

/* In full width, as an ellipsis, or behind an ideographic blank. */
static bool begins_wide(struct str s, size_t i)
{
	return s.p[i] == '\xEF' || s.p[i] == '\xE2' || (s.p[i] == '\xE3' && i + 1 < s.n && s.p[i + 1] == '\x80');
}

bool fold_sign_at(struct str quick, size_t i)
{
	while (i < quick.n && is_blank(quick.p[i]))
		i++;
	return i < quick.n && (begins_mark(quick.p[i]) || strchr(":@", quick.p[i]) || begins_wide(quick, i));
}

bool fold_sign_before(struct str quick, size_t i)
{
	char c = i ? quick.p[i - 1] : 'x';
	return is_blank(c) || (unsigned char)c >= 0x80 || strchr(".:@])}", c);
}

void fold_live(struct folded *live, const struct folded *plain)
{
	struct str s = folded_str(plain);
	begin(live, s.n, true);
	for (size_t i = 0; i < s.n;) {
		struct token k = {0};
		if (begins_mark(s.p[i]) || s.p[i] == ' ')
			k = mark_around(s, i, true);
		size_t n = k.n ? k.n : 1;
		struct str piece = k.n ? str_of(k.live) : str_slice(s, i, i + 1);
		put(live, piece.p, piece.n, plain->from[i], plain->to[i + n - 1]);
		i += n;
	}
}
