#include "core/base/unicode_text.h"
#include "core/digest/scan.h"
#include "lint/blank.h"
#include "lint/character.h"
#include "lint/check.h"

static const char marks[] = "######";

/* "題名" above "----": to Markdown a heading, to programs that read line by line a line of text. */
static void check_underlined(struct check *c, const struct digest *d, uint32_t line, unsigned wanted)
{
	struct finding *f =
		report_line(c, d, line, "the heading is underlined; programs look for `%.*s`", (int)wanted, marks);
	uint32_t end = digest_heading_end(d, line);
	/* A lone dash below an address makes a heading of it, which nobody meant. */
	if (end != line + 2 || str_find(digest_str(d, d->line[line].text), 0, STR("://")) < d->line[line].text.len)
		return;
	suggest(c, f, "write `%.*s` instead", (int)wanted, marks);
	edit_insert(c, f, d->line[line].text.off, arena_printf(check_arena(c), "%.*s ", (int)wanted, marks));
	edit_delete_line(c, f, d, line + 1);
}

/* "# # # 題": bytes of the hashes that are the title's to Markdown, where they make up the level; else 0. */
static uint32_t spaced_hashes(const struct digest *d, const struct line *l, unsigned wanted)
{
	struct str text = digest_str(d, l->text);
	unsigned more;
	size_t n = scan_hashes(text, &more);
	return l->level + more == wanted ? (uint32_t)(n + blank_prefix(str_from(text, n))) : 0;
}

static void check_heading(struct check *c, const struct digest *d, uint32_t line, unsigned wanted, const char *what)
{
	const struct line *l = &d->line[line];
	bool underlined = l->at.off + l->indent == l->text.off && !l->glued && !l->disguised;
	struct finding *f;
	/* invisible-character's. */
	if ((l->disguised || l->glued) && unicode_is_invisible(character_behind(digest_str(d, l->text), 0)))
		return;
	if (underlined) {
		check_underlined(c, d, line, wanted);
		return;
	}
	if (l->disguised)
		f = report_line(c, d, line, "this is a heading to its readers only; neither Markdown nor programs see one");
	else if (l->level != wanted)
		f = report_line(c, d, line, "the %s is a heading of level %u; the template has level %u", _(what), l->level,
		                wanted);
	else if (l->indent)
		f = report_line(c, d, line,
		                l->indent == 1 ? N_("the heading is indented by %u space; many programs do not see it")
		                               : N_("the heading is indented by %u spaces; many programs do not see it"),
		                l->indent);
	else
		return;
	suggest(c, f, "write `%.*s` at the start of the line", (int)wanted, marks);
	edit_replace(c, f, span_make(l->at.off, l->text.off + spaced_hashes(d, l, wanted)),
	             arena_printf(check_arena(c), "%.*s%s", (int)wanted, marks, l->text.len ? " " : ""));
	/* "**題**": its other end goes, too. */
	if (str_ends(digest_str(d, span_make(l->at.off, l->text.off)), STR("**")))
		edit_delete(c, f, (struct span){span_end(l->text), 2});
}

static bool is_code(const struct digest *d, uint32_t line)
{
	return line < d->lines && d->line[line].kind == LINE_CODE;
}

/* An entry that was pasted with the code fence that a chat puts around it. */
static void check_code(struct check *c, const struct digest *d, const struct section *s)
{
	unsigned level;
	struct span title;
	if (!s->def || s->def->kind != SECTION_ENTRIES)
		return;
	for (uint32_t i = s->line + 1; i + 1 < s->end; i++) {
		if (!is_code(d, i) || !is_code(d, i + 1) || !scan_disguised(d->source->text, &d->line[i], &level, &title))
			continue;
		struct str next = str_trim(digest_str(d, d->line[i + 1].at));
		bool url = str_starts(next, STR("https://")) || str_starts(next, STR("http://"));
		if (level == s->def->entry.level && url && str_find_byte(next, 0, ' ') == next.n)
			report(c, title, "the entry stands in a code block; neither Markdown nor programs see it");
	}
}

static void check(struct check *c, const struct digest *d)
{
	if (d->title_line < d->lines && d->line[d->title_line].level == 1 && !d->line[d->title_line].disguised)
		check_heading(c, d, d->title_line, 1, N_("title"));
	for (size_t i = 0; i < d->nr; i++) {
		const struct section *s = &d->section[i];
		if (s->def)
			check_heading(c, d, s->line, s->def->level, N_("section"));
		check_code(c, d, s);
	}
	FOR_EACH_ENTRY (d, e) {
		if (e->level && e->shape->shape == ENTRY_HEADING)
			check_heading(c, d, e->line, e->shape->level, N_("entry"));
		else if (e->level)
			report_line(c, d, e->line, "the entry is a heading; the template numbers entries");
	}
}

#define REST \
	"記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_heading_level = {
	.name = "heading-level",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_HEADING | FACT_BULLET | FACT_QUOTE | FACT_ENTRY,
	.summary = "A section or an entry is a heading of another level than the template's, or is indented",
	.why =
		"Programs tell sections and entries apart by the level of their headings; an entry at a section's level is not "
		"counted as an article. A blank before the hashes hides the heading from all that read line by line, and the "
		"article is taken for a part of the one before it.",
	.bad = {.text = EXAMPLE_TOP " #### " REST},
	.good = {.text = EXAMPLE_TOP "#### " REST},
	.check = check,
};
