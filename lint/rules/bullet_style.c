#include "lint/blank.h"
#include "lint/check.h"
#include "lint/list_item.h"

/* "* - -" with another bullet would be a thematic break, "*" alone could underline what stands above. */
static bool is_only_marks(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!strchr("-_*+ \t", text.p[i]))
			return false;
	return true;
}

static void check_bullet(struct check *c, const struct digest *d, const struct line *l)
{
	char bullet[2] = {d->template->bullet, 0};
	if (l->marker == '1' || l->marker == (uint8_t)bullet[0])
		return;
	struct span at = {l->bullet, 1};
	struct finding *f = report(c, at, "bullet `%c`, the template has `%s`", l->marker, bullet);
	if (is_only_marks(digest_str(d, l->text)))
		return;
	suggest(c, f, "write `%s`", bullet);
	edit_replace(c, f, at, arena_str(check_arena(c), str_of(bullet)));
}

static void check_space(struct check *c, const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	uint32_t marker = list_item_marker(d, line), behind = l->bullet + marker, item = list_item_block(d, line);
	struct str rest = digest_str(d, span_make(behind, span_end(l->at))),
			   blanks = str_slice(rest, 0, blank_prefix(rest));
	/* More than four spaces begin code; a tab becomes spaces first: another rule's. */
	if (blanks.n == rest.n || str_eqz(blanks, " ") || !str_starts(blanks, STR(" ")) ||
	    str_starts(blanks, STR("     ")) || str_find_byte(blanks, 0, '\t') < blanks.n || item == BLOCK_NONE)
		return;
	struct span at = span_make(behind, behind + blanks.n);
	struct finding *f;
	if (str_find(blanks, 0, WIDE_SPACE) < blanks.n)
		f = report(c, at, "full-width space behind the bullet");
	else if (str_find(blanks, 0, NO_BREAK_SPACE) < blanks.n)
		f = report(c, at, "no-break space behind the bullet");
	else
		f = report(c, at, "%zu spaces behind the bullet", blanks.n);
	/* One blank too many is a slip, more may be meant to line something up. */
	if (!list_item_has_items_only(d, line, blanks.n == 2 ? 2 : d->template->indent) &&
	    !list_item_can_begin_at(d, item, l->indent + list_item_width(d, line), l->indent + marker + 1))
		return;
	suggest(c, f, "leave one space");
	edit_replace(c, f, at, STR(" "));
}

/* "- - 一": an item in an item, which nobody means where nothing else stands in it. */
static void check_double(struct check *c, const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	struct str text = digest_str(d, l->text);
	bool alone = line + 1 == d->lines || d->line[line + 1].kind == LINE_BLANK || d->line[line + 1].indent <= l->indent;
	if (l->marker == '1' || text.n < 3 || !strchr("-*+", text.p[0]) || text.p[1] != ' ' || is_only_marks(text) ||
	    !alone || (line + 1 < d->lines && d->line[line + 1].lazy))
		return;
	struct finding *f = report(c, (struct span){l->text.off, 1}, "a second bullet behind the first");
	suggest(c, f, "leave one bullet");
	edit_delete(c, f, (struct span){l->text.off, 1 + (uint32_t)blank_prefix(str_from(text, 1))});
}

/* Items may be numbered, but a label's number says nothing. */
static void check_label(struct check *c, const struct digest *d, const struct field *f)
{
	const struct line *l = &d->line[f->line];
	char bullet[2] = {d->template->bullet, 0};
	if (!f->def || l->kind != LINE_ITEM || l->marker != '1' || l->glued || l->lazy)
		return;
	uint32_t marker = list_item_marker(d, f->line), item = list_item_block(d, f->line);
	unsigned width = list_item_width(d, f->line);
	struct span at = {l->bullet, marker};
	struct finding *found =
		report(c, at, "number `%.*s` before a label, the template has `%s`", STR_ARG(digest_str(d, at)), bullet);
	if (item == BLOCK_NONE || !list_item_can_begin_at(d, item, l->indent + width, l->indent + width - marker + 1))
		return;
	suggest(c, found, "write `%s`", bullet);
	edit_replace(c, found, at, arena_str(check_arena(c), str_of(bullet)));
}

/* `1. IOC情報なし`: there is nothing to count. */
static void check_empty(struct check *c, const struct digest *d, const struct field *f)
{
	if (!f->def || !f->def->empty_form.n || f->nr != 1 || !str_eq(digest_str(d, f->item->text), f->def->empty_form))
		return;
	const struct line *l = &d->line[f->item->line];
	if (l->kind != LINE_ITEM || l->marker != '1' || l->glued || l->lazy)
		return;
	char bullet[2] = {d->template->bullet, 0};
	struct span at = {l->bullet, list_item_marker(d, f->item->line)};
	struct finding *found =
		report(c, at, "number `%.*s` before the only item, the template has `%s`", STR_ARG(digest_str(d, at)), bullet);
	suggest(c, found, "write `%s`", bullet);
	edit_replace(c, found, at, arena_str(check_arena(c), str_of(bullet)));
}

static void check(struct check *c, const struct digest *d)
{
	for (uint32_t i = 0; i < d->lines; i++) {
		if (d->line[i].kind != LINE_ITEM || d->line[i].glued || d->line[i].lazy)
			continue;
		check_bullet(c, d, &d->line[i]);
		check_space(c, d, i);
	}
	FOR_EACH_ENTRY (d, e)
		FOR_EACH_FIELD (e, f) {
			check_label(c, d, f);
			check_empty(c, d, f);
			FOR_EACH_ITEM (f, i)
				if (i->bullet && d->line[i->line].kind == LINE_ITEM && !d->line[i->line].lazy)
					check_double(c, d, i->line);
		}
}

const struct rule rule_bullet_style = {
	.name = "bullet-style",
	.group = "format",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_BULLET | FACT_IOC,
	.summary = "A bullet differs from the template's, or more than one space follows it",
	.why =
		"Markdown reads all of them, but programs that look for `- ` at the start of a line do not. Another bullet in the "
		"middle also begins a new list, which the page shows with a gap.",
	.bad = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    * 一行の要約\n- IOC\n"
                                "    - IOC情報なし\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
