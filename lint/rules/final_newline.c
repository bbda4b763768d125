#include "lint/check.h"
#include "lint/newline.h"

static void check(struct check *c, const struct digest *d)
{
	struct str text = d->source->text;
	if (text.n == d->bom || text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r')
		return;
	struct finding *f = report(c, span_make(text.n, text.n), "no newline at the end of the file");
	suggest(c, f, "add it");
	edit_insert(c, f, (uint32_t)text.n, newline_of(d));
}

const struct rule rule_final_newline = {
	.name = "final-newline",
	.group = "format",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.summary = "The file does not end in a newline",
	.why =
		"Programs that read line by line lose or misjudge the last line, and two files put together run into each other. "
		"The next line that somebody appends shows up in the diff as a change of two.",
	.bad = {.text = EXAMPLE_IOC "    - IOC情報なし\n\n### メモ\nN/A"},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n\n### メモ\nN/A\n"},
	.check = check,
};
