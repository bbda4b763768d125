#include "lint/blank.h"
#include "lint/check.h"

static bool is_unused(const struct ignore *g)
{
	return g->rule && g->active && g->reason && !g->malformed && !g->used;
}

static bool is_blank(const struct digest *d, uint32_t line)
{
	return line < d->lines && d->line[line].kind == LINE_BLANK;
}

/* The comment's lines, and a blank one where the comment was all that parted it from another or from the file's end. */
static struct span lines_of_comment(const struct digest *d, const struct ignore *g)
{
	uint32_t first = lines_at(&d->source->lines, g->at.off);
	uint32_t end = lines_at(&d->source->lines, span_end(g->at) - 1) + 1;
	bool blank_above = first > 0 && is_blank(d, first - 1);
	if (end == d->lines && blank_above)
		first--;
	else if (is_blank(d, end) && (first == 0 || blank_above))
		end++;
	const uint32_t *start = d->source->lines.start;
	return span_make(first ? start[first] : d->bom, start[end]);
}

/* The comment, and the blanks before it where others follow or nothing does. */
static struct span comment_in_line(const struct digest *d, const struct ignore *g)
{
	struct span line = d->line[g->line].at;
	struct str before = digest_str(d, span_make(line.off, g->at.off));
	struct str behind = digest_str(d, span_make(span_end(g->at), span_end(line)));
	bool take = !behind.n || blank_prefix(behind);
	return span_make(g->at.off - (take ? blank_suffix(before) : 0), span_end(g->at));
}

/* The name among others, with the comma before it; the first one with the comma behind it. */
static struct span name_in_list(const struct digest *d, const struct ignore *g)
{
	struct str text = d->source->text;
	uint32_t off = g->name.off, end = span_end(g->name);
	while (off > g->at.off && (text.p[off - 1] == ' ' || text.p[off - 1] == '\t'))
		off--;
	if (off > g->at.off && text.p[off - 1] == ',')
		return span_make(off - 1, end);
	while (end < span_end(g->at) && strchr(", \t", text.p[end]))
		end++;
	return span_make(g->name.off, end);
}

static void report_unused(struct check *c, const struct digest *d, const struct ignore *g)
{
	struct finding *f = report(c, g->name, "`%s` finds nothing here that would have to be ignored", g->rule->name);
	if (!g->sole) {
		suggest(c, f, "delete the name");
		edit_delete(c, f, name_in_list(d, g));
		return;
	}
	suggest(c, f, "delete the comment");
	edit_delete(c, f, g->alone ? lines_of_comment(d, g) : comment_in_line(d, g));
}

static void check(struct check *c, const struct digest *d)
{
	size_t nr;
	const struct ignore *g = check_suppressions(c, &nr);
	for (size_t i = 0; i < nr; i++)
		if (is_unused(&g[i]))
			report_unused(c, d, &g[i]);
}

const struct rule rule_unused_ignore = {
	.name = "unused-ignore",
	.group = "meta",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS,
	.summary = "A comment ignores a rule that finds nothing there",
	.why =
		"What it excused is gone. The comment that stays behind hides the next mistake of that kind in the same place.",
	.bad = {.text = EXAMPLE_TOP "<!-- sdi-ignore trailing-space: 原文のまま -->\n#### 記事の題名\n"
                                "https://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n"
                                "    - IOC情報なし\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check_ignores = check,
};
