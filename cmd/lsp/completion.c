#include "cmd/lsp/server.h"
#include "cmd/lsp/wire.h"
#include "cmd/report/json.h"

/* The line that is being written, up to the cursor. */
struct beginning {
	size_t line, end; /* offsets of the whole line, without its ending */
	size_t word, at;  /* what is there of the name already */
	unsigned hashes;  /* of a heading; 0: it is an item */
	bool indented;
	bool named; /* it is one of the two */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t skip_blanks(struct str text, size_t i, size_t end)
{
	while (i < end && is_blank(text.p[i]))
		i++;
	return i;
}

/* The marker that a line begins with is followed by a blank, and then by the name. */
static struct beginning read_beginning(struct str text, size_t at)
{
	struct beginning b = {.line = at, .end = at, .at = at};
	while (b.line && text.p[b.line - 1] != '\n' && text.p[b.line - 1] != '\r')
		b.line--;
	while (b.end < text.n && text.p[b.end] != '\n' && text.p[b.end] != '\r')
		b.end++;
	size_t marker = skip_blanks(text, b.line, at), i = marker;
	b.indented = marker > b.line;
	while (i < at && text.p[i] == '#')
		i++;
	b.hashes = (unsigned)(i - marker);
	i += i < at && !b.hashes && memchr("-*+", text.p[i], 3);
	b.word = skip_blanks(text, i, at);
	/* A name is all of its line: where something goes on behind the cursor, it is another's. */
	b.named = i > marker && b.word > i && skip_blanks(text, at, b.end) == b.end;
	return b;
}

/* ---- the list ---- */

struct list {
	struct question *q;
	struct buf *out;
	const struct beginning *beginning;
	size_t nr;
};

/* In the template's order. */
static void add(struct list *l, int kind, struct str name)
{
	if (!name.n)
		return;
	json_member(l->out, l->nr ? ", {" : "{", "label", name);
	buf_printf(l->out, ", \"kind\": %d, \"sortText\": \"%04zu\", \"textEdit\": ", kind, l->nr++);
	wire_add_edit(l->out, stretch_of(&l->q->spots, l->beginning->word, l->beginning->at), name);
	buf_addc(l->out, '}');
}

static bool has_section(const struct digest *d, const struct template_section *def)
{
	for (size_t i = 0; i < d->nr; i++)
		if (d->section[i].def == def)
			return true;
	return false;
}

static void add_sections(struct list *l, const struct digest *d)
{
	for (size_t i = 0; i < d->template->nr; i++) {
		const struct template_section *s = &d->template->section[i];
		if (s->level == l->beginning->hashes && !has_section(d, s))
			add(l, WIRE_COMPLETION_MODULE, s->name);
	}
}

static bool has_field(const struct entry *e, const struct template_field *def)
{
	FOR_EACH_FIELD (e, f)
		if (f->def == def)
			return true;
	return false;
}

static void add_labels(struct list *l, const struct entry *e)
{
	for (size_t i = 0; e->shape && i < e->shape->nr; i++)
		if (!has_field(e, &e->shape->field[i]))
			add(l, WIRE_COMPLETION_FIELD, e->shape->field[i].label);
}

/* What stands for nothing, in a field that has nothing yet, not even a word of something else. */
static void add_empty_form(struct list *l, const struct entry *e, uint32_t line, struct str typed)
{
	const struct field *above = NULL;
	FOR_EACH_FIELD (e, f)
		above = f->line < line ? f : above;
	if (above && above->def && !above->nr && str_starts(above->def->empty_form, typed))
		add(l, WIRE_COMPLETION_VALUE, above->def->empty_form);
}

/* ---- the digest around it ---- */

/* Blank lines at its end belong to nothing; whoever writes there means it. */
static const struct entry *entry_above(const struct digest *d, uint32_t line)
{
	const struct entry *found = NULL;
	for (size_t i = 0; i < d->nr && d->section[i].line <= line; i++) {
		found = NULL;
		for (size_t k = 0; k < d->section[i].nr && d->section[i].entry[k].line < line; k++)
			found = &d->section[i].entry[k];
	}
	return found;
}

/* Without the line: half a name is no name, and `-` below a text makes a heading of it. */
static const struct digest *digest_around(struct question *q, const struct beginning *b)
{
	struct str text = buf_str(&q->document->text), after = str_from(text, b->end);
	char *rest = arena_raw(q->arena, text.n + 1);
	memcpy(rest, text.p, b->line);
	memcpy(rest + b->line, after.p, after.n);
	return world_digest(&q->document->world, q->arena, (struct str){rest, b->line + after.n});
}

void answer_completion(struct question *q, struct buf *out)
{
	struct spot at = {0};
	bool asked = wire_spot(json_at(q->params, "position"), &at);
	struct str text = buf_str(&q->document->text);
	struct beginning b = read_beginning(text, spot_offset(text, q->server->encoding, at));
	struct list l = {q, out, &b, 0};
	const struct digest *d = asked && b.named ? digest_around(q, &b) : NULL;
	buf_addc(out, '[');
	if (d && b.hashes)
		add_sections(&l, d);
	const struct entry *e = d && !b.hashes ? entry_above(d, lines_at(&d->source->lines, (uint32_t)b.line)) : NULL;
	if (e && b.indented)
		add_empty_form(&l, e, lines_at(&d->source->lines, (uint32_t)b.line), str_slice(text, b.word, b.at));
	else if (e)
		add_labels(&l, e);
	buf_addc(out, ']');
}
