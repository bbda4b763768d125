#include "lint/check.h"
static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e) {
		FOR_EACH_FIELD (e, f) {
			if (f->match == LABEL_EXACT)
				continue;
			struct str label = digest_str(d, f->label);
			if (!f->def) {
				report(c, f->label, "the template has no field `%.*s`", STR_ARG(label));
				continue;
			}
			struct finding *found = report(c, f->label, "the template has no field `%.*s`; did you mean `%.*s`?",
			                               STR_ARG(label), STR_ARG(f->def->label));
			suggest(c, found, "rename it to `%.*s`", STR_ARG(f->def->label));
			edit_replace(c, found, f->label, f->def->label);
		}
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n"

const struct rule rule_unknown_field = {
    .name = "unknown-field",
    .group = "structure",
    .severity = SEVERITY_ERROR,
    .fix = FIX_SAFE,
    .summary = "A field's label is not one of the template's",
    .why = "Programs know a field by its exact label. One with a slip in it is lost, or what stands below it is counted to "
           "the field before.",
    .bad = {.text = TOP "- IOO\n    - IOC情報なし\n" EXAMPLE_END},
    .good = {.text = TOP "- IOC\n    - IOC情報なし\n" EXAMPLE_END},
    .check = check,
};
