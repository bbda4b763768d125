#include "core/digest/label.h"
#include "core/digest/entry.h"
#include "fix/derive_parts.h"
#include "lint/forms.h"

/* ---- lines ---- */

static struct str text_at(const struct seen_digest *s, uint32_t line)
{
	return digest_str(s->d, s->d->line[line].text);
}

static uint32_t next_heading(const struct seen_digest *s, uint32_t line)
{
	do
		line++;
	while (line < s->d->lines && s->d->line[line].kind != LINE_HEADING);
	return line;
}

static uint32_t next_content(const struct seen_digest *s, uint32_t line, uint32_t end)
{
	while (line < end && (s->d->line[line].kind == LINE_BLANK || s->d->line[line].kind == LINE_HTML))
		line++;
	return line;
}

void derive_leave(struct seen_digest *s, enum derived_why why, uint32_t line, struct str name)
{
	s->rest = arena_grow(s->a, s->rest, s->rests, &s->rests_cap, sizeof(*s->rest));
	s->rest[s->rests++] = (struct derived_rest){why, line, text_at(s, line), name};
}

void derive_note_blanks(struct seen_digest *s, struct blanks *of, uint32_t line)
{
	size_t nr = 0;
	while (line > nr && s->d->line[line - 1 - nr].kind == LINE_BLANK)
		nr++;
	of->seen[nr < MOST_BLANKS ? nr : MOST_BLANKS]++;
}

unsigned derive_blanks(const struct blanks *of, unsigned usual)
{
	unsigned best = usual;
	for (unsigned i = 0; i <= MOST_BLANKS; i++)
		if (of->seen[i] > of->seen[best])
			best = i;
	return best;
}

/* ---- entries ---- */

static bool is_address(const struct seen_digest *s, uint32_t line)
{
	const struct link *l = digest_link_on(s->d, line);
	return l && l->kind != LINK_INLINE && l->at.len == s->d->line[line].text.len;
}

static bool is_numbered(const struct seen_digest *s, uint32_t line)
{
	const struct line *l = &s->d->line[line];
	const struct link *link = digest_link_on(s->d, line);
	return l->kind == LINE_ITEM && l->marker == '1' && !l->indent && link && link->kind != LINK_INLINE &&
	       link->at.off == l->text.off;
}

/* An item that other items, or words behind a colon, belong to. */
static bool is_labelled(const struct seen_digest *s, uint32_t line, uint32_t end)
{
	const struct line *l = &s->d->line[line];
	uint32_t next = next_content(s, line + 1, end);
	return l->kind == LINE_ITEM && l->marker != '1' && !l->indent && !digest_link_on(s->d, line) && next < end &&
	       s->d->line[next].kind == LINE_ITEM && s->d->line[next].indent > 0;
}

static bool looks_like_entry(const struct seen_digest *s, uint32_t heading)
{
	uint32_t end = next_heading(s, heading), first = next_content(s, digest_heading_end(s->d, heading), end);
	size_t labels = 0;
	for (uint32_t i = first; i < end && !is_numbered(s, first); i++)
		labels += is_labelled(s, i, end);
	return labels > 1 || (labels == 1 && first < end && is_address(s, first));
}

/* The level that most of the headings of entries have; 0: there are none. */
static unsigned find_entry_level(const struct seen_digest *s)
{
	size_t seen[7] = {0}, best = 0;
	for (uint32_t i = s->title_line + 1; i < s->d->lines; i++)
		if (s->d->line[i].kind == LINE_HEADING && looks_like_entry(s, i))
			seen[s->d->line[i].level]++;
	for (size_t i = 1; i < ARRAY_SIZE(seen); i++)
		best = seen[i] > seen[best] ? i : best;
	return (unsigned)best;
}

static void add_entry(struct seen_digest *s, uint32_t line, uint32_t end)
{
	struct seen_section *section = &s->section[s->nr - 1];
	section->kind = SECTION_ENTRIES;
	section->entry = arena_grow(s->a, section->entry, section->nr, &section->cap, sizeof(*section->entry));
	section->entry[section->nr++] = (struct seen_entry){.line = line, .end = end};
}

/* ---- sections ---- */

static bool says_nothing(struct str text)
{
	return form_says_nothing(NULL, text) || form_is_hole(text);
}

/* Are its items at the left nothing but links? */
static bool is_list_of_links(const struct seen_digest *s, uint32_t first, uint32_t end)
{
	size_t items = 0;
	for (uint32_t i = first; i < end; i++) {
		const struct line *l = &s->d->line[i];
		bool at_left = l->kind != LINE_BLANK && l->kind != LINE_HTML && !l->indent;
		if (at_left && (l->kind != LINE_ITEM || !digest_link_on(s->d, i)))
			return false;
		items += at_left;
	}
	return items > 0;
}

static bool is_known_list(const struct seen_digest *s, struct str name)
{
	const struct template_section *like = label_section_exact(s->wish->like, name);
	return like && like->kind == SECTION_LINKS;
}

static void read_content(struct seen_digest *s, struct seen_section *section, uint32_t end)
{
	uint32_t first = next_content(s, digest_heading_end(s->d, section->line), end);
	if (first == end) {
		section->kind = is_known_list(s, section->name) ? SECTION_LINKS : SECTION_FREE;
		return;
	}
	bool alone = next_content(s, first + 1, end) == end;
	derive_note_blanks(s, &s->before_content, first);
	if (alone && says_nothing(text_at(s, first)))
		section->empty_form = text_at(s, first);
	bool links = is_list_of_links(s, first, end) || is_known_list(s, section->name);
	section->kind = links ? SECTION_LINKS : SECTION_FREE;
}

