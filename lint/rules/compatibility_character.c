#include "core/base/unicode_text.h"
#include "lint/character.h"
#include "lint/check.h"

/*
 * Characters that Unicode has for the sake of old encodings only, and which nobody types: they come out of PDFs and of
 * generators of fancy text. ㎡ ㈱ Ⅱ ① are typed, and stay.
 */
static const struct {
	uint32_t first, last;
} blocks[] = {
	{0x2024, 0x2024}, /* one dot leader */
	{0x2102, 0x2102}, /* ℂ, and the other double-struck letters */
	{0x210D, 0x210D},   {0x2115, 0x2115}, {0x2119, 0x211A},
	{0x211D, 0x211D},   {0x2124, 0x2124}, {0x2215, 0x2215}, /* division slash */
	{0x2E80, 0x2FD5},                                       /* radicals of kanji */
	{0xF900, 0xFAFF},                                       /* CJK compatibility ideographs */
	{0xFB00, 0xFB06},                                       /* ﬁ ﬂ ﬀ */
	{0xFE10, 0xFE19},                                       /* vertical forms */
	{0xFE30, 0xFE4F},                                       /* CJK compatibility forms */
	{0xFE50, 0xFE57},                                       /* small forms; U+FE58 and U+FE63 are exotic-hyphen's */
	{0xFE59, 0xFE62},                                       /* small forms */
	{0xFE64, 0xFE6B},                                       /* small forms */
	{0x1D400, 0x1D7FF},                                     /* mathematical alphanumeric symbols */
	{0x2F800, 0x2FA1F},                                     /* CJK compatibility ideographs, supplement */
};

static bool in_block(uint32_t codepoint)
{
	for (size_t i = 0; i < ARRAY_SIZE(blocks) && codepoint >= blocks[i].first; i++)
		if (codepoint <= blocks[i].last)
			return true;
	return false;
}

/* Kanji of people's names (﨑, 神) can be typed, and are meant. */
static bool is_typed(uint32_t codepoint)
{
	return codepoint < 0x1D400 && unicode_in_windows_31j(codepoint);
}

static bool is_alnum(uint32_t c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Mathematical signs are single letters; `𝗕𝗢𝗟𝗗` and `𝔚indows` are not. */
static bool is_single(const struct digest *d, const struct odd *o)
{
	struct str text = digest_str(d, d->line[o->line].at);
	size_t at = o->off - d->line[o->line].at.off;
	uint32_t before = character_before(text, at), behind = character_behind(text, at + odd_span(o).len);
	bool mathematical = o->codepoint <= 0x2215 || (o->codepoint >= 0x1D400 && o->codepoint <= 0x1D7FF);
	return mathematical && !in_block(before) && !in_block(behind) && !is_alnum(before) && !is_alnum(behind);
}

static bool is_wrong(const struct digest *d, const struct odd *o)
{
	return in_block(o->codepoint) && !is_typed(o->codepoint) && !is_single(d, o);
}

static void check_run(struct check *c, const struct digest *d, const struct odd *o, const struct odd *end)
{
	struct span at = character_span(o, end);
	struct str written = digest_str(d, at), usual = unicode_nfkc(check_arena(c), written);
	struct str names = character_names(check_arena(c), d, o, end, is_wrong);
	if (str_eq(written, usual))
		report(c, at, "not an ordinary character: %.*s", STR_ARG(names));
	else
		report(c, at, "not an ordinary `%.*s`: %.*s", STR_ARG(usual), STR_ARG(names));
}

static void check(struct check *c, const struct digest *d)
{
	for (const struct odd *o = d->odd, *last = o + d->odds; o < last;) {
		if (!is_wrong(d, o) || odd_place(d, o) != ODD_TEXT) {
			o++;
			continue;
		}
		const struct odd *end = odd_run(d, o, is_wrong);
		if (!character_in_name(d, o->line))
			check_run(c, d, o, end);
		o = end;
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_compatibility_character = {
	.name = "compatibility-character",
	.group = "text",
	.severity = SEVERITY_WARNING,
	.summary = "A character that looks like an ordinary one, but is another",
	.why =
		"Radicals of kanji (⼊ for 入), ligatures (ﬁ) and bold letters of mathematics come along with text from PDFs and from "
		"social networks. A search does not find the word, a screen reader spells it, and some fonts do not have it.",
	.bad = {.text = TOP "    - 不正に侵⼊された\n" END},
	.good = {.text = TOP "    - 不正に侵入された\n" END},
	.check = check,
};
