#include "core/base/unicode_host.h"

#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/uidna.h>

#include "core/base/utf8.h"

static const UIDNA *idna;
static pthread_once_t opened = PTHREAD_ONCE_INIT;

static void open_idna(void)
{
	UErrorCode status = U_ZERO_ERROR;
	idna = uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII, &status);
}

struct str unicode_host_ascii(struct arena *a, struct str host)
{
	/* Names of CDNs hold `--`, and others begin or end in a hyphen. */
	static const uint32_t harmless = UIDNA_ERROR_HYPHEN_3_4 | UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN;
	enum { LONGEST_TEXT = 1024, LONGEST_NAME = 255 };
	struct str none = {"", 0};
	UIDNAInfo info = UIDNA_INFO_INITIALIZER;
	UErrorCode status = U_ZERO_ERROR;
	char name[LONGEST_NAME];
	pthread_once(&opened, open_idna);
	if (!idna || !host.n || host.n > LONGEST_TEXT)
		return none;
	int32_t n = uidna_nameToASCII_UTF8(idna, host.p, (int32_t)host.n, name, LONGEST_NAME, &info, &status);
	if (U_FAILURE(status) || info.errors & ~harmless)
		return none;
	return arena_str(a, (struct str){name, (size_t)n});
}

struct str unicode_host_text(struct arena *a, struct str host)
{
	enum { LONGEST_TEXT = 1024 };
	UIDNAInfo info = UIDNA_INFO_INITIALIZER;
	UErrorCode status = U_ZERO_ERROR;
	char text[4 * LONGEST_TEXT];
	pthread_once(&opened, open_idna);
	if (!idna || !host.n || host.n > LONGEST_TEXT)
		return (struct str){"", 0};
	int32_t n = uidna_nameToUnicodeUTF8(idna, host.p, (int32_t)host.n, text, sizeof(text), &info, &status);
	bool fine = U_SUCCESS(status) && n <= (int32_t)sizeof(text);
	return fine ? arena_str(a, (struct str){text, (size_t)n}) : (struct str){"", 0};
}

bool unicode_host_hides(struct str host)
{
	for (size_t i = 0; i < host.n;) {
		uint32_t c = utf8_next(host, &i);
		if (c >= 0x80 && u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
			return true;
	}
	return false;
}
