#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "core/ioc/address.h"
#include "core/ioc/indicator.h"
#include "core/ioc/harvest_text.h"

/* No name is longer: what is further away from a dot belongs to something else. */
enum { MOST_PLACES = 4, LONGEST_SIDE = 256 };
struct places {
	size_t v[MOST_PLACES], nr;
};

/* What is written in one go: all letters of languages with blanks between words are of one kind. */
static int kind_of(uint32_t c, int before)
{
	if (c == '.' || c == '-')
		return before;
	if ((c >= 0x80 && c < 0xC0) || (c >= 0x2000 && c < 0x2C00))
		return 4;
	if (c < 0x2E80)
		return 0;
	return unicode_is_hiragana(c) ? 1 : unicode_is_katakana(c) ? 2 : unicode_is_han(c) ? 3 : 4;
}

static void add_place(struct places *p, size_t at)
{
	if (p->nr && p->v[p->nr - 1] == at)
		return;
	/* The last ones are the nearest to the dot; the first one is the whole text. */
	if (p->nr == MOST_PLACES)
		memmove(p->v + 1, p->v + 2, (--p->nr - 1) * sizeof(*p->v));
	p->v[p->nr++] = at;
}

/* Where a name with a dot at `dot` may begin. */
static struct places begins(struct str s, size_t dot)
{
	struct places p = {0};
	int before = -1;
	for (size_t i = 0; i < dot;) {
		size_t at = i;
		int kind = kind_of(utf8_next(s, &i), before);
		if (kind != before)
			add_place(&p, at);
		before = kind;
	}
	return p;
}

static bool is_last_label(struct str s)
{
	return is_digit(s.p[s.n - 1]) || domain_has_tld(s);
}

/* Where it may end: behind each label that can be the last; where none can, at the nearest place and behind all of it. */
static struct places ends(struct str s, size_t dot)
{
	struct places p = {0};
	int before = -1;
	size_t nearest = s.n;
	for (size_t i = dot + 1, at = i; i < s.n && p.nr < MOST_PLACES - 1; at = i) {
		int kind = kind_of(utf8_next(s, &i), before);
		if (before >= 0 && kind != before) {
			nearest = nearest < at ? nearest : at;
			if (is_last_label(str_slice(s, dot, at)))
				p.v[p.nr++] = at;
		}
		before = kind;
	}
	bool none = !p.nr;
	if (none && nearest < s.n)
		p.v[p.nr++] = nearest;
	if (none || is_last_label(str_from(s, dot)))
		p.v[p.nr++] = s.n;
	return p;
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static bool has_dot(struct str s)
{
	return str_find_byte(s, 0, '.') < s.n || str_find(s, 0, STR("。")) < s.n;
}

/* Not so what is too long already without most of what makes it ASCII (`xn--`, and a digit for where it stands). */
static bool may_be_name(struct str s)
{
	enum { LONGEST_NAME = 253, PUNYCODE = 5 };
	size_t n = 0;
	bool ascii = true;
	for (size_t i = 0; i < s.n && n <= LONGEST_NAME; n++) {
		uint32_t c = utf8_next(s, &i);
		n += c >= 0x80 && ascii ? PUNYCODE : 0;
		ascii = c == '.' || (ascii && c < 0x80);
	}
	return n <= LONGEST_NAME;
}

static void add_if_name(struct live_text *t, struct str s)
{
	if (has_dot(s) && may_be_name(s))
		harvest_add(t, s);
}

/* `_evil_.com` was emphasis. */
static struct str without_underscores(struct arena *a, struct str s)
{
	char *out = arena_array(a, char, s.n);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '_')
			out[n++] = s.p[i];
	return (struct str){out, n};
}

/* `_dmarc.evil.com` is a name, `_evil.com_` is none. */
static void add_trimmed(struct live_text *t, struct str s)
{
	s = trim(s, ".");
	struct str bare = trim(s, ".-_");
	add_if_name(t, s);
	if (bare.n < s.n)
		add_if_name(t, bare);
	if (str_find_byte(bare, 0, '_') < bare.n)
		add_if_name(t, without_underscores(t->a, bare));
}

static void add_around(struct live_text *t, struct str s, size_t dot)
{
	size_t begin = dot > LONGEST_SIDE ? dot - LONGEST_SIDE : 0;
	s = str_slice(s, begin, dot + LONGEST_SIDE);
	dot -= begin;
	struct places from = begins(s, dot), to = ends(s, dot);
	for (size_t i = 0; i < from.nr; i++)
		for (size_t k = 0; k < to.nr; k++)
			add_trimmed(t, str_slice(s, from.v[i], to.v[k]));
}

