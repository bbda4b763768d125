#include "lint/check.h"
#include "lint/forms.h"

static bool says_nothing(const struct digest *d, const struct field *f, struct span at)
{
	struct str text = digest_str(d, at);
	return form_same(f->def->empty_form, text) || form_says_nothing(NULL, text);
}

/* What says that there is nothing; empty where nothing does. */
static struct span find_empty(const struct digest *d, const struct field *f)
{
	struct span empty = {0};
	if (f->value.len && says_nothing(d, f, f->value))
		empty = f->value;
	FOR_EACH_ITEM (f, i)
		if (!i->depth && i->text.len && says_nothing(d, f, i->text))
			empty = i->text;
	return empty;
}

static bool has_content(const struct digest *d, const struct field *f)
{
	if (f->value.len && !says_nothing(d, f, f->value))
		return true;
	FOR_EACH_ITEM (f, i)
		if (!i->depth && i->text.len && !says_nothing(d, f, i->text) && !form_is_residue(digest_str(d, i->text)))
			return true;
	return false;
}

static void check_field(struct check *c, const struct digest *d, const struct field *f)
{
	/* Most fields have one item. */
	if (f->nr + (f->value.len > 0) < 2)
		return;
	struct span empty = find_empty(d, f);
	if (empty.len && has_content(d, f))
		report(c, empty, "`%.*s` stands beside content in the same field", STR_ARG(digest_str(d, empty)));
}

static void check_section(struct check *c, const struct digest *d, const struct section *s)
{
	uint32_t empty = d->lines;
	bool content = s->nr > 0;
	for (uint32_t i = digest_heading_end(d, s->line); i < (s->nr ? s->entry->line : s->end); i++) {
		const struct line *l = &d->line[i];
		if (l->kind == LINE_BLANK || l->kind == LINE_HTML || l->kind == LINE_HEADING)
			continue;
		if (l->indent == 0 && str_eq(digest_str(d, span_make(l->at.off, span_end(l->text))), s->def->empty_form))
			empty = i;
		else
			content = true;
	}
	if (empty < d->lines && content)
		report_line(c, d, empty, "`%.*s` stands beside content in the same section", STR_ARG(s->def->empty_form));
}

/* A field whose successor is missing may hold the successor's items: missing-field tells of that. */
static bool holds_next(const struct entry *e, const struct field *f)
{
	const struct template_field *next = f->def + 1;
	if (next >= e->shape->field + e->shape->nr || next->optional)
		return false;
	FOR_EACH_FIELD (e, other)
		if (other->def == next)
			return false;
	return true;
}

/* The same of sections. */
static bool section_holds_next(const struct digest *d, const struct section *s)
{
	const struct template_section *next = s->def + 1;
	if (s->nr && s->def->kind != SECTION_ENTRIES)
		return true;
	if (next >= d->template->section + d->template->nr || next->optional)
		return false;
	for (size_t i = 0; i < d->nr; i++)
		if (d->section[i].def == next)
			return false;
	return true;
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e)
		FOR_EACH_FIELD (e, f)
			if (f->def && f->def->empty_form.n && !holds_next(e, f))
				check_field(c, d, f);
	for (size_t i = 0; i < d->nr; i++)
		if (d->section[i].def && d->section[i].def->empty_form.n && !section_holds_next(d, &d->section[i]))
			check_section(c, d, &d->section[i]);
}

#define TOP     \
	EXAMPLE_TOP \
	"#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n    - evil[.]example,FQDN名,知られていない,C2サーバー,NA(IP以外)\n"

const struct rule rule_empty_form_and_content = {
	.name = "empty-form-and-content",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.summary = "A field says that there is nothing to say, and says something",
	.why = "Programs stop at the empty form: an indicator that stands beside it is never read.",
	.bad = {.text = TOP "    - IOC情報なし\n" EXAMPLE_END},
	.good = {.text = TOP EXAMPLE_END},
	.check = check,
};
