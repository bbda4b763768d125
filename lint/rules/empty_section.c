#include "lint/check.h"
static bool has_content(const struct digest *d, const struct section *s)
{
	for (uint32_t i = s->line + 1; i < s->end; i++)
		if (d->line[i].kind != LINE_BLANK && d->line[i].kind != LINE_HTML)
			return true;
	return false;
}

/* Sections of the template that are marked as such hold others: `## ニュース` above `### 日本の事例`. */
static bool holds_sections(const struct digest *d, size_t i)
{
	return i + 1 < d->nr && d->section[i + 1].level > d->section[i].level;
}

static void check(struct check *c, const struct digest *d)
{
	for (size_t i = 0; i < d->nr; i++) {
		const struct section *s = &d->section[i];
		if (!s->def || has_content(d, s) || (holds_sections(d, i) && s->def->kind != SECTION_ENTRIES))
			continue;
		struct finding *f = report(c, s->title, "the section `%.*s` is empty", STR_ARG(s->def->name));
		if (!s->def->empty_form.n)
			continue;
		suggest(c, f, "write `%.*s`", STR_ARG(s->def->empty_form));
		const char *gap = s->def->blank_before_content == 1 ? "\n\n" : "\n";
		edit_insert(c, f, span_end(d->line[s->line].at),
		            arena_printf(check_arena(c), "%s%.*s", gap, STR_ARG(s->def->empty_form)));
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n"

const struct rule rule_empty_section = {
    .name = "empty-section",
    .group = "structure",
    .severity = SEVERITY_WARNING,
    .fix = FIX_SAFE,
    .summary = "A section has nothing in it, not even its empty form",
    .why = "An empty section may be forgotten or may have nothing to say. Its empty form says which.",
    .bad = {.text = TOP "\n### メモ\n"},
    .good = {.text = TOP "\n### メモ\nN/A\n"},
    .check = check,
};
