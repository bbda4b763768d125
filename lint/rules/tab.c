#include "core/base/unicode.h"
#include "lint/blank.h"
#include "lint/check.h"
#include "lint/list_item.h"
#include "lint/verbatim.h"

enum { STOP = 4 };

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

static void report_tabs(struct check *c, const struct digest *d, uint32_t line, size_t from, size_t to)
{
	struct str text = digest_str(d, d->line[line].at);
	size_t width = unicode_columns(str_slice(text, 0, to), STOP) - unicode_columns(str_slice(text, 0, from), STOP);
	uint32_t start = d->line[line].at.off;
	struct span at = span_make(start + from, start + to);
	struct finding *f;
	if (blank_prefix(text) >= to)
		f = report(c, at, "tab in the indentation");
	else
		f = report(c, at, "tab in the text");
	suggest(c, f, "replace it by spaces");
	edit_replace(c, f, at, arena_printf(check_arena(c), "%*s", (int)width, ""));
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

static void check_line(struct check *c, const struct digest *d, uint32_t line)
{
	struct str text = digest_str(d, d->line[line].at);
	if (is_endless(text)) {
		report_endless(c, d, line);
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
			report_behind_mark(c, d, line, mark);
		else
			report_tabs(c, d, line, from, i);
	}
}

static void check(struct check *c, const struct digest *d)
{
	for (uint32_t i = 0; i < d->lines; i++)
		if (!verbatim_line(d, i))
			check_line(c, d, i);
}

const struct rule rule_tab = {
	.name = "tab",
	.group = "format",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.summary = "A tab stands outside of code",
	.why =
		"How wide a tab is depends on who looks, so that the nesting of a list differs between the editor and the page. "
		"Programs that count spaces take an item that is indented by a tab for a field of its own.",
	.bad = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n\t- 一行の要約\n- IOC\n"
                                "    - IOC情報なし\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
