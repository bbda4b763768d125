#include "lint/check.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The eight digits of the file's name as a day; without eight of them, the name. */
static struct str day_of(struct check *c, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct str name = str_of(slash ? slash + 1 : path);
	char digit[8];
	size_t nr = 0;
	for (size_t i = 0; i < name.n; i++) {
		if (!is_digit(name.p[i]))
			continue;
		if (nr < sizeof(digit))
			digit[nr] = name.p[i];
		nr++;
	}
	if (nr != sizeof(digit))
		return name;
	return arena_printf(check_arena(c), "%.4s-%.2s-%.2s", digit, digit + 4, digit + 6);
}

/* Named on the command line, in a repository that says where its digests live. */
static bool has_no_form(const struct digest *d)
{
	const struct template_choice *choice = &d->choice;
	return choice->template->path.text.n && !choice->template->builtin && !choice->in_place &&
	       !date_is_set(choice->date) && d->source->relative;
}

/* Between the days of two templates: the one that it is held against does not hold for its day. */
static bool has_no_template(const struct digest *d)
{
	const struct template *t = d->choice.template;
	struct date day = d->choice.date;
	if (!date_is_set(day) || d->choice.in_place)
		return false;
	return (date_is_set(t->from) && date_cmp(day, t->from) < 0) ||
	       (date_is_set(t->until) && date_cmp(day, t->until) > 0);
}

static void check(struct check *c, const struct digest *d)
{
	if (d->choice.impossible)
		report_line(c, d, 0, "no calendar has `%.*s`", STR_ARG(day_of(c, d->source->path)));
	else if (has_no_template(d))
		report_line(c, d, 0, "no template holds for %s", date_text(d->choice.date).z);
	else if (d->belongs)
		report_line(c, d, 0, "the digest of %s belongs in `%s`", date_text(d->choice.date).z, d->belongs);
	else if (has_no_form(d))
		report_line(c, d, 0, "the file's path does not have the form `%.*s`", STR_ARG(d->choice.template->path.text));
}

const struct rule rule_misplaced_digest = {
	.name = "misplaced-digest",
	.group = "date",
	.severity = SEVERITY_ERROR,
	.summary = "A digest's path is not where the template puts its day",
	.why =
		"The path tells programs which day a digest is for. In the wrong folder or under a wrong name it is not found, or "
		"its articles are counted for another day.",
	.bad = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END, .path = "news/2026-11-22.md"},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
