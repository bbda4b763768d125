#include "lint/check.h"
#include "lint/forms.h"

static const struct section *section_at(const struct digest *d, uint32_t line)
{
	for (size_t i = d->nr; i-- > 0;)
		if (d->section[i].line <= line)
			return &d->section[i];
	return NULL;
}

/* Some repositories write `xxxxx` where there is nothing to say: then it is no hole. */
static bool is_empty_form(const struct digest *d, uint32_t line, struct str text)
{
	const struct section *s = section_at(d, line);
	return s && s->def && str_eq(s->def->empty_form, text);
}

static bool in_code_span(const struct digest *d, const struct line *l)
{
	return l->text.off > l->at.off && d->source->text.p[l->text.off] == '`';
}

/* "【速報】{title}": a hole that was written around. */
static void check_inside(struct check *c, const struct digest *d, uint32_t i)
{
	static const struct str holes[] = {STR_INIT("{title}"), STR_INIT("{url}"), STR_INIT("{text}")};
	const struct line *l = &d->line[i];
	struct str text = digest_str(d, l->text);
	for (size_t k = 0; k < ARRAY_SIZE(holes); k++) {
		size_t at = str_find(text, 0, holes[k]);
		uint32_t off = l->text.off + (uint32_t)at;
		if (at < text.n && !digest_in_code(d, i, off))
			report(c, (struct span){off, (uint32_t)holes[k].n}, "`%.*s` is still to be filled in", STR_ARG(holes[k]));
	}
}

static void check_line(struct check *c, const struct digest *d, uint32_t i, bool braces)
{
	const struct line *l = &d->line[i];
	struct str text = digest_str(d, l->text);
	if (l->kind != LINE_TEXT && l->kind != LINE_ITEM && l->kind != LINE_HEADING)
		return;
	if (!text.n)
		return;
	if (text.n > 100 || !form_is_hole(text)) {
		if (braces)
			check_inside(c, d, i);
		return;
	}
	if (!in_code_span(d, l) && !is_empty_form(d, i, text))
		report(c, l->text, "`%.*s` is still to be filled in", STR_ARG(text));
}

static void check(struct check *c, const struct digest *d)
{
	struct str all = d->source->text;
	bool braces = str_find_byte(all, 0, '{') < all.n;
	for (uint32_t i = 0; i < d->lines; i++)
		check_line(c, d, i, braces);
	FOR_EACH_ENTRY (d, e) {
		if (e->level && !e->title.len)
			report(c, d->line[e->line].at, "the entry has no title");
		else if (!e->level && form_is_hole(digest_str(d, e->title)))
			report(c, e->title, "`%.*s` is still to be filled in", STR_ARG(digest_str(d, e->title)));
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_unfilled_hole = {
	.name = "unfilled-hole",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.summary = "A hole of the template is still to be filled in",
	.why =
		"What a new digest leaves to its author ({title}, {url}, {text}, a row of x) is no content, and readers get it as if "
		"it were.",
	.bad = {.text = TOP "    - {text}\n" END},
	.good = {.text = TOP "    - 一行の要約\n" END},
	.check = check,
};
