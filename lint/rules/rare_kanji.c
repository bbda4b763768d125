#include "core/base/unicode.h"
#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "lint/character.h"
#include "lint/check.h"

/* Of the 2136 kanji of general use (常用漢字表, 2010), these are in JIS X 0213 only. */
static bool is_general(uint32_t codepoint)
{
	return codepoint == U'塡' || codepoint == U'剝' || codepoint == U'頰' || codepoint == U'𠮟';
}

/* Radicals and compatibility ideographs are compatibility-character's. */
static bool is_unified(uint32_t codepoint)
{
	return (codepoint >= 0x3400 && codepoint < 0xA000) || (codepoint >= 0x20000 && codepoint < 0x2F800) ||
	       codepoint >= 0x30000;
}

static bool is_rare(uint32_t codepoint)
{
	return codepoint >= 0x3400 && is_unified(codepoint) && unicode_is_han(codepoint) && !is_general(codepoint) &&
	       !unicode_in_windows_31j(codepoint);
}

/* Is there another one among the kanji on one side? Names and words in Chinese have several. */
static bool has_another(struct str text, size_t i, bool backwards)
{
	enum { FAR = 8 };
	for (unsigned k = 0; k < FAR && (backwards ? i > 0 : i < text.n); k++) {
		uint32_t c = backwards ? character_before(text, i) : character_behind(text, i);
		if (!unicode_is_han(c))
			return false;
		if (is_rare(c))
			return true;
		if (backwards)
			i = character_start(text, i);
		else
			utf8_next(text, &i);
	}
	return false;
}

static void check(struct check *c, const struct digest *d)
{
	struct quotes q = {0};
	uint32_t line = d->lines;
	FOR_EACH_ODD (d, o) {
		if (o->codepoint < 0x3400 || !is_rare(o->codepoint) || odd_place(d, o) != ODD_TEXT)
			continue;
		if (o->line != line)
			q = (struct quotes){.text = o->prose->raw};
		line = o->line;
		struct str text = o->prose->raw;
		size_t at = o->off - o->prose->off, end = at + odd_span(o).len;
		if (quotes_around(&q, at, true) || character_in_link(d, line, o->off) || has_another(text, at, true) ||
		    has_another(text, end, false))
			continue;
		struct str name = unicode_name(check_arena(c), o->codepoint);
		report(c, odd_span(o), "`%.*s` is a kanji that Japanese texts hardly use: %.*s",
		       STR_ARG(digest_str(d, odd_span(o))), STR_ARG(name));
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_rare_kanji = {
	.name = "rare-kanji",
	.group = "text",
	.severity = SEVERITY_INFO,
	.summary = "A kanji that is not among those of windows-31j",
	.why =
		"It is a Chinese form that a language model fell into, or a look-alike of the kanji that was meant (頻繫 for 頻繁), "
		"and a search for the word does not find it. Names in Chinese are left alone where several such kanji stand together, "
		"in quotes and in brackets.",
	.bad = {.text = TOP "    - 頻繫に更新される\n" END},
	.good = {.text = TOP "    - 頻繁に更新される\n" END},
	.check = check,
};
