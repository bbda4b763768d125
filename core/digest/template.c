#include <stdlib.h>

#include "core/base/buf.h"
#include "core/digest/label.h"
#include "core/digest/mark.h"
#include "core/digest/scan.h"
#include "core/digest/template_front.h"

/* What stands between braces for the author to fill in. */
static const char *const holes[] = {"title", "url", "text"};

struct reader {
	struct arena *arena;
	const struct source *source;
	struct template *out;
	struct mistakes mistakes;
	struct line *line;
	uint32_t nr, i;
	struct template_section *section; /* the one being read */
	struct template_field *field;
	size_t section_cap, field_cap;
	bool has_entry, has_title, has_indent, bullet_known;
	uint32_t last_content; /* line + 1 of what came before blanks; 0: nothing */
	uint32_t url_line, field_line;
	struct buf empty; /* lines of the section's empty form */
};

static struct str text_of(const struct reader *r, struct span at)
{
	return str_at(r->source->text, at);
}

static void check_holes(struct reader *r, const struct line *l)
{
	struct str s = text_of(r, l->text);
	for (size_t open = 0; (open = str_find_byte(s, open, '{')) < s.n; open++) {
		size_t close = str_find_byte(s, open, '}');
		struct str name = str_slice(s, open + 1, close);
		bool word = name.n > 0;
		for (size_t i = 0; i < name.n; i++)
			word = word && ((name.p[i] >= 'a' && name.p[i] <= 'z') || name.p[i] == '_');
		for (size_t i = 0; i < ARRAY_SIZE(holes); i++)
			word = word && !str_eqz(name, holes[i]);
		struct pattern date;
		size_t at;
		struct str hole = str_slice(s, open, close + 1);
		if (close < s.n && word && pattern_parse(r->arena, hole, &date, &at, NULL) < 0)
			mistake_add(&r->mistakes, span_make(l->text.off + open, l->text.off + close + 1),
			            "unknown hole `%.*s`; there are {title}, {url}, {text} and dates such as {yyyy-MM-dd}",
			            STR_ARG(hole));
	}
}

static struct marks read_marks(struct reader *r, unsigned allowed)
{
	const struct line *l = &r->line[r->i];
	struct marks marks = marks_read(r->source->text, l->at, &r->mistakes);
	marks_check(r->source->text, &marks, allowed, &r->mistakes);
	return marks;
}

static struct str copy_trimmed(struct reader *r, const struct buf *b)
{
	return arena_str(r->arena, str_trim(buf_str(b)));
}

static void finish_section(struct reader *r)
{
	struct template_section *s = r->section;
	if (s) {
		s->empty_form = copy_trimmed(r, &r->empty);
		if (s->kind == SECTION_ENTRIES && !r->has_entry)
			mistake_add(&r->mistakes, r->line[r->i ? r->i - 1 : 0].at,
			            "the section `%.*s` is marked `entries`, but shows no entry: `#### {title}` or `1. {url}`",
			            STR_ARG(s->name));
	}
	r->empty.n = 0;
	r->has_entry = false;
	r->field = NULL;
}

static void check_doubled_section(struct reader *r, struct str name, struct span at)
{
	for (size_t i = 0; i < r->out->nr; i++)
		if (str_eq(r->out->section[i].name, name))
			mistake_add(&r->mistakes, at, "the section `%.*s` is shown twice", STR_ARG(name));
}

static void begin_section(struct reader *r)
{
	const struct line *l = &r->line[r->i];
	finish_section(r);
	struct marks marks = read_marks(r, MARK_SECTION | MARK_NAMED);
	struct str name = text_of(r, l->text), text = r->source->text;
	bool entries = marks_find(text, &marks, "entries"), links = marks_find(text, &marks, "links");
	if (entries && links)
		mistake_add(&r->mistakes, marks.comment, "a section is marked `entries` or `links`, not both");
	check_doubled_section(r, name, l->text);
	r->out->section = arena_grow(r->arena, r->out->section, r->out->nr, &r->section_cap, sizeof(*r->out->section));
	r->section = &r->out->section[r->out->nr++];
	*r->section = (struct template_section){
		.name = name,
		.alias = marks_names(r->arena, text, marks_find(text, &marks, "alias")),
		.level = l->level,
		.kind = entries ? SECTION_ENTRIES
	            : links ? SECTION_LINKS
	                    : SECTION_FREE,
		.optional = marks_find(text, &marks, "optional") != NULL,
		.blank_before_content = UINT32_MAX,
	};
}

