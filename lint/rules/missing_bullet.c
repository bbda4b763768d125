#include "lint/check.h"
#include "lint/forms.h"

static const struct str dot = STR_INIT("・");

static void check_line(struct check *c, const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	struct str text = digest_str(d, l->text);
	if (l->glued) {
		struct finding *f = report(c, span_make(l->bullet, span_end(l->text)),
		                           "the bullet needs a blank behind it; without one this is no list item");
		suggest(c, f, "put a blank behind the bullet");
		edit_insert(c, f, l->bullet + 1, STR(" "));
		return;
	}
	enum { LONGEST_SHOWN = 120 };
	uint32_t old = str_starts(text, dot) ? (uint32_t)dot.n : 0;
	struct finding *f;
	if (text.n > LONGEST_SHOWN)
		f = report(c, l->text, "the line needs a bullet");
	else
		f = report(c, l->text, "the line needs a bullet: `%c %.*s`", d->template->bullet, STR_ARG(str_from(text, old)));
	suggest(c, f, "begin it with `%c`", d->template->bullet);
	edit_replace(c, f, (struct span){l->text.off, old}, arena_printf(check_arena(c), "%c ", d->template->bullet));
}

static void check_field(struct check *c, const struct digest *d, const struct field *f)
{
	if (!f->bullet)
		check_line(c, d, f->line);
	FOR_EACH_ITEM (f, i)
		if (!i->bullet && !form_is_residue(digest_str(d, i->text)))
			check_line(c, d, i->line);
}

/* "-[題名](…)" in a list of links. */
static void check_lists(struct check *c, const struct digest *d, const struct section *s)
{
	for (uint32_t i = s->line + 1; i < s->end; i++) {
		const struct line *l = &d->line[i];
		if (l->glued && l->kind == LINE_ITEM && str_starts(digest_str(d, l->text), STR("[")))
			check_line(c, d, i);
	}
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e)
		FOR_EACH_FIELD (e, f)
			check_field(c, d, f);
	for (size_t i = 0; i < d->nr; i++)
		if (d->section[i].nr == 0)
			check_lists(c, d, &d->section[i]);
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n"

const struct rule rule_missing_bullet = {
    .name = "missing-bullet",
    .group = "structure",
    .severity = SEVERITY_ERROR,
    .fix = FIX_SAFE,
    .summary = "A label or an item has no bullet, or no blank behind it",
    .why = "Without its bullet a line is not an item but the continuation of the line before. Programs that read items do "
           "not see it, and Markdown shows both as one.",
    .bad = {.text = TOP "    IOC情報なし\n" EXAMPLE_END},
    .good = {.text = TOP "    - IOC情報なし\n" EXAMPLE_END},
    .check = check,
};
