#include "core/base/unicode_text.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "core/base/unicode_31j.h"

enum {
	SPACE = 0x20,
	BRAILLE_BLANK = 0x2800, /* no white space to Unicode, but to the eye */
	ANNOTATION_FIRST = 0xFFF9,
	ANNOTATION_LAST = 0xFFFC,
	WIDE_SPACE = 0x3000,
	KEYCAP = 0x20E3,
};

/* ---- properties ---- */

static bool has(uint32_t codepoint, UProperty property)
{
	return u_hasBinaryProperty((UChar32)codepoint, property);
}

bool unicode_is_bidi_control(uint32_t codepoint)
{
	return has(codepoint, UCHAR_BIDI_CONTROL);
}

bool unicode_is_right_to_left(uint32_t codepoint)
{
	UCharDirection direction = u_charDirection((UChar32)codepoint);
	return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}

bool unicode_is_odd_space(uint32_t codepoint)
{
	if (codepoint == SPACE || codepoint == WIDE_SPACE)
		return false;
	return codepoint == BRAILLE_BLANK || (U_GET_GC_MASK((UChar32)codepoint) & U_GC_Z_MASK);
}

bool unicode_is_variation_selector(uint32_t codepoint)
{
	return has(codepoint, UCHAR_VARIATION_SELECTOR);
}

bool unicode_is_invisible(uint32_t codepoint)
{
	if (unicode_is_odd_space(codepoint) || (codepoint >= ANNOTATION_FIRST && codepoint <= ANNOTATION_LAST))
		return true;
	return has(codepoint, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) && !unicode_is_bidi_control(codepoint);
}

bool unicode_is_emoji(uint32_t codepoint)
{
	return has(codepoint, UCHAR_EMOJI) || has(codepoint, UCHAR_EXTENDED_PICTOGRAPHIC) || codepoint == KEYCAP;
}

bool unicode_is_letter(uint32_t codepoint)
{
	return U_GET_GC_MASK((UChar32)codepoint) & (U_GC_L_MASK | U_GC_M_MASK);
}

bool unicode_is_private(uint32_t codepoint)
{
	return u_charType((UChar32)codepoint) == U_PRIVATE_USE_CHAR || has(codepoint, UCHAR_NONCHARACTER_CODE_POINT);
}

static UScriptCode script_of(uint32_t codepoint)
{
	UErrorCode status = U_ZERO_ERROR;
	return uscript_getScript((UChar32)codepoint, &status);
}

bool unicode_is_han(uint32_t codepoint)
{
	return script_of(codepoint) == USCRIPT_HAN;
}

bool unicode_is_katakana(uint32_t codepoint)
{
	return codepoint == 0x30FC || script_of(codepoint) == USCRIPT_KATAKANA;
}

bool unicode_is_hiragana(uint32_t codepoint)
{
	return script_of(codepoint) == USCRIPT_HIRAGANA;
}

const char *unicode_foreign_script(uint32_t codepoint)
{
	if (!unicode_is_letter(codepoint))
		return NULL;
	UScriptCode script = script_of(codepoint);
	switch (script) {
	case USCRIPT_LATIN:
	case USCRIPT_HAN:
	case USCRIPT_HIRAGANA:
	case USCRIPT_KATAKANA:
	case USCRIPT_COMMON:
	case USCRIPT_INHERITED:
	case USCRIPT_UNKNOWN:
		return NULL;
	default:
		return uscript_getName(script);
	}
}

/* ---- the characters of windows-31j ---- */

const uint64_t *unicode_common_han(void)
{
	return windows_31j + UNICODE_HAN_FIRST / 64;
}

bool unicode_in_windows_31j(uint32_t codepoint)
{
	return codepoint < 0x10000 && windows_31j[codepoint / 64] >> codepoint % 64 & 1;
}

/* ---- whole texts ---- */

/* A text in ICU's UTF-16, for the length of one call. */
struct wide {
	struct arena arena;
	UChar *text;
	int32_t n;
};

static void wide_open(struct wide *w, struct str s)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t room = (int32_t)s.n + 1;
	w->text = arena_array(&w->arena, UChar, (size_t)room);
	u_strFromUTF8WithSub(w->text, room, &w->n, s.p, (int32_t)s.n, 0xFFFD, NULL, &status);
	if (U_FAILURE(status))
		w->n = 0;
}

static struct str from_wide(struct arena *a, const UChar *text, int32_t n)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t room = n * 3 + 1, bytes = 0;
	char *out = arena_array(a, char, (size_t)room);
	u_strToUTF8WithSub(out, room, &bytes, text, n, 0xFFFD, NULL, &status);
	return (struct str){out, U_SUCCESS(status) ? (size_t)bytes : 0};
}

enum { MOST = 1 << 24 }; /* bytes of a text: longer ones stay as they are */

static struct str normalised(struct arena *a, struct str s, const UNormalizer2 *form, UErrorCode *status)
{
	/* Longest decomposition is 18 code units (U+FDFA). */
	enum { GROWTH = 18 };
	struct wide w = {0};
	struct str out = s;
	if (s.n > MOST || U_FAILURE(*status))
		return s;
	wide_open(&w, s);
	int32_t room = w.n * GROWTH + 1;
	UChar *text = arena_array(&w.arena, UChar, (size_t)room);
	int32_t n = unorm2_normalize(form, w.text, w.n, text, room, status);
	if (U_SUCCESS(*status))
		out = from_wide(a, text, n);
	arena_release(&w.arena);
	return out;
}

struct str unicode_nfc(struct arena *a, struct str s)
{
	UErrorCode status = U_ZERO_ERROR;
	return normalised(a, s, unorm2_getNFCInstance(&status), &status);
}

struct str unicode_nfkc(struct arena *a, struct str s)
{
	UErrorCode status = U_ZERO_ERROR;
	return normalised(a, s, unorm2_getNFKCInstance(&status), &status);
}

struct str unicode_casefold(struct arena *a, struct str s)
{
	UErrorCode status = U_ZERO_ERROR;
	return normalised(a, s, unorm2_getNFKCCasefoldInstance(&status), &status);
}

bool unicode_casefolds_apart(uint32_t codepoint)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&status);
	return U_FAILURE(status) || unorm2_hasBoundaryBefore(form, (UChar32)codepoint);
}

bool unicode_may_compose(uint32_t codepoint)
{
	return u_getIntPropertyValue((UChar32)codepoint, UCHAR_NFC_QUICK_CHECK) != UNORM_YES;
}

bool unicode_begins_segment(uint32_t codepoint)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	return U_FAILURE(status) || unorm2_hasBoundaryBefore(nfc, (UChar32)codepoint);
}

struct str unicode_encode(struct arena *a, struct str s, const char *encoding)
{
	UErrorCode status = U_ZERO_ERROR;
	UConverter *converter = ucnv_open(encoding, &status);
	struct wide w = {0};
	char *out = arena_array(a, char, s.n * 2 + 1), *to = out;
	if (U_SUCCESS(status) && s.n <= MOST) {
		wide_open(&w, s);
		const UChar *from = w.text;
		ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
		ucnv_fromUnicode(converter, &to, out + s.n * 2, &from, w.text + w.n, NULL, true, &status);
	}
	ucnv_close(converter);
	arena_release(&w.arena);
	return (struct str){out, (size_t)(to - out)};
}
