#include "lint/check.h"

static const struct field *first_of(const struct entry *e, const struct field *f)
{
	FOR_EACH_FIELD (e, first)
		if (first->def == f->def)
			return first;
	return NULL;
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e) {
		FOR_EACH_FIELD (e, f) {
			const struct field *first = f->def ? first_of(e, f) : f;
			if (first == f)
				continue;
			struct finding *found =
				report(c, f->label, "the field `%.*s` stands here a second time", STR_ARG(f->def->label));
			relate(c, found, first->line, "the first one");
		}
	}
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
