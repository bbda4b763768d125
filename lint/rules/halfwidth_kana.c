#include "core/base/unicode_text.h"
#include "lint/character.h"
#include "lint/check.h"
#include "lint/mojibake.h"

enum { FIRST = 0xFF61, LAST = 0xFF9F, OPEN = 0xFF62, CLOSE = 0xFF63, VOICED_MARK = 0xFF9E };

static bool is_half(const struct digest *d, const struct odd *o)
{
	(void)d;
	return o->codepoint >= FIRST && o->codepoint <= LAST;
}

/* A mark without a kana that takes it comes out as a combining one: as a character of its own it looks as before. */
static struct str widen(struct check *c, struct str half)
{
	static const struct str combining[] = {STR_INIT("\xE3\x82\x99"), STR_INIT("\xE3\x82\x9A")};
	struct str wide = unicode_nfkc(check_arena(c), half);
	char *out = arena_array(check_arena(c), char, wide.n);
	memcpy(out, wide.p, wide.n);
	/* U+3099 and U+309A are to become U+309B and U+309C. */
	for (size_t i = 0; i < ARRAY_SIZE(combining); i++)
		for (size_t at = str_find(wide, 0, combining[i]); at < wide.n; at = str_find(wide, at + 1, combining[i]))
			out[at + 2] = (char)(out[at + 2] + 2);
	return (struct str){out, wide.n};
}

/* The span, with the full-width kana before it where a mark composes with that: `カﾞ`. */
static struct span whole_span(const struct digest *d, const struct odd *o, const struct odd *end)
{
	struct span at = character_span(o, end);
	uint32_t before = character_before(d->source->text, at.off);
	bool kana = o->codepoint >= VOICED_MARK && (unicode_is_katakana(before) || unicode_is_hiragana(before));
	return kana ? span_make(character_start(d->source->text, at.off), span_end(at)) : at;
}

static void check_run(struct check *c, const struct digest *d, const struct odd *o, const struct odd *end)
{
	struct span at = whole_span(d, o, end);
	struct str wide = widen(c, digest_str(d, at));
	struct finding *f = report(c, at, "half-width `%.*s`", STR_ARG(digest_str(d, at)));
	suggest(c, f, "write `%.*s`", STR_ARG(wide));
	edit_replace(c, f, at, wide);
}

/* The bracket that closes the one at `o`, when neither has half-width kana beside it; NULL without. */
static const struct odd *closing(const struct digest *d, const struct odd *o)
{
	const struct odd *last = d->odd + d->odds, *k = o + 1;
	if (o->codepoint != OPEN || odd_run(d, o, is_half) != k)
		return NULL;
	while (k < last && k->line == o->line && !is_half(d, k))
		k++;
	bool closes = k < last && k->line == o->line && k->codepoint == CLOSE && odd_run(d, k, is_half) == k + 1;
	return closes ? k : NULL;
}

/* `｢攻撃｣`: one of the two alone would not fit the other. */
static void check_brackets(struct check *c, const struct digest *d, const struct odd *open, const struct odd *close)
{
	struct span at = character_span(open, close + 1);
	struct finding *f = report(c, at, "half-width `%.*s`", STR_ARG(digest_str(d, at)));
	suggest(c, f, "write `%.*s`", STR_ARG(STR("「」")));
	edit_replace(c, f, odd_span(open), STR("「"));
	edit_replace(c, f, odd_span(close), STR("」"));
}

static void check(struct check *c, const struct digest *d)
{
	uint32_t garbled = 0;
	for (const struct odd *o = d->odd, *last = o + d->odds; o < last;) {
		struct mojibake m;
		mojibake_read(check_arena(c), d, o, &garbled, &m);
		if (o->off < garbled || !is_half(d, o)) {
			o++;
			continue;
		}
		const struct odd *close = closing(d, o), *end = close ? close + 1 : odd_run(d, o, is_half);
		bool checked = character_is_text(c, d, o) && !character_in_name(d, o->line);
		if (checked && close)
			check_brackets(c, d, o, close);
		else if (checked)
			check_run(c, d, o, end);
		o = end;
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_halfwidth_kana = {
	.name = "halfwidth-kana",
	.group = "text",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS,
	.summary = "Kana or punctuation in half width",
	.why =
		"It is left over from old machines. A search for `セキュリティ` does not find it, and it does not break, sort and "
		"line up as other kana do.",
	.bad = {.text = TOP "    - ｾｷｭﾘﾃｨｶﾞｲﾄﾞを公開\n" END},
	.good = {.text = TOP "    - セキュリティガイドを公開\n" END},
	.check = check,
};
