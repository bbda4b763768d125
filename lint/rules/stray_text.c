#include "core/digest/label.h"
#include "lint/character.h"
#include "lint/check.h"
#include "lint/forms.h"

static bool is_head_stray(const struct digest *d, const struct section *s, const struct line *l)
{
	struct str whole = digest_str(d, span_make(l->at.off, span_end(l->text)));
	if ((l->kind != LINE_TEXT && l->kind != LINE_ITEM) || str_eq(whole, s->def->empty_form))
		return false;
	return s->nr || !form_says_nothing(NULL, digest_str(d, l->text));
}

static bool is_label(const struct digest *d, const struct section *s, const struct line *l)
{
	struct span value, label = label_split(d->source->text, l->text, &value);
	return l->kind == LINE_ITEM && label_field_exact(&s->def->entry, digest_str(d, label));
}

/* Between the section's heading and its first entry: one finding for all of it, for one thing is missing. */
static void check_head(struct check *c, const struct digest *d, const struct section *s)
{
	uint32_t end = s->nr ? s->entry->line : s->end, first = 0;
	size_t nr = 0;
	bool lost = false;
	for (uint32_t i = s->line + 1; i < end; i++) {
		if (!is_head_stray(d, s, &d->line[i]))
			continue;
		first = nr ? first : i;
		lost |= is_label(d, s, &d->line[i]);
		nr++;
	}
	if (lost)
		weigh(c, report_line(c, d, first, "the heading of an entry is missing; lines that no program sees: %zu", nr),
		      SEVERITY_ERROR);
	else if (nr > 1)
		report_line(c, d, first, "this line and %zu more belong to no entry", nr - 1);
	else if (nr)
		report_line(c, d, first, "this line belongs to no entry");
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

/* How many lines with text stand in a row from the i-th stray one on. */
static size_t run_length(const struct digest *d, const struct entry *e, size_t i)
{
	size_t nr = 1;
	while (i + nr < e->strays && e->stray[i + nr] == e->stray[i] + nr && d->line[e->stray[i + nr]].text.len)
		nr++;
	return nr;
}

static void check_strays(struct check *c, const struct digest *d, const struct entry *e)
{
	size_t nr;
	for (size_t i = 0; i < e->strays; i += nr) {
		uint32_t line = e->stray[i];
		nr = 1;
		if (!d->line[line].text.len) {
			report(c, d->line[line].at, "an empty list item");
			continue;
		}
		if (is_the_url(d, e, line) || !character_plain(check_arena(c), digest_str(d, d->line[line].text)).n)
			continue;
		nr = run_length(d, e, i);
		if (nr > 1)
			report_line(c, d, line, "this line and the next %zu belong to no field", nr - 1);
		else
			report_line(c, d, line, "this line belongs to no field");
	}
}

/* A bullet without text beside others; where there is nothing else, empty-field tells. */
static void check_items(struct check *c, const struct digest *d, const struct field *f)
{
	bool text = f->value.len > 0;
	FOR_EACH_ITEM (f, i)
		text = text || i->text.len > 0;
	FOR_EACH_ITEM (f, i)
		if (text && !i->text.len)
			report(c, d->line[i->line].at, "an empty list item");
}

static void check_top(struct check *c, const struct digest *d)
{
	for (uint32_t i = 0; i < d->title_line && d->title_line < d->lines; i++) {
		if (d->line[i].kind != LINE_TEXT && d->line[i].kind != LINE_ITEM)
			continue;
		report_line(c, d, i, "this line stands above the title");
		return;
	}
}

static void check(struct check *c, const struct digest *d)
{
	check_top(c, d);
	for (size_t i = 0; i < d->nr; i++)
		if (d->section[i].def && d->section[i].def->kind == SECTION_ENTRIES)
			check_head(c, d, &d->section[i]);
	FOR_EACH_ENTRY (d, e) {
		check_strays(c, d, e);
		FOR_EACH_FIELD (e, f)
			check_items(c, d, f);
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n"
#define END "- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_stray_text = {
	.name = "stray-text",
	.group = "structure",
	.severity = SEVERITY_WARNING,
	.summary = "A line belongs to no field, or to no entry",
	.why =
		"Programs read what stands in fields. A line outside of them is seen by readers only, and often is the rest of an "
		"item that was broken in two. Fields above the first heading are an entry that has lost its own: all of it is lost "
		"for programs, and that is an error.",
	.bad = {.text = TOP "これはどこにも属さない\n\n" END},
	.good = {.text = TOP END},
	.check = check,
};
