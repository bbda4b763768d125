#include "lint/check.h"

static const struct field *first_of(const struct entry *e, const struct field *f)
{
	FOR_EACH_FIELD (e, first)
		if (first->def == f->def)
			return first;
	return NULL;
}

/* How many different fields stand a second time from the i-th one on. */
static size_t count_doubled(const struct entry *e, size_t i)
{
	size_t nr = 0;
	for (size_t k = 0; k < e->shape->nr; k++) {
		bool doubled = false;
		for (size_t j = i; j < e->nr && !doubled; j++)
			doubled = e->field[j].def == &e->shape->field[k] && first_of(e, &e->field[j]) != &e->field[j];
		nr += doubled;
	}
	return nr;
}

static void report_double(struct check *c, const struct entry *e, const struct field *f, bool set)
{
	struct finding *found =
		report(c, f->label,
	           set ? N_("a second set of fields begins here with `%.*s`; is the heading of its entry missing?")
	               : N_("the field `%.*s` stands here a second time"),
	           STR_ARG(f->def->label));
	relate(c, found, first_of(e, f)->line, "the first one");
}

static void check_entry(struct check *c, const struct entry *e)
{
	enum { SET = 3 };
	size_t i = 0;
	while (i < e->nr && (!e->field[i].def || first_of(e, &e->field[i]) == &e->field[i]))
		i++;
	if (i < e->nr && count_doubled(e, i) >= SET) {
		report_double(c, e, &e->field[i], true);
		return;
	}
	for (; i < e->nr; i++)
		if (e->field[i].def && first_of(e, &e->field[i]) != &e->field[i])
			report_double(c, e, &e->field[i], false);
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e)
		check_entry(c, e);
}

#define TOP \
	EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n"

const struct rule rule_duplicate_field = {
	.name = "duplicate-field",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.summary = "An entry has a field twice",
	.why =
		"Programs keep one of the two. A whole second set of fields mostly means that the heading of the next article is "
		"missing or is not seen as one, so that the article itself is lost.",
	.bad = {.text = TOP "- 要約\n    - もう一つの要約\n" EXAMPLE_END},
	.good = {.text = TOP EXAMPLE_END},
	.check = check,
};
