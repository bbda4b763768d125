#include "lint/check.h"

static unsigned count(const struct field *f)
{
	unsigned nr = 0;
	FOR_EACH_ITEM (f, i)
		nr += i->depth == 0 && i->text.len > 0;
	return nr;
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e) {
		FOR_EACH_FIELD (e, f) {
			unsigned nr = count(f);
			if (!f->def || !f->def->max_items || nr <= f->def->max_items)
				continue;
			struct finding *found = report(c, f->label, "`%.*s` has %u items; the template allows %u",
			                               STR_ARG(f->def->label), nr, f->def->max_items);
			/* One more is soon written, and hurts nobody much. */
			if (nr == f->def->max_items + 1 && nr > 3)
				weigh(c, found, SEVERITY_INFO);
		}
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一\n    - 二\n    - 三\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_too_many_items = {
	.name = "too-many-items",
	.group = "structure",
	.severity = SEVERITY_WARNING,
	.summary = "A field has more items than the template allows",
	.why = "A digest is read in a few minutes. What does not fit belongs into the article, which is a click away.",
	.bad = {.text = TOP "    - 四\n" END},
	.good = {.text = TOP END},
	.check = check,
};
