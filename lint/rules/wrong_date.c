#include "lint/check.h"

static const struct rule_option options[] = {
	{.name = "max-days",
     .doc = "How many days from today a new digest may be, either way",
     .value = 7,
     .least = 0,
     .most = 36525},
	{0},
};

static void check(struct check *c, const struct digest *d)
{
	struct date day = d->choice.date;
	if (!d->is_new || !date_is_set(day) || !date_is_set(d->today))
		return;
	long away = date_number(day) - date_number(d->today), most = option(c, "max-days");
	if (away > most || -away > most)
		report_line(c, d, 0, "a new digest of %s, but today is %s", date_text(day).z, date_text(d->today).z);
}

const struct rule rule_wrong_date = {
	.name = "wrong-date",
	.group = "date",
	.severity = SEVERITY_WARNING,
	.summary = "A new digest is for a day far from today",
	.why =
		"A digest is written on its day, or a few days around it. One for another month or year mostly has a slip in its "
		"name, and puts its articles where nobody looks for them.",
	.bad = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END, .path = "2025-11-22.md", .is_new = true},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END, .is_new = true},
	.options = options,
	.check = check,
};
