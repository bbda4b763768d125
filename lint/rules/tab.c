#include <stdlib.h>

#include "core/base/unicode.h"
#include "core/digest/ioc_row.h"
#include "lint/blank.h"
#include "lint/check.h"
#include "lint/link_place.h"
#include "lint/list_item.h"
#include "lint/verbatim.h"

enum { STOP = 4, FEW_COLUMNS = 3 };

/* The blanks behind an item's bullet or a heading's hashes; empty elsewhere. Offsets in the line. */
static struct span behind_mark(const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	struct str text = digest_str(d, l->at);
	size_t end = 0;
	if (l->kind == LINE_ITEM && !l->glued)
		end = l->bullet - l->at.off + list_item_marker(d, line);
	else if (l->kind == LINE_HEADING)
		for (end = blank_prefix(text); end < text.n && text.p[end] == '#';)
			end++;
	return (struct span){(uint32_t)end, end ? (uint32_t)blank_prefix(str_from(text, end)) : 0};
}

/* Does what is below an item stay there when one space follows its bullet? More than four columns begin code. */
static bool can_close_up(const struct digest *d, uint32_t line, struct span blanks)
{
	const struct line *l = &d->line[line];
	struct str text = digest_str(d, l->at);
	size_t end = blanks.off;
	while (end < text.n && (text.p[end] == ' ' || text.p[end] == '\t'))
		end++;
	unsigned was = (unsigned)unicode_columns(str_slice(text, 0, end), STOP);
	unsigned marker_end = l->indent + list_item_marker(d, line);
	uint32_t item = list_item_block(d, line);
	if (was > marker_end + 4)
		return false;
	return l->lazy || (item != BLOCK_NONE && list_item_can_begin_at(d, item, was, marker_end + 1));
}

static void report_behind_mark(struct check *c, const struct digest *d, uint32_t line, struct span blanks)
{
	uint32_t start = d->line[line].at.off;
	bool item = d->line[line].kind == LINE_ITEM;
	struct span at = {start + blanks.off, blanks.len};
	struct finding *f = report(c, at, item ? N_("tab behind the bullet") : N_("tab behind the hashes"));
	if (item && !can_close_up(d, line, blanks))
		return;
	suggest(c, f, "leave one space");
	edit_replace(c, f, at, STR(" "));
}

/* Before the tab: nothing but blanks and the marks of a quote. */
static bool is_indent(struct str before)
{
	for (;;) {
		before = str_from(before, blank_prefix(before));
		if (!before.n || before.p[0] != '>')
			return !before.n;
		before = str_from(before, 1);
	}
}

static void report_indent(struct check *c, const struct digest *d, uint32_t line, size_t from, size_t to)
{
	struct str text = digest_str(d, d->line[line].at);
	size_t width = unicode_columns(str_slice(text, 0, to), STOP) - unicode_columns(str_slice(text, 0, from), STOP);
	struct span at = span_make(d->line[line].at.off + from, d->line[line].at.off + to);
	struct finding *f = report(c, at, "tab in the indentation");
	suggest(c, f, "replace it by spaces");
	edit_replace(c, f, at, arena_printf(check_arena(c), "%*s", (int)width, ""));
}

/* ---- rows of indicators ---- */

/* What all tabs of a line have in common. */
struct sight {
	const struct ioc_row *row; /* NULL: it is none */
	bool words;                /* of columns stand behind tabs */
	bool many;                 /* tabs, so that it could be a row */
	bool columns;              /* it is a row whose tabs part its columns */
};

struct search {
	struct check *c;
	const struct digest *d;
	const struct ioc_row *row; /* NULL: not read yet */
	size_t rows;
	uint32_t line; /* that `sight` is of */
	struct sight sight;
};

static int compare_line(const void *key, const void *row)
{
	uint32_t line = *(const uint32_t *)key, other = ((const struct ioc_row *)row)->line;
	return (line > other) - (line < other);
}

/* The row of indicators that the line is; NULL: it is none. */
static const struct ioc_row *find_row(struct search *s, uint32_t line)
{
	if (!line_is_ioc(s->d, line))
		return NULL;
	if (!s->row)
		s->row = ioc_rows(check_arena(s->c), s->d, &s->rows);
	return s->rows ? bsearch(&line, s->row, s->rows, sizeof(*s->row), compare_line) : NULL;
}

