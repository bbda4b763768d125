#include "core/base/unicode.h"
#include "lint/check.h"

/* Only the encodings of two or four bytes a character have NUL bytes in their text. */
static bool has_nuls(const char *encoding)
{
	return str_starts(str_of(encoding), STR("UTF-16")) || str_starts(str_of(encoding), STR("UTF-32"));
}

static void check(struct check *c, const struct source *source)
{
	struct str text = source->text;
	size_t at = source->valid;
	if (at >= text.n)
		return;
	struct span byte = span_make(at, at + 1);
	const char *guess = unicode_guess_encoding(text);
	bool nul = text.p[at] == 0;
	if (guess && (!nul || has_nuls(guess)))
		report(c, byte, "the text is no UTF-8 from byte %zu on, it looks like %s", at, guess);
	else if (nul)
		report(c, byte, "NUL at byte %zu, which no text has", at);
	else
		report(c, byte, "the text is no UTF-8 from byte %zu on", at);
}

const struct rule rule_invalid_encoding = {
	.name = "invalid-encoding",
	.group = "meta",
	.severity = SEVERITY_ERROR,
	.summary = "The file is not text in UTF-8",
	.why =
		"Everything that reads digests expects UTF-8. Other bytes come out as other characters or end the reading, and a NUL "
		"byte makes git treat the file as binary, so that its changes are no longer shown. Nothing else is checked "
		"before this is put right. `iconv -f CP932 -t UTF-8 OLD >NEW` writes a Shift_JIS file anew.",
	.bad = {.text =
                EXAMPLE_TOP "#### \x8b\x4c\x8e\x96\x82\xcc\x91\xe8\x96\xbc\nhttps://example.com/news/1\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check_source = check,
};
