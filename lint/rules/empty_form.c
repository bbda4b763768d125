#include "core/base/unicode.h"
#include "core/base/utf8.h"
#include "core/digest/scan.h"
#include "lint/character.h"
#include "lint/check.h"
#include "lint/forms.h"

static void wrong(struct check *c, const struct digest *d, struct span at, struct str form)
{
	if (str_eq(character_plain(check_arena(c), digest_str(d, at)), form))
		return;
	struct finding *f = report(c, at, "`%.*s` should be `%.*s`", STR_ARG(digest_str(d, at)), STR_ARG(form));
	suggest(c, f, "write `%.*s`", STR_ARG(form));
	edit_replace(c, f, at, form);
}

/* "IOC情報な": one character away. Short forms are near too much. */
static bool is_slip(struct str form, struct str text)
{
	return utf8_count(form) >= 5 && unicode_distance(form, text, 1) == 1;
}

/* Between two of the items stands something that may be a label without a bullet: then they are not one field's. */
static bool is_broken(const struct digest *d, const struct field *f)
{
	uint32_t next = f->line + 1;
	FOR_EACH_ITEM (f, i) {
		for (; next < i->line; next++)
			if (d->line[next].kind != LINE_BLANK)
				return true;
		if (i->end != i->line + 1 || d->line[i->line].indent != d->line[f->item->line].indent)
			return true;
		next = i->end;
	}
	return false;
}

/*
 * `IOC情報なし`, and `なし` below it: all items say the same, so each but the first is too many. No fix takes an item away: the
 * author knows whether something else was meant to stand there.
 */
static void check_again(struct check *c, const struct digest *d, const struct entry *e, const struct field *f)
{
	if (f->nr < 2 || f->value.len || is_broken(d, f))
		return;
	FOR_EACH_ITEM (f, i)
		if (i->depth || !i->text.len || !form_says_nothing(e->shape, digest_str(d, i->text)))
			return;
	FOR_EACH_ITEM (f, i)
		if (i != f->item)
			report(c, i->text, "`%.*s` says again that there is nothing", STR_ARG(digest_str(d, i->text)));
}

static void check_field(struct check *c, const struct digest *d, const struct entry *e, const struct field *f)
{
	struct span at = f->nr ? f->item->text : f->value;
	if (!f->def || !f->def->empty_form.n)
		return;
	check_again(c, d, e, f);
	if (f->nr + (f->value.len > 0) != 1)
		return;
	/* What stands in a bullet's place is no part of the form. */
	uint32_t skip = f->nr && !f->item->bullet ? (uint32_t)scan_false_bullet(digest_str(d, at)) : 0;
	at = (struct span){at.off + skip, at.len - skip};
	struct str text = digest_str(d, at);
	/* An author may mean it: that nobody knows is not that there is nothing. */
	if (str_eqz(text, "不明"))
		weigh(c, report(c, at, "`%.*s` says nothing; is it `%.*s`?", STR_ARG(text), STR_ARG(f->def->empty_form)),
		      SEVERITY_INFO);
	else if (!str_eq(text, f->def->empty_form) &&
	         (is_slip(f->def->empty_form, text) || form_says_nothing(e->shape, text)))
		wrong(c, d, at, f->def->empty_form);
}

/* The only line of a section; d->lines when there are none or several. */
static uint32_t only_line(const struct digest *d, const struct section *s)
{
	uint32_t only = d->lines;
	for (uint32_t i = digest_heading_end(d, s->line); i < s->end; i++) {
		if (d->line[i].kind == LINE_BLANK || d->line[i].kind == LINE_HTML)
			continue;
		if (only < d->lines)
			return d->lines;
		only = i;
	}
	return only;
}

static void check_section(struct check *c, const struct digest *d, const struct section *s)
{
	uint32_t only = s->def && s->def->empty_form.n ? only_line(d, s) : d->lines;
	if (only == d->lines)
		return;
	const struct line *l = &d->line[only];
	struct str text = digest_str(d, l->text), form = s->def->empty_form;
	bool same = str_eq(digest_str(d, span_make(l->at.off, span_end(l->text))), form);
	if (!same && (!text.n || form_says_nothing(NULL, text) || form_same(form, text)))
		wrong(c, d, span_make(l->at.off, span_end(l->text)), form);
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e)
		FOR_EACH_FIELD (e, f)
			check_field(c, d, e, f);
	for (size_t i = 0; i < d->nr; i++)
		check_section(c, d, &d->section[i]);
}

const struct rule rule_empty_form = {
	.name = "empty-form",
	.group = "structure",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_BULLET | FACT_CODE,
	.summary = "Nothing to say is said in other words than the template's",
	.why =
		"Programs know a field without content by one form of words. Any other counts as content: an article without "
		"indicators is then listed as one that has some.",
	.bad = {.text = EXAMPLE_IOC "    - なし\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
