#include "cmd/lsp/server.h"
#include "cmd/lsp/wire.h"
#include "cmd/report/json.h"

/* What is being added to: the outline of one digest. */
struct outline {
	struct question *q;
	const struct digest *digest;
	struct buf *out;
	bool any; /* has something been added? */
};

static uint32_t line_start(const struct digest *d, uint32_t line)
{
	return line < d->lines ? d->line[line].at.off : (uint32_t)d->source->text.n;
}

struct symbol {
	int kind;
	uint32_t line, end;
	struct span title; /* may be empty: then its first line stands for it */
};

static void add_head(struct outline *o, const struct symbol *s)
{
	struct str name = str_trim(digest_str(o->digest, s->title.len ? s->title : o->digest->line[s->line].text));
	json_member(o->out, "{", "name", name.n ? name : STR("-"));
	buf_printf(o->out, ", \"kind\": %d", s->kind);
}

/* For editors that know no tree: SymbolInformation. */
static void add_flat(struct outline *o, const struct symbol *s)
{
	const struct digest *d = o->digest;
	buf_addz(o->out, o->any ? ", " : "");
	o->any = true;
	add_head(o, s);
	json_member(o->out, ", \"location\": {", "uri", o->q->document->uri);
	wire_add_stretch(o->out, ", ", "range", stretch_of(&o->q->spots, line_start(d, s->line), line_start(d, s->end)));
	buf_addz(o->out, "}}");
}

/* DocumentSymbol, up to its children. */
static void begin_branch(struct outline *o, const struct symbol *s)
{
	const struct digest *d = o->digest;
	uint32_t from = line_start(d, s->line), to = line_start(d, s->end);
	struct span at = s->title.len && s->title.off >= from && span_end(s->title) <= to ? s->title : d->line[s->line].at;
	add_head(o, s);
	wire_add_stretch(o->out, ", ", "range", stretch_of(&o->q->spots, from, to));
	wire_add_stretch(o->out, ", ", "selectionRange", stretch_of(&o->q->spots, at.off, span_end(at)));
	buf_addz(o->out, ", \"children\": [");
}

static void begin(struct outline *o, size_t i, const struct symbol *s)
{
	if (!o->q->server->nests) {
		add_flat(o, s);
		return;
	}
	buf_addz(o->out, i ? ", " : "");
	begin_branch(o, s);
}

static void end(struct outline *o)
{
	buf_addz(o->out, o->q->server->nests ? "]}" : "");
}

static void add_entry(struct outline *o, size_t i, const struct entry *e)
{
	begin(o, i, &(struct symbol){WIRE_SYMBOL_OBJECT, e->line, e->end, e->title.len ? e->title : e->url});
	for (size_t k = 0; k < e->nr; k++) {
		const struct field *f = &e->field[k];
		begin(o, k, &(struct symbol){WIRE_SYMBOL_FIELD, f->line, f->end, f->label});
		end(o);
	}
	end(o);
}

static void add_section(struct outline *o, size_t i, const struct section *s)
{
	begin(o, i, &(struct symbol){WIRE_SYMBOL_NAMESPACE, s->line, s->end, s->title});
	for (size_t k = 0; k < s->nr; k++)
		add_entry(o, k, &s->entry[k]);
	end(o);
}

void answer_symbols(struct question *q, struct buf *out)
{
	const struct digest *d = world_digest(&q->document->world, q->arena, buf_str(&q->document->text));
	struct outline o = {q, d, out, false};
	buf_addc(out, '[');
	for (size_t i = 0; d && i < d->nr; i++)
		add_section(&o, i, &d->section[i]);
	buf_addc(out, ']');
}
