#include "core/base/unicode.h"

#include <unicode/ubrk.h>
#include <unicode/ucal.h>
#include <unicode/uchar.h>
#include <unicode/ucsdet.h>
#include <unicode/udat.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include "core/base/utf8.h"

enum { MAX_DISTANCE_TEXT = 64 };

bool unicode_is_space(uint32_t codepoint)
{
	return u_isUWhiteSpace((UChar32)codepoint);
}

/* Hiragana and katakana, but for their combining marks, and kanji. */
static bool is_kana_or_kanji(uint32_t c)
{
	return (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FE) || (c >= 0x4E00 && c <= 0x9FFF);
}

bool unicode_is_control(uint32_t codepoint)
{
	enum { ZERO_WIDTH_JOINER = 0x200D };
	if (codepoint < 0x7F || is_kana_or_kanji(codepoint))
		return codepoint < ' ';
	/* Part of many emoji, and without effect elsewhere. */
	if (codepoint == ZERO_WIDTH_JOINER)
		return false;
	switch (u_charType((UChar32)codepoint)) {
	case U_CONTROL_CHAR:
	case U_FORMAT_CHAR:
	case U_SURROGATE:
	case U_LINE_SEPARATOR:
	case U_PARAGRAPH_SEPARATOR:
		return true;
	default:
		return false;
	}
}

struct str unicode_version(struct arena *a)
{
	UVersionInfo icu, unicode;
	u_getVersion(icu);
	u_getUnicodeVersion(unicode);
	return arena_printf(a, "%u.%u.%u.%u %u.%u", icu[0], icu[1], icu[2], icu[3], unicode[0], unicode[1]);
}

int unicode_width(uint32_t codepoint)
{
	UChar32 c = (UChar32)codepoint;
	if (c < 0x7F)
		return c >= 0x20;
	if (is_kana_or_kanji(codepoint))
		return 2;
	switch (u_charType(c)) {
	case U_NON_SPACING_MARK:
	case U_ENCLOSING_MARK:
	case U_CONTROL_CHAR:
	case U_FORMAT_CHAR:
		return 0;
	default:
		break;
	}
	int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
	return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

size_t unicode_columns(struct str s, unsigned tab)
{
	size_t columns = 0;
	for (size_t i = 0; i < s.n;) {
		uint32_t c = utf8_next(s, &i);
		columns += c == '\t' && tab ? tab - columns % tab : (size_t)unicode_width(c);
	}
	return columns;
}

/* ASCII, kana, kanji and full-width signs, of which each is one for a reader, too; SIZE_MAX for any other text. */
static size_t count_simple(struct str s)
{
	size_t count = 0;
	for (size_t i = 0; i < s.n; count++) {
		uint32_t c = utf8_next(s, &i);
		bool sign = (c >= 0x3000 && c <= 0x3029) || (c >= 0xFF01 && c <= 0xFF60);
		if (c == '\r' || (c >= 0x80 && !sign && !is_kana_or_kanji(c)))
			return SIZE_MAX;
	}
	return count;
}

size_t unicode_graphemes(struct str s)
{
	UErrorCode status = U_ZERO_ERROR;
	UText *text = NULL;
	size_t count = 0, simple = count_simple(s);
	if (simple != SIZE_MAX)
		return simple;
	UBreakIterator *it = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
	text = utext_openUTF8(text, s.p, (int64_t)s.n, &status);
	ubrk_setUText(it, text, &status);
	if (U_SUCCESS(status)) {
		while (ubrk_next(it) != UBRK_DONE)
			count++;
	} else {
		count = utf8_count(s);
	}
	utext_close(text);
	ubrk_close(it);
	return count;
}

/* The text in UTF-16; ill-formed bytes become U+FFFD. */
static UChar *to_utf16(struct arena *a, struct str s, int32_t *length)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t room = (int32_t)s.n + 1;
	UChar *wide = arena_array(a, UChar, (size_t)room);
	u_strFromUTF8WithSub(wide, room, length, s.p, (int32_t)s.n, 0xFFFD, NULL, &status);
	if (U_FAILURE(status))
		*length = 0;
	return wide;
}