static void begin_entry(struct reader *r, enum entry_shape shape, unsigned level)
{
	struct span at = r->line[r->i].text;
	read_marks(r, 0);
	if (!r->section || r->section->kind != SECTION_ENTRIES) {
		mistake_add(&r->mistakes, at, "an entry stands in a section that is not marked `<!-- sdi: entries -->`");
		return;
	}
	if (r->has_entry) {
		mistake_add(&r->mistakes, at, "a section shows one entry; this is the second");
		return;
	}
	r->has_entry = true;
	/* Above a heading one blank line is enough anyway. */
	if (shape == ENTRY_NUMBERED && r->section->blank_before_content == UINT32_MAX && r->last_content)
		r->section->blank_before_content = r->i - r->last_content;
	r->field_cap = 0;
	r->url_line = shape == ENTRY_NUMBERED ? r->i + 1 : 0;
	r->section->entry = (struct template_entry){.shape = shape, .level = level, .has_url = shape == ENTRY_NUMBERED};
}

static void begin_title(struct reader *r)
{
	struct span at = r->line[r->i].text;
	struct marks marks = read_marks(r, MARK_TITLE);
	struct err err;
	size_t where = 0;
	r->has_title = true;
	r->out->title_line_text = text_of(r, at);
	r->out->title_alias = marks_names(r->arena, r->source->text, marks_find(r->source->text, &marks, "alias"));
	if (pattern_parse(r->arena, r->out->title_line_text, &r->out->title, &where, &err) < 0)
		mistake_add(&r->mistakes, span_make(at.off + where, span_end(at)), "%s", err.text);
}

static bool has_hole(struct reader *r, struct span at, const char *hole)
{
	struct str s = text_of(r, at);
	return str_find(s, 0, str_of(hole)) < s.n;
}

static void read_heading(struct reader *r)
{
	const struct line *l = &r->line[r->i];
	if (!r->has_title && !r->section && l->level == 1)
		begin_title(r);
	else if (has_hole(r, l->text, "{title}"))
		begin_entry(r, ENTRY_HEADING, l->level);
	else
		begin_section(r);
}

static void set_names(struct reader *r, const struct marks *marks, const char *name, struct name_set *out)
{
	const struct mark *mark = marks_find(r->source->text, marks, name);
	if (mark)
		*out = marks_names(r->arena, r->source->text, mark);
}

static void set_number(struct reader *r, const struct marks *marks, const char *name, uint32_t *out)
{
	const struct mark *mark = marks_find(r->source->text, marks, name);
	if (mark)
		*out = marks_number(r->source->text, mark, &r->mistakes);
}

/* What a line demands of its field: the label's line, or that of the item below it. */
static void set_field(struct reader *r, const struct marks *marks, struct template_field *f)
{
	struct str text = r->source->text;
	f->optional = f->optional || marks_find(text, marks, "optional");
	f->ioc = f->ioc || marks_find(text, marks, "ioc");
	set_number(r, marks, "max-items", &f->max_items);
	set_number(r, marks, "max-chars", &f->max_chars);
	set_names(r, marks, "alias", &f->alias);
	set_names(r, marks, "type", &f->types);
	set_names(r, marks, "known", &f->known);
	set_names(r, marks, "scope", &f->scopes);
	set_names(r, marks, "columns", &f->columns);
}

