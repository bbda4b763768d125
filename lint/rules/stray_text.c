#include "lint/check.h"
static void check_head(struct check *c, const struct digest *d, const struct section *s)
{
	for (uint32_t i = s->line + 1; i < s->entry->line; i++) {
		const struct line *l = &d->line[i];
		bool empty_form = str_eq(digest_str(d, span_make(l->at.off, span_end(l->text))), s->def->empty_form);
		if ((l->kind == LINE_TEXT || l->kind == LINE_ITEM) && !empty_form)
			report_line(c, d, i, "this line belongs to no entry");
	}
}

/* misplaced-url tells of those. */
static bool is_the_url(const struct digest *d, const struct entry *e, uint32_t line)
{
	if (e->url.len)
		return false;
	for (size_t i = 0; i < d->links; i++)
		if (d->link[i].line == line)
			return d->link[i].at.off == d->line[line].text.off;
	return false;
}

static void check(struct check *c, const struct digest *d)
{
	for (size_t i = 0; i < d->nr; i++)
		if (d->section[i].nr && d->section[i].def && d->section[i].def->kind == SECTION_ENTRIES)
			check_head(c, d, &d->section[i]);
	FOR_EACH_ENTRY (d, e) {
		for (size_t i = 0; i < e->strays; i++) {
			uint32_t line = e->stray[i];
			if (!d->line[line].text.len)
				report(c, d->line[line].at, "an empty list item");
			else if (!is_the_url(d, e, line))
				report_line(c, d, line, "this line belongs to no field");
		}
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n"
#define END "- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_stray_text = {
    .name = "stray-text",
    .group = "structure",
    .severity = SEVERITY_WARNING,
    .summary = "A line of an entry belongs to no field",
    .why = "Programs read what stands in fields. A line outside of them is seen by readers only, and often is the rest of an "
           "item that was broken in two.",
    .bad = {.text = TOP "これはどこにも属さない\n\n" END},
    .good = {.text = TOP END},
    .check = check,
};
