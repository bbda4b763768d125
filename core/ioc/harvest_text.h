/* What harvest.c is made of, and nobody else includes: a text in which what was defanged is live, and the readings of a name there. */
#pragma once

#include "core/ioc/harvest.h"

struct live_text {
	struct arena *a;
	struct str s;
	const size_t *mark; /* places of dots, colons and at signs that were defanged, in their order */
	size_t marks;
	struct harvest *out;
};

/* Of a plain text (plain.h). All is the arena's. */
struct live_text live_read(struct arena *a, struct str plain, struct harvest *out);
/* Was anything defanged in that part of it? */
bool live_holds_mark(const struct live_text *t, struct str part);

void harvest_add(struct live_text *t, struct str host);
/* A name or an IPv4 address, with what stands around it without a blank; also two addresses with a hyphen between them. */
void harvest_add_name(struct live_text *t, struct str part);
/* All IPv6 addresses in it. */
/* A range that begins with the address `first`, whose text ends at `i`: behind blanks, with a word between. */
void harvest_add_until(struct live_text *t, struct str first, size_t i);
void harvest_add_v6(struct live_text *t, struct str part);

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool is_alnum(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static inline bool is_one_of(const char *few, char c)
{
	return c && strchr(few, c);
}

/* Blanks, and marks of emphasis. */
static inline bool is_look(char c)
{
	return is_one_of(" `*", c);
}

static inline size_t skip(struct str s, size_t i, bool (*is)(char))
{
	while (i < s.n && is(s.p[i]))
		i++;
	return i;
}

/* Without such bytes at the ends. */
static inline struct str trim(struct str s, const char *few)
{
	while (s.n && is_one_of(few, s.p[s.n - 1]))
		s.n--;
	while (s.n && is_one_of(few, *s.p))
		s = str_from(s, 1);
	return s;
}
