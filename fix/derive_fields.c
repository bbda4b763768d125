/* The fields of entries: what they are called, where they stand, what is there when there is nothing to say. */
#include <stdlib.h>

#include "core/base/unicode.h"
#include "core/digest/entry.h"
#include "core/digest/label.h"
#include "fix/derive_parts.h"
#include "lint/forms.h"

/* Longer ones are sentences. */
enum { LONGEST_LABEL = 24 };

/* ---- what is seen ---- */

static struct seen_field *field_of(struct seen_digest *s, struct seen_section *section, struct str label, uint32_t line)
{
	for (size_t i = 0; i < section->fields; i++)
		if (str_eq(section->field[i].label, label))
			return &section->field[i];
	section->field = arena_grow(s->a, section->field, section->fields, &section->fields_cap, sizeof(*section->field));
	section->field[section->fields] = (struct seen_field){.label = label, .line = line};
	return &section->field[section->fields++];
}

static void note_form(struct seen_digest *s, struct seen_field *f, struct str text, size_t weight)
{
	for (size_t i = 0; i < f->forms; i++)
		if (str_eq(f->form[i].text, text)) {
			f->form[i].weight += weight;
			return;
		}
	f->form = arena_grow(s->a, f->form, f->forms, &f->forms_cap, sizeof(*f->form));
	f->form[f->forms++] = (struct seen_form){text, weight};
}

static bool is_label(const struct seen_digest *s, uint32_t line)
{
	const struct line *l = &s->d->line[line];
	const struct link *link = digest_link_on(s->d, line);
	return l->kind == LINE_ITEM && l->marker != '1' && !l->indent && !(link && link->at.off == l->text.off);
}

/* How much it counts as an empty form; 0: it is none. What only looks like one may be this repository's own: "指標なし". */
static size_t weight_of(struct str text)
{
	enum { LONGEST_FORM = 12, SURE = 1000, LIKELY = 1 };
	bool none = str_ends(text, STR("なし")) || str_ends(text, STR("無し"));
	if (form_says_nothing(NULL, text))
		return SURE;
	return none && unicode_graphemes(text) <= LONGEST_FORM ? LIKELY : 0;
}

/* What stands below the label, up to the next one. */
static void read_items(struct seen_digest *s, struct seen_field *f, uint32_t line, uint32_t end)
{
	size_t items = 0;
	struct str only = STR("");
	for (uint32_t i = line + 1; i < end && !is_label(s, i); i++) {
		const struct line *l = &s->d->line[i];
		if (l->kind != LINE_ITEM || !l->indent)
			continue;
		if (!items++) {
			s->indents[l->indent < ARRAY_SIZE(s->indents) ? l->indent : ARRAY_SIZE(s->indents) - 1]++;
			only = digest_str(s->d, l->text);
		}
	}
	f->items += items > 0;
	if (items == 1 && weight_of(only))
		note_form(s, f, only, weight_of(only));
}

static bool has_label(const struct seen_entry *e, struct str label)
{
	for (size_t i = 0; i < e->nr; i++)
		if (str_eq(e->label[i], label))
			return true;
	return false;
}

static void read_label(struct seen_digest *s, struct seen_section *section, struct seen_entry *e, uint32_t line)
{
	struct span value;
	struct span at = label_split(s->d->source->text, s->d->line[line].text, &value);
	struct str label = digest_str(s->d, at);
	struct seen_field *f = field_of(s, section, label, line);
	if (e->nr)
		derive_note_blanks(s, &s->between_fields, line);
	else if (e->has_url)
		derive_note_blanks(s, &s->before_fields, line);
	s->bullets[s->d->line[line].marker & 127]++;
	f->values += value.len > 0;
	read_items(s, f, line, e->end);
	if (has_label(e, label))
		return;
	f->in++;
	f->place += e->nr;
	e->label = arena_grow(s->a, e->label, e->nr, &e->cap, sizeof(*e->label));
	e->label[e->nr++] = label;
}

