#include "core/base/unicode.h"
#include "lint/check.h"
#include "lint/list_item.h"
#include "lint/verbatim.h"

enum { DEEPEST = 64 };

/* A list item that is open: where its bullet and its content stand. */
struct level {
	unsigned column, content;
};

struct move {
	uint32_t line;
	unsigned from, to; /* columns of the bullet */
	unsigned width;    /* from the bullet to the content */
	unsigned depth;    /* as Markdown reads it, from 1 */
	bool other;        /* it lacks its bullet or stands at the margin: another rule's, but items may stand below it */
};

/* Where a field's items stand and should stand. */
struct layout {
	unsigned indent;                /* the template's, columns */
	unsigned column, width;         /* of the field itself */
	struct level open[DEEPEST + 1]; /* the field itself, and the items around the current one */
	unsigned depth;
	struct move *move; /* one for each item that has a bullet */
	size_t nr;
	uint32_t end; /* line */
};

static bool push(struct layout *y, unsigned column, unsigned width)
{
	if (y->depth > DEEPEST)
		return false;
	y->open[y->depth++] = (struct level){column, column + width};
	return true;
}

/* An item at the margin is read where its rule puts it. */
static bool read_item(struct layout *y, const struct digest *d, const struct item *i)
{
	const struct line *l = &d->line[i->line];
	bool bullet = i->bullet && l->kind == LINE_ITEM, margin = l->indent < 2;
	struct move m = {i->line, l->indent, l->indent, bullet ? list_item_width(d, i->line) : 2, 1, !bullet || margin};
	unsigned column = margin ? y->column + y->indent : m.from;
	while (y->depth > 1 && y->open[y->depth - 1].content > column)
		y->depth--;
	m.depth = y->depth;
	if (!push(y, column, m.width))
		return false;
	y->move[y->nr++] = m;
	return true;
}

/* Text in the place of an item, or an item; not a table, not code. */
static bool could_be_item(const struct digest *d, const struct item *i)
{
	uint8_t kind = d->line[i->line].kind;
	return kind == LINE_ITEM || (kind == LINE_TEXT && !i->bullet);
}

/* Up to the field's end, or an item that has left it: whatever that is, it is not for its indent to say. */
static bool read_items(struct check *c, const struct digest *d, const struct field *f, struct layout *y)
{
	y->indent = d->template->indent;
	y->column = d->line[f->line].indent;
	y->width = list_item_width(d, f->line);
	y->move = arena_array(check_arena(c), struct move, f->nr);
	y->end = f->end;
	if (!push(y, y->column, y->width))
		return false;
	for (size_t i = 0; i < f->nr; i++)
		if (could_be_item(d, &f->item[i]) && !read_item(y, d, &f->item[i]))
			return false;
	return true;
}

static bool is_off(const struct digest *d, const struct item *i)
{
	const struct line *l = &d->line[i->line];
	return i->bullet && l->kind == LINE_ITEM && l->indent >= 2 && l->indent % d->template->indent;
}

static size_t items_off(const struct digest *d, const struct field *f)
{
	size_t n = 0;
	FOR_EACH_ITEM (f, i)
		n += is_off(d, i);
	return n;
}

/* Do the other fields of the entry keep to the template, so that one item that does not is a slip? */
static bool others_are_right(const struct digest *d, const struct entry *e, const struct field *f)
{
	size_t items = 0;
	FOR_EACH_FIELD (e, other) {
		if (other != f && items_off(d, other))
			return false;
		items += other != f ? other->nr : 0;
	}
	return items > 0;
}

/* Are all levels indented alike, only not by as much as the template's? */
static bool has_own_step(const struct layout *y)
{
	unsigned step = 0;
	for (size_t i = 0; i < y->nr; i++) {
		const struct move *m = &y->move[i];
		if (m->other)
			continue;
		step = step ? step : m->from - y->column;
		if (m->from - y->column != step * m->depth)
			return false;
	}
	return true;
}

/* The depth that the column alone says; half-way between two the nesting decides. */
static unsigned nearest_depth(const struct layout *y, const struct move *m, unsigned above)
{
	unsigned column = m->from - y->column, low = column / y->indent, rest = column % y->indent;
	unsigned depth = 2 * rest > y->indent || (2 * rest == y->indent && m->depth > low) ? low + 1 : low;
	depth = depth > above + 1 ? above + 1 : depth;
	return depth ? depth : 1;
}

/* False where the template's indent would change what is below what. */
static bool place(struct layout *y, bool by_nesting)
{
	unsigned width[DEEPEST + 1] = {y->width}, above = 0;
	for (size_t i = 0; i < y->nr; i++) {
		struct move *m = &y->move[i];
		unsigned depth = m->from < 2 ? 1 : by_nesting ? m->depth : nearest_depth(y, m, above);
		if (depth > DEEPEST || y->indent < width[depth - 1] || y->indent > width[depth - 1] + 3)
			return false;
		m->to = m->from < 2 ? m->from : y->column + depth * y->indent;
		width[depth] = m->width;
		above = depth;
	}
	return true;
}

