#include "lint/check.h"
static const char marks[] = "######";

static void check_heading(struct check *c, const struct digest *d, uint32_t line, unsigned wanted, const char *what)
{
	const struct line *l = &d->line[line];
	bool underlined = l->at.off + l->indent == l->text.off && !l->glued;
	struct finding *f;
	if (l->level != wanted)
		f = report_line(c, d, line, "the %s is a heading of level %u; the template has level %u", what, l->level, wanted);
	else if (l->indent)
		f = report_line(c, d, line, "the heading is indented by %u %s; many programs do not see it", l->indent,
		                l->indent == 1 ? "space" : "spaces");
	else
		return;
	if (underlined)
		return;
	suggest(c, f, "write `%.*s` at the start of the line", (int)wanted, marks);
	edit_replace(c, f, span_make(l->at.off, l->text.off),
	             arena_printf(check_arena(c), "%.*s%s", (int)wanted, marks, l->text.len ? " " : ""));
}

static void check(struct check *c, const struct digest *d)
{
	if (d->title_line < d->lines && d->line[d->title_line].level == 1)
		check_heading(c, d, d->title_line, 1, "title");
	for (size_t i = 0; i < d->nr; i++) {
		const struct section *s = &d->section[i];
		if (s->def)
			check_heading(c, d, s->line, s->def->level, "section");
	}
	FOR_EACH_ENTRY (d, e) {
		if (e->level && e->shape->shape == ENTRY_HEADING)
			check_heading(c, d, e->line, e->shape->level, "entry");
		else if (e->level)
			report_line(c, d, e->line, "the entry is a heading; the template numbers entries");
	}
}

#define REST "記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_heading_level = {
    .name = "heading-level",
    .group = "structure",
    .severity = SEVERITY_ERROR,
    .fix = FIX_SAFE,
    .summary = "A section or an entry is a heading of another level than the template's, or is indented",
    .why = "Programs tell sections and entries apart by the level of their headings; an entry at a section's level is not "
           "counted as an article. A blank before the hashes hides the heading from all that read line by line, and the "
           "article is taken for a part of the one before it.",
    .bad = {.text = EXAMPLE_TOP " #### " REST},
    .good = {.text = EXAMPLE_TOP "#### " REST},
    .check = check,
};
