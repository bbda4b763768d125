#include "cmd/report/json.h"
#include "cmd/search.h"
#include "cmd/term.h"
#include "core/base/utf8.h"

static const char bold[] = "1", strong[] = "1;31", dim[] = "2";

static void add(struct printout *p, const char *sgr, struct str text)
{
	if (p->colour && sgr)
		buf_printf(&p->out, "\x1b[%sm", sgr);
	term_escape(&p->out, text);
	if (p->colour && sgr)
		buf_addz(&p->out, "\x1b[0m");
}

static bool inside_character(struct str s, size_t i)
{
	return i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80;
}

/* The nearest byte before `i`, but not before `least`, where a character begins. */
static size_t character_at(struct str s, size_t i, size_t least)
{
	while (i > least && inside_character(s, i))
		i--;
	return i;
}

static void add_title(struct printout *p, struct str title)
{
	enum { LONGEST = 240 };
	size_t end = title.n > LONGEST ? character_at(title, LONGEST, 0) : title.n;
	term_escape(&p->out, str_slice(title, 0, end));
	buf_addz(&p->out, end < title.n ? "…: " : ": ");
}

/* What is shown of a line: as far as it is not blank, and of a long one what is around the first place. */
static struct span window(struct str text, const struct hit *h)
{
	enum { BEFORE = 120, WIDTH = 600 };
	struct str line = str_trim(str_at(text, h->text));
	size_t from = line.n ? (size_t)(line.p - text.p) : h->text.off, end = from + line.n, first = h->at[0].off;
	if (first < from)
		from = first;
	if (end < span_end(h->at[h->nr - 1]))
		end = span_end(h->at[h->nr - 1]);
	if (end - from <= WIDTH)
		return span_make(from, end);
	if (first - from > BEFORE)
		from = character_at(text, first - BEFORE, from);
	if (end - from > WIDTH)
		end = character_at(text, from + WIDTH, first);
	return span_make(from, end);
}

static void add_line(struct printout *p, struct str text, const struct hit *h)
{
	struct span shown = window(text, h);
	size_t at = shown.off, end = span_end(shown);
	struct str before = str_trim(str_slice(text, h->text.off, shown.off));
	struct str behind = str_trim(str_slice(text, end, span_end(h->text)));
	buf_addz(&p->out, before.n ? "…" : "");
	for (size_t i = 0; i < h->nr && h->at[i].off < end; i++) {
		size_t stop = span_end(h->at[i]) < end ? span_end(h->at[i]) : end;
		add(p, NULL, str_slice(text, at, h->at[i].off));
		add(p, strong, str_slice(text, h->at[i].off, stop));
		at = stop;
	}
	add(p, NULL, str_slice(text, at, end));
	buf_addz(&p->out, behind.n ? "…\n" : "\n");
}

static size_t column_of(struct str text, const struct hit *h, size_t off)
{
	return utf8_count(str_slice(text, h->text.off, off)) + 1;
}

static void add_hit(struct printout *p, const struct job *job, const struct hit *h)
{
	struct date date = job->facts.choice.date;
	struct str text = job->source.text;
	add(p, bold, str_of(job->source.path));
	buf_printf(&p->out, ":%u:%zu: ", h->line + 1, column_of(text, h, h->at[0].off));
	if (date_is_set(date)) {
		add(p, dim, str_of(date_text(date).z));
		buf_addc(&p->out, ' ');
	}
	if (h->title.n && h->entry != h->line)
		add_title(p, h->title);
	add_line(p, text, h);
}

void search_print_lines(struct printout *p, const struct job *job, const struct hits *hits)
{
	for (size_t i = 0; i < hits->nr && p->left; i++, p->left--, p->printed++)
		add_hit(p, job, &hits->v[i]);
}

void search_print_path(struct printout *p, const struct job *job, const struct hits *hits, bool count)
{
	add(p, bold, str_of(job->source.path));
	if (count)
		buf_printf(&p->out, ":%zu", hits->nr);
	buf_addc(&p->out, '\n');
	p->left--;
	p->printed++;
}

static void add_position(struct buf *out, const char *key, struct str text, const struct hit *h, uint32_t off)
{
	buf_printf(out, "\"%s\": {\"line\": %u, \"column\": %zu, \"offset\": %u}", key, h->line + 1,
	           column_of(text, h, off), off);
}

static void add_json(struct printout *p, const struct job *job, const struct hit *h)
{
	struct str text = job->source.text;
	struct date date = job->facts.choice.date;
	struct buf *out = &p->out;
	json_member(out, p->printed ? ",\n    {" : "\n    {", "path", str_of(job->source.path));
	json_member(out, ", ", "date", str_of(date_is_set(date) ? date_text(date).z : ""));
	json_member(out, ",\n     ", "title", h->title);
	json_member(out, ", ", "url", h->url);
	json_member(out, ",\n     ", "text", str_at(text, h->text));
	buf_addz(out, ",\n     \"places\": [");
	for (size_t i = 0; i < h->nr; i++) {
		buf_addz(out, i ? ", {" : "{");
		add_position(out, "start", text, h, h->at[i].off);
		buf_addz(out, ", ");
		add_position(out, "end", text, h, span_end(h->at[i]));
		buf_addc(out, '}');
	}
	buf_addz(out, "]}");
}

void search_print_json(struct printout *p, const struct job *job, const struct hits *hits)
{
	for (size_t i = 0; i < hits->nr && p->left; i++, p->left--, p->printed++)
		add_json(p, job, &hits->v[i]);
}
