#include "lint/check.h"
#include "lint/newline.h"
#include "lint/verbatim.h"

/*
 * A place is the room above a line of text. The template wants a number of blank lines in some of them; anywhere else
 * one is enough.
 */
struct place {
	uint32_t above, below;   /* lines with text; `above` is d->lines at the start of the file, `below` at its end */
	uint32_t blanks, wanted; /* how many there are and should be */
	bool habit;              /* the template says so */
};

struct habits {
	const struct digest *digest;
	uint32_t *wanted; /* by the line below, plus one; 0: the template says nothing */
};

static uint32_t text_above(const struct digest *d, uint32_t line)
{
	while (line-- > 0)
		if (d->line[line].kind != LINE_BLANK)
			return line;
	return d->lines;
}

static bool is_heading(const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	return !l->glued && l->block != BLOCK_NONE && d->blocks->v[l->block].kind == BLOCK_HEADING;
}

/* An item that ends any paragraph above it. */
static bool is_firm_item(const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	return l->kind == LINE_ITEM && !l->lazy && !l->glued && l->marker != '1' && l->text.len;
}

/* Would the two stay what they are without a blank line between them, and with one? */
static bool may_meet(const struct digest *d, uint32_t above, uint32_t below)
{
	uint8_t kind = d->line[above].kind;
	if (verbatim_line(d, above) || verbatim_line(d, below))
		return false;
	if (is_heading(d, above))
		return d->line[below].kind == LINE_TEXT || d->line[below].kind == LINE_ITEM || is_heading(d, below);
	return (kind == LINE_TEXT || kind == LINE_ITEM) && is_firm_item(d, below);
}

static void want(struct habits *h, uint32_t above, uint32_t below, unsigned blanks)
{
	if (blanks == UINT32_MAX || below >= h->digest->lines || text_above(h->digest, below) != above)
		return;
	if (may_meet(h->digest, above, below))
		h->wanted[below] = blanks + 1;
}

/* The last line of the heading that begins on a line: an underlined one has several. */
static uint32_t heading_end(const struct digest *d, uint32_t line)
{
	uint32_t block = d->line[line].block;
	return is_heading(d, line) ? d->blocks->v[block].end - 1 : line;
}

static void want_in_section(struct habits *h, const struct section *s)
{
	const struct digest *d = h->digest;
	uint32_t heading = heading_end(d, s->line), first = heading + 1;
	while (first < s->end && d->line[first].kind == LINE_BLANK)
		first++;
	if (first >= s->end)
		return;
	bool entry = s->nr && s->entry[0].line == first;
	if (s->def->kind == SECTION_ENTRIES ? entry : !is_heading(d, first))
		want(h, heading, first, s->def->blank_before_content);
}

static uint32_t last_line(const struct field *f)
{
	return f->nr ? f->item[f->nr - 1].end - 1 : f->line;
}

static void want_in_entry(struct habits *h, const struct template_entry *def, const struct entry *e)
{
	uint32_t top = e->level ? heading_end(h->digest, e->line) : e->line;
	bool has_url = e->url.len > 0;
	if (has_url && e->level && def->has_url && def->shape == ENTRY_HEADING)
		want(h, top, e->url_line, def->blank_before_url);
	if (def->nr && has_url == def->has_url)
		want(h, has_url ? e->url_line : top, e->first_field, def->blank_before_fields);
	for (size_t i = 1; def->nr > 1 && i < e->nr; i++)
		want(h, last_line(&e->field[i - 1]), e->field[i].line, def->blank_between);
}

static uint32_t *habits_of(struct check *c, const struct digest *d)
{
	struct habits h = {d, arena_array(check_arena(c), uint32_t, d->lines)};
	for (size_t i = 0; i < d->nr; i++) {
		const struct section *s = &d->section[i];
		if (!s->def)
			continue;
		want_in_section(&h, s);
		for (size_t k = 0; s->def->kind == SECTION_ENTRIES && k < s->nr; k++)
			want_in_entry(&h, &s->def->entry, &s->entry[k]);
	}
	return h.wanted;
}

/* Is it a heading that should not stand right below a line? A comment above a heading belongs to it. */
static bool needs_blank(const struct digest *d, uint32_t above, uint32_t below)
{
	if (!is_heading(d, below) || d->line[above].kind == LINE_HTML || d->line[above].block == d->line[below].block)
		return false;
	const struct block *b = &d->blocks->v[d->line[below].block];
	/* What is underlined would have been text of the paragraph above it. */
	bool paragraph = d->line[above].kind == LINE_TEXT || d->line[above].kind == LINE_ITEM;
	return b->depth == 0 && !(b->setext && paragraph);
}

