#include "lint/check.h"
#include "lint/newline.h"

/* Full-width spaces alone are text to Markdown, and nothing to a reader. */
static bool is_content(const struct line *l)
{
	return l->kind != LINE_BLANK && l->kind != LINE_HTML && (l->kind != LINE_TEXT || l->text.len);
}

static bool has_content(const struct digest *d, const struct section *s)
{
	for (uint32_t i = digest_heading_end(d, s->line); i < s->end; i++)
		if (is_content(&d->line[i]))
			return true;
	return false;
}

/* Sections of the template that are marked as such hold others: `## ニュース` above `### 日本の事例`. */
static bool holds_sections(const struct digest *d, size_t i)
{
	return i + 1 < d->nr && d->section[i + 1].level > d->section[i].level;
}

/* Where the template shows nothing, nothing has to be. */
static bool may_be_empty(const struct digest *d, size_t i)
{
	const struct template_section *def = d->section[i].def;
	return !def || (def->kind != SECTION_ENTRIES && (!def->empty_form.n || holds_sections(d, i)));
}

static void check(struct check *c, const struct digest *d)
{
	for (size_t i = 0; i < d->nr; i++) {
		const struct section *s = &d->section[i];
		if (may_be_empty(d, i) || has_content(d, s))
			continue;
		struct finding *f = report(c, s->title, "the section `%.*s` is empty", STR_ARG(s->def->name));
		if (!s->def->empty_form.n)
			continue;
		suggest(c, f, "write `%.*s`", STR_ARG(s->def->empty_form));
		const char *gap = s->def->blank_before_content == 1 ? "\n\n" : "\n";
		struct str form = arena_printf(check_arena(c), "%s%.*s", gap, STR_ARG(s->def->empty_form));
		edit_insert(c, f, span_end(d->line[digest_heading_end(d, s->line) - 1].at),
		            newline_text(check_arena(c), d, form));
	}
}

#define TOP \
	EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n"

const struct rule rule_empty_section = {
	.name = "empty-section",
	.group = "structure",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_BULLET,
	.summary = "A section has nothing in it, not even its empty form",
	.why = "An empty section may be forgotten or may have nothing to say. Its empty form says which.",
	.bad = {.text = TOP "\n### メモ\n"},
	.good = {.text = TOP "\n### メモ\nN/A\n"},
	.check = check,
};
