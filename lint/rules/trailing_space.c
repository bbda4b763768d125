#include "lint/blank.h"
#include "lint/check.h"
#include "lint/verbatim.h"

/* Is the next line of the same paragraph, or underlined heading, so that two spaces between them are a line break? */
static bool paragraph_goes_on(const struct digest *d, uint32_t line)
{
	if (line + 1 >= d->lines || d->line[line + 1].kind == LINE_BLANK || d->line[line + 1].kind == LINE_OTHER)
		return false;
	uint32_t block = d->line[line].block;
	if (block == BLOCK_NONE || d->line[line + 1].block != block)
		return false;
	return d->blocks->v[block].kind == BLOCK_PARAGRAPH || d->blocks->v[block].kind == BLOCK_HEADING;
}

/* Is the line, which is to the eye blank, one of a paragraph's inner ones? */
static bool is_within(const struct digest *d, uint32_t line)
{
	return line > 0 && d->line[line - 1].block == d->line[line].block && d->line[line - 1].kind != LINE_BLANK;
}

/* A mark of Markdown, if nothing stood behind it: `-`, `1.`, `===`. */
static bool is_mark(struct str s)
{
	size_t n = s.n;
	if (n && (s.p[n - 1] == '.' || s.p[n - 1] == ')'))
		for (n--; n && s.p[n - 1] >= '0' && s.p[n - 1] <= '9';)
			n--;
	for (size_t i = 0; i < n; i++)
		if (!strchr(" \t-*+#=_>|:`~", s.p[i]))
			return false;
	return s.n > 0;
}

static bool has_wide(struct str blanks)
{
	return str_find(blanks, 0, WIDE_SPACE) < blanks.n || str_find(blanks, 0, NO_BREAK_SPACE) < blanks.n;
}

static struct finding *report_blanks(struct check *c, const struct digest *d, struct span at)
{
	struct str blanks = digest_str(d, at);
	if (str_find(blanks, 0, WIDE_SPACE) < blanks.n)
		return report(c, at, "trailing full-width space");
	if (str_find(blanks, 0, NO_BREAK_SPACE) < blanks.n)
		return report(c, at, "trailing no-break space");
	if (blanks.n == 1)
		return report(c, at, "1 trailing space");
	return report(c, at, "%zu trailing spaces", blanks.n);
}

static void check_line(struct check *c, const struct digest *d, uint32_t line)
{
	struct str text = digest_str(d, d->line[line].at);
	size_t n = blank_suffix(text);
	if (!n || verbatim_line(d, line))
		return;
	uint32_t end = span_end(d->line[line].at);
	struct span at = span_make(end - n, end);
	struct str before = str_slice(text, 0, text.n - n);
	bool goes_on = paragraph_goes_on(d, line);
	bool breaks = goes_on && before.n && n >= 2 && str_ends(text, STR("  "));
	if (breaks && n == 2)
		return;
	struct finding *f = report_blanks(c, d, at);
	/* Without its spaces the backslash would break the line; a line of wide spaces would part the paragraph. */
	if (goes_on && !breaks && (before.n ? str_ends(before, STR("\\")) : is_within(d, line)))
		return;
	/* The blanks of a blank line hold the empty item above it open for what follows. */
	if (!before.n && line && d->line[line - 1].kind == LINE_ITEM && !d->line[line - 1].text.len)
		return;
	/* Markdown sees text behind the mark, if only a blank. */
	if (has_wide(digest_str(d, at)) && is_mark(before))
		return;
	suggest(c, f, "delete them");
	if (breaks)
		edit_replace(c, f, at, STR("  "));
	else
		edit_delete(c, f, at);
}

static void check(struct check *c, const struct digest *d)
{
	bool code = false;
	for (uint32_t i = 0; i < d->lines; i++) {
		bool blank = d->line[i].kind == LINE_BLANK;
		if (!blank)
			code = verbatim_open_fence(d, i);
		if (!blank || !code)
			check_line(c, d, i);
	}
}

const struct rule rule_trailing_space = {
	.name = "trailing-space",
	.group = "format",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.summary = "A line ends in spaces",
	.why =
		"Nobody sees them, but they show up in every later diff of the line, and a program that compares labels or URLs "
		"byte by byte no longer finds them equal. Two spaces within a paragraph are a line break and may stay.",
	.bad = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約 \n- IOC\n"
                                "    - IOC情報なし\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
