/*
 * What Unicode says about text: the only door to ICU.
 * All texts are UTF-8. Results that are `struct str` live in the arena.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/date.h"
#include "core/base/err.h"

/* Which Unicode, and which ICU: another text where texts may be seen otherwise. */
struct str unicode_version(struct arena *a);
/*
 * Columns that a code point takes on a terminal: 0 (combining, format), 1 or 2 (UAX #11 wide
 * and full-width, emoji presentation).
 */
int unicode_width(uint32_t codepoint);
/* Columns of a whole text; tabs count as `tab` columns up to the next stop. */
size_t unicode_columns(struct str s, unsigned tab);
/* User-perceived characters (UAX #29 grapheme clusters). */
size_t unicode_graphemes(struct str s);
/*
 * A key under which spellings that a reader takes for the same are equal:
 * NFKC_Casefold (UAX #31), and without white space. It may be `s` itself.
 */
struct str unicode_key(struct arena *a, struct str s);
/* "U+2011 NON-BREAKING HYPHEN" */
struct str unicode_name(struct arena *a, uint32_t codepoint);
/*
 * Should the code point be escaped when it is shown? Controls, format and bidi characters but for the joiner of emoji,
 * lone surrogates.
 */
bool unicode_is_control(uint32_t codepoint);
bool unicode_is_space(uint32_t codepoint);
/* A guess which encoding bytes that are not UTF-8 have: "Shift_JIS"; NULL without one. Static text. */
const char *unicode_guess_encoding(struct str bytes);
/* The day it is at `seconds` since 1970 in the zone ("Asia/Tokyo"). -1: no such zone. */
int unicode_day(const char *zone, long long seconds, struct date *out, struct err *err);
bool unicode_is_zone(const char *zone);
/* An ICU date pattern ("yyyy-MM-dd") filled in, in the locale en_US_POSIX. -1: no such pattern. */
int unicode_format_date(struct arena *a, struct str pattern, struct date d, struct str *out);
/* Damerau-Levenshtein distance in code points (optimal string alignment); `limit` + 1 where it is more. */
size_t unicode_distance(struct str a, struct str b, size_t limit);
/* Prose in lines of at most so many columns, where its script allows; `quoted` text stays whole. */
struct str unicode_wrap(struct arena *a, struct str s, size_t columns);
