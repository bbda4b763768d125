#include "core/base/unicode.h"
#include "lint/check.h"
#include "lint/list_item.h"
#include "lint/verbatim.h"

enum { DEEPEST = 64 };

/* A list item that is open: where its bullet and its content stand, and where its bullet should. */
struct level {
	unsigned column, content, wanted;
};

struct move {
	uint32_t line;
	unsigned from, to; /* columns of the bullet */
};

/* Where a field's items stand and should stand. */
struct layout {
	struct level level[DEEPEST + 1]; /* the field itself, and the items around the current one */
	unsigned depth;
	struct move *move; /* one for each item that has a bullet */
	size_t nr;
	uint32_t end; /* line */
};

static bool push(struct layout *y, unsigned column, unsigned width, unsigned wanted)
{
	if (y->depth > DEEPEST || !width)
		return false;
	y->level[y->depth++] = (struct level){column, column + width, wanted};
	return true;
}

/* False where the template's indent would change what is below what. */
static bool place(struct layout *y, const struct digest *d, uint32_t line)
{
	unsigned column = d->line[line].indent, indent = d->template->indent;
	while (y->depth > 1 && y->level[y->depth - 1].content > column)
		y->depth--;
	const struct level *parent = &y->level[y->depth - 1];
	unsigned width = parent->content - parent->column, wanted = parent->wanted + indent;
	if (indent < width || indent > width + 3)
		return false;
	y->move[y->nr++] = (struct move){line, column, wanted};
	return push(y, column, list_item_width(d, line), wanted);
}

/* Up to the field's end, or an item that has left it: whatever that is, it is not for its indent to say. */
static bool lay_out(struct check *c, const struct digest *d, const struct field *f, struct layout *y)
{
	unsigned column = d->line[f->line].indent;
	y->move = arena_array(check_arena(c), struct move, f->nr);
	y->end = f->end;
	if (!push(y, column, list_item_width(d, f->line), column))
		return false;
	for (size_t i = 0; i < f->nr; i++) {
		const struct line *l = &d->line[f->item[i].line];
		if (!f->item[i].bullet || l->kind != LINE_ITEM)
			continue;
		if (l->indent <= column) {
			y->end = f->item[i].line;
			return true;
		}
		if (!place(y, d, f->item[i].line))
			return false;
	}
	return true;
}

static struct span indentation(const struct digest *d, uint32_t line)
{
	struct str s = digest_str(d, d->line[line].at);
	uint32_t n = 0;
	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'))
		n++;
	return (struct span){d->line[line].at.off, n};
}

/* Code keeps every byte: it moves only where there is room, and no tab. */
static bool may_shift(const struct digest *d, uint32_t line, long by)
{
	if (!verbatim_line(d, line))
		return true;
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
		if (y->move[i].from == y->move[i].to)
			continue;
		wrong++;
		first = i;
	}
	const struct move *m = &y->move[first];
	if (!wrong)
		return NULL;
	if (wrong == 1)
		return report(c, indentation(d, m->line), "item indented by %u, not %u columns", m->from, m->to);
	return report(c, indentation(d, m->line), "item indented by %u, not %u columns; %zu items of this field are wrong", m->from,
	              m->to, wrong);
}

static void check_field(struct check *c, const struct digest *d, const struct field *f)
{
	struct layout y = {.nr = 0};
	if (!f->bullet || f->indented || !f->nr || d->line[f->line].lazy || !lay_out(c, d, f, &y))
		return;
	struct finding *found = report_items(c, d, &y);
	if (!found || !walk(c, NULL, d, &y))
		return;
	suggest(c, found, "indent by %u columns a level", d->template->indent);
	walk(c, found, d, &y);
}

static void check(struct check *c, const struct digest *d)
{
	for (size_t s = 0; s < d->nr; s++)
		for (size_t e = 0; e < d->section[s].nr; e++)
			for (size_t f = 0; f < d->section[s].entry[e].nr; f++)
				check_field(c, d, &d->section[s].entry[e].field[f]);
}

const struct rule rule_list_indent = {
    .name = "list-indent",
    .group = "format",
    .severity = SEVERITY_WARNING,
    .fix = FIX_SAFE,
    .summary = "Items below a field are not indented as in the template",
    .why = "How deep an item stands decides what it belongs to. Programs that take a fixed number of spaces for the first level "
           "read an item with fewer as a field of its own, and one with more as a remark on the item above.",
    .bad = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n  - 一行の要約\n- IOC\n"
                                "    - IOC情報なし\n" EXAMPLE_END},
    .good = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n"
                                 "    - IOC情報なし\n" EXAMPLE_END},
    .check = check,
};
