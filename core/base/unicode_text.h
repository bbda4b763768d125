/*
 * What Unicode says about characters and their spellings, for rules about them: a door to ICU beside unicode.h.
 * Texts are UTF-8; results that are `struct str` live in the arena.
 */
#pragma once

#include "core/base/arena.h"

/* Directs the order of text without being seen itself (Bidi_Control, UAX #9). */
bool unicode_is_bidi_control(uint32_t codepoint);
/* A letter that is written from right to left. */
bool unicode_is_right_to_left(uint32_t codepoint);
/*
 * Not to be seen, or not to be told from a space: white space other than U+0020 and U+3000, and what is ignored by default
 * (Default_Ignorable_Code_Point), variation selectors and joiners included. Bidi controls and controls (Cc) are others.
 */
bool unicode_is_invisible(uint32_t codepoint);
/* Of those: takes room, and parts words. */
bool unicode_is_odd_space(uint32_t codepoint);
bool unicode_is_variation_selector(uint32_t codepoint);
/* Can be shown as an emoji, digits and `#` included, or is a mark that makes one (skin, keycap). */
bool unicode_is_emoji(uint32_t codepoint);
/* Letters, and marks that belong to letters. */
bool unicode_is_letter(uint32_t codepoint);
/* The script of a letter that Japanese is not written with ("Cyrillic"); NULL for all else. Static text. */
const char *unicode_foreign_script(uint32_t codepoint);
bool unicode_is_han(uint32_t codepoint);
/* Of the Katakana script, its long vowel mark included. */
bool unicode_is_katakana(uint32_t codepoint);
bool unicode_is_hiragana(uint32_t codepoint);
/* For private use, or for no use at all (noncharacters). */
bool unicode_is_private(uint32_t codepoint);

/* Which of U+4E00 to U+9FFF are in windows-31j, the characters of JIS X 0208 and its usual extensions: bit i is U+4E00 + i. */
#define UNICODE_HAN_FIRST 0x4E00
#define UNICODE_HAN_END 0xA000
const uint64_t *unicode_common_han(void);
/* Is it in windows-31j? */
bool unicode_in_windows_31j(uint32_t codepoint);

/* Normalisation forms C and KC (UAX #15). */
struct str unicode_nfc(struct arena *a, struct str s);
struct str unicode_nfkc(struct arena *a, struct str s);
/* What is left where case and compatibility do not count: NFKC_Casefold (UAX #31), blanks kept. */
struct str unicode_casefold(struct arena *a, struct str s);
/* Is what comes of it by that never one with what stands before it? */
bool unicode_casefolds_apart(uint32_t codepoint);
/* May normalisation form C change it, or what stands before it because of it? */
bool unicode_may_compose(uint32_t codepoint);
/* Does nothing that stands before it ever compose with it? */
bool unicode_begins_segment(uint32_t codepoint);

/* The text in an encoding that ICU knows, as bytes up to the first character that it lacks; "" where there is no such encoding. */
struct str unicode_encode(struct arena *a, struct str s, const char *encoding);
