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

/* Does the block, which is the item's own, stay what it is when the item's content begins at column `content`? */
static bool stays(const struct digest *d, const struct block *b, uint32_t line, unsigned content)
{
	if (b->first == line)
		return b->kind == BLOCK_PARAGRAPH;
	return b->kind != BLOCK_CODE && d->line[b->first].indent < content + 4;
}

/* Does no line come below the item that was not below it before, or the other way round? */
static bool lines_stay(const struct digest *d, const struct block *item, unsigned was, unsigned content)
{
	uint32_t i = item->first + 1;
	for (; i < item->end; i++) {
		const struct line *l = &d->line[i];
		if (l->kind != LINE_BLANK && (l->lazy || (l->indent >= content && l->indent < was)))
			return false;
	}
	while (i < d->lines && d->line[i].kind == LINE_BLANK)
		i++;
	return i == d->lines || d->line[i].indent < content;
}

static bool can_begin_at(const struct digest *d, uint32_t item, unsigned was, unsigned content)
{
	const struct block *v = d->blocks->v;
	for (uint32_t i = item + 1; i < d->blocks->nr && v[i].depth > v[item].depth; i++) {
		bool own = v[i].parent == item || (v[i].kind == BLOCK_ITEM && v[v[i].parent].parent == item);
		if (own && !stays(d, &v[i], v[item].first, content))
			return false;
	}
	return lines_stay(d, &v[item], was, content);
}

static void check_space(struct check *c, const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	uint32_t marker = list_item_marker(d, line), behind = l->bullet + marker, item = list_item_block(d, line);
	struct str blanks = digest_str(d, span_make(behind, l->text.off));
	/* More than four spaces begin code; a tab becomes spaces first: another rule's. */
	if (!l->text.len || str_eqz(blanks, " ") || !str_starts(blanks, STR(" ")) || str_starts(blanks, STR("     ")) ||
	    str_find_byte(blanks, 0, '\t') < blanks.n || item == BLOCK_NONE)
		return;
	struct span at = span_make(behind, l->text.off);
	struct finding *f;
	if (str_find(blanks, 0, WIDE_SPACE) < blanks.n)
		f = report(c, at, "full-width space behind the bullet");
	else
		f = report(c, at, "%zu spaces behind the bullet", blanks.n);
	if (!can_begin_at(d, item, l->indent + list_item_width(d, line), l->indent + marker + 1))
		return;
	suggest(c, f, "leave one space");
	edit_replace(c, f, at, STR(" "));
}

static void check(struct check *c, const struct digest *d)
{
	for (uint32_t i = 0; i < d->lines; i++) {
		if (d->line[i].kind != LINE_ITEM || d->line[i].glued || d->line[i].lazy)
			continue;
		check_bullet(c, d, &d->line[i]);
		check_space(c, d, i);
	}
}

const struct rule rule_bullet_style = {
    .name = "bullet-style",
    .group = "format",
    .severity = SEVERITY_WARNING,
    .fix = FIX_SAFE,
    .summary = "A bullet differs from the template's, or more than one space follows it",
    .why = "Markdown reads all of them, but programs that look for `- ` at the start of a line do not. Another bullet in the "
           "middle also begins a new list, which the page shows with a gap.",
    .bad = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    * 一行の要約\n- IOC\n"
                                "    - IOC情報なし\n" EXAMPLE_END},
    .good = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n"
                                 "    - IOC情報なし\n" EXAMPLE_END},
    .check = check,
};
