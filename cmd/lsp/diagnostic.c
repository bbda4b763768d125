#include "cmd/lsp/server.h"
#include "cmd/lsp/uri.h"
#include "cmd/lsp/wire.h"
#include "cmd/report/json.h"
#include "core/source/paths.h"

static const int severities[] = {
	[SEVERITY_INFO] = WIRE_DIAGNOSTIC_INFORMATION,
	[SEVERITY_WARNING] = WIRE_DIAGNOSTIC_WARNING,
	[SEVERITY_ERROR] = WIRE_DIAGNOSTIC_ERROR,
};

/* Of other places only the line is known. */
static void add_related(struct buf *out, struct question *q, const struct related *r)
{
	const char *absolute = path_join(q->arena, q->document->world.scope.here, r->path);
	struct spot line = {r->line ? r->line - 1 : 0, 0};
	json_member(out, "{\"location\": {", "uri", uri_of(q->arena, absolute));
	wire_add_stretch(out, ", ", "range", (struct stretch){line, line});
	json_member(out, "}, ", "message", r->message);
	buf_addc(out, '}');
}

void diagnostic_add(struct buf *out, struct question *q, const struct finding *f)
{
	wire_add_stretch(out, "{", "range", stretch_of(&q->spots, f->at.off, span_end(f->at)));
	buf_printf(out, ", \"severity\": %d, \"code\": \"%s\", \"source\": \"sdi\"", severities[f->severity],
	           f->rule->name);
	json_member(out, ", ", "message", f->message);
	if (q->server->relates && f->nr_related) {
		buf_addz(out, ", \"relatedInformation\": [");
		for (size_t i = 0; i < f->nr_related; i++) {
			buf_addz(out, i ? ", " : "");
			add_related(out, q, &f->related[i]);
		}
		buf_addc(out, ']');
	}
	buf_addc(out, '}');
}

/* What is wrong with the project, at the first character. */
static void add_trouble(struct buf *out, struct str trouble)
{
	wire_add_stretch(out, "{", "range", (struct stretch){0});
	buf_printf(out, ", \"severity\": %d, \"source\": \"sdi\"", WIRE_DIAGNOSTIC_ERROR);
	json_member(out, ", ", "message", trouble);
	buf_addc(out, '}');
}

void diagnostics_publish(struct question *q, struct buf *out)
{
	const struct world *w = &q->document->world;
	const char *between = "";
	json_member(out, "\"method\": \"textDocument/publishDiagnostics\", \"params\": {", "uri", q->document->uri);
	buf_printf(out, ", \"version\": %.0f, \"diagnostics\": [", q->document->version);
	if (w->trouble.n) {
		add_trouble(out, w->trouble);
		between = ", ";
	}
	for (size_t i = 0; w->job && i < w->job->findings.nr; i++) {
		buf_addz(out, between);
		diagnostic_add(out, q, &w->job->findings.v[i]);
		between = ", ";
	}
	buf_addz(out, "]}");
}
