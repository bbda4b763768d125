#include "fix/derive.h"

#include <stdlib.h>

#include "core/base/buf.h"
#include "core/digest/label.h"
#include "fix/append.h"
#include "fix/derive_parts.h"

struct writer {
	const struct seen_digest *s;
	struct buf out;
	struct derived *derived;
	size_t cap;
};

static void add_part(struct writer *w, struct derived_part part)
{
	struct derived *d = w->derived;
	d->part = arena_grow(w->s->a, d->part, d->parts, &w->cap, sizeof(*d->part));
	d->part[d->parts++] = part;
}

static void add_line(struct writer *w, const char *before, struct str text, const char *mark)
{
	buf_addz(&w->out, before);
	buf_add(&w->out, text);
	if (*mark)
		buf_printf(&w->out, " <!-- sdi:%s -->", mark);
	buf_addc(&w->out, '\n');
}

static void add_heading(struct writer *w, unsigned level, struct str text, const char *mark)
{
	buf_addc(&w->out, '\n');
	buf_pad(&w->out, '#', level);
	add_line(w, " ", text, mark);
}

/* ---- the head ---- */

static void write_front(struct writer *w)
{
	struct str path = w->s->wish->path;
	buf_addz(&w->out, "---\npath: \"");
	for (size_t i = 0; i < path.n; i++)
		buf_printf(&w->out, path.p[i] == '"' || path.p[i] == '\\' ? "\\%c" : "%c", path.p[i]);
	buf_addz(&w->out, "\"\n---\n");
}

/* A day in it is each day's own. */
static void write_title(struct writer *w)
{
	static const char *const forms[] = {"{yyyy-MM-dd}", "{yyyy/MM/dd}",   "{yyyy.MM.dd}",
	                                    "{yyyyMMdd}",   "{yyyy年M月d日}", "{yyyy年MM月dd日}"};
	const struct seen_digest *s = w->s;
	struct str title = digest_str(s->d, s->d->line[s->title_line].text);
	for (size_t i = 0; date_is_set(s->wish->day) && i < ARRAY_SIZE(forms); i++) {
		struct pattern p;
		size_t at;
		if (pattern_parse(s->a, str_of(forms[i]), &p, &at, NULL))
			continue;
		struct str day = pattern_fill(s->a, &p, s->wish->day);
		size_t found = str_find(title, 0, day);
		if (found < title.n) {
			title = arena_printf(s->a, "%.*s%s%.*s", STR_ARG(str_slice(title, 0, found)), forms[i],
			                     STR_ARG(str_from(title, found + day.n)));
			break;
		}
	}
	add_line(w, "# ", title, "");
	add_part(w, (struct derived_part){.kind = DERIVED_TITLE, .name = title, .empty_form = STR("")});
}

/* ---- an entry ---- */

static char most_bullets(const struct seen_digest *s)
{
	char best = '-';
	for (const char *c = "*+"; *c; c++)
		if (s->bullets[(unsigned char)*c] > s->bullets[(unsigned char)best])
			best = *c;
	return best;
}

static size_t most_indent(const struct seen_digest *s)
{
	size_t best = 4;
	for (size_t i = 1; i < ARRAY_SIZE(s->indents); i++)
		if (s->indents[i] > s->indents[best])
			best = i;
	return best;
}

static struct str usual_form(const struct seen_field *f)
{
	const struct seen_form *best = NULL;
	for (size_t i = 0; i < f->forms; i++)
		if (!best || f->form[i].weight > best->weight)
			best = &f->form[i];
	return best ? best->text : STR("");
}

/* The mark of the field of indicators in the template that words come from: `ioc columns=… type=…`. */
static struct str like_ioc(const struct writer *w)
{
	struct str text = w->s->wish->like->text;
	size_t from = str_find(text, 0, STR("<!-- sdi: ioc")), end = str_find(text, from, STR("-->"));
	return end < text.n ? str_trim(str_slice(text, from + strlen("<!-- sdi:"), end)) : STR("ioc");
}

static bool is_ioc(const struct writer *w, struct str label)
{
	const struct template_section *like = label_entries(w->s->wish->like);
	const struct template_field *f = like ? label_field_exact(&like->entry, label) : NULL;
	for (size_t i = 0; !(f && f->ioc) && i + 3 <= label.n; i++)
		if (str_eq_nocase(str_slice(label, i, i + 3), STR("IOC")))
			return true;
	return f && f->ioc;
}

static const char *marks_of(struct writer *w, const struct seen_field *f, bool optional, bool ioc)
{
	struct buf b = {0};
	if (optional)
		buf_addz(&b, " optional");
	for (size_t i = 0; i < f->aliases; i++)
		buf_printf(&b, "%s%.*s", i ? "|" : " alias=\"", STR_ARG(f->alias[i]));
	if (f->aliases)
		buf_addc(&b, '"');
	if (ioc)
		buf_printf(&b, " %.*s", STR_ARG(like_ioc(w)));
	const char *marks = arena_str(w->s->a, buf_str(&b)).p;
	buf_release(&b);
	return marks;
}

