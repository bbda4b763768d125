#include "core/digest/digest.h"

#include "core/digest/code_span.h"
#include "core/digest/disguise.h"
#include "core/digest/entry.h"
#include "core/digest/label.h"
#include "core/digest/link.h"
#include "core/digest/scan.h"

/* What a heading is to the digest. */
enum role { ROLE_CONTENT, ROLE_TITLE, ROLE_SECTION, ROLE_ENTRY };

struct builder {
	struct arena *arena;
	struct digest *d;
	const struct template *t;
	const struct template_entry *shape; /* NULL: the template has no entries */
	unsigned section_level;             /* the highest of the template's */
	bool has_entries_section;           /* its heading stands in the text */
	struct section *sections, *section;
	struct entry *entries;
	size_t section_cap, entry_cap;
};

static struct str heading_str(const struct builder *b, uint32_t line)
{
	return digest_str(b->d, b->d->line[line].text);
}

static uint32_t next_heading(const struct digest *d, uint32_t line)
{
	while (++line < d->lines && d->line[line].kind != LINE_HEADING)
		;
	return line;
}

static bool looks_like_entry(const struct builder *b, uint32_t line, unsigned labels)
{
	return b->shape && entry_looks(b->d, b->shape, line + 1, next_heading(b->d, line), labels);
}

static bool in_entries(const struct builder *b)
{
	return b->section && b->section->def && b->section->def->kind == SECTION_ENTRIES;
}

static enum role role_in_entries(const struct builder *b, uint32_t line, bool near)
{
	unsigned level = b->d->line[line].level;
	if (label_field_exact(b->shape, heading_str(b, line)))
		return ROLE_CONTENT;
	if (looks_like_entry(b, line, 1))
		return ROLE_ENTRY;
	if (near)
		return ROLE_SECTION;
	if (b->shape->shape == ENTRY_HEADING && level == b->shape->level)
		return ROLE_ENTRY;
	return level <= b->section->level ? ROLE_SECTION : ROLE_CONTENT;
}

static enum role role_elsewhere(const struct builder *b, uint32_t line, bool near)
{
	unsigned level = b->d->line[line].level;
	if (!b->t->nr)
		return ROLE_CONTENT;
	if (near)
		return ROLE_SECTION;
	if (!b->has_entries_section && looks_like_entry(b, line, 2))
		return ROLE_ENTRY;
	return level <= b->section_level ? ROLE_SECTION : ROLE_CONTENT;
}

static bool is_title(const struct builder *b, uint32_t line)
{
	const struct line *l = &b->d->line[line];
	bool same = str_eq(heading_str(b, line), b->t->title_line_text);
	if (b->d->title_line < b->d->lines || b->section)
		return l->level == 1 && same;
	return same || (l->level == 1 && b->section_level > 1);
}

static enum role role_of(const struct builder *b, uint32_t line, const struct template_section **def,
                         enum label_match *match)
{
	const struct line *l = &b->d->line[line];
	if (is_title(b, line))
		return ROLE_TITLE;
	*def = label_section(b->t, heading_str(b, line), match);
	if (*match == LABEL_EXACT)
		return in_entries(b) && l->level > b->section_level && looks_like_entry(b, line, 1) ? ROLE_ENTRY : ROLE_SECTION;
	return in_entries(b) ? role_in_entries(b, line, *match == LABEL_NEAR)
	                     : role_elsewhere(b, line, *match == LABEL_NEAR);
}

static void end_section(struct builder *b, uint32_t line)
{
	if (!b->section)
		return;
	b->section->end = line;
	b->section->entry = b->entries;
	b->entries = NULL;
	b->entry_cap = 0;
}

static void begin_section(struct builder *b, uint32_t line, const struct template_section *def, enum label_match match)
{
	const struct line *l = &b->d->line[line];
	end_section(b, line);
	b->sections = arena_grow(b->arena, b->sections, b->d->nr, &b->section_cap, sizeof(*b->sections));
	b->section = &b->sections[b->d->nr++];
	if (def && def->kind == SECTION_ENTRIES)
		b->shape = &def->entry;
	*b->section = (struct section){.def = def, .match = match, .line = line, .title = l->text, .level = l->level};
}

static void add_entry(struct builder *b, uint32_t line, uint32_t end)
{
	struct entry_reader r = {b->arena, b->d, b->shape};
	b->entries = arena_grow(b->arena, b->entries, b->section->nr, &b->entry_cap, sizeof(*b->entries));
	entry_read(&r, line, end, &b->entries[b->section->nr++]);
}

/* Where an entry that begins at `line` ends: before the next heading that is more than content. */
static uint32_t entry_end(const struct builder *b, uint32_t line)
{
	const struct template_section *def;
	enum label_match match;
	while ((line = next_heading(b->d, line)) < b->d->lines)
		if (role_of(b, line, &def, &match) != ROLE_CONTENT)
			return line;
	return line;
}

static bool is_numbered_start(const struct builder *b, uint32_t line)
{
	const struct line *l = &b->d->line[line];
	if (l->kind != LINE_ITEM || l->marker != '1' || l->indent)
		return false;
	const struct link *link = digest_link_on(b->d, line);
	return (link && link->at.off == l->text.off) || str_eqz(heading_str(b, line), "{url}");
}

static void read_numbered(struct builder *b, uint32_t line)
{
	uint32_t end = next_heading(b->d, line);
	uint32_t next = line;
	while (next < end && !is_numbered_start(b, next))
		next++;
	while (next < end) {
		uint32_t start = next++;
		while (next < end && !is_numbered_start(b, next))
			next++;
		add_entry(b, start, next);
	}
}

