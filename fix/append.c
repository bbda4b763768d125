#include "fix/append.h"

#include "core/base/buf.h"
#include "core/base/utf8.h"
#include "core/digest/label.h"
#include "lint/forms.h"

struct append {
	struct arena *a;
	struct block_parser *parser;
	const struct append_wish *wish;
	const struct digest *d;
	const struct section *section; /* of it */
	struct str scaffold;           /* the template's entry, with its holes; lines end in LF, but for the last */
	struct str entry;              /* the same, filled in */
	struct str eol;
	struct span place; /* gives way to the entry */
	bool fills;        /* an untouched entry of the template stands there */
};

const struct digest *append_read(struct arena *a, struct block_parser *parser, const struct template *t,
                                 struct str text)
{
	struct source *source = arena_new(a, struct source);
	struct blocks *blocks = arena_new(a, struct blocks);
	uint32_t line;
	*source = (struct source){.path = "", .text = text, .size = text.n, .lines = lines_of(a, text), .valid = text.n};
	if (utf8_check(text) < text.n || block_parse(parser, a, source, blocks, &line) != BLOCK_FINE)
		return NULL;
	return digest_build(a, source, &(struct digest_facts){.choice = {.template = t}}, blocks);
}

/* ---- the section ---- */

static bool has_name(const struct template_section *s, struct str name)
{
	for (size_t i = 0; i < s->alias.nr; i++)
		if (str_eq(s->alias.v[i], name))
			return true;
	return str_eq(s->name, name);
}

/* The template's that is meant; NULL without one. */
static const struct template_section *wanted_section(const struct append_wish *wish)
{
	for (size_t i = 0; i < wish->template->nr; i++) {
		const struct template_section *s = &wish->template->section[i];
		if (s->kind == SECTION_ENTRIES && (!wish->section.n || has_name(s, wish->section)))
			return s;
	}
	return NULL;
}

static const struct section *find_section(const struct digest *d, const struct template_section *def)
{
	for (size_t i = 0; i < d->nr; i++)
		if (d->section[i].def == def)
			return &d->section[i];
	return NULL;
}

static struct str lines_str(const struct digest *d, uint32_t first, uint32_t last)
{
	return str_slice(d->source->text, d->line[first].at.off, span_end(d->line[last].at));
}

/* ---- the entry ---- */

static uint32_t last_line_with(const struct digest *d, uint32_t first, uint32_t end)
{
	while (end > first + 1 && d->line[end - 1].kind == LINE_BLANK)
		end--;
	return end - 1;
}

/* As a new digest has it. */
static struct str read_scaffold(const struct append *p, const struct template_section *def)
{
	struct str text = template_fill(p->a, p->wish->template, p->wish->day);
	const struct digest *d = append_read(p->a, p->parser, p->wish->template, text);
	const struct section *s = d ? find_section(d, def) : NULL;
	if (!s || !s->nr)
		return STR("");
	return lines_str(d, s->entry->line, last_line_with(d, s->entry->line, s->entry->end));
}

static void add_part(struct buf *out, struct str part, struct str eol)
{
	struct str line;
	for (bool first = true; str_split(&part, '\n', &line); first = false) {
		if (!first)
			buf_add(out, eol);
		buf_add(out, line);
	}
}

static struct str finish(struct arena *a, struct buf *b)
{
	struct str out = arena_str(a, buf_str(b));
	buf_release(b);
	return out;
}

/* What goes in may itself look like a hole. */
static struct str fill(const struct append *p, const struct new_entry *entry)
{
	const struct {
		struct str hole, value;
	} parts[] = {{STR("{title}"), entry->title}, {STR("{url}"), entry->url}};
	struct buf out = {0};
	struct str rest = p->scaffold;
	while (rest.n) {
		size_t at = rest.n, which = 0;
		for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
			size_t next = parts[i].value.n ? str_find(rest, 0, parts[i].hole) : rest.n;
			which = next < at ? i : which;
			at = next < at ? next : at;
		}
		add_part(&out, str_slice(rest, 0, at), p->eol);
		if (at < rest.n)
			buf_add(&out, parts[which].value);
		rest = str_from(rest, at < rest.n ? at + parts[which].hole.n : rest.n);
	}
	return finish(p->a, &out);
}

/* ---- the place ---- */

static bool is_content(const struct line *l)
{
	return l->kind != LINE_BLANK && l->kind != LINE_HTML && l->kind != LINE_OTHER;
}

/* An entry that nobody has touched since the digest was begun. */
static bool find_untouched(struct append *p)
{
	const struct section *s = p->section;
	for (size_t i = 0; i < s->nr; i++) {
		uint32_t last = last_line_with(p->d, s->entry[i].line, s->entry[i].end);
		struct str text = lines_str(p->d, s->entry[i].line, last);
		struct buf plain = {0};
		add_part(&plain, p->scaffold, p->eol);
		bool same = str_eq(buf_str(&plain), text);
		buf_release(&plain);
		if (!same)
			continue;
		p->place = span_make(p->d->line[s->entry[i].line].at.off, span_end(p->d->line[last].at));
		return true;
	}
	return false;
}