static size_t wanted_columns(const struct ioc_row *row)
{
	return row->field->def ? row->field->def->columns.nr : 0;
}

/* Bytes of what parts two columns at byte `i`: tabs with the blanks, and the comma, around them. 0: nothing does. */
static size_t parting(struct str s, size_t i)
{
	size_t tabs = 0, commas = 0, to = i;
	for (; to < s.n && (s.p[to] == ' ' || s.p[to] == '\t' || (s.p[to] == ',' && !commas)); to++) {
		tabs += s.p[to] == '\t';
		commas += s.p[to] == ',';
	}
	return tabs ? to - i : 0;
}

/* How many columns the row has where tabs part them, and with `commas` commas, too. */
static size_t count_columns(struct str s, bool commas)
{
	size_t nr = 1;
	for (size_t i = 0; i < s.n;) {
		size_t n = parting(s, i);
		nr += n || (commas && s.p[i] == ',');
		i += n ? n : 1;
	}
	return nr;
}

static enum ioc_word word_behind(struct str s, size_t i)
{
	size_t to = i;
	while (to < s.n && s.p[to] != ',' && s.p[to] != '\t')
		to++;
	return ioc_word_read(str_trim(str_slice(s, i, to)));
}

/* Does a word that belongs into a column stand behind what parts two? */
static bool has_words(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		size_t n = parting(s, i);
		i += n;
		if (n && word_behind(s, i) != IOC_WORD_UNKNOWN)
			return true;
	}
	return false;
}

/* Between words a tab is a space that was mistyped or pasted: one stands for it and for the blanks beside it. */
static void report_in_text(struct search *s, uint32_t line, size_t from, size_t to)
{
	struct check *c = s->c;
	const struct digest *d = s->d;
	struct str text = digest_str(d, d->line[line].at);
	uint32_t start = d->line[line].at.off;
	struct finding *f = report(c, span_make(start + from, start + to), "tab in the text");
	/* A row below a label that is not known yet: its tabs will be columns. */
	if (s->sight.many && s->sight.words)
		return;
	while (from && text.p[from - 1] == ' ')
		from--;
	while (to < text.n && (text.p[to] == ' ' || text.p[to] == '\t'))
		to++;
	suggest(c, f, "leave one space");
	edit_replace(c, f, span_make(start + from, start + to), STR(" "));
}

/* Are there as many columns as there should be, once a comma stands for the tabs between them? */
static bool are_columns(const struct ioc_row *row, struct str s, bool words)
{
	size_t wanted = wanted_columns(row);
	if (wanted < FEW_COLUMNS || row->columns >= wanted)
		return false;
	return count_columns(s, false) == wanted || (words && count_columns(s, true) == wanted);
}

static void report_columns(struct check *c, const struct digest *d, const struct ioc_row *row)
{
	struct span at = row->item->text;
	struct str s = digest_str(d, at);
	struct finding *f = report(c, at, "columns are parted by tabs; programs see no columns here");
	suggest(c, f, "part them by `,`");
	for (size_t i = 0; i < s.n; i++) {
		size_t n = parting(s, i);
		if (n)
			edit_replace(c, f, span_make(at.off + i, at.off + i + n), STR(","));
		i += n;
	}
}

/* `evil[.]example,→FQDN名`: it stands beside what parts two columns. The context may hold commas of its own. */
static bool is_beside_comma(const struct digest *d, const struct ioc_row *row, size_t from, size_t to)
{
	struct str text = d->source->text;
	bool inside = from >= row->context.off && to <= span_end(row->context);
	while (from && text.p[from - 1] == ' ')
		from--;
	while (text.p[to] == ' ' || text.p[to] == '\t')
		to++;
	return !inside && ((from && text.p[from - 1] == ',') || text.p[to] == ',');
}

static void report_in_row(struct search *s, size_t from, size_t to)
{
	struct check *c = s->c;
	const struct digest *d = s->d;
	const struct ioc_row *row = s->sight.row;
	bool sure = row->columns >= wanted_columns(row) || !s->sight.words;
	struct finding *f = report(c, span_make(from, to), "tab in the text");
	if (!sure)
		return;
	struct str text = d->source->text;
	bool delete = row->columns > 1 && is_beside_comma(d, row, from, to);
	while (text.p[from - 1] == ' ')
		from--;
	while (text.p[to] == ' ' || text.p[to] == '\t')
		to++;
	suggest(c, f, delete ? "delete it" : "leave one space");
	edit_replace(c, f, span_make(from, to), delete ? STR("") : STR(" "));
}