static struct str from_utf16(struct arena *a, const UChar *wide, int32_t length)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t room = length * 3 + 1, bytes = 0;
	char *text = arena_array(a, char, (size_t)room);
	u_strToUTF8WithSub(text, room, &bytes, wide, length, 0xFFFD, NULL, &status);
	return (struct str){text, U_SUCCESS(status) ? (size_t)bytes : 0};
}

static UChar *fold(struct arena *a, const UChar *wide, int32_t length, int32_t *folded)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkc_cf = unorm2_getNFKCCasefoldInstance(&status);
	/* Longest decomposition is 18 code units (U+FDFA). */
	int32_t room = length * 18 + 1;
	UChar *out = arena_array(a, UChar, (size_t)room);
	*folded = unorm2_normalize(nfkc_cf, wide, length, out, room, &status);
	if (U_FAILURE(status))
		*folded = 0;
	return out;
}

/* Of characters of three bytes that begin with 0xE3, the other two: those that are their own key. */
static bool is_plain_tail(unsigned second, unsigned third)
{
	static const struct {
		unsigned first, last;
	} ranges[] = {{0x8181, 0x8296} /* hiragana */,
	              {0x82A1, 0x83BE} /* katakana */,
	              {0x8081, 0x8082} /* 、。 */,
	              {0x808C, 0x808F} /* 「」『』 */};
	unsigned pair = second << 8 | third;
	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++)
		if (pair >= ranges[i].first && pair <= ranges[i].last)
			return true;
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* ASCII, kana and kanji, as most texts are: nothing that ICU would change but the case. Is it its own key? */
static bool is_plain(struct str s, bool *is_key)
{
	const unsigned char *p = (const unsigned char *)s.p, *end = p + s.n;
	*is_key = true;
	while (p < end) {
		if (*p < 0x80) {
			*is_key = *is_key && !is_blank((char)*p) && (*p < 'A' || *p > 'Z');
			p++;
			continue;
		}
		if (end - p < 3 || *p < 0xE3 || *p > 0xE9 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
			return false;
		if (*p == 0xE3 && !is_plain_tail(p[1], p[2]))
			return false;
		p += 3;
	}
	return true;
}

static struct str plain_key(struct arena *a, struct str s)
{
	char *key = arena_raw(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (is_blank(c))
			continue;
		key[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return (struct str){key, n};
}

struct str unicode_key(struct arena *a, struct str s)
{
	if (s.n > INT32_MAX / 64)
		return s;
	bool is_key;
	if (is_plain(s, &is_key))
		return is_key ? s : plain_key(a, s);
	struct arena scratch = {0};
	int32_t length, folded, kept = 0;
	UChar *wide = to_utf16(&scratch, s, &length);
	UChar *key = fold(&scratch, wide, length, &folded);
	for (int32_t i = 0; i < folded; i++)
		if (!u_isUWhiteSpace(key[i]))
			key[kept++] = key[i];
	struct str out = from_utf16(a, key, kept);
	arena_release(&scratch);
	return out;
}

struct str unicode_name(struct arena *a, uint32_t codepoint)
{
	char name[128];
	UErrorCode status = U_ZERO_ERROR;
	u_charName((UChar32)codepoint, U_EXTENDED_CHAR_NAME, name, sizeof(name), &status);
	return arena_printf(a, "U+%04X %s", (unsigned)codepoint, U_SUCCESS(status) ? name : "");
}

/* ICU's names live as long as the match; these are the ones worth telling, as static text. */
static const char *const encodings[] = {"Shift_JIS",  "EUC-JP",       "ISO-2022-JP", "UTF-16BE",   "UTF-16LE",
                                        "UTF-32BE",   "UTF-32LE",     "GB18030",     "Big5",       "EUC-KR",
                                        "ISO-8859-1", "windows-1252", "KOI8-R",      "ISO-8859-2", "windows-1251"};

static const char *known_encoding(const char *name)
{
	for (size_t i = 0; name && i < ARRAY_SIZE(encodings); i++)
		if (str_eq_nocase(str_of(encodings[i]), str_of(name)))
			return encodings[i];
	return NULL;
}

const char *unicode_guess_encoding(struct str bytes)
{
	enum { ENOUGH = 4096 };
	UErrorCode status = U_ZERO_ERROR;
	UCharsetDetector *detector = ucsdet_open(&status);
	const char *found = NULL;
	ucsdet_setText(detector, bytes.p, bytes.n > ENOUGH ? ENOUGH : (int32_t)bytes.n, &status);
	const UCharsetMatch *match = ucsdet_detect(detector, &status);
	if (U_SUCCESS(status) && match && ucsdet_getConfidence(match, &status) >= 30)
		found = known_encoding(ucsdet_getName(match, &status));
	ucsdet_close(detector);
	return found;
}

static int32_t zone_name(const char *zone, UChar *wide, int32_t room)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = 0;
	u_strFromUTF8(wide, room, &length, zone, -1, &status);
	return U_SUCCESS(status) && length < room ? length : 0;
}

bool unicode_is_zone(const char *zone)
{
	UChar wide[128], canonical[128];
	UBool is_system = 0;
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = zone_name(zone, wide, 128);
	if (!length)
		return false;
	ucal_getCanonicalTimeZoneID(wide, length, canonical, 128, &is_system, &status);
	return U_SUCCESS(status);
}

int unicode_day(const char *zone, long long seconds, struct date *out, struct err *err)
{
	UChar wide[128];
	UErrorCode status = U_ZERO_ERROR;
	if (!unicode_is_zone(zone))
		return err_set(err, "no such time zone: %s", zone);
	UCalendar *calendar = ucal_open(wide, zone_name(zone, wide, 128), "en_US_POSIX", UCAL_GREGORIAN, &status);
	ucal_setMillis(calendar, (double)seconds * 1000, &status);
	out->year = ucal_get(calendar, UCAL_YEAR, &status);
	out->month = ucal_get(calendar, UCAL_MONTH, &status) + 1;
	out->day = ucal_get(calendar, UCAL_DATE, &status);
	ucal_close(calendar);
	return U_SUCCESS(status) ? 0 : err_set(err, "no date in zone %s: %s", zone, u_errorName(status));
}

int unicode_format_date(struct arena *a, struct str pattern, struct date d, struct str *out)
{
	static const UChar utc[] = u"UTC";
	UChar text[256];
	UErrorCode status = U_ZERO_ERROR;
	int32_t length, n = 0;
	UChar *wide = to_utf16(a, pattern, &length);
	UDateFormat *format = udat_open(UDAT_PATTERN, UDAT_PATTERN, "en_US_POSIX", utc, 3, wide, length, &status);
	if (U_SUCCESS(status)) {
		n = udat_format(format, (double)date_number(d) * 86400000.0, text, 256, NULL, &status);
		udat_close(format);
	}
	if (U_FAILURE(status))
		return -1;
	*out = from_utf16(a, text, n);
	return 0;
}

static void code_points(struct str s, uint32_t *out)
{
	for (size_t i = 0; i < s.n; out++)
		*out = utf8_next(s, &i);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t unicode_distance(struct str a, struct str b, size_t limit)
{
	uint32_t x[MAX_DISTANCE_TEXT], y[MAX_DISTANCE_TEXT];
	size_t rows[3][MAX_DISTANCE_TEXT + 1];
	size_t *before = rows[0], *last = rows[1], *now = rows[2];
	size_t n = utf8_count(a), m = utf8_count(b);
	if (n >= MAX_DISTANCE_TEXT || m >= MAX_DISTANCE_TEXT || (n > m ? n - m : m - n) > limit)
		return limit + 1;
	code_points(a, x);
	code_points(b, y);
	for (size_t j = 0; j <= m; j++)
		last[j] = j;
	for (size_t i = 1; i <= n; i++) {
		now[0] = i;
		for (size_t j = 1; j <= m; j++) {
			now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (x[i - 1] != y[j - 1]));
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
				now[j] = least(now[j], before[j - 2] + 1);
		}
		size_t *oldest = before;
		before = last;
		last = now;
		now = oldest;
	}
	return last[m] <= limit ? last[m] : limit + 1;
}
