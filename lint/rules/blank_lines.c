#include "lint/blank.h"
#include "lint/check.h"
#include "lint/newline.h"
#include "lint/verbatim.h"

/* What the template says about the room above a line. */
struct habit {
	uint32_t wanted; /* blank lines, plus one; 0: it says nothing */
	uint32_t group;  /* what is alike within an entry is one finding; 0: stands for itself */
	bool inner;      /* within a field */
};

/*
 * A place is the room above a line of text. The template wants a number of blank lines in some of them; anywhere else
 * one is enough.
 */
struct place {
	uint32_t above, below;   /* lines with text; `above` is d->lines at the start of the file, `below` at its end */
	uint32_t blanks, wanted; /* how many there are and should be */
	struct habit habit;
};

struct habits {
	const struct digest *digest;
	struct habit *habit; /* by the line below */
	uint32_t groups;
};

/* Also one of wide spaces, unless it is within a paragraph: they are text to Markdown. */
static bool is_blank(const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	struct str text = digest_str(d, l->at);
	if (l->kind != LINE_TEXT || blank_prefix(text) < text.n)
		return l->kind == LINE_BLANK;
	return line == 0 || line + 1 >= d->lines || d->line[line - 1].block != l->block ||
	       d->line[line + 1].block != l->block;
}