/* Is it a heading that the template has? What stands before it is another rule's. */
static bool is_own_heading(const struct digest *d, uint32_t line)
{
	bool own = d->line[line].disguised || d->title_line == line;
	for (size_t i = 0; i < d->nr; i++)
		own = own || d->section[i].line == line;
	FOR_EACH_ENTRY (d, e)
		own = own || (e->level && e->line == line);
	return own;
}

/* Nobody wrote such a line by hand, and measuring each of its tabs would take for ever. */
static bool is_endless(struct str text)
{
	enum { LONGEST = 4096 };
	return text.n > LONGEST;
}

static void report_endless(struct check *c, const struct digest *d, uint32_t line)
{
	struct span at = d->line[line].at;
	size_t tab = str_find_byte(digest_str(d, at), 0, '\t');
	if (tab < at.len)
		report(c, span_make(at.off + tab, at.off + tab + 1), "tab in a line of %u bytes", at.len);
}

/* Once for a line: it may hold thousands of tabs. */
static void look(struct search *s, uint32_t line)
{
	const struct ioc_row *row = find_row(s, line);
	struct str text = digest_str(s->d, row ? row->item->text : s->d->line[line].text);
	bool words = has_words(text);
	s->line = line;
	s->sight = (struct sight){
		.row = row,
		.words = words,
		.many = count_columns(text, false) >= FEW_COLUMNS,
		.columns = row && are_columns(row, text, words),
	};
}

/* Tabs at [from, to) of the line. True: the whole line is done with. */
static bool check_tabs(struct search *s, uint32_t line, size_t from, size_t to)
{
	const struct digest *d = s->d;
	struct span at = d->line[line].at;
	if (is_indent(str_slice(digest_str(d, at), 0, from))) {
		report_indent(s->c, d, line, from, to);
		return false;
	}
	if (s->line != line)
		look(s, line);
	const struct ioc_row *row = s->sight.row;
	bool inside = row && at.off + from >= row->item->text.off;
	if (!inside)
		report_in_text(s, line, from, to);
	else if (s->sight.columns)
		report_columns(s->c, d, row);
	else
		report_in_row(s, at.off + from, at.off + to);
	return inside && s->sight.columns;
}

static void check_line(struct search *s, uint32_t line)
{
	const struct digest *d = s->d;
	struct str text = digest_str(d, d->line[line].at);
	if (is_endless(text)) {
		report_endless(s->c, d, line);
		return;
	}
	struct span mark = behind_mark(d, line);
	size_t i = 0, end = text.n - blank_suffix(text);
	if (d->line[line].kind == LINE_HEADING && str_find_byte(text, 0, '\t') < end && is_own_heading(d, line))
		i = blank_prefix(text);
	for (i = str_find_byte(text, i, '\t'); i < end; i = str_find_byte(text, i, '\t')) {
		size_t from = i;
		bool behind = from >= mark.off && from < span_end(mark);
		while (i < end && (behind ? i < span_end(mark) : text.p[i] == '\t'))
			i++;
		if (digest_in_code(d, line, d->line[line].at.off + (uint32_t)from))
			continue;
		if (behind)
			report_behind_mark(s->c, d, line, mark);
		else if (check_tabs(s, line, from, i))
			return;
	}
}

static void check(struct check *c, const struct digest *d)
{
	struct search s = {.c = c, .d = d, .line = d->lines};
	if (str_find_byte(d->source->text, 0, '\t') == d->source->text.n)
		return;
	for (uint32_t i = 0; i < d->lines; i++)
		if (!verbatim_line(d, i))
			check_line(&s, i);
}

const struct rule rule_tab = {
	.name = "tab",
	.group = "format",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_IOC,
	.summary = "A tab stands outside of code",
	.why =
		"How wide a tab is depends on who looks, so that the nesting of a list differs between the editor and the page. "
		"Programs that count spaces take an item that is indented by a tab for a field of its own.",
	.bad = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n\t- 一行の要約\n- IOC\n"
                                "    - IOC情報なし\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
