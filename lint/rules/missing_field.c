#include "lint/check.h"

static bool has(const struct entry *e, const struct template_field *def)
{
	for (size_t i = 0; i < e->nr; i++)
		if (e->field[i].def == def)
			return true;
	return false;
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e) {
		struct span at = e->level && e->title.len ? e->title : d->line[e->line].at;
		for (size_t i = 0; i < e->shape->nr; i++)
			if (!e->shape->field[i].optional && !has(e, &e->shape->field[i]))
				report(c, at, "the field `%.*s` is missing", STR_ARG(e->shape->field[i].label));
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n"

const struct rule rule_missing_field = {
	.name = "missing-field",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.summary = "An entry lacks a field of the template",
	.why =
		"A program that looks for the field finds nothing and drops the article, or takes what it finds next for it. "
		"Where there is nothing to say, the field's empty form says so.",
	.bad = {.text = TOP EXAMPLE_END},
	.good = {.text = TOP "- IOC\n    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
