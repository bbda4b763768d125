#include "core/base/buf.h"
#include "core/digest/dress.h"
#include "core/digest/scan.h"
#include "lint/character.h"
#include "lint/check.h"
#include "lint/newline.h"
#include "lint/remark.h"
#include "lint/verbatim.h"

static const struct section *find(const struct digest *d, const struct template_section *def)
{
	for (size_t i = 0; i < d->nr; i++)
		if (d->section[i].def == def)
			return &d->section[i];
	return NULL;
}

/* The first section of the text that the template has behind `def`. */
static const struct section *find_next(const struct digest *d, const struct template_section *def)
{
	for (const struct template_section *t = def + 1; t < d->template->section + d->template->nr; t++) {
		const struct section *s = find(d, t);
		if (s)
			return s;
	}
	return NULL;
}

static void misspelt(struct check *c, const struct digest *d, const struct section *s)
{
	/* A name that is wrong only in what cannot be seen is other rules'. */
	if (str_eq(character_plain(check_arena(c), digest_str(d, s->title)), s->def->name))
		return;
	struct finding *f =
		report(c, s->title, "the section `%.*s` is missing; this heading looks like it", STR_ARG(s->def->name));
	if (remark_beside(check_arena(c), digest_str(d, s->title), s->def->name))
		return;
	suggest(c, f, "rename it to `%.*s`", STR_ARG(s->def->name));
	edit_replace(c, f, s->title, s->def->name);
}

static struct str section_text(struct check *c, const struct template_section *def)
{
	struct buf b = {0};
	buf_pad(&b, '#', def->level);
	buf_printf(&b, " %.*s\n", STR_ARG(def->name));
	buf_pad(&b, '\n', def->blank_before_content < 3 ? def->blank_before_content : 0);
	buf_add(&b, def->empty_form);
	buf_addc(&b, '\n');
	struct str out = arena_str(check_arena(c), buf_str(&b));
	buf_release(&b);
	return out;
}

static uint32_t last_text_line(const struct digest *d)
{
	uint32_t i = d->lines;
	while (i > 1 && d->line[i - 1].kind == LINE_BLANK)
		i--;
	return i - 1;
}

/* Where its content stands when only its heading is gone; d->lines: nowhere. */
static uint32_t orphaned(const struct digest *d, const struct template_section *def, const struct section *next)
{
	for (size_t i = 0; i < d->nr; i++) {
		const struct section *s = &d->section[i];
		const struct entry *last = s->nr ? &s->entry[s->nr - 1] : NULL;
		if (def->kind == SECTION_ENTRIES && last && (!s->def || s->def->kind != SECTION_ENTRIES))
			return s->entry->line;
		if (s + 1 != next && !(i + 1 == d->nr && !next))
			continue;
		if (def->kind == SECTION_LINKS && last && last->strays &&
		    str_starts(digest_str(d, d->line[last->stray[0]].text), STR("[")))
			return last->stray[0];
		uint32_t end = s->end;
		while (end > s->line + 1 && d->line[end - 1].kind == LINE_BLANK)
			end--;
		bool behind_blank = end > s->line + 3 && d->line[end - 2].kind == LINE_BLANK;
		if (behind_blank && str_eq(digest_str(d, d->line[end - 1].at), def->empty_form))
			return end - 1;
	}
	return d->lines;
}

static void headless(struct check *c, const struct digest *d, const struct template_section *def, uint32_t line)
{
	struct finding *f = report_line(c, d, line, "the section `%.*s` is missing; its heading belongs above this line",
	                                STR_ARG(def->name));
	suggest(c, f, "add the heading");
	const char *gap = def->blank_before_content == 1 || def->kind == SECTION_ENTRIES ? "\n\n" : "\n";
	edit_insert(
		c, f, d->line[line].at.off,
		newline_text(check_arena(c), d,
	                 arena_printf(check_arena(c), "%.*s %.*s%s", (int)def->level, "######", STR_ARG(def->name), gap)));
}

/* A heading that no section of the template has, where this one belongs: it may be this one. NULL: there is none. */
static const struct section *rival(const struct digest *d, const struct section *next)
{
	const struct section *s = next ? next : d->section + d->nr;
	return s > d->section && !s[-1].def ? &s[-1] : NULL;
}

/* A line at the margin that says nothing but the section's name, however it is dressed: its heading, most likely. */
static uint32_t named_by(struct check *c, const struct digest *d, const struct template_section *def)
{
	unsigned level;
	uint32_t i = 0;
	for (; i < d->lines; i++) {
		const struct line *l = &d->line[i];
		struct str text = digest_str(d, l->text);
		if (l->kind != LINE_TEXT || l->indent || text.n > 3 * def->name.n + 32)
			continue;
		text = character_plain(check_arena(c), text);
		if (str_eq(dress_name(str_from(text, scan_hashes(text, &level))), def->name))
			break;
	}
	return i;
}

static void missing(struct check *c, const struct digest *d, const struct template_section *def)
{
	const struct section *next = find_next(d, def);
	uint32_t orphan = orphaned(d, def, next);
	if (orphan < d->lines) {
		headless(c, d, def, orphan);
		return;
	}
	uint32_t line = next ? next->line : last_text_line(d);
	struct span at = next ? next->title : d->line[line].at;
	struct finding *f =
		report(c, at, next ? N_("the section `%.*s` is missing before this one") : N_("the section `%.*s` is missing"),
	           STR_ARG(def->name));
	const struct section *maybe = d->nr ? rival(d, next) : NULL;
	if (maybe)
		relate(c, f, maybe->line, "it may be this one, under another name");
	uint32_t name = maybe ? d->lines : named_by(c, d, def);
	if (name < d->lines)
		relate(c, f, name, "its heading may be meant by this line");
	if (maybe || name < d->lines || !def->empty_form.n || (!next && verbatim_open(d)))
		return;
	struct str text = section_text(c, def);
	if (next)
		text = arena_printf(check_arena(c), "%.*s\n", STR_ARG(text));
	else if (d->source->text.n > d->bom)
		text = arena_printf(check_arena(c), "\n\n%.*s", STR_ARG(str_trim_end(text)));
	suggest(c, f, "add it with `%.*s`", STR_ARG(def->empty_form));
	edit_insert(c, f, next ? d->line[line].at.off : span_end(d->line[line].at), newline_text(check_arena(c), d, text));
}

static void check(struct check *c, const struct digest *d)
{
	for (size_t i = 0; i < d->template->nr; i++) {
		const struct template_section *def = &d->template->section[i];
		const struct section *s = find(d, def);
		if (s && s->match == LABEL_NEAR)
			misspelt(c, d, s);
		else if (!s && !def->optional)
			missing(c, d, def);
	}
}

#define TOP \
	EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n"

const struct rule rule_missing_section = {
	.name = "missing-section",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_HEADING | FACT_BULLET | FACT_CODE,
	.summary = "A section of the template is missing",
	.why = "Programs find a digest's parts by the names of their sections. What stands under a missing or misspelt "
		   "heading is counted to the section before it, or to none.",
	.bad = {.text = TOP},
	.good = {.text = TOP EXAMPLE_END},
	.check = check,
};
