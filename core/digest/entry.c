#include "core/digest/entry.h"

#include "core/base/utf8.h"
#include "core/digest/dress.h"
#include "core/digest/label.h"
#include "core/digest/scan.h"

struct state {
	struct entry_reader *r;
	struct entry *entry;
	struct field *field; /* being read; NULL before the first label */
	struct item *item;   /* the last one of it */
	struct field *fields;
	struct item *items;
	uint32_t *stray;
	bool *placed; /* beside the shape's fields */
	size_t field_cap, item_cap, stray_cap;
	uint32_t i, end;
	bool heading; /* one stands in the field */
	bool apart;   /* what stands at the margin is parted from the field by it, or by a blank line */
};

static struct str text_at(const struct state *s, struct span at)
{
	return digest_str(s->r->digest, at);
}

static const struct line *line_at(const struct state *s, uint32_t i)
{
	return &s->r->digest->line[i];
}

const struct link *digest_link_on(const struct digest *d, uint32_t line)
{
	size_t low = 0, high = d->links;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (d->link[mid].line < line)
			low = mid + 1;
		else
			high = mid;
	}
	return low < d->links && d->link[low].line == line ? &d->link[low] : NULL;
}

static uint32_t next_content(const struct state *s, uint32_t i)
{
	while (++i < s->end && (line_at(s, i)->kind == LINE_BLANK || line_at(s, i)->kind == LINE_HTML))
		;
	return i;
}

/* Does something deeper follow, so that the line is the head of a group? */
static bool has_children(const struct state *s, uint32_t i)
{
	uint32_t next = next_content(s, i);
	if (next >= s->end)
		return false;
	const struct line *l = line_at(s, next);
	return l->indent > line_at(s, i)->indent && (l->kind == LINE_ITEM || l->kind == LINE_TEXT);
}

/* What a line says behind what stands in a bullet's place. */
static struct span said(const struct state *s, const struct line *l)
{
	struct str text = text_at(s, l->text);
	uint32_t skip = l->kind == LINE_TEXT ? (uint32_t)scan_false_bullet(text) : 0;
	if (l->kind == LINE_TEXT && !l->indent && label_mark(s->r->shape, text))
		skip = (uint32_t)label_mark(s->r->shape, text);
	return (struct span){l->text.off + skip, l->text.len - skip};
}

static struct str label_of(const struct state *s, const struct line *l, struct span *label, struct span *value)
{
	*label = label_split(s->r->digest->source->text, said(s, l), value);
	return text_at(s, *label);
}

/* Which fields stand where fields belong, whatever else looks like one. */
static void mark_placed(struct state *s)
{
	s->placed = arena_array(s->r->arena, bool, s->r->shape->nr);
	for (uint32_t i = s->entry->line + 1; i < s->end; i++) {
		const struct line *l = line_at(s, i);
		struct span label, value;
		if (l->kind != LINE_ITEM || l->indent)
			continue;
		const struct template_field *def = label_field_exact(s->r->shape, label_of(s, l, &label, &value));
		if (def)
			s->placed[def - s->r->shape->field] = true;
	}
}

static bool stands_elsewhere(const struct state *s, const struct template_field *def)
{
	return s->placed[def - s->r->shape->field];
}

static void end_field(struct state *s)
{
	if (!s->field)
		return;
	s->field->end = s->i;
	s->field->item = s->items;
	s->field = NULL;
	s->item = NULL;
	s->items = NULL;
	s->item_cap = 0;
}

static void begin_field(struct state *s, struct field f)
{
	end_field(s);
	if (!s->entry->nr)
		s->entry->first_field = s->i;
	s->fields = arena_grow(s->r->arena, s->fields, s->entry->nr, &s->field_cap, sizeof(*s->fields));
	s->field = &s->fields[s->entry->nr++];
	f.line = s->i;
	*s->field = f;
	s->apart = s->heading = false;
	/* Two slips cannot mean the same field. */
	if (f.match == LABEL_NEAR)
		s->placed[f.def - s->r->shape->field] = true;
	if (f.def && f.def->title && f.value.len)
		s->entry->title = f.value;
}

/* A label that is spelt right but indented: a label still, where the entry has no better one. */
static bool is_indented_label(const struct state *s, const struct field *f)
{
	const struct line *l = line_at(s, s->i);
	if (stands_elsewhere(s, f->def))
		return false;
	if (l->indent < s->r->digest->template->indent)
		return true;
	return l->kind == LINE_ITEM && !f->value.len && !f->def->optional;
}

/* Short, and no sentence: what somebody might call a field. */
static bool could_be_label(struct str label)
{
	enum { LONGEST = 24 };
	return label.n && utf8_count(label) <= LONGEST && str_find(label, 0, STR("。")) == label.n &&
	       str_find(label, 0, STR("、")) == label.n && str_find_byte(label, 0, ',') == label.n && label.p[0] != '[';
}