static uint32_t text_above(const struct digest *d, uint32_t line)
{
	while (line-- > 0)
		if (!is_blank(d, line))
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

static void want(struct habits *h, uint32_t above, uint32_t below, unsigned blanks, uint32_t group)
{
	if (blanks == UINT32_MAX || below >= h->digest->lines || text_above(h->digest, below) != above)
		return;
	if (may_meet(h->digest, above, below))
		h->habit[below] = (struct habit){blanks + 1, group, false};
}

/* No blank line between a label and its items, or between two of them. */
static void want_in_field(struct habits *h, const struct field *f, uint32_t group)
{
	FOR_EACH_ITEM (f, i) {
		uint32_t above = text_above(h->digest, i->line);
		if (!f->bullet || i->line <= f->line || above < f->line || !may_meet(h->digest, above, i->line))
			continue;
		h->habit[i->line] = (struct habit){1, group, true};
	}
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
	while (first < s->end && is_blank(d, first))
		first++;
	if (first >= s->end)
		return;
	bool entry = s->nr && s->entry[0].line == first;
	if (s->def->kind == SECTION_ENTRIES ? entry : !is_heading(d, first))
		want(h, heading, first, s->def->blank_before_content, 0);
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
		want(h, top, e->url_line, def->blank_before_url, 0);
	if (def->nr && has_url == def->has_url)
		want(h, has_url ? e->url_line : top, e->first_field, def->blank_before_fields, 0);
	uint32_t between = ++h->groups, within = ++h->groups;
	for (size_t i = 1; def->nr > 1 && i < e->nr; i++)
		want(h, last_line(&e->field[i - 1]), e->field[i].line, def->blank_between, between);
	FOR_EACH_FIELD (e, f)
		want_in_field(h, f, within);
}

static struct habits habits_of(struct check *c, const struct digest *d)
{
	struct habits h = {d, arena_array(check_arena(c), struct habit, d->lines), 0};
	for (size_t i = 0; i < d->nr; i++) {
		const struct section *s = &d->section[i];
		if (!s->def)
			continue;
		want_in_section(&h, s);
		for (size_t k = 0; s->def->kind == SECTION_ENTRIES && k < s->nr; k++)
			want_in_entry(&h, &s->def->entry, &s->entry[k]);
	}
	return h;
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

static struct place place_above(const struct digest *d, const struct habit *habit, uint32_t above, uint32_t below)
{
	bool first = above == d->lines, last = below == d->lines;
	struct place p = {above, below, below - (first ? 0 : above + 1), 0, {0}};
	if (first || last)
		return p;
	if (habit[below].wanted) {
		p.habit = habit[below];
		p.wanted = p.habit.wanted - 1;
		return p;
	}
	p.wanted = p.blanks > 1 || needs_blank(d, above, below) ? 1 : p.blanks;
	return p;
}

/* The first blank line that is too many, or the line above which one is missing. */
static uint32_t line_of(const struct place *p)
{
	return p->blanks < p->wanted ? p->below : p->below - p->blanks + p->wanted;
}

static struct str habit_message(struct arena *a, const struct place *p)
{
	if (p->habit.inner)
		return str_of(_("blank line within a field"));
	if (!p->blanks)
		return arena_printf(a, _("no blank line, the template has %u here"), p->wanted);
	if (!p->wanted)
		return str_of(_("blank line where the template has none"));
	return arena_printf(a, _("blank lines: %u, the template has %u here"), p->blanks, p->wanted);
}

static struct str text_of(struct arena *a, const struct digest *d, const struct place *p)
{
	if (p->habit.wanted)
		return habit_message(a, p);
	if (p->blanks < p->wanted)
		return str_of(_("no blank line above the heading"));
	if (p->below == p->blanks)
		return str_of(_("blank line at the start of the file"));
	if (p->below == d->lines)
		return str_of(_("blank line at the end of the file"));
	return arena_printf(a, _("%u blank lines in a row"), p->blanks);
}

static bool is_empty_item(const struct digest *d, uint32_t line)
{
	return d->line[line].kind == LINE_ITEM && !d->line[line].text.len;
}

/* A thematic break on the first line would begin front matter; an empty item ends at a blank line of its own. */
static bool can_mend(const struct digest *d, const struct place *p)
{
	if (p->blanks < p->wanted)
		return true;
	if (p->below == p->blanks)
		return p->below == d->lines || d->line[p->below].kind != LINE_OTHER;
	return !is_empty_item(d, p->above);
}

static void mend(struct check *c, struct finding *f, const struct digest *d, const struct place *p)
{
	uint32_t end = p->below < d->lines ? d->line[p->below].at.off : (uint32_t)d->source->text.n;
	if (p->blanks > p->wanted) {
		edit_delete(c, f, span_make(d->line[line_of(p)].at.off, end));
		return;
	}
	struct str lines = STR("");
	for (uint32_t i = p->blanks; i < p->wanted; i++)
		lines = arena_printf(check_arena(c), "%.*s%.*s", STR_ARG(lines), STR_ARG(newline_of(d)));
	edit_insert(c, f, end, lines);
}

/* Reports the first of some places and mends all of them. */
static void report_places(struct check *c, const struct digest *d, const struct place *place, size_t nr)
{
	struct str text = text_of(check_arena(c), d, place);
	struct finding *f;
	bool mends = false;
	if (nr == 1)
		f = report_line(c, d, line_of(place), "%.*s", STR_ARG(text));
	else
		f = report_line(c, d, line_of(place), "%.*s; %zu gaps of this entry are wrong", STR_ARG(text), nr);
	for (size_t i = 0; i < nr; i++) {
		if (!can_mend(d, &place[i]))
			continue;
		mend(c, f, d, &place[i]);
		mends = true;
	}
	if (mends && nr > 1)
		suggest(c, f, "leave as many blank lines as the template has");
	else if (mends)
		suggest(c, f, place->blanks < place->wanted ? N_("add it") : N_("delete the blank lines that are too many"));
}

/* Is the room between the two code or HTML, or left to what begins above? */
static bool is_verbatim(const struct digest *d, uint32_t above, uint32_t below)
{
	bool inside = above < d->lines && above + 1 < below && verbatim_line(d, below - 1);
	return inside || (above < d->lines && verbatim_open_fence(d, above));
}

/* Where the number of blank lines is wrong. */
static size_t wrong_places(const struct digest *d, const struct habit *habit, struct place *out)
{
	uint32_t above = d->lines;
	size_t nr = 0;
	for (uint32_t i = 0; i <= d->lines; i++) {
		if (i < d->lines && is_blank(d, i))
			continue;
		struct place p = place_above(d, habit, above, i);
		if (p.blanks != p.wanted && !is_verbatim(d, above, i))
			out[nr++] = p;
		above = i;
	}
	return nr;
}

/* The places that are alike, from the first of them on. */
static size_t alike(const struct place *first, const struct place *end, struct place *out)
{
	size_t nr = 0;
	out[nr++] = *first;
	for (const struct place *p = first + 1; first->habit.group && p < end; p++)
		if (p->habit.group == first->habit.group)
			out[nr++] = *p;
	return nr;
}

static void check(struct check *c, const struct digest *d)
{
	if (d->source->text.n == d->bom)
		return;
	struct habits h = habits_of(c, d);
	struct place *wrong = arena_array(check_arena(c), struct place, d->lines + 1);
	struct place *part = arena_array(check_arena(c), struct place, d->lines + 1);
	bool *done = arena_array(check_arena(c), bool, h.groups + 1);
	size_t nr = wrong_places(d, h.habit, wrong);
	for (size_t i = 0; i < nr; i++) {
		uint32_t group = wrong[i].habit.group;
		if (group && done[group])
			continue;
		done[group] = true;
		report_places(c, d, part, alike(&wrong[i], wrong + nr, part));
	}
}

const struct rule rule_blank_lines = {
	.name = "blank-lines",
	.group = "format",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.summary = "Too many blank lines, or too few",
	.why =
		"The blank lines are what lets a reader find the next heading, URL or field at a glance, and what keeps a diff to "
		"the lines that say something. Programs that cut a digest at blank lines cut it elsewhere when there is one too "
		"many. The template shows how many stand between the parts of an entry.",
	.bad = {.text = EXAMPLE_IOC "    - IOC情報なし\n\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
