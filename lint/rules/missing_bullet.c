#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "core/digest/scan.h"
#include "lint/check.h"
#include "lint/forms.h"
#include "lint/newline.h"

/* Blanks that are none to Markdown: no-break and full-width ones. */
static uint32_t false_blanks(struct str s)
{
	static const struct str blanks[] = {STR_INIT("\xC2\xA0"), STR_INIT("\xE3\x80\x80")};
	uint32_t n = 0;
	for (size_t i = 0; i < ARRAY_SIZE(blanks);) {
		bool hit = str_starts(str_from(s, n), blanks[i]);
		n += hit ? (uint32_t)blanks[i].n : 0;
		i = hit ? 0 : i + 1;
	}
	return n;
}

/* "-5℃", "--force": is it no bullet but a sign, or a part of what is said? A day, a number of things or a row may begin so. */
static bool is_sign(struct str text)
{
	static const char *const counters[] = {"年", "月", "日", "件", "社", "人", "名", "個", "つ", "回",
	                                       "種", "万", "億", "時", "分", "秒", "カ", "か", "ヶ"};
	size_t i = 1, commas = 0;
	if (i < text.n && text.p[i] == '-')
		return true;
	while (i < text.n && text.p[i] >= '0' && text.p[i] <= '9')
		i++;
	for (size_t k = i; k < text.n; k++)
		commas += text.p[k] == ',';
	bool counts = i == 1 || commas >= 3;
	for (size_t k = 0; !counts && k < ARRAY_SIZE(counters); k++)
		counts = str_starts(str_from(text, i), str_of(counters[k]));
	return !counts;
}

static void check_glued(struct check *c, const struct digest *d, struct span bullet, struct span text)
{
	struct finding *f = report(c, span_make(bullet.off, span_end(text)),
	                           "the bullet needs a blank behind it; without one this is no list item");
	/* "-### 題" would become a heading in a list. */
	if (str_find_byte(digest_str(d, text), 0, '#') < 3 || is_sign(digest_str(d, text)))
		return;
	suggest(c, f, "put a blank behind the bullet");
	edit_replace(c, f, (struct span){bullet.off + 1, false_blanks(str_from(digest_str(d, text), 1))}, STR(" "));
}

/* `skip`: bytes of the text that stand in the bullet's place. */
static void check_line(struct check *c, const struct digest *d, uint32_t line, unsigned indent, uint32_t skip)
{
	const struct line *l = &d->line[line];
	struct str text = digest_str(d, l->text);
	if (l->glued && l->kind == LINE_ITEM) {
		check_glued(c, d, (struct span){l->bullet, 1}, span_make(l->bullet, span_end(l->text)));
		return;
	}
	if (text.n > 1 && text.p[0] == '-' && !skip) {
		check_glued(c, d, (struct span){l->text.off, 1}, l->text);
		return;
	}
	struct str rest = str_from(text, skip), sign = str_trim(str_slice(text, 0, skip));
	enum { LONGEST_SHOWN = 120 };
	struct finding *f;
	if (sign.n && rest.n <= LONGEST_SHOWN)
		f = report(c, l->text, "`%.*s` is no bullet: `%c %.*s`", STR_ARG(sign), d->template->bullet, STR_ARG(rest));
	else if (rest.n > LONGEST_SHOWN)
		f = report(c, l->text, "the line needs a bullet");
	else
		f = report(c, l->text, "the line needs a bullet: `%c %.*s`", d->template->bullet, STR_ARG(rest));
	suggest(c, f, "begin it with `%c`", d->template->bullet);
	bool whole = l->kind == LINE_HEADING || l->indent < indent;
	struct span old = whole ? span_make(l->at.off, l->text.off + skip) : (struct span){l->text.off, skip};
	edit_replace(c, f, old, arena_printf(check_arena(c), "%*s%c ", whole ? (int)indent : 0, "", d->template->bullet));
}

/* What cannot be seen before a bullet hides it, and goes with it. */
static uint32_t mark_length(struct str text)
{
	size_t i = 0, at = 0;
	while (i < text.n && unicode_is_invisible(utf8_next(text, &i)))
		at = i;
	size_t mark = scan_false_bullet(str_from(text, at));
	return mark ? (uint32_t)(at + mark) : 0;
}

/* "- その他：なし": the item stands on its label's line, where the template has it below. */
static void check_value(struct check *c, const struct digest *d, const struct field *f)
{
	if (f->match != LABEL_EXACT || !f->value.len || !f->def->items || f->def->value || !f->bullet || f->indented)
		return;
	struct finding *found = report(c, f->value, "the item stands on the line of its label `%.*s`; it belongs below",
	                               STR_ARG(digest_str(d, f->label)));
	uint32_t block = d->line[f->line].block;
	/* A wrapped line goes on with it. */
	bool wrapped = f->line + 1 < d->lines && d->line[f->line + 1].kind == LINE_TEXT;
	if (wrapped || scan_in_quote(d->blocks, block))
		return;
	suggest(c, found, "put it on a line of its own");
	bool bullet = str_starts(digest_str(d, f->value), STR("- "));
	edit_replace(
		c, found, span_make(span_end(f->label), f->value.off + (bullet ? 2 : 0)),
		newline_text(check_arena(c), d,
	                 arena_printf(check_arena(c), "\n%*s%c ", (int)d->template->indent, "", d->template->bullet)));
}

static void check_field(struct check *c, const struct digest *d, const struct field *f)
{
	if (!f->bullet)
		check_line(c, d, f->line, 0, d->line[f->line].kind == LINE_TEXT ? f->label.off - d->line[f->line].text.off : 0);
	check_value(c, d, f);
	FOR_EACH_ITEM (f, i)
		if (!i->bullet && !form_is_residue(digest_str(d, i->text)))
			check_line(c, d, i->line, d->template->indent, mark_length(digest_str(d, i->text)));
}

/* Does a list item of the section begin with a link? */
static bool lists_links(const struct digest *d, const struct section *s)
{
	for (uint32_t i = s->line + 1; i < s->end; i++)
		if (d->line[i].kind == LINE_ITEM && !d->line[i].glued && str_starts(digest_str(d, d->line[i].text), STR("[")))
			return true;
	return false;
}

/* "-[題名](…)", "・[題名](…)", or no bullet at all, in a list of links. */
static void check_lists(struct check *c, const struct digest *d, const struct section *s)
{
	bool links = s->def && s->def->kind == SECTION_LINKS, list = links || lists_links(d, s);
	for (uint32_t i = s->line + 1; i < s->end; i++) {
		const struct line *l = &d->line[i];
		struct str text = digest_str(d, l->text);
		size_t mark = l->kind == LINE_TEXT ? scan_false_bullet(text) : 0;
		if (!str_starts(str_from(text, mark), STR("[")))
			continue;
		bool bare = l->kind == LINE_TEXT && !l->indent && (mark ? list : links);
		if ((l->kind == LINE_ITEM && l->glued) || bare)
			check_line(c, d, i, 0, (uint32_t)mark);
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

const struct rule rule_missing_bullet = {
	.name = "missing-bullet",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_BULLET | FACT_FIELD | FACT_ITEM | FACT_IOC,
	.summary = "A label or an item has no bullet, no blank behind it, or no line of its own",
	.why =
		"Without its bullet a line is not an item but the continuation of the line before. Programs that read items do "
		"not see it, and Markdown shows both as one.",
	.bad = {.text = EXAMPLE_IOC "    IOC情報なし\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