static void read_entry(struct seen_digest *s, struct seen_section *section, struct seen_entry *e)
{
	uint32_t first = s->numbered ? e->line + 1 : digest_heading_end(s->d, e->line);
	e->has_url = s->numbered;
	for (uint32_t i = first; i < e->end; i++) {
		const struct link *link = digest_link_on(s->d, i);
		bool text = s->d->line[i].kind == LINE_TEXT;
		if (!e->nr && !e->has_url && text && link && link->at.len == s->d->line[i].text.len) {
			e->has_url = true;
			derive_note_blanks(s, &s->before_url, i);
		} else if (is_label(s, i)) {
			read_label(s, section, e, i);
		}
	}
}

/* ---- what is meant ---- */

static bool is_field(const struct seen_field *f)
{
	bool hole = str_find_byte(f->label, 0, '{') < f->label.n;
	bool quoted = str_starts(f->label, STR("\"")) || str_starts(f->label, STR("「"));
	return f->label.n && !quoted && !hole && unicode_graphemes(f->label) <= LONGEST_LABEL &&
	       (f->items || f->values || f->in > 1);
}

/* Is every entry that has `slip` one that lacks `f`, so that it may stand for it? */
static bool stands_for(const struct seen_section *section, const struct seen_field *slip, const struct seen_field *f)
{
	for (size_t i = 0; i < section->nr; i++)
		if (has_label(&section->entry[i], slip->label) && has_label(&section->entry[i], f->label))
			return false;
	return true;
}

static struct seen_field *meant_by(const struct seen_section *section, const struct seen_field *slip)
{
	struct seen_field *best = NULL;
	for (size_t i = 0; i < section->fields; i++) {
		struct seen_field *f = &section->field[i];
		struct template_field def = {.label = f->label};
		enum label_match match;
		bool more = f->in > slip->in || (f->in == slip->in && f->line < slip->line);
		if (f != slip && more && !f->dropped && (!best || f->in > best->in) && stands_for(section, slip, f) &&
		    label_field(&(struct template_entry){.field = &def, .nr = 1}, slip->label, &match))
			best = f;
	}
	return best;
}

static void take_for(struct seen_digest *s, struct seen_field *slip, struct seen_field *f)
{
	f->in += slip->in;
	f->place += slip->place;
	f->items += slip->items;
	slip->dropped = true;
	if (slip->in == 1) {
		derive_leave(s, DERIVED_SLIP, slip->line, f->label);
		return;
	}
	f->alias = arena_grow(s->a, f->alias, f->aliases, &f->alias_cap, sizeof(*f->alias));
	f->alias[f->aliases++] = slip->label;
}

static int by_number(const void *x, const void *y)
{
	const struct seen_field *a = x, *b = y;
	return a->in != b->in ? (a->in > b->in) - (a->in < b->in) : (a->line < b->line) - (a->line > b->line);
}

/* By its place in the entries that have it. */
static int by_place(const void *x, const void *y)
{
	const struct seen_field *a = x, *b = y;
	size_t left = a->place * b->in, right = b->place * a->in;
	return left != right ? (left > right) - (left < right) : (a->line > b->line) - (a->line < b->line);
}

/* Fewest first: a slip goes to what it means before that is counted. */
static void settle(struct seen_digest *s, struct seen_section *section)
{
	if (section->fields)
		qsort(section->field, section->fields, sizeof(*section->field), by_number);
	for (size_t i = 0; i < section->fields; i++) {
		struct seen_field *f = &section->field[i], *meant = meant_by(section, f);
		if (meant) {
			take_for(s, f, meant);
		} else if (!is_field(f)) {
			f->dropped = true;
			derive_leave(s, DERIVED_CONTENT, f->line, STR(""));
		}
	}
	if (section->fields)
		qsort(section->field, section->fields, sizeof(*section->field), by_place);
}

void derive_read_fields(struct seen_digest *s, struct seen_section *section)
{
	for (size_t i = 0; i < section->nr; i++)
		read_entry(s, section, &section->entry[i]);
	for (size_t i = 0; i < section->nr; i++)
		section->filled += section->entry[i].nr > 0;
	settle(s, section);
}