static bool is_empty_form(const struct state *s, struct str text)
{
	size_t i = 0;
	while (i < s->r->shape->nr && !str_eq(s->r->shape->field[i].empty_form, text))
		i++;
	return i < s->r->shape->nr;
}

/* "- IOCの列挙 IOC情報なし": the line break between label and item was lost. */
static bool is_joined_label(struct state *s, struct field *f, struct str text)
{
	for (size_t i = 0; i < s->r->shape->nr; i++) {
		const struct template_field *def = &s->r->shape->field[i];
		struct str rest = str_from(text, def->label.n);
		if (!str_starts(text, def->label) || !rest.n || (rest.p[0] != ' ' && rest.p[0] != '\t') ||
		    dress_symbols(rest) == rest.n || stands_elsewhere(s, def))
			continue;
		f->def = def;
		f->match = LABEL_NEAR;
		f->label.len = (uint32_t)def->label.n;
		f->value =
			scan_trim(s->r->digest->source->text, span_make(span_end(f->label), span_end(line_at(s, s->i)->text)));
		return true;
	}
	return false;
}

/* Do all fields that the shape demands stand where they belong? */
static bool has_all_fields(const struct state *s)
{
	size_t i = 0;
	while (i < s->r->shape->nr && (s->r->shape->field[i].optional || s->placed[i]))
		i++;
	return i == s->r->shape->nr;
}

/* A head of a group where no other field is wanted: right below a label that has nothing else, or a row of indicators. */
static bool is_item_at_margin(const struct state *s, const struct field *f)
{
	const struct field *above = s->field;
	struct str value = text_at(s, f->value);
	if (!above || !above->def)
		return false;
	if (above->def->ioc && str_find_byte(value, 0, ',') < value.n)
		return true;
	return !above->def->optional && !above->value.len && !s->item && above->line + 1 == s->i && has_all_fields(s);
}

/* Another spelling of a label, or the head of a group that no label of the template names. */
static bool is_strange_label(struct state *s, struct field *f, struct str label)
{
	const struct line *l = line_at(s, s->i);
	if (l->kind != LINE_ITEM || l->indent || !label.n || is_empty_form(s, label))
		return false;
	if (is_joined_label(s, f, label))
		return true;
	bool children = has_children(s, s->i) && could_be_label(label);
	f->def = label_field(s->r->shape, label, &f->match);
	if (f->def && stands_elsewhere(s, f->def)) {
		f->def = NULL;
		f->match = LABEL_UNKNOWN;
	}
	if (!f->def)
		return children && !is_item_at_margin(s, f);
	/* The colon goes with the slip. */
	if (f->value.len == 0)
		f->label = said(s, l);
	return children || f->value.len == 0 || f->def->title;
}

static bool is_emphasised(const struct state *s, const struct field *f)
{
	return f->label.off > said(s, line_at(s, s->i)).off && s->r->digest->source->text.p[f->label.off - 1] == '*';
}

/* The label with its marks of emphasis; where a colon stands between them, only with those before it. */
static struct span with_emphasis(struct str text, struct span label)
{
	return span_make(label.off - 2, span_end(label) + (str_starts(str_from(text, span_end(label)), STR("**")) ? 2 : 0));
}

/* "タイトル：題": programs cut the title off behind ": ". */
static bool has_wide_colon(const struct state *s, const struct field *f)
{
	struct str between = str_slice(s->r->digest->source->text, span_end(f->label), f->value.off);
	return f->value.len && str_find(between, 0, STR("：")) < between.n;
}

static bool read_label(struct state *s, struct field *f)
{
	const struct line *l = line_at(s, s->i);
	struct str label = label_of(s, l, &f->label, &f->value);
	f->bullet = l->kind == LINE_ITEM && !l->glued;
	f->indented = l->indent > 0;
	f->def = label_field_exact(s->r->shape, label);
	f->match = f->def ? LABEL_EXACT : LABEL_UNKNOWN;
	if (!f->def)
		return is_strange_label(s, f, label);
	struct span all = said(s, l);
	if (!f->value.len && !f->def->title && f->label.len < all.len) {
		f->match = LABEL_NEAR;
		f->label = all;
	} else if (f->def->title && has_wide_colon(s, f)) {
		f->match = LABEL_NEAR;
		f->label = span_make(f->label.off, f->value.off);
	} else if (is_emphasised(s, f)) {
		f->match = LABEL_NEAR;
		f->label = with_emphasis(s->r->digest->source->text, f->label);
	}
	return !l->indent || is_indented_label(s, f);
}

