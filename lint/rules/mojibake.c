#include "lint/mojibake.h"

#include "core/base/message.h"
#include "core/base/unicode_text.h"
#include "lint/character.h"
#include "lint/check.h"

enum { REPLACEMENT = 0xFFFD };

static bool is_lost(const struct digest *d, const struct odd *o)
{
	(void)d;
	return o->codepoint == REPLACEMENT;
}

/* Tabs and line ends are never odd. */
static bool is_control(const struct digest *d, const struct odd *o)
{
	bool control = o->codepoint < 0x20 || (o->codepoint >= 0x7F && o->codepoint < 0xA0);
	return control && !character_ends_line(d, o);
}

static bool is_private(const struct digest *d, const struct odd *o)
{
	(void)d;
	return unicode_is_private(o->codepoint);
}

/* Kinds of characters that are wrong by themselves. */
static const struct {
	bool (*is)(const struct digest *, const struct odd *);
	const char *what;
} kinds[] = {
	{is_lost, N_("a character was lost here")},
	{is_control, N_("control character")},
	{is_private, N_("a private character, which each machine shows differently")},
};

static const struct odd *check_character(struct check *c, const struct digest *d, const struct odd *o)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (!kinds[i].is(d, o))
			continue;
		const struct odd *end = odd_run(d, o, kinds[i].is);
		struct str names = character_names(check_arena(c), d, o, end, kinds[i].is);
		report(c, character_span(o, end), "%s: %.*s", _(kinds[i].what), STR_ARG(names));
		return end;
	}
	return o + 1;
}

static void check(struct check *c, const struct digest *d)
{
	uint32_t after = 0;
	for (const struct odd *o = d->odd, *end = o + d->odds; o < end;) {
		enum odd_place place = odd_place(d, o);
		struct mojibake m;
		if (place == ODD_TEXT && mojibake_read(check_arena(c), d, o, &after, &m))
			report(c, m.at, "`%.*s` is `%.*s`, read as %s", STR_ARG(digest_str(d, m.at)), STR_ARG(m.meant), m.encoding);
		if (o->off < after || place == ODD_CODE || place == ODD_OTHER)
			o++;
		else
			o = check_character(c, d, o);
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_mojibake = {
	.name = "mojibake",
	.group = "text",
	.severity = SEVERITY_ERROR,
	.summary = "Characters were lost or garbled on their way into the text",
	.why =
		"The text went through a program that took it for another encoding, or a character has no meaning outside of one "
		"machine or font. What was meant is gone, and only who has the original can bring it back.",
	.bad = {.text = TOP "    - ä¾µå…¥ã\xC2\x81®å½±éŸ¿\n" END},
	.good = {.text = TOP "    - 侵入の影響\n" END},
	.check = check,
};
