#include "lint/check.h"
#include "lint/newline.h"

/* "- IOCの列挙 IOC情報なし": nothing but a blank between label and content. */
static bool is_joined(const struct digest *d, const struct field *f)
{
	struct str between = str_slice(d->source->text, span_end(f->label), f->value.off);
	return f->value.len && between.n && str_trim(between).n == 0;
}

static void break_line(struct check *c, struct finding *found, const struct digest *d, const struct field *f)
{
	suggest(c, found, "put the content on a line of its own");
	bool bullet = str_starts(digest_str(d, f->value), STR("- "));
	edit_replace(
		c, found, span_make(span_end(f->label), f->value.off + (bullet ? 2 : 0)),
		newline_text(check_arena(c), d,
	                 arena_printf(check_arena(c), "\n%*s%c ", (int)d->template->indent, "", d->template->bullet)));
}

/* "**要約：** 一": the emphasis that begins before the label ends behind the colon. */
static void end_emphasis(struct check *c, struct finding *found, const struct digest *d, const struct field *f)
{
	struct str label = digest_str(d, f->label), text = digest_str(d, d->line[f->line].at);
	size_t end = span_end(f->label) - d->line[f->line].at.off, close = str_find(text, end, STR("**"));
	if (str_starts(label, STR("**")) && !str_ends(label, STR("**")) && close < text.n)
		edit_delete(c, found, (struct span){d->line[f->line].at.off + (uint32_t)close, 2});
}

static void check_label(struct check *c, const struct digest *d, const struct field *f)
{
	struct str label = digest_str(d, f->label);
	struct finding *found;
	switch (f->match) {
	case LABEL_EXACT:
		return;
	case LABEL_UNKNOWN:
		report(c, f->label, "the template has no field `%.*s`", STR_ARG(label));
		return;
	case LABEL_PLACE:
		report(c, f->label, "the template has no field `%.*s`; `%.*s` belongs here", STR_ARG(label),
		       STR_ARG(f->def->label));
		return;
	case LABEL_NEAR:
		break;
	}
	if (is_joined(d, f)) {
		found = report(c, d->line[f->line].text,
		               "`%.*s` has content on its line; a program does not know the label then", STR_ARG(label));
		break_line(c, found, d, f);
		return;
	}
	found = report(c, f->label, "the template has no field `%.*s`; did you mean `%.*s`?", STR_ARG(label),
	               STR_ARG(f->def->label));
	suggest(c, found, "rename it to `%.*s`", STR_ARG(f->def->label));
	bool titled = f->def->title && f->value.len && f->value.off == span_end(f->label);
	edit_replace(c, found, f->label,
	             titled ? arena_printf(check_arena(c), "%.*s: ", STR_ARG(f->def->label)) : f->def->label);
	end_emphasis(c, found, d, f);
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e)
		FOR_EACH_FIELD (e, f)
			check_label(c, d, f);
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n"

const struct rule rule_unknown_field = {
	.name = "unknown-field",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_BULLET | FACT_CODE,
	.summary = "A field's label is not one of the template's",
	.why =
		"Programs know a field by its exact label. One with a slip in it is lost, or what stands below it is counted to "
		"the field before.",
	.bad = {.text = TOP "- IOO\n    - IOC情報なし\n" EXAMPLE_END},
	.good = {.text = TOP "- IOC\n    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
