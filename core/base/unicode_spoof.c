#include "core/base/unicode_spoof.h"

#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include "core/base/utf8.h"

static const USpoofChecker *checker;
static pthread_once_t opened = PTHREAD_ONCE_INIT;

static void open_checker(void)
{
	UErrorCode status = U_ZERO_ERROR;
	checker = uspoof_open(&status);
}

/* The one ASCII character that `c` looks like when its accents are left out; 0: there is none. */
static char ascii_twin(uint32_t c)
{
	enum { ROOM = 32 };
	UErrorCode status = U_ZERO_ERROR;
	UChar one[2], skeleton[ROOM];
	int32_t n = 0, length = 0;
	char twin = 0;
	U16_APPEND_UNSAFE(one, n, c);
	length = uspoof_getSkeleton(checker, 0, one, n, skeleton, ROOM, &status);
	if (U_FAILURE(status))
		return 0;
	for (int32_t i = 0; i < length; i++) {
		if (u_charType(skeleton[i]) == U_NON_SPACING_MARK)
			continue;
		if (twin || skeleton[i] >= 0x80)
			return 0;
		twin = (char)skeleton[i];
	}
	return twin;
}

/* Does it belong to no script of its own: digits, marks, punctuation? */
static bool is_common(UScriptCode script)
{
	return script == USCRIPT_COMMON || script == USCRIPT_INHERITED || script == USCRIPT_INVALID_CODE;
}

static bool is_japanese(UScriptCode script)
{
	return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
}

bool unicode_lookalike(struct arena *a, struct str host, struct lookalike *out)
{
	enum { LONGEST = 1024 };
	char *ascii = NULL;
	size_t n = 0;
	bool latin = false, other = false, twins = true;
	*out = (struct lookalike){.ascii = {"", 0}};
	if (host.n > LONGEST || utf8_count(host) == host.n)
		return false;
	pthread_once(&opened, open_checker);
	ascii = arena_array(a, char, host.n);
	for (size_t i = 0; i < host.n && checker;) {
		UErrorCode status = U_ZERO_ERROR;
		uint32_t c = utf8_next(host, &i);
		UScriptCode script = c == '.' ? USCRIPT_COMMON : uscript_getScript((UChar32)c, &status);
		if (c == '.')
			latin = other = false;
		latin = latin || script == USCRIPT_LATIN;
		other = other || (script != USCRIPT_LATIN && !is_common(script));
		out->mixed = out->mixed || (latin && other);
		out->foreign = out->foreign || (script != USCRIPT_LATIN && !is_common(script) && !is_japanese(script));
		if (c >= 0x80 && !out->first)
			out->first = c;
		char twin = c < 0x80 ? (char)c : ascii_twin(c);
		twins = twins && twin;
		ascii[n++] = twin;
	}
	if (twins)
		out->ascii = (struct str){ascii, n};
	return out->first && (twins || out->mixed);
}