static struct place place_above(const struct digest *d, const uint32_t *habit, uint32_t above, uint32_t below)
{
	bool first = above == d->lines, last = below == d->lines;
	struct place p = {above, below, below - (first ? 0 : above + 1), 0, false};
	if (first || last)
		return p;
	if (habit[below]) {
		p.habit = true;
		p.wanted = habit[below] - 1;
		return p;
	}
	p.wanted = p.blanks > 1 || needs_blank(d, above, below) ? 1 : p.blanks;
	return p;
}

static struct finding *report_habit(struct check *c, const struct digest *d, const struct place *p, uint32_t line)
{
	if (!p->blanks)
		return report_line(c, d, line, "no blank line, the template has %u here", p->wanted);
	if (!p->wanted)
		return report_line(c, d, line, "blank line where the template has none");
	return report_line(c, d, line, "blank lines: %u, the template has %u here", p->blanks, p->wanted);
}

static void report_missing(struct check *c, const struct digest *d, const struct place *p)
{
	struct finding *f = p->habit ? report_habit(c, d, p, p->below)
	                             : report_line(c, d, p->below, "no blank line above the heading");
	suggest(c, f, "add it");
	struct str lines = STR("");
	for (uint32_t i = p->blanks; i < p->wanted; i++)
		lines = arena_printf(check_arena(c), "%.*s%.*s", STR_ARG(lines), STR_ARG(newline_of(d)));
	edit_insert(c, f, d->line[p->below].at.off, lines);
}

static bool is_empty_item(const struct digest *d, uint32_t line)
{
	return d->line[line].kind == LINE_ITEM && !d->line[line].text.len;
}

static void report_surplus(struct check *c, const struct digest *d, const struct place *p)
{
	uint32_t first = p->below - p->blanks, line = first + p->wanted;
	struct finding *f;
	if (first == 0)
		f = report_line(c, d, line, "blank line at the start of the file");
	else if (p->below == d->lines)
		f = report_line(c, d, line, "blank line at the end of the file");
	else if (p->habit)
		f = report_habit(c, d, p, line);
	else
		f = report_line(c, d, line, "%u blank lines in a row", p->blanks);
	/* A thematic break on the first line would begin front matter; an empty item ends at a blank line of its own. */
	if (first == 0 ? p->below < d->lines && d->line[p->below].kind == LINE_OTHER : is_empty_item(d, p->above))
		return;
	uint32_t end = p->below < d->lines ? d->line[p->below].at.off : (uint32_t)d->source->text.n;
	suggest(c, f, "delete the blank lines that are too many");
	edit_delete(c, f, span_make(d->line[line].at.off, end));
}

static void check_place(struct check *c, const struct digest *d, const uint32_t *habit, uint32_t above, uint32_t below)
{
	bool inside = above < d->lines && above + 1 < below && verbatim_line(d, below - 1);
	if (inside || (above < d->lines && verbatim_open_fence(d, above)))
		return;
	struct place p = place_above(d, habit, above, below);
	if (p.blanks < p.wanted)
		report_missing(c, d, &p);
	else if (p.blanks > p.wanted)
		report_surplus(c, d, &p);
}

static void check(struct check *c, const struct digest *d)
{
	uint32_t above = d->lines;
	const uint32_t *habit = habits_of(c, d);
	if (d->source->text.n == d->bom)
		return;
	for (uint32_t i = 0; i < d->lines; i++) {
		if (d->line[i].kind == LINE_BLANK)
			continue;
		check_place(c, d, habit, above, i);
		above = i;
	}
	check_place(c, d, habit, above, d->lines);
}

const struct rule rule_blank_lines = {
    .name = "blank-lines",
    .group = "format",
    .severity = SEVERITY_WARNING,
    .fix = FIX_SAFE,
    .summary = "Too many blank lines, or too few",
    .why = "The blank lines are what lets a reader find the next heading, URL or field at a glance, and what keeps a diff to "
           "the lines that say something. Programs that cut a digest at blank lines cut it elsewhere when there is one too "
           "many. The template shows how many stand between the parts of an entry.",
    .bad = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n"
                                "    - IOC情報なし\n\n" EXAMPLE_END},
    .good = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n"
                                 "    - IOC情報なし\n" EXAMPLE_END},
    .check = check,
};
