#include "lint/check.h"

static void check(struct check *c, const struct digest *d)
{
	if (!d->bom)
		return;
	struct span at = {0, d->bom};
	struct finding *f = report(c, at, "byte order mark at the start of the file");
	suggest(c, f, "delete it");
	edit_delete(c, f, at);
}

const struct rule rule_byte_order_mark = {
	.name = "byte-order-mark",
	.group = "format",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_HEADING,
	.summary = "The file begins with a byte order mark",
	.why =
		"UTF-8 needs none. Many programs take the invisible character for text, so that the first line no longer begins "
		"with `#` and the title is not found.",
	.bad = {.text =
                "\xEF\xBB\xBF" EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n"
                "- IOC\n    - IOC情報なし\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