static void write_field(struct writer *w, const struct seen_section *section, const struct seen_field *f, bool title)
{
	const char bullet[] = {most_bullets(w->s), ' ', 0};
	bool optional = f->in < section->filled && !title, value = title || f->values > f->items;
	bool ioc = !value && is_ioc(w, f->label);
	struct str form = value ? STR("") : usual_form(f);
	struct str line = f->label;
	if (value)
		line = arena_printf(w->s->a, "%.*s: %s", STR_ARG(f->label), title ? "{title}" : "{text}");
	add_line(w, bullet, line, marks_of(w, f, optional, ioc));
	if (!value) {
		buf_pad(&w->out, ' ', most_indent(w->s));
		add_line(w, bullet, form.n ? form : STR("{text}"), "");
	}
	add_part(w, (struct derived_part){.kind = DERIVED_FIELD,
	                                  .name = line,
	                                  .optional = optional,
	                                  .ioc = ioc,
	                                  .in = f->in,
	                                  .entries = section->filled,
	                                  .empty_form = form});
}

/* In a numbered entry: the one that most say behind its label. */
static const struct seen_field *title_field(const struct writer *w, const struct seen_section *section)
{
	const struct seen_field *best = NULL;
	for (size_t i = 0; w->s->numbered && i < section->fields; i++) {
		const struct seen_field *f = &section->field[i];
		if (!f->dropped && f->values > f->items && (!best || f->in > best->in))
			best = f;
	}
	return best;
}

static bool most_have_url(const struct seen_section *section)
{
	size_t with = 0;
	for (size_t i = 0; i < section->nr; i++)
		with += section->entry[i].has_url;
	return 2 * with > section->nr;
}

static void write_entry(struct writer *w, const struct seen_section *section)
{
	const struct seen_digest *s = w->s;
	const struct seen_field *title = title_field(w, section);
	if (s->numbered)
		buf_addz(&w->out, "\n1. {url}\n");
	else
		add_heading(w, s->entry_level, STR("{title}"), "");
	if (!s->numbered && most_have_url(section)) {
		buf_pad(&w->out, '\n', derive_blanks(&s->before_url, 0));
		buf_addz(&w->out, "{url}\n");
	}
	buf_pad(&w->out, '\n', derive_blanks(&s->before_fields, 1));
	for (size_t i = 0, nr = 0; i < section->fields; i++) {
		const struct seen_field *f = &section->field[i];
		if (f->dropped)
			continue;
		if (nr++)
			buf_pad(&w->out, '\n', derive_blanks(&s->between_fields, 0));
		write_field(w, section, f, f == title);
	}
}

/* ---- all of it ---- */

static void write_section(struct writer *w, const struct seen_section *section)
{
	static const char *const marks[] = {
		[SECTION_FREE] = "", [SECTION_ENTRIES] = " entries", [SECTION_LINKS] = " links"};
	add_heading(w, section->level, section->name, marks[section->kind]);
	add_part(w, (struct derived_part){.kind = DERIVED_SECTION,
	                                  .name = section->name,
	                                  .section = section->kind,
	                                  .empty_form = section->empty_form,
	                                  .guessed = section->guessed});
	if (section->kind == SECTION_ENTRIES) {
		write_entry(w, section);
	} else if (section->empty_form.n) {
		buf_pad(&w->out, '\n', derive_blanks(&w->s->before_content, 0));
		add_line(w, "", section->empty_form, "");
	}
}

static void write_all(struct writer *w)
{
	write_front(w);
	write_title(w);
	for (size_t i = 0; i < w->s->nr; i++)
		write_section(w, &w->s->section[i]);
	w->derived->text = arena_str(w->s->a, buf_str(&w->out));
	buf_release(&w->out);
}

static int check_template(struct arena *a, struct block_parser *parser, const struct derive_wish *wish, struct str text,
                          struct err *err)
{
	struct source source = {.path = wish->shown, .text = text, .size = text.n, .lines = lines_of(a, text)};
	struct template t;
	template_parse(a, parser, &source, false, &t);
	if (!t.mistakes)
		return 0;
	struct position at = source_position(&source, t.mistake[0].at.off);
	return err_set(err, "no template comes of `%s`: in its line %u, %.*s", wish->shown, at.line,
	               STR_ARG(t.mistake[0].message));
}

static int by_line(const void *x, const void *y)
{
	const struct derived_rest *a = x, *b = y;
	return (a->line > b->line) - (a->line < b->line);
}

int derive_template(struct arena *a, struct block_parser *parser, const struct derive_wish *wish, struct str text,
                    struct derived *out, struct err *err)
{
	struct seen_digest s = {.a = a, .wish = wish, .d = append_read(a, parser, NULL, text)};
	*out = (struct derived){0};
	if (!s.d)
		return err_set(err, "`%s` cannot be read as a digest: `sdi lint` says why", wish->shown);
	if (derive_read(&s, err))
		return -1;
	write_all(&(struct writer){.s = &s, .derived = out});
	if (s.rests)
		qsort(s.rest, s.rests, sizeof(*s.rest), by_line);
	out->rest = s.rest;
	out->rests = s.rests;
	return check_template(a, parser, wish, out->text, err);
}