/* "- 要約", "- タイトル: {title}" */
static void begin_field(struct reader *r)
{
	const struct line *l = &r->line[r->i];
	struct template_entry *entry = &r->section->entry;
	struct marks marks = read_marks(r, MARK_FIELD | MARK_NAMED);
	struct str name = text_of(r, l->text);
	bool title = has_hole(r, l->text, "{title}");
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == ':' || str_starts(str_from(name, i), STR("：")))
			name = str_trim(str_slice(name, 0, i));
	struct span value;
	label_split(r->source->text, l->text, &value);
	for (size_t i = 0; i < entry->nr; i++)
		if (str_eq(entry->field[i].label, name))
			mistake_add(&r->mistakes, l->text, "the field `%.*s` is shown twice", STR_ARG(name));
	if (!name.n || text_of(r, l->text).p[0] == '{')
		mistake_add(&r->mistakes, l->at, "a field needs a label");
	if (entry->nr == 0)
		entry->blank_before_fields = r->last_content ? r->i - r->last_content : 0;
	else if (entry->nr == 1)
		entry->blank_between = r->i - r->last_content;
	entry->field = arena_grow(r->arena, entry->field, entry->nr, &r->field_cap, sizeof(*entry->field));
	r->field = &entry->field[entry->nr++];
	*r->field = (struct template_field){.label = name, .title = title, .value = value.len > 0};
	set_field(r, &marks, r->field);
	r->field_line = r->i;
	if (!r->bullet_known)
		r->out->bullet = (char)l->marker;
	r->bullet_known = true;
}

/* What a field shows below its label: `{text}`, or what stands there when there is nothing to say. */
static void read_field_item(struct reader *r)
{
	const struct line *l = &r->line[r->i];
	struct marks marks = read_marks(r, MARK_FIELD);
	set_field(r, &marks, r->field);
	r->field->items = true;
	if (!r->has_indent && l->kind == LINE_ITEM) {
		r->out->indent = l->indent;
		r->has_indent = true;
	}
	if (!has_hole(r, l->text, "{text}") && !r->field->empty_form.n)
		r->field->empty_form = text_of(r, l->text);
}

static void read_url(struct reader *r)
{
	struct template_entry *entry = &r->section->entry;
	read_marks(r, 0);
	if (entry->has_url)
		mistake_add(&r->mistakes, r->line[r->i].text, "an entry shows `{url}` once; this is the second");
	entry->has_url = true;
	entry->blank_before_url = r->last_content ? r->i - r->last_content : 0;
	r->url_line = r->i + 1;
}

static void read_entry_line(struct reader *r)
{
	const struct line *l = &r->line[r->i];
	if (has_hole(r, l->text, "{url}"))
		read_url(r);
	else if (l->kind == LINE_ITEM && l->indent == 0)
		begin_field(r);
	else if (r->field)
		read_field_item(r);
	else
		mistake_add(&r->mistakes, l->at, "an entry shows `{url}` and fields; this is neither");
}

static void read_section_line(struct reader *r)
{
	const struct line *l = &r->line[r->i];
	if (l->kind == LINE_ITEM && l->marker == '1' && has_hole(r, l->text, "{url}")) {
		begin_entry(r, ENTRY_NUMBERED, 0);
		return;
	}
	read_marks(r, 0);
	if (!r->section)
		return;
	if (r->section->blank_before_content == UINT32_MAX)
		r->section->blank_before_content = r->last_content ? r->i - r->last_content : 0;
	buf_add(&r->empty, str_trim_end(text_of(r, scan_without_comment(r->source->text, l->at))));
	buf_addc(&r->empty, '\n');
}

static void read_line(struct reader *r)
{
	const struct line *l = &r->line[r->i];
	if (l->kind == LINE_BLANK)
		return;
	if (l->kind == LINE_HTML || l->kind == LINE_CODE) {
		/* A comment alone on its line is the template author's own. */
		if (marks_read(r->source->text, l->at, &r->mistakes).comment.len)
			mistake_add(&r->mistakes, l->at, "an `sdi:` comment stands at the end of the line that it is about");
		return;
	}
	check_holes(r, l);
	if (l->kind == LINE_HEADING)
		read_heading(r);
	else if (r->has_entry)
		read_entry_line(r);
	else
		read_section_line(r);
	r->last_content = r->i + 1;
}

