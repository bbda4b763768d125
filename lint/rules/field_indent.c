#include "lint/check.h"

/* Takes `by` columns off the lines [first, end); only blanks are taken. */
static void dedent(struct check *c, struct finding *found, const struct digest *d, uint32_t first, uint32_t end,
                   unsigned by)
{
	for (uint32_t i = first; i < end; i++) {
		const struct line *l = &d->line[i];
		struct span blanks = {l->at.off,
		                      l->text.len ? (l->kind == LINE_ITEM ? l->bullet : l->text.off) - l->at.off : 0};
		struct str text = digest_str(d, blanks);
		if (str_find_byte(text, 0, '\t') < text.n)
			edit_replace(c, found, blanks,
			             arena_printf(check_arena(c), "%*s", l->indent > by ? (int)(l->indent - by) : 0, ""));
		else if (blanks.len)
			edit_delete(c, found, (struct span){blanks.off, blanks.len < by ? blanks.len : by});
	}
}

static bool items_come_along(const struct digest *d, const struct field *f, unsigned by)
{
	return f->nr && d->line[f->item->line].indent >= by + d->template->indent;
}

static void check_label(struct check *c, const struct digest *d, const struct field *f)
{
	unsigned by = d->line[f->line].indent;
	struct finding *found = report(c, f->label,
	                               by == 1 ? N_("the label `%.*s` is indented by %u column")
	                                       : N_("the label `%.*s` is indented by %u columns"),
	                               STR_ARG(digest_str(d, f->label)), by);
	suggest(c, found, "put it at the start of the line");
	dedent(c, found, d, f->line, items_come_along(d, f, by) ? f->end : f->line + 1, by);
}

/* `loose`: below a heading an indented item would be code. */
static void check_item(struct check *c, const struct digest *d, const struct item *i, bool loose)
{
	const struct line *l = &d->line[i->line];
	struct finding *found = report(c, i->text.len ? i->text : l->at, "the item stands at the level of the labels");
	if (loose)
		return;
	suggest(c, found, "indent it by %u columns", d->template->indent);
	for (uint32_t k = i->line; k < i->end; k++)
		if (k == i->line || d->line[k].text.len)
			edit_replace(c, found, span_make(d->line[k].at.off, d->line[k].at.off + (k == i->line ? l->indent : 0)),
			             arena_printf(check_arena(c), "%*s", (int)d->template->indent, ""));
}

static void check_items(struct check *c, const struct digest *d, const struct field *f)
{
	bool loose = false;
	uint32_t line = f->line + 1;
	FOR_EACH_ITEM (f, i) {
		for (; line < i->line; line++)
			loose = loose || d->line[line].kind == LINE_HEADING;
		if (d->line[i->line].kind == LINE_ITEM && d->line[i->line].indent < 2)
			check_item(c, d, i, loose);
	}
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e) {
		FOR_EACH_FIELD (e, f) {
			if (f->indented)
				check_label(c, d, f);
			if (d->template->indent > 1)
				check_items(c, d, f);
		}
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n"

const struct rule rule_field_indent = {
	.name = "field-indent",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_BULLET | FACT_FIELD | FACT_ITEM,
	.summary = "A label is indented, or an item is not",
	.why =
		"Labels stand at the start of the line, items below them are indented: that is how programs tell them apart. An "
		"indented label is taken for an item of the field before, and its field is lost.",
	.bad = {.text = TOP "  - IOC\n    - IOC情報なし\n" EXAMPLE_END},
	.good = {.text = TOP "- IOC\n    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
