#include "lint/check.h"
#include "lint/forms.h"

/* The text with a blank for each byte of its code spans. */
static struct str without_code(struct check *c, const struct digest *d, uint32_t line, struct span at)
{
	struct str text = digest_str(d, at);
	if (str_find_byte(text, 0, '`') == text.n)
		return text;
	char *out = arena_array(check_arena(c), char, text.n);
	for (uint32_t i = 0; i < at.len; i++)
		out[i] = digest_in_code(d, line, at.off + i) ? ' ' : text.p[i];
	return (struct str){out, text.n};
}

static void check_line(struct check *c, const struct digest *d, uint32_t i)
{
	/* Whoever asks for each byte whether it is code asks for a line that people write. */
	enum { LONGEST = 4096 };
	const struct line *l = &d->line[i];
	bool prose = l->kind == LINE_TEXT || l->kind == LINE_ITEM || l->kind == LINE_HEADING || l->kind == LINE_TABLE;
	if (!prose || !form_is_residue(digest_str(d, l->text)))
		return;
	if (l->text.len > LONGEST || form_is_residue(without_code(c, d, i, l->text)))
		report(c, l->text, "this is an instruction to a language model, not a part of an article");
}

static void check(struct check *c, const struct digest *d)
{
	struct str text = d->source->text;
	for (size_t at = form_next_sign(text, 0); at < text.n;) {
		uint32_t line = lines_at(&d->source->lines, (uint32_t)at);
		check_line(c, d, line);
		at = form_next_sign(text, d->source->lines.start[line + 1]);
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