static void add_item(struct state *s, bool bullet)
{
	const struct line *l = line_at(s, s->i);
	unsigned step = s->r->digest->template->indent;
	unsigned base = line_at(s, s->field->line)->indent + step;
	unsigned depth = step && l->indent > base ? (l->indent - base + step / 2) / step : 0;
	s->items = arena_grow(s->r->arena, s->items, s->field->nr, &s->item_cap, sizeof(*s->items));
	s->item = &s->items[s->field->nr++];
	*s->item = (struct item){l->text, s->i, s->i + 1, (uint16_t)depth, bullet};
}

static void add_stray(struct state *s)
{
	s->stray = arena_grow(s->r->arena, s->stray, s->entry->strays, &s->stray_cap, sizeof(*s->stray));
	s->stray[s->entry->strays++] = s->i;
}

/* What stands for a URL that is not there yet. */
static bool is_url_hole(const struct state *s, struct span at)
{
	struct str text = text_at(s, at);
	size_t x = 0;
	while (x < text.n && text.p[x] == 'x')
		x++;
	return str_eqz(text, "{url}") || (x >= 4 && x == text.n);
}

/* Is it all there is on its line, bare? */
static bool is_alone(const struct state *s, const struct link *l)
{
	const struct line *line = line_at(s, l->line);
	return line->kind == LINE_TEXT && !line->indent && l->kind == LINK_BARE && l->at.off == line->text.off &&
	       l->at.len == line->text.len && !scan_in_quote(s->r->digest->blocks, line->block);
}

/* A line that begins like an address, but is none that a reader would find: "ttps://…". */
static bool looks_like_address(struct str s)
{
	return str_find_byte(s, 0, ' ') == s.n &&
	       (str_find(s, 0, STR("://")) < s.n || str_find(s, 0, STR(":/")) < s.n || str_starts(s, STR("www.")));
}

/* Between heading and first label: the URL, and nothing else. */
static void read_head_line(struct state *s)
{
	const struct line *l = line_at(s, s->i);
	const struct link *link = digest_link_on(s->r->digest, s->i);
	struct entry *e = s->entry;
	bool hole = is_url_hole(s, l->text);
	if (link && !link_is_web(s->r->digest, link))
		link = NULL;
	if (!e->url.len && (hole || link)) {
		e->url = hole ? l->text : link->url;
		e->url_line = s->i;
		e->url_alone = hole || is_alone(s, link);
		return;
	}
	if (!e->url.len && looks_like_address(text_at(s, l->text))) {
		e->url_line = s->i;
		return;
	}
	add_stray(s);
}

/* A line at the start of a line that says what only an item says. */
static bool is_lost_item(const struct state *s, struct str text)
{
	return scan_false_bullet(text) > 0 || is_empty_form(s, text);
}

/* A line of text below a label: a wrapped line, an item that lost its bullet, or something that belongs nowhere. */
static void read_field_text(struct state *s)
{
	const struct line *l = line_at(s, s->i);
	if (s->field->def && s->field->def->title && !s->field->value.len && !s->item) {
		s->field->value = s->entry->title = l->text;
		return;
	}
	/* A quote is what it is, wherever it stands in a field. */
	if (l->indent && scan_in_quote(s->r->digest->blocks, l->block)) {
		if (s->item)
			s->item->end = s->i + 1;
		return;
	}
	if (!l->indent) {
		if (is_lost_item(s, text_at(s, l->text)))
			add_item(s, false);
		else
			add_stray(s);
		return;
	}
	unsigned bullet = s->item ? line_at(s, s->item->line)->indent : line_at(s, s->field->line)->indent;
	bool nested = l->indent >= bullet + s->r->digest->template->indent && scan_is_dot(text_at(s, l->text));
	bool wrapped = s->item && s->item->bullet && l->indent > bullet && l->indent >= bullet + 2 && !nested;
	if (wrapped)
		s->item->end = s->i + 1;
	else
		add_item(s, false);
}

/* Links at the start of their lines are a list whose heading is missing, where it stands apart from the field. */
static bool is_list_of_links(const struct state *s, const struct line *l)
{
	const struct link *link = digest_link_on(s->r->digest, s->i);
	return !l->indent && s->apart && link && link->kind == LINK_INLINE && link->at.off == l->text.off;
}

/* The article's URL, behind the fields instead of above them. */
static bool is_lost_url(const struct state *s, const struct line *l)
{
	const struct link *link = digest_link_on(s->r->digest, s->i);
	const struct template_field *def = s->field->def;
	return !l->indent && link && link->kind != LINK_INLINE && link->at.len == l->text.len && !link->defanged &&
	       s->r->shape->has_url && s->entry->url_line == s->entry->line && !s->entry->url.len && def && !def->ioc;
}

static void read_field_item(struct state *s)
{
	const struct line *l = line_at(s, s->i);
	if ((!l->text.len && !l->indent) || is_list_of_links(s, l) || is_lost_url(s, l))
		add_stray(s);
	else
		add_item(s, !l->glued);
}