static const struct seen_section *find_section(const struct seen_digest *s, struct str name)
{
	for (size_t i = 0; i < s->nr; i++)
		if (str_eq(s->section[i].name, name))
			return &s->section[i];
	return NULL;
}

static void add_section(struct seen_digest *s, uint32_t line)
{
	struct str name = text_at(s, line);
	if (!name.n || find_section(s, name)) {
		derive_leave(s, DERIVED_TWICE, line, STR(""));
		return;
	}
	s->section = arena_grow(s->a, s->section, s->nr, &s->cap, sizeof(*s->section));
	s->section[s->nr++] =
		(struct seen_section){.name = name, .line = line, .level = s->d->line[line].level, .empty_form = STR("")};
	struct seen_section *section = &s->section[s->nr - 1];
	section->end = next_heading(s, line);
	read_content(s, section, section->end);
}

static bool is_entry_ahead(const struct seen_digest *s, uint32_t line)
{
	while ((line = next_heading(s, line)) < s->d->lines)
		if (looks_like_entry(s, line))
			return true;
	return false;
}

/* Is a heading of the entries' level that does not look like one an entry that is still bare, and no section after them? */
static bool is_bare_entry(const struct seen_digest *s, uint32_t line)
{
	uint32_t end = next_heading(s, line), first = next_content(s, digest_heading_end(s->d, line), end);
	bool alone = first < end && next_content(s, first + 1, end) == end;
	if (s->section[s->nr - 1].level >= s->d->line[line].level || label_section_exact(s->wish->like, text_at(s, line)))
		return false;
	if (first < end && is_address(s, first))
		return true;
	return is_entry_ahead(s, line) && !is_list_of_links(s, first, end) && !(alone && says_nothing(text_at(s, first)));
}

static void read_heading(struct seen_digest *s, uint32_t line)
{
	unsigned level = s->d->line[line].level;
	bool inside = s->nr && s->section[s->nr - 1].kind == SECTION_ENTRIES && s->section[s->nr - 1].nr;
	if (!s->numbered && s->nr && looks_like_entry(s, line))
		add_entry(s, line, next_heading(s, line));
	else if (inside && !s->numbered && level > s->entry_level)
		s->section[s->nr - 1].entry[s->section[s->nr - 1].nr - 1].end = next_heading(s, line);
	else if (inside && !s->numbered && level == s->entry_level && is_bare_entry(s, line))
		add_entry(s, line, next_heading(s, line));
	else
		add_section(s, line);
}

static void read_numbered(struct seen_digest *s, struct seen_section *section)
{
	uint32_t start = section->line;
	for (uint32_t i = section->line + 1; i <= section->end; i++) {
		if (i < section->end && !is_numbered(s, i))
			continue;
		if (start > section->line)
			add_entry(s, start, i);
		start = i;
	}
}

static void read_headings(struct seen_digest *s)
{
	s->entry_level = find_entry_level(s);
	s->numbered = s->entry_level == 0;
	for (uint32_t i = s->title_line + 1; i < s->d->lines; i++) {
		if (s->d->line[i].kind != LINE_HEADING)
			continue;
		size_t before = s->nr;
		read_heading(s, i);
		if (s->numbered && s->nr > before)
			read_numbered(s, &s->section[s->nr - 1]);
	}
}

/* ---- what is not there today ---- */

/* The form that most sections have. */
static struct str common_form(const struct seen_digest *s)
{
	struct str best = STR("");
	size_t most = 0;
	for (size_t i = 0; i < s->nr; i++) {
		size_t nr = 0;
		for (size_t k = 0; k < s->nr; k++)
			nr += s->section[i].empty_form.n && str_eq(s->section[k].empty_form, s->section[i].empty_form);
		if (nr > most) {
			most = nr;
			best = s->section[i].empty_form;
		}
	}
	return best;
}

static void guess_forms(struct seen_digest *s)
{
	struct str form = common_form(s);
	for (size_t i = 0; i < s->nr; i++) {
		struct seen_section *section = &s->section[i];
		bool has_content = next_content(s, digest_heading_end(s->d, section->line), section->end) < section->end;
		if (section->kind == SECTION_ENTRIES || section->empty_form.n || !has_content)
			continue;
		section->empty_form = form;
		section->guessed = form.n > 0;
	}
}

/* ---- all of it ---- */

static bool find_title(struct seen_digest *s)
{
	for (s->title_line = 0; s->title_line < s->d->lines; s->title_line++)
		if (s->d->line[s->title_line].kind == LINE_HEADING && s->d->line[s->title_line].level == 1)
			return true;
	return false;
}

int derive_read(struct seen_digest *s, struct err *err)
{
	size_t entries = 0;
	if (!find_title(s))
		return err_set(err, "`%s` has no title: a heading of level 1", s->wish->shown);
	read_headings(s);
	for (size_t i = 0; i < s->nr; i++) {
		entries += s->section[i].nr;
		if (s->section[i].nr)
			derive_read_fields(s, &s->section[i]);
	}
	if (!entries)
		return err_set(err,
		               "`%s` shows no entry: a heading, the address of an article, and named fields; take another day",
		               s->wish->shown);
	guess_forms(s);
	return 0;
}