/* Items that stand in one column must do so afterwards. */
static bool keeps_columns(const struct layout *y)
{
	for (size_t i = 0; i < y->nr; i++)
		for (size_t k = 0; k < i; k++)
			if (y->move[i].from == y->move[k].from && y->move[i].to != y->move[k].to)
				return false;
	return true;
}

/* A line of text at the margin may be an item, with those that stand below it. */
static bool parts_items(const struct entry *e, const struct field *f)
{
	for (size_t i = 0; i < e->strays; i++)
		if (f->nr && e->stray[i] > f->line && e->stray[i] < f->item[f->nr - 1].line)
			return true;
	return false;
}

static bool lay_out(struct check *c, const struct digest *d, const struct entry *e, const struct field *f,
                    struct layout *y)
{
	if (!read_items(c, d, f, y))
		return false;
	bool slip = items_off(d, f) == 1 && others_are_right(d, e, f);
	return place(y, has_own_step(y) && !slip);
}

static struct span indentation(const struct digest *d, uint32_t line)
{
	struct str s = digest_str(d, d->line[line].at);
	uint32_t n = 0;
	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'))
		n++;
	return (struct span){d->line[line].at.off, n};
}

/* Its width would change with its place. */
static bool has_tab_behind_bullet(const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	struct str blanks = digest_str(d, span_make(l->bullet, l->text.off));
	return l->kind == LINE_ITEM && str_find_byte(blanks, 0, '\t') < blanks.n;
}

/* Code keeps every byte: it moves only where there is room, and no tab. */
static bool may_shift(const struct digest *d, uint32_t line, long by)
{
	if (!verbatim_line(d, line))
		return !has_tab_behind_bullet(d, line);
	struct str blanks = digest_str(d, indentation(d, line));
	return (long)blanks.n + by >= 0 && str_find_byte(blanks, 0, '\t') == blanks.n;
}

static void shift(struct check *c, struct finding *f, const struct digest *d, uint32_t line, long by)
{
	long column = (long)d->line[line].indent + by;
	edit_replace(c, f, indentation(d, line), arena_printf(check_arena(c), "%*s", column > 0 ? (int)column : 0, ""));
}

/* Every line of the field moves with the item above it; a line of text at the margin stays there. */
static bool walk(struct check *c, struct finding *f, const struct digest *d, const struct layout *y)
{
	for (size_t i = 0; i < y->nr; i++) {
		uint32_t stop = i + 1 < y->nr ? y->move[i + 1].line : y->end;
		long by = (long)y->move[i].to - (long)y->move[i].from;
		for (uint32_t line = y->move[i].line; by && line < stop; line++) {
			if (d->line[line].kind == LINE_BLANK || !d->line[line].indent)
				continue;
			if (!f && !may_shift(d, line, by))
				return false;
			if (f)
				shift(c, f, d, line, by);
		}
	}
	return true;
}

static struct finding *report_items(struct check *c, const struct digest *d, const struct layout *y)
{
	size_t wrong = 0, first = 0;
	for (size_t i = y->nr; i-- > 0;) {
		if (y->move[i].other || y->move[i].from == y->move[i].to)
			continue;
		wrong++;
		first = i;
	}
	const struct move *m = &y->move[first];
	if (!wrong)
		return NULL;
	if (wrong == 1)
		return report(c, indentation(d, m->line), "item indented by %u, not %u columns", m->from, m->to);
	return report(c, indentation(d, m->line), "item indented by %u, not %u columns; %zu items of this field are wrong",
	              m->from, m->to, wrong);
}

static void check_field(struct check *c, const struct digest *d, const struct entry *e, const struct field *f)
{
	struct layout y = {.nr = 0};
	if (!f->bullet || f->indented || !f->nr || d->line[f->line].lazy || !d->template->indent ||
	    !lay_out(c, d, e, f, &y))
		return;
	struct finding *found = report_items(c, d, &y);
	if (!found || parts_items(e, f) || !keeps_columns(&y) || !walk(c, NULL, d, &y))
		return;
	suggest(c, found, "indent by %u columns a level", d->template->indent);
	walk(c, found, d, &y);
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e)
		FOR_EACH_FIELD (e, f)
			check_field(c, d, e, f);
}

const struct rule rule_list_indent = {
	.name = "list-indent",
	.group = "format",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_BULLET | FACT_ITEM,
	.summary = "Items below a field are not indented as in the template",
	.why =
		"How deep an item stands decides what it belongs to. Programs that take a fixed number of spaces for the first level "
		"read an item with fewer as a field of its own, and one with more as a remark on the item above.",
	.bad = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n  - 一行の要約\n- IOC\n"
                                "    - IOC情報なし\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
