#include "core/digest/disguise.h"

#include "core/base/unicode.h"
#include "core/base/utf8.h"
#include "core/digest/dress.h"
#include "core/digest/entry.h"
#include "core/digest/label.h"
#include "core/digest/scan.h"

struct seen {
	const struct digest *d;
	const struct template *t;
	const struct template_entry *shape;
};

/* Is the line nothing but a URL? */
static bool is_url_line(const struct digest *d, uint32_t line)
{
	const struct link *link = line < d->lines ? digest_link_on(d, line) : NULL;
	return link && d->line[line].kind == LINE_TEXT && link->kind != LINK_INLINE &&
	       link->at.len == d->line[line].text.len;
}

static uint32_t next_content(const struct digest *d, uint32_t line)
{
	while (++line < d->lines && d->line[line].kind == LINE_BLANK)
		;
	return line;
}

/* The field whose label the line is; NULL without one. */
static const struct template_field *label_at(const struct seen *b, uint32_t line)
{
	struct span value;
	if (line >= b->d->lines || b->d->line[line].kind != LINE_ITEM || b->d->line[line].indent)
		return NULL;
	struct span label = label_split(b->d->source->text, b->d->line[line].text, &value);
	return label_field_exact(b->shape, digest_str(b->d, label));
}

/* Do a URL or an entry's first label follow, so that the line can only be the heading of an entry? */
static bool heads_entry(const struct seen *b, uint32_t line)
{
	uint32_t next = next_content(b->d, line);
	if (!b->shape || b->shape->shape != ENTRY_HEADING)
		return false;
	const struct template_field *label = label_at(b, next);
	return is_url_line(b->d, next) || (label && label == b->shape->field);
}

/* Nothing stands above it that it could be a part of; an entry's heading still waits for its URL. */
static bool begins_block(const struct seen *b, uint32_t line)
{
	uint32_t above = line;
	while (above > 0 && b->d->line[above - 1].kind == LINE_BLANK)
		above--;
	if (above == 0)
		return true;
	const struct line *l = &b->d->line[above - 1];
	if (l->kind == LINE_HEADING)
		return label_section_exact(b->t, digest_str(b->d, l->text)) != NULL;
	return above < line;
}

static bool is_bare_heading(const struct seen *b, uint32_t line)
{
	const struct line *l = &b->d->line[line];
	unsigned hashes;
	if (scan_hashes(digest_str(b->d, l->text), &hashes))
		return false;
	return l->kind == LINE_TEXT && !l->indent && b->shape && b->shape->shape == ENTRY_HEADING &&
	       is_url_line(b->d, line + 1) && !is_url_line(b->d, line) && begins_block(b, line) &&
	       label_at(b, next_content(b->d, line + 1));
}

/* The name of a section whose heading is nowhere. */
static bool names_lost_section(const struct seen *b, struct str text)
{
	const struct template_section *def = label_section_exact(b->t, text);
	return def && !label_has_heading(b->d, def);
}

static bool is_bare_section(const struct seen *b, uint32_t line)
{
	const struct line *l = &b->d->line[line];
	bool apart = line > 0 && b->d->line[line - 1].kind == LINE_BLANK;
	return apart && l->kind == LINE_TEXT && !l->indent && names_lost_section(b, digest_str(b->d, l->text));
}

/* The template's title, whatever hides its hashes, and with slips. */
static bool is_title(const struct seen *b, struct str text)
{
	struct str title = b->t->title_line_text;
	if (!title.n || text.n > 3 * title.n + 16)
		return false;
	struct arena scratch = {0};
	struct str x = unicode_key(&scratch, dress_name(text)), y = unicode_key(&scratch, title);
	while (x.n && x.p[0] == '#')
		x = str_from(x, 1);
	size_t slips = utf8_count(y) / 6;
	bool same = str_eq(x, y) || unicode_distance(x, y, slips) <= slips;
	arena_release(&scratch);
	return same;
}

/* A bare title without the mark or the bold face that makes it one to its readers: "■ 題", "**題**". */
static struct span bare_title(const struct seen *b, const struct line *l)
{
	static const struct str bold = STR_INIT("**");
	struct str s = digest_str(b->d, l->text);
	size_t n = scan_is_dot(s) ? scan_false_bullet(s) : 0;
	if (s.n > 2 * bold.n && str_starts(s, bold) && str_find(s, bold.n, bold) == s.n - bold.n)
		return (struct span){l->text.off + (uint32_t)bold.n, l->text.len - 2 * (uint32_t)bold.n};
	return (struct span){l->text.off + (uint32_t)n, l->text.len - (uint32_t)n};
}

static void promote(struct line *l, unsigned level, struct span text, bool glued)
{
	l->kind = LINE_HEADING;
	l->level = (uint8_t)level;
	l->text = text;
	l->glued = glued;
	l->disguised = !glued;
	l->lazy = false;
}

/* Headings that Markdown does not see, but that everybody who reads the text does. */
void disguise_find(const struct digest *d, struct line *line, const struct template_entry *shape)
{
	const struct seen seen = {d, d->template, shape}, *b = &seen;
	bool first = true;
	for (uint32_t i = 0; i < b->d->lines; i++) {
		struct line *l = &line[i];
		unsigned level;
		struct span inner;
		bool fenced = l->kind == LINE_CODE && b->d->blocks->v[l->block].kind == BLOCK_FENCE;
		if (l->kind == LINE_BLANK || l->kind == LINE_HEADING || l->kind == LINE_HTML || fenced) {
			first = first && l->kind == LINE_BLANK;
			continue;
		}
		bool hashes = scan_disguised(b->d->source->text, l, &level, &inner);
		struct str text = digest_str(b->d, hashes ? inner : l->text);
		bool glued = hashes && l->indent < 4 && str_trim(digest_str(b->d, l->at)).p[0] == '#';
		if (first && is_title(b, text))
			promote(l, 1, hashes ? inner : l->text, false);
		else if (hashes && level > 1 && (heads_entry(b, i) || names_lost_section(b, text)))
			promote(l, level, inner, glued);
		else if (!hashes && is_bare_heading(b, i))
			promote(l, b->shape->level, bare_title(b, l), false);
		else if (!hashes && is_bare_section(b, i))
			promote(l, label_section_exact(b->t, text)->level, l->text, false);
		first = false;
	}
}
