#include "cmd/lsp/server.h"
#include "cmd/lsp/wire.h"
#include "cmd/report/json.h"

/* What is being added to: the outline of one digest. */
struct outline {
	struct question *q;
	const struct digest *digest;
	struct buf *out;
};

static uint32_t line_start(const struct digest *d, uint32_t line)
{
	return line < d->lines ? d->line[line].at.off : (uint32_t)d->source->text.n;
}

/* Up to its children. `title` may be empty: then its first line stands for it. */
static void begin(struct outline *o, int kind, uint32_t line, uint32_t end, struct span title)
{
	const struct digest *d = o->digest;
	uint32_t from = line_start(d, line), to = line_start(d, end);
	struct span at = title.len && title.off >= from && span_end(title) <= to ? title : d->line[line].at;
	struct str name = str_trim(digest_str(d, title.len ? title : d->line[line].text));
	json_member(o->out, "{", "name", name.n ? name : STR("-"));
	buf_printf(o->out, ", \"kind\": %d", kind);
	wire_add_stretch(o->out, ", ", "range", stretch_of(&o->q->spots, from, to));
	wire_add_stretch(o->out, ", ", "selectionRange", stretch_of(&o->q->spots, at.off, span_end(at)));
	buf_addz(o->out, ", \"children\": [");
}

static void add_entry(struct outline *o, const struct entry *e)
{
	begin(o, WIRE_SYMBOL_OBJECT, e->line, e->end, e->title.len ? e->title : e->url);
	for (size_t i = 0; i < e->nr; i++) {
		buf_addz(o->out, i ? ", " : "");
		begin(o, WIRE_SYMBOL_FIELD, e->field[i].line, e->field[i].end, e->field[i].label);
		buf_addz(o->out, "]}");
	}
	buf_addz(o->out, "]}");
}

static void add_section(struct outline *o, const struct section *s)
{
	begin(o, WIRE_SYMBOL_NAMESPACE, s->line, s->end, s->title);
	for (size_t i = 0; i < s->nr; i++) {
		buf_addz(o->out, i ? ", " : "");
		add_entry(o, &s->entry[i]);
	}
	buf_addz(o->out, "]}");
}

void answer_symbols(struct question *q, struct buf *out)
{
	const struct digest *d = world_digest(&q->document->world, q->arena, buf_str(&q->document->text));
	struct outline o = {q, d, out};
	buf_addc(out, '[');
	for (size_t i = 0; d && i < d->nr; i++) {
		buf_addz(out, i ? ", " : "");
		add_section(&o, &d->section[i]);
	}
	buf_addc(out, ']');
}