static bool may_be_label(const struct state *s, const struct line *l)
{
	return s->r->shape && (l->kind == LINE_ITEM || l->kind == LINE_TEXT || l->kind == LINE_HEADING);
}

static void read_line(struct state *s)
{
	const struct line *l = line_at(s, s->i);
	struct field f = {0};
	s->heading = s->heading || l->kind == LINE_HEADING;
	s->apart = s->heading || l->kind == LINE_BLANK || (s->apart && !l->indent);
	if (l->kind == LINE_BLANK || l->kind == LINE_HTML || (l->kind == LINE_TEXT && !l->text.len))
		return;
	if (may_be_label(s, l) && read_label(s, &f))
		begin_field(s, f);
	else if (!s->field && (l->kind == LINE_TEXT || l->kind == LINE_ITEM))
		read_head_line(s);
	else if (l->kind == LINE_ITEM)
		read_field_item(s);
	else if (l->kind == LINE_TEXT)
		read_field_text(s);
	else if (s->item)
		s->item->end = s->i + 1;
	else if (s->field)
		add_item(s, true);
}

/* How many required fields of the shape, from rank `from` up to before `to`, the entry lacks; `*last` is one of them. */
static size_t lacking(const struct state *s, size_t from, size_t to, size_t *last)
{
	size_t nr = 0;
	for (size_t rank = from; rank < to; rank++) {
		bool has = s->r->shape->field[rank].optional;
		for (size_t i = 0; i < s->entry->nr && !has; i++)
			has = s->fields[i].def == &s->r->shape->field[rank];
		if (!has) {
			*last = rank;
			nr++;
		}
	}
	return nr;
}

/* An unknown label where exactly one field is missing is that field's, under another name. */
static void place_unknown(struct state *s, size_t i)
{
	const struct template_field *all = s->r->shape->field;
	size_t from = 0, to = s->r->shape->nr, rank = 0;
	if (i > 0 && s->fields[i - 1].def)
		from = (size_t)(s->fields[i - 1].def - all) + 1;
	if (i + 1 < s->entry->nr && s->fields[i + 1].def)
		to = (size_t)(s->fields[i + 1].def - all);
	bool alone = (i == 0 || s->fields[i - 1].def) && (i + 1 == s->entry->nr || s->fields[i + 1].def);
	if (!alone || from >= to || lacking(s, from, to, &rank) != 1)
		return;
	s->fields[i].def = &all[rank];
	s->fields[i].match = label_is_like(&all[rank], text_at(s, s->fields[i].label)) ? LABEL_NEAR : LABEL_PLACE;
}

/* The numbered line is the URL's. */
static void read_first_line(struct state *s)
{
	const struct line *l = line_at(s, s->i);
	const struct link *link = digest_link_on(s->r->digest, s->i);
	s->entry->title = l->text;
	if (l->kind == LINE_HEADING) {
		s->entry->level = l->level;
		return;
	}
	s->entry->title = (struct span){l->text.off, 0};
	if (!link && !is_url_hole(s, l->text))
		return;
	s->entry->url = link ? link->url : l->text;
	s->entry->url_line = s->i;
	s->entry->url_alone =
		!link || (link->kind == LINK_BARE && link->at.off == l->text.off && link->at.len == l->text.len);
}

void entry_read(struct entry_reader *r, uint32_t first, uint32_t end, struct entry *out)
{
	struct state s = {.r = r, .entry = out, .i = first, .end = end};
	*out = (struct entry){.shape = r->shape, .line = first, .end = end, .first_field = end, .url_line = first};
	read_first_line(&s);
	if (r->shape)
		mark_placed(&s);
	for (s.i = first + 1; s.i < end; s.i++)
		read_line(&s);
	end_field(&s);
	for (size_t i = 0; s.fields && i < out->nr; i++)
		if (!s.fields[i].def)
			place_unknown(&s, i);
	out->field = s.fields;
	out->stray = s.stray;
}

bool entry_looks(const struct digest *d, const struct template_entry *shape, uint32_t first, uint32_t end,
                 unsigned labels)
{
	unsigned found = 0;
	for (uint32_t i = first; i < end; i++) {
		const struct line *l = &d->line[i];
		const struct link *link = digest_link_on(d, i);
		struct span value;
		if (l->kind == LINE_TEXT && link && link->kind != LINK_INLINE && link->at.off == l->text.off && labels < 2)
			return true;
		if (l->kind != LINE_ITEM && l->kind != LINE_TEXT)
			continue;
		struct span label = label_split(d->source->text, l->text, &value);
		found += label_field_exact(shape, digest_str(d, label)) != NULL;
		if (found >= labels)
			return true;
	}
	return false;
}
