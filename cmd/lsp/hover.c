#include "cmd/describe.h"
#include "cmd/lsp/server.h"
#include "cmd/lsp/wire.h"
#include "cmd/report/json.h"

static bool is_on(const struct finding *f, size_t off)
{
	return f->at.off <= off && (off < span_end(f->at) || off == f->at.off);
}

/* Of the findings that stand there, as `sdi explain` says it; each rule once. */
void answer_hover(struct question *q, struct buf *out)
{
	struct spot at;
	struct buf text = {0};
	const struct finding *last = NULL;
	const struct world *w = &q->document->world;
	bool asked = w->job && wire_spot(json_at(q->params, "position"), &at);
	size_t off = asked ? spot_offset(buf_str(&q->document->text), q->server->encoding, at) : 0;
	for (size_t i = 0; asked && i < w->job->findings.nr; i++) {
		const struct finding *f = &w->job->findings.v[i];
		if (!is_on(f, off) || (last && last->rule == f->rule))
			continue;
		buf_addz(&text, last ? "\n" : "");
		explain_markdown(&text, f->rule);
		last = last ? last : f;
	}
	if (last) {
		json_member(out, "{\"contents\": {\"kind\": \"markdown\", ", "value", buf_str(&text));
		wire_add_stretch(out, "}, ", "range", stretch_of(&q->spots, last->at.off, span_end(last->at)));
		buf_addc(out, '}');
	} else {
		buf_addz(out, "null");
	}
	buf_release(&text);
}
