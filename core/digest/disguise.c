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

/* Nothing, or what says that an address follows: "URL：", "出典: ". */
static bool announces(struct str s)
{
	enum { LONGEST = 8 };
	s = str_trim(s);
	size_t letters = dress_symbols(s);
	bool colon = str_ends(s, STR(":")) || str_ends(s, STR("："));
	return letters == s.n || (colon && utf8_count(str_from(s, letters)) <= LONGEST + 1);
}

/* Does the line say nothing but where an article stands, whatever is put around the address? */
static bool is_article_line(const struct digest *d, uint32_t line)
{
	const struct link *link = line < d->lines ? digest_link_on(d, line) : NULL;
	if (!link || d->line[line].indent || (d->line[line].kind != LINE_TEXT && d->line[line].kind != LINE_ITEM))
		return false;
	struct str behind = digest_str(d, span_make(span_end(link->at), span_end(d->line[line].text)));
	return link->kind != LINK_INLINE && dress_symbols(behind) == behind.n &&
	       announces(digest_str(d, span_make(d->line[line].text.off, link->at.off)));
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
	return is_article_line(b->d, next) || (label && label == b->shape->field);
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

/* The bytes of a pair of stars around all of a text; 0 without one. */
static uint32_t bold_length(struct str s)
{
	static const struct str bold = STR_INIT("**");
	return s.n > 2 * bold.n && str_starts(s, bold) && str_find(s, bold.n, bold) == s.n - bold.n ? (uint32_t)bold.n : 0;
}

static struct span without_bold(const struct digest *d, struct span at)
{
	uint32_t n = bold_length(digest_str(d, at));
	return (struct span){at.off + n, at.len - 2 * n};
}

/* "**[題](https://…)**": heading and address of an article in one. */
static bool is_bold_link(const struct digest *d, uint32_t line)
{
	const struct link *link = digest_link_on(d, line);
	struct span in = without_bold(d, d->line[line].text);
	return link && in.len < d->line[line].text.len && link->kind == LINK_INLINE && !link->image &&
	       link->at.off == in.off && link->at.len == in.len;
}

static bool is_bare_heading(const struct seen *b, uint32_t line)
{
	const struct line *l = &b->d->line[line];
	unsigned hashes;
	if (!b->shape || b->shape->shape != ENTRY_HEADING || l->indent || l->kind != LINE_TEXT ||
	    scan_hashes(digest_str(b->d, l->text), &hashes) || is_article_line(b->d, line) || !begins_block(b, line))
		return false;
	if (is_bold_link(b->d, line))
		return b->shape->nr && label_at(b, next_content(b->d, line)) == b->shape->field;
	bool bold = bold_length(digest_str(b->d, l->text)) > 0;
	return (bold ? is_article_line(b->d, line + 1) : is_url_line(b->d, line + 1)) &&
	       label_at(b, next_content(b->d, line + 1));
}

/* "1. 題" above the article's address and the first label: the heading of an entry, numbered. */
static bool is_listed_heading(const struct seen *b, uint32_t line)
{
	const struct line *l = &b->d->line[line];
	enum label_match match;
	if (!b->shape || b->shape->shape != ENTRY_HEADING || !b->shape->nr || l->kind != LINE_ITEM || l->indent ||
	    l->glued || !l->text.len || !begins_block(b, line) || digest_link_on(b->d, line))
		return false;
	uint32_t next = next_content(b->d, line);
	return is_url_line(b->d, next) && !b->d->line[next].indent &&
	       label_at(b, next_content(b->d, next)) == b->shape->field &&
	       !label_field(b->shape, digest_str(b->d, l->text), &match);
}

/* A bare title without the mark or the bold face that makes it one to its readers: "■ 題", "**題**". */
static struct span bare_title(const struct seen *b, const struct line *l)
{
	struct str s = digest_str(b->d, l->text);
	uint32_t n = scan_is_dot(s) ? (uint32_t)scan_false_bullet(s) : 0;
	if (bold_length(s))
		return without_bold(b->d, l->text);
	return (struct span){l->text.off + n, l->text.len - n};
}

/* The name of a section whose heading is nowhere. */
static bool names_lost_section(const struct seen *b, struct str text)
{
	const struct template_section *def = label_section_exact(b->t, text);
	return def && !label_has_heading(b->d, def);
}

/* Its name alone on a line, bare, in bold face or behind a mark: "■ 名". */
static bool is_bare_section(const struct seen *b, uint32_t line)
{
	const struct line *l = &b->d->line[line];
	bool apart = line > 0 && b->d->line[line - 1].kind == LINE_BLANK;
	bool bold = bold_length(digest_str(b->d, l->text)) > 0;
	return (apart || bold) && l->kind == LINE_TEXT && !l->indent &&
	       names_lost_section(b, digest_str(b->d, bare_title(b, l)));
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

static void promote(struct line *l, unsigned level, struct span text, bool glued)
{
	l->kind = LINE_HEADING;
	l->level = (uint8_t)level;
	l->text = text;
	l->glued = glued;
	l->disguised = !glued;
	l->lazy = false;
}

static void promote_section(const struct seen *b, struct line *l)
{
	struct span name = bare_title(b, l);
	promote(l, label_section_exact(b->t, digest_str(b->d, name))->level, name, false);
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
		else if (!hashes && (is_bare_heading(b, i) || is_listed_heading(b, i)))
			promote(l, b->shape->level, bare_title(b, l), false);
		else if (!hashes && is_bare_section(b, i))
			promote_section(b, l);
		first = false;
	}
}
