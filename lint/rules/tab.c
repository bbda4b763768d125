#include "core/base/unicode.h"
#include "lint/blank.h"
#include "lint/check.h"
#include "lint/verbatim.h"

enum { STOP = 4 };

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

static void check_line(struct check *c, const struct digest *d, uint32_t line)
{
	struct str text = digest_str(d, d->line[line].at);
	size_t end = text.n - blank_suffix(text);
	for (size_t i = str_find_byte(text, 0, '\t'); i < end; i = str_find_byte(text, i, '\t')) {
		size_t from = i;
		while (i < end && text.p[i] == '\t')
			i++;
		if (!digest_in_code(d, line, d->line[line].at.off + (uint32_t)from))
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
    .why = "How wide a tab is depends on who looks, so that the nesting of a list differs between the editor and the page. "
           "Programs that count spaces take an item that is indented by a tab for a field of its own.",
    .bad = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n\t- 一行の要約\n- IOC\n"
                                "    - IOC情報なし\n" EXAMPLE_END},
    .good = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n"
                                 "    - IOC情報なし\n" EXAMPLE_END},
    .check = check,
};
