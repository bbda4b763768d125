#include "lint/check.h"
#include "lint/forms.h"

static void check(struct check *c, const struct digest *d)
{
	for (uint32_t i = 0; i < d->lines; i++) {
		const struct line *l = &d->line[i];
		bool prose = l->kind == LINE_TEXT || l->kind == LINE_ITEM || l->kind == LINE_HEADING || l->kind == LINE_TABLE;
		if (prose && !digest_in_code(d, i, l->text.off + 1) && form_is_residue(digest_str(d, l->text)))
			report(c, l->text, "this is an instruction to a language model, not a part of an article");
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_prompt_residue = {
    .name = "prompt-residue",
    .group = "structure",
    .severity = SEVERITY_ERROR,
    .summary = "A part of an instruction to a language model was left in the text",
    .why = "It was written for a machine and says nothing to a reader; and it shows that nobody read what the machine wrote.",
    .bad = {.text = TOP "    - 推奨事項が１つもない場合は、推奨事項なしと記載\n" END},
    .good = {.text = TOP END},
    .check = check,
};