/* Names may stand side by side: `evil[.]comとevil[.]net`. */
static void add_readings(struct live_text *t, struct str s)
{
	bool marked = live_holds_mark(t, s);
	/* It stands behind a scheme or an at sign: there it begins. */
	if (!marked) {
		s = str_slice(s, 0, LONGEST_SIDE);
		add_trimmed(t, s);
	}
	for (size_t i = str_find_byte(s, 0, '.'); i < s.n; i = str_find_byte(s, i + 1, '.'))
		if (!marked || live_holds_mark(t, str_slice(s, i, i + 1)))
			add_around(t, s, i);
}

/* All from one address to another, as the fewest ranges; but nearly everybody is nobody. */
static void add_between(struct live_text *t, uint32_t from, uint32_t to)
{
	enum { MOST = 1 << 24 };
	while (from <= to && to - from < MOST) {
		unsigned bits = 32;
		while (bits > 8 && !(from & 1U << (32 - bits)) && from + ((2U << (32 - bits)) - 1) <= to)
			bits--;
		harvest_add(t, arena_printf(t->a, "%u.%u.%u.%u/%u", from >> 24, from >> 16 & 0xFF, from >> 8 & 0xFF,
		                            from & 0xFF, bits));
		if (from + ((1U << (32 - bits)) - 1) == UINT32_MAX)
			return;
		from += 1U << (32 - bits);
	}
}

static uint32_t number_of(const unsigned char bytes[4])
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* `192.0.2.1-192.0.2.9`, `192.0.2.1-9` */
static void add_span(struct live_text *t, struct str s)
{
	unsigned char from[4], to[4];
	struct str first = str_slice(s, 0, str_find_byte(s, 0, '-')), last = str_from(s, first.n + 1);
	if (first.n == s.n || !address_v4(first, from))
		return;
	if (str_find_byte(last, 0, '.') == last.n)
		last = arena_printf(t->a, "%u.%u.%u.%.*s", from[0], from[1], from[2], STR_ARG(last));
	harvest_add(t, first);
	if (!address_v4(last, to))
		return;
	harvest_add(t, last);
	if (number_of(from) <= number_of(to))
		add_between(t, number_of(from), number_of(to));
	else
		add_between(t, number_of(to), number_of(from));
}

/* ` - `, ` to `, `から`, `→`, `..`: behind it; `i` itself where there is none. */
static size_t skip_until(struct str s, size_t i)
{
	static const struct str words[] = {STR_INIT("-"),    STR_INIT("~"), STR_INIT("to "),
	                                   STR_INIT("から"), STR_INIT("→"), STR_INIT("..")};
	size_t from = skip(s, i, is_look);
	for (size_t k = 0; k < ARRAY_SIZE(words); k++)
		if (str_starts(str_from(s, from), words[k]))
			return skip(s, from + words[k].n, is_look);
	return i;
}

void harvest_add_until(struct live_text *t, struct str first, size_t i)
{
	unsigned char bytes[4];
	struct str s = trim(first, ".-_");
	size_t from = skip_until(t->s, i), end = from;
	while (end < t->s.n && (is_digit(t->s.p[end]) || t->s.p[end] == '.'))
		end++;
	if (from > i && end > from && address_v4(s, bytes))
		add_span(t, arena_printf(t->a, "%.*s-%.*s", STR_ARG(s), STR_ARG(trim(str_slice(t->s, from, end), "."))));
	/* `192.0.2.*`, `192.0.2.x`, `192.0.2` with its last number left out. */
	struct str block = arena_printf(t->a, "%.*s.0", STR_ARG(trim(s, "xX.")));
	bool open = str_ends(first, STR(".")) || str_ends(first, STR("x")) || str_ends(first, STR("X"));
	if (open && address_v4(block, bytes))
		harvest_add(t, arena_printf(t->a, "%.*s/24", STR_ARG(block)));
}

void harvest_add_name(struct live_text *t, struct str s)
{
	add_span(t, trim(s, ".-_"));
	if (is_ascii(s))
		add_trimmed(t, s);
	else
		add_readings(t, s);
}

/* ---- IPv6 ---- */

static bool is_v6_byte(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') || c == ':' || c == '.';
}

/* With what stands before it, as `C2:`, and without. */
static void add_v6(struct live_text *t, struct str s)
{
	unsigned char bytes[16];
	while (s.n && (s.p[s.n - 1] == '.' || (str_ends(s, STR(":")) && !str_ends(s, STR("::")))))
		s.n--;
	for (int found = 0; found < 2 && str_find_byte(s, 0, ':') < s.n;) {
		if (address_v6(s, bytes)) {
			harvest_add(t, s);
			found++;
		}
		s = str_from(s, str_starts(s, STR(":")) ? 1 : str_find_byte(s, 0, ':'));
	}
}

void harvest_add_v6(struct live_text *t, struct str s)
{
	for (size_t i = 0; i < s.n;) {
		size_t end = skip(s, i, is_v6_byte);
		add_v6(t, str_slice(s, i, end));
		i = end > i ? end : i + 1;
	}
}
