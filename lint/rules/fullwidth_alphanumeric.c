#include "core/base/unicode_text.h"
#include "lint/character.h"
#include "lint/check.h"
#include "lint/forms.h"
#include "lint/mojibake.h"

static bool is_wide(const struct digest *d, const struct odd *o)
{
	(void)d;
	uint32_t c = o->codepoint;
	return (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
}

/* Titles and quotes are as others wrote them. */
static bool is_quoted(const struct digest *d, const struct odd *o, struct quotes *q)
{
	if (d->line[o->line].kind == LINE_HEADING || character_in_link(d, o->line, o->off))
		return true;
	return quotes_around(q, o->off - o->prose->off, false);
}

static void check_run(struct check *c, const struct digest *d, const struct odd *o, const struct odd *end)
{
	struct span at = character_span(o, end);
	struct str narrow = unicode_nfkc(check_arena(c), digest_str(d, at));
	struct finding *f = report(c, at, "full-width `%.*s`", STR_ARG(digest_str(d, at)));
	suggest(c, f, "write `%.*s`", STR_ARG(narrow));
	edit_replace(c, f, at, narrow);
}

static void check(struct check *c, const struct digest *d)
{
	struct quotes q = {0};
	uint32_t line = d->lines, garbled = 0;
	bool skip = false;
	for (const struct odd *o = d->odd, *last = o + d->odds; o < last;) {
		struct mojibake m;
		mojibake_read(check_arena(c), d, o, &garbled, &m);
		if (o->off < garbled || !is_wide(d, o) || odd_place(d, o) != ODD_TEXT) {
			o++;
			continue;
		}
		if (o->line != line) {
			line = o->line;
			q = (struct quotes){.text = o->prose->raw};
			skip = character_in_name(d, line) || form_is_residue(o->prose->raw);
		}
		const struct odd *end = odd_run(d, o, is_wide);
		if (!skip && !is_quoted(d, o, &q))
			check_run(c, d, o, end);
		o = end;
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_fullwidth_alphanumeric = {
	.name = "fullwidth-alphanumeric",
	.group = "text",
	.severity = SEVERITY_INFO,
	.fix = FIX_UNSAFE,
	.changes = FACT_WORDS,
	.summary = "Digits or Latin letters in full width",
	.why =
		"A search for `100` or `NTT` does not find them, and beside digits in half width they look like a slip. Headings, the "
		"texts of links and what stands in quotes are left as others wrote them.",
	.bad = {.text = TOP "    - 被害は１２００件\n" END},
	.good = {.text = TOP "    - 被害は1200件\n" END},
	.check = check,
};
