#include "lint/check.h"

static void check(struct check *c, const struct digest *d)
{
	if (!d->twin)
		return;
	struct finding *f;
	if (date_is_set(d->choice.date))
		f = report_line(c, d, 0, "%s has another digest, `%s`", date_text(d->choice.date).z, d->twin);
	else
		f = report_line(c, d, 0, "the day has another digest, `%s`", d->twin);
	relate_path(c, f, d->twin, 0, "the other digest of the day");
}

const struct rule rule_duplicate_date = {
	.name = "duplicate-date",
	.group = "date",
	.severity = SEVERITY_ERROR,
	.summary = "Two digests are for the same day",
	.why =
		"A day has one digest. Programs that read by date take either of the two, and the articles of the other are lost.",
	.bad = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END, .twin = "old/2026-11-22.md"},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
	.needs_others = true,
};