/* All that the section says, where that is nothing: one line of an empty form. */
static bool find_empty_form(struct append *p, uint32_t first)
{
	const struct section *s = p->section;
	uint32_t found = s->end;
	for (uint32_t i = first; i < s->end; i++) {
		if (p->d->line[i].kind == LINE_BLANK)
			continue;
		if (found < s->end)
			return false;
		found = i;
	}
	if (s->nr || found == s->end)
		return false;
	struct str text = digest_str(p->d, p->d->line[found].text);
	p->place = p->d->line[found].at;
	return form_says_nothing(NULL, text) || form_same(s->def->empty_form, text);
}

/* Behind the last line that says something: a comment above the next heading is about that. */
static void find_end(struct append *p, uint32_t first)
{
	uint32_t line = p->section->end;
	while (line > first && !is_content(&p->d->line[line - 1]))
		line--;
	const struct line *last = &p->d->line[line - 1];
	p->place = (struct span){span_end(last->at) + last->ending, 0};
}

/* Of the line before the place: the text's first where that has none. */
static struct str ending_near(const struct append *p)
{
	for (uint32_t i = p->section->line + 1; i-- > 0;)
		if (p->d->line[i].ending)
			return str_slice(p->d->source->text, span_end(p->d->line[i].at),
			                 span_end(p->d->line[i].at) + p->d->line[i].ending);
	return STR("\n");
}

static void find_place(struct append *p)
{
	uint32_t first = digest_heading_end(p->d, p->section->line);
	p->fills = find_untouched(p);
	if (!p->fills && !find_empty_form(p, first))
		find_end(p, first);
}

/* ---- the text ---- */

static bool ends_line(struct str before)
{
	return !before.n || before.p[before.n - 1] == '\n' || before.p[before.n - 1] == '\r';
}

/* Does a blank line, or nothing, stand before that? */
static bool ends_blank(struct str before, struct str eol)
{
	return !before.n || (str_ends(before, eol) && ends_line(str_slice(before, 0, before.n - eol.n)));
}

/* With a blank line around an entry that is new, wherever something else stands there. */
static struct str put_in(const struct append *p)
{
	struct str text = p->d->source->text;
	struct str before = str_slice(text, 0, p->place.off), after = str_from(text, span_end(p->place));
	bool whole_line = p->place.len > 0, at_end = !after.n;
	struct buf out = {0};
	if (p->fills)
		return arena_printf(p->a, "%.*s%.*s%.*s", STR_ARG(before), STR_ARG(p->entry), STR_ARG(after));
	buf_add(&out, before);
	if (!ends_line(before))
		buf_add(&out, p->eol);
	if (!ends_blank(buf_str(&out), p->eol))
		buf_add(&out, p->eol);
	buf_add(&out, p->entry);
	/* A text that does not end in a newline stays one. */
	if (!whole_line && (!at_end || ends_line(before)))
		buf_add(&out, p->eol);
	struct str next = whole_line && str_starts(after, p->eol) ? str_from(after, p->eol.n) : after;
	if (next.n && !strchr("\r\n", next.p[0])) {
		if (whole_line)
			after = next;
		buf_add(&out, p->eol);
		if (whole_line)
			buf_add(&out, p->eol);
	}
	buf_add(&out, after);
	return finish(p->a, &out);
}

/* ---- the proof ---- */

static size_t entries_of(const struct digest *d)
{
	size_t nr = 0;
	FOR_EACH_ENTRY (d, e)
		nr++;
	return nr;
}

static int prove(const struct append *p, struct str text, const struct new_entry *entry, uint32_t *line,
                 struct err *err)
{
	const struct digest *d = append_read(p->a, p->parser, p->wish->template, text);
	size_t more = p->fills ? 0 : 1;
	if (d && d->nr == p->d->nr && entries_of(d) == entries_of(p->d) + more) {
		const struct section *s = find_section(d, p->section->def);
		for (size_t i = s ? s->nr : 0; i-- > 0;) {
			const struct entry *e = &s->entry[i];
			*line = e->line;
			if (str_eq(digest_str(d, e->url), entry->url) && d->line[e->line].at.off >= p->place.off &&
			    (!entry->title.n || e->title.len))
				return 0;
		}
	}
	return err_set(
		err, "`%s`: an entry at the end of the section `%.*s` would not be read as one: look at what stands there",
		p->wish->shown, STR_ARG(p->section->def->name));
}

int append_entry(struct arena *a, struct block_parser *parser, const struct append_wish *wish, struct str text,
                 const struct new_entry *entry, struct str *out, uint32_t *line, struct err *err)
{
	struct append p = {.a = a, .parser = parser, .wish = wish, .d = append_read(a, parser, wish->template, text)};
	const struct template_section *def = wanted_section(wish);
	if (!p.d)
		return err_set(err, "`%s` cannot be read as a digest: `sdi lint` says why", wish->shown);
	if (!def && wish->section.n)
		return err_set(err, "the template %s has no section of entries `%.*s`", wish->template->name,
		               STR_ARG(wish->section));
	if (!def)
		return err_set(err, "the template %s has no section of entries", wish->template->name);
	p.section = find_section(p.d, def);
	if (!p.section)
		return err_set(err, "`%s` has no section `%.*s`: `sdi fix` adds what the template wants", wish->shown,
		               STR_ARG(def->name));
	p.scaffold = read_scaffold(&p, def);
	if (!p.scaffold.n)
		return err_set(err, "the template %s shows no entry in a new digest", wish->template->name);
	p.eol = ending_near(&p);
	p.entry = fill(&p, entry);
	find_place(&p);
	*out = put_in(&p);
	return prove(&p, *out, entry, line, err);
}
