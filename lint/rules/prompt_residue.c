#include "lint/check.h"
#include "lint/forms.h"

static void check_line(struct check *c, const struct digest *d, uint32_t i)
{
	const struct line *l = &d->line[i];
	bool prose = l->kind == LINE_TEXT || l->kind == LINE_ITEM || l->kind == LINE_HEADING || l->kind == LINE_TABLE;
	if (prose && form_is_residue(digest_str(d, l->text)))
		report(c, l->text, "this is an instruction to a language model, not a part of an article");
}

static void check(struct check *c, const struct digest *d)
{
	struct str text = d->source->text;
	/* How often a line was looked at: signs in code do not count, but a line full of them must not take for ever. */
	enum { DONE = 16 };
	uint8_t *looks = arena_array(check_arena(c), uint8_t, d->lines);
	size_t at;
	for (size_t sign = 0; (at = form_next_sign(text, sign, 0)) != SIZE_MAX; sign++) {
		while (at < text.n) {
			uint32_t line = lines_at(&d->source->lines, (uint32_t)at);
			if (looks[line] < DONE && digest_in_code(d, line, (uint32_t)at)) {
				looks[line]++;
				at = form_next_sign(text, sign, at + 1);
				continue;
			}
			if (looks[line] < DONE)
				check_line(c, d, line);
			looks[line] = DONE;
			at = form_next_sign(text, sign, d->source->lines.start[line + 1]);
		}
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_prompt_residue = {
	.name = "prompt-residue",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.summary = "A part of an instruction to a language model was left in the text",
	.why =
		"It was written for a machine and says nothing to a reader; and it shows that nobody read what the machine wrote.",
	.bad = {.text = TOP "    - 推奨事項が１つもない場合は、推奨事項なしと記載\n" END},
	.good = {.text = TOP END},
	.check = check,
};