/* The lines of optional parts do not go into a new digest. */
static bool is_optional(const struct reader *r, uint32_t line)
{
	struct mistakes none = {.arena = r->arena};
	struct marks marks = marks_read(r->source->text, r->line[line].at, &none);
	return marks_find(r->source->text, &marks, "optional") != NULL;
}

static uint32_t skip_optional(const struct reader *r, uint32_t line)
{
	const struct line *l = &r->line[line];
	uint32_t next = line + 1;
	bool heading = l->kind == LINE_HEADING;
	while (next < r->nr) {
		const struct line *n = &r->line[next];
		if (n->kind == LINE_HEADING && (!heading || n->level <= l->level))
			break;
		if (!heading && n->kind != LINE_BLANK && n->indent == 0)
			break;
		next++;
	}
	/* Blank lines before the next heading stay. */
	while (!heading && next > line + 1 && r->line[next - 1].kind == LINE_BLANK)
		next--;
	return next;
}

static struct str make_body(struct reader *r, uint32_t first)
{
	struct buf body = {0};
	while (first < r->nr && r->line[first].kind == LINE_BLANK)
		first++;
	for (uint32_t i = first; i < r->nr;) {
		const struct line *l = &r->line[i];
		bool markable = l->kind == LINE_HEADING || l->kind == LINE_ITEM;
		if (markable && is_optional(r, i)) {
			i = skip_optional(r, i);
			continue;
		}
		/* Of the blank lines around a comment that is left out, one stays. */
		bool blank_again = l->kind == LINE_BLANK && i > first && r->line[i - 1].kind == LINE_HTML &&
		                   (!body.n || str_ends(buf_str(&body), STR("\n\n")));
		if (l->kind != LINE_HTML && !blank_again) {
			buf_add(&body, str_trim_end(text_of(r, scan_without_comment(r->source->text, l->at))));
			buf_addc(&body, '\n');
		}
		i++;
	}
	struct str text = str_trim_end(buf_str(&body));
	struct str out = text.n ? arena_printf(r->arena, "%.*s\n", STR_ARG(text)) : STR("");
	buf_release(&body);
	return out;
}

static int by_place(const void *x, const void *y)
{
	const struct template_mistake *a = x, *b = y;
	if (a->at.off != b->at.off)
		return a->at.off < b->at.off ? -1 : 1;
	return str_cmp(a->message, b->message);
}

static void read_lines(struct reader *r)
{
	uint32_t first = template_front(r->arena, r->source, r->out, &r->mistakes);
	for (r->i = first; r->i < r->nr; r->i++)
		read_line(r);
	finish_section(r);
	if (!r->out->nr)
		mistake_add(&r->mistakes, r->line[r->nr - 1].at,
		            "a template shows at least one section: a heading below the title");
	r->out->body = make_body(r, first);
}

void template_parse(struct arena *a, struct block_parser *parser, const struct source *source, bool builtin,
                    struct template *out)
{
	struct blocks blocks = {0};
	uint32_t trouble_line = 0;
	*out =
		(struct template){.name = source->path, .builtin = builtin, .text = source->text, .bullet = '-', .indent = 4};
	struct reader r = {.arena = a, .source = source, .out = out, .mistakes = {.arena = a}, .nr = source->lines.nr};
	bool readable = block_parse(parser, a, source, &blocks, &trouble_line) == BLOCK_FINE;
	r.line = scan_lines(a, source, &blocks);
	if (readable)
		read_lines(&r);
	else
		mistake_add(&r.mistakes, r.line[trouble_line].at, "too deeply nested to be read");
	buf_release(&r.empty);
	if (r.mistakes.nr)
		qsort(r.mistakes.v, r.mistakes.nr, sizeof(*r.mistakes.v), by_place);
	out->mistake = r.mistakes.v;
	out->mistakes = r.mistakes.nr;
}