static void read_heading(struct builder *b, uint32_t line)
{
	const struct template_section *def = NULL;
	enum label_match match = LABEL_UNKNOWN;
	switch (role_of(b, line, &def, &match)) {
	case ROLE_TITLE:
		/* Behind a section it is no title, but nothing else either. */
		if (b->d->title_line < b->d->lines || b->section)
			break;
		b->d->title_line = line;
		b->d->title = b->d->line[line].text;
		break;
	case ROLE_SECTION:
		begin_section(b, line, def, match);
		if (in_entries(b) && b->shape->shape == ENTRY_NUMBERED)
			read_numbered(b, line);
		break;
	case ROLE_ENTRY:
		if (b->section)
			add_entry(b, line, entry_end(b, line));
		break;
	case ROLE_CONTENT:
		break;
	}
}

/* A misspelt name is only taken for a section whose right name is nowhere. */
static void settle_near_names(struct builder *b)
{
	for (size_t i = 0; b->sections && i < b->d->nr; i++) {
		struct section *s = &b->sections[i];
		for (size_t k = 0; s->match == LABEL_NEAR && k < b->d->nr; k++) {
			const struct section *other = &b->sections[k];
			if (other->def == s->def && (other->match == LABEL_EXACT || (other->match == LABEL_NEAR && k < i))) {
				s->def = NULL;
				s->match = LABEL_UNKNOWN;
			}
		}
	}
}

static void scan_links(struct arena *a, struct digest *d)
{
	struct link_list list = {0};
	for (uint32_t i = 0; i < d->lines; i++) {
		const struct line *l = &d->line[i];
		if (l->kind != LINE_BLANK && l->kind != LINE_CODE && l->kind != LINE_HTML)
			link_scan(a, d->source->text, l->text, i, &list);
	}
	static const struct link no_link;
	d->link = list.v ? list.v : &no_link;
	d->links = list.nr;
}

static void prepare(struct builder *b)
{
	const struct template_section *entries = label_entries(b->t);
	b->shape = entries ? &entries->entry : NULL;
	b->section_level = 6;
	for (size_t i = 0; i < b->t->nr; i++)
		if (b->t->section[i].level < b->section_level)
			b->section_level = b->t->section[i].level;
}

struct digest *digest_build(struct arena *a, const struct source *source, const struct digest_facts *facts,
                            const struct blocks *blocks)
{
	struct digest *d = arena_new(a, struct digest);
	d->source = source;
	d->template = facts->choice.template;
	d->choice = facts->choice;
	d->belongs = facts->belongs;
	d->twin = facts->twin;
	d->is_new = facts->is_new;
	d->targets = facts->targets;
	d->answers = facts->answers;
	d->today = facts->today;
	d->blocks = blocks;
	struct line *line = scan_lines(a, source, blocks);
	d->line = line;
	d->lines = source->lines.nr;
	d->title_line = d->lines;
	d->bom = str_starts(source->text, STR("\xEF\xBB\xBF")) ? 3 : 0;
	scan_links(a, d);
	if (!d->template)
		return d;
	struct builder b = {.arena = a, .d = d, .t = d->template};
	prepare(&b);
	disguise_find(d, line, b.shape);
	b.has_entries_section = b.shape && label_has_heading(d, label_entries(b.t));
	for (uint32_t i = 0; i < d->lines; i++)
		if (d->line[i].kind == LINE_HEADING)
			read_heading(&b, i);
	end_section(&b, d->lines);
	settle_near_names(&b);
	d->section = b.sections;
	d->prose = prose_read(a, d, &d->proses);
	d->odd = odd_read(a, d, &d->odds);
	if (!d->odd) {
		static const struct odd none;
		d->odd = &none;
	}
	return d;
}

uint32_t digest_heading_end(const struct digest *d, uint32_t line)
{
	uint32_t block = d->line[line].block;
	bool heading = block != BLOCK_NONE && d->blocks->v[block].kind == BLOCK_HEADING;
	return heading ? d->blocks->v[block].end : line + 1;
}

bool digest_in_code(const struct digest *d, uint32_t line, uint32_t off)
{
	const struct line *l = &d->line[line];
	if (l->kind == LINE_CODE || l->kind == LINE_HTML)
		return true;
	struct str s = digest_str(d, l->at);
	size_t at = off - l->at.off;
	for (size_t i = str_find_byte(s, 0, '`'); i < s.n && i < at; i = str_find_byte(s, i, '`')) {
		bool closed;
		size_t end = code_span_end(s, i, &closed);
		if (closed && at < end)
			return true;
		i = end;
	}
	return false;
}

const struct entry *digest_entry_at(const struct digest *d, uint32_t line)
{
	size_t first = 0, nr = d->nr;
	while (nr > 1) {
		bool behind = d->section[first + nr / 2].line <= line;
		first += behind ? nr / 2 : 0;
		nr = behind ? nr - nr / 2 : nr / 2;
	}
	const struct entry *e = nr ? d->section[first].entry : NULL;
	nr = e ? d->section[first].nr : 0;
	while (nr > 1) {
		bool behind = e[nr / 2].line <= line;
		e += behind ? nr / 2 : 0;
		nr = behind ? nr - nr / 2 : nr / 2;
	}
	return nr && e->line <= line && line < e->end ? e : NULL;
}
