#include "core/base/unicode_text.h"
#include "lint/character.h"
#include "lint/check.h"

/* Marks that put a sign on its side belong beside letters that are written from right to left. */
static bool is_mark(uint32_t codepoint)
{
	return codepoint == 0x200E || codepoint == 0x200F || codepoint == 0x061C;
}

static bool is_right(const struct digest *d, const struct odd *o)
{
	struct str text = digest_str(d, d->line[o->line].at);
	size_t at = o->off - d->line[o->line].at.off;
	return is_mark(o->codepoint) && (unicode_is_right_to_left(character_before(text, at)) ||
	                                 unicode_is_right_to_left(character_behind(text, at + odd_span(o).len)));
}

static bool is_wrong(const struct digest *d, const struct odd *o)
{
	return unicode_is_bidi_control(o->codepoint) && !is_right(d, o);
}

/* They come in pairs: one finding for a line. */
static const struct odd *check_line(struct check *c, const struct digest *d, const struct odd *first)
{
	const struct odd *end = d->odd + d->odds, *last = first, *o = first;
	for (; o < end && o->line == first->line; o++)
		if (is_wrong(d, o))
			last = o;
	struct str names = character_names(check_arena(c), d, first, last + 1, is_wrong);
	report(c, character_span(first, last + 1), "invisible character that changes the order of the text: %.*s",
	       STR_ARG(names));
	return o;
}

static void check(struct check *c, const struct digest *d)
{
	for (const struct odd *o = d->odd, *end = o + d->odds; o < end;)
		o = is_wrong(d, o) ? check_line(c, d, o) : o + 1;
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_bidi_control = {
	.name = "bidi-control",
	.group = "text",
	.severity = SEVERITY_ERROR,
	.summary = "An invisible character changes the order in which the text is shown",
	.why =
		"What a reader sees is not what stands there: `gpj.exe` is shown as `exe.jpg`, and code that looks harmless is "
		"not (Trojan Source, CVE-2021-42574). Write the character as U+202E where an article is about it.",
	.bad = {.text = TOP "    - 添付は invoice\xE2\x80\xAEgpj.exe という名前\n" END},
	.good = {.text = TOP "    - 添付は invoicegpj.exe という名前（U+202Eを含む）\n" END},
	.check = check,
};
