#include "lint/check.h"

static void refused(struct check *c, const struct source *s, uint32_t line)
{
	report(c, lines_span(&s->lines, s->text, line), "the text is nested too deeply, or has too many parts, to be read");
}

/* Eight quote marks a piece. */
#define EIGHT "> > > > > > > > "

const struct rule rule_nesting_too_deep = {
	.name = "nesting-too-deep",
	.group = "meta",
	.severity = SEVERITY_ERROR,
	.summary = "Lists or quotes are nested so deeply that the text is not looked at",
	.why = "No digest nests 64 levels deep, but a broken or hostile file may, and reading it would take for ever.",
	.bad = {.text = EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT "x\n"},
	.good =
		{.text = EXAMPLE_TOP
         "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END},
	.check_parse = refused,
};
