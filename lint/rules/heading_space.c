#include "core/base/unicode_text.h"
#include "lint/blank.h"
#include "lint/character.h"
#include "lint/check.h"

/* Underlined headings have no hashes. */
static bool has_hashes(const struct digest *d, const struct line *l)
{
	if (l->kind != LINE_HEADING)
		return false;
	return l->glued ||
	       (l->block != BLOCK_NONE && d->blocks->v[l->block].kind == BLOCK_HEADING && !d->blocks->v[l->block].setext);
}

static void check_opening(struct check *c, const struct digest *d, struct span hashes, uint32_t line_end)
{
	struct str rest = digest_str(d, span_make(span_end(hashes), line_end));
	struct str blanks = str_slice(rest, 0, blank_prefix(rest));
	struct span between = {span_end(hashes), (uint32_t)blanks.n};
	/* A tab is another rule's, and so is what cannot be seen. */
	bool odd = !blanks.n && unicode_is_invisible(character_behind(rest, 0));
	if (odd || str_eqz(blanks, " ") || blanks.n == rest.n || str_find_byte(blanks, 0, '\t') < blanks.n)
		return;
	struct finding *f;
	if (!blanks.n)
		f = report(c, hashes, "no space behind `%.*s`", STR_ARG(digest_str(d, hashes)));
	else if (str_find(blanks, 0, WIDE_SPACE) < blanks.n)
		f = report(c, between, "full-width space behind `%.*s`", STR_ARG(digest_str(d, hashes)));
	else if (str_find(blanks, 0, NO_BREAK_SPACE) < blanks.n)
		f = report(c, between, "no-break space behind `%.*s`", STR_ARG(digest_str(d, hashes)));
	else
		f = report(c, between, "%zu spaces behind `%.*s`", blanks.n, STR_ARG(digest_str(d, hashes)));
	suggest(c, f, "leave one space");
	edit_replace(c, f, between, STR(" "));
}

/* Would the title's own last word close the heading, once what closes it is gone? */
static bool ends_in_hashes(struct str title)
{
	size_t n = title.n;
	while (n && title.p[n - 1] == '#')
		n--;
	return n < title.n && (n == 0 || blank_suffix(str_slice(title, 0, n)));
}

static void check_closing(struct check *c, const struct digest *d, struct span title, uint32_t line_end)
{
	uint32_t title_end = span_end(title);
	struct str rest = digest_str(d, span_make(title_end, line_end));
	size_t from = blank_prefix(rest), to = rest.n - blank_suffix(rest);
	if (from >= to || rest.p[from] != '#')
		return;
	struct str hashes = str_slice(rest, from, to);
	struct finding *f = report(c, span_make(title_end + from, title_end + to), "closing `%.*s`", STR_ARG(hashes));
	if (ends_in_hashes(digest_str(d, title)))
		return;
	suggest(c, f, "delete it");
	edit_delete(c, f, span_make(title_end, title_end + to));
}

static void check(struct check *c, const struct digest *d)
{
	for (uint32_t i = 0; i < d->lines; i++) {
		const struct line *l = &d->line[i];
		struct str line = digest_str(d, l->at);
		size_t first = str_find_byte(line, 0, '#'), end = first;
		if (!has_hashes(d, l) || !l->text.len)
			continue;
		while (end < line.n && line.p[end] == '#')
			end++;
		check_opening(c, d, span_make(l->at.off + first, l->at.off + end), span_end(l->at));
		check_closing(c, d, l->text, span_end(l->at));
	}
}

const struct rule rule_heading_space = {
	.name = "heading-space",
	.group = "format",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_HEADING,
	.summary = "A heading is not written as hashes, one space and the title",
	.why =
		"Without a space, or with a full-width one, Markdown sees no heading: the entry becomes text of the one before, "
		"and its article is lost. Several spaces and closing hashes are read, but not found by a search for `#### title`.",
	.bad = {.text = EXAMPLE_TOP "####記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n"
                                "    - IOC情報なし\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
