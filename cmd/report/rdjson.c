/* Reviewdog's diagnostics: one document, or one diagnostic a line. Columns are bytes. */
#include "cmd/report/json.h"
#include "cmd/report/place.h"
#include "cmd/report/report.h"

/* A longer suggestion helps nobody who reviews. */
enum { MAX_SUGGESTION = 4096 };

static const char *const severities[] = {[SEVERITY_OFF] = "UNKNOWN_SEVERITY",
                                         [SEVERITY_INFO] = "INFO",
                                         [SEVERITY_WARNING] = "WARNING",
                                         [SEVERITY_ERROR] = "ERROR"};

static void add_position(struct buf *out, const char *before, const char *key, struct position at)
{
	buf_printf(out, "%s\"%s\": {\"line\": %u, \"column\": %u}", before, key, at.line, at.column);
}

static void add_range(struct buf *out, const char *before, struct region at)
{
	buf_printf(out, "%s\"range\": ", before);
	add_position(out, "{", "start", at.start);
	add_position(out, ", ", "end", at.end);
	buf_addc(out, '}');
}

/*
 * A fix goes in whole or not at all, but of several suggestions a reviewer may take one: so the edits become one, together
 * with the text between them.
 */
static void add_suggestion(struct buf *out, struct place *place, const struct finding *f)
{
	const struct fix *fix = &f->fix;
	struct buf text = {0};
	uint32_t from = fix->edit[0].at.off, to = span_end(fix->edit[fix->nr - 1].at), at = from;
	if (to - from > MAX_SUGGESTION)
		return;
	for (size_t i = 0; i < fix->nr; i++) {
		buf_add(&text, str_slice(f->source->text, at, fix->edit[i].at.off));
		buf_add(&text, fix->edit[i].text);
		at = span_end(fix->edit[i].at);
	}
	add_range(out, ", \"suggestions\": [{", region_of(place, f->source, span_make(from, to)));
	json_member(out, ", ", "text", buf_str(&text));
	buf_addz(out, "}]");
	buf_release(&text);
}

static void add_related(struct buf *out, const struct finding *f)
{
	buf_addz(out, ", \"related_locations\": [");
	for (size_t i = 0; i < f->nr_related; i++) {
		const struct related *v = &f->related[i];
		json_member(out, i ? ", {" : "{", "message", v->message);
		json_member(out, ", \"location\": {", "path", str_of(v->path));
		buf_printf(out, ", \"range\": {\"start\": {\"line\": %u}}}}", v->line);
	}
	buf_addc(out, ']');
}

static void add_diagnostic(struct buf *out, struct place *place, const struct finding *f, const char *source)
{
	struct place edits = {.unit = UNIT_BYTES};
	json_member(out, "{", "message", f->message);
	json_member(out, ", \"location\": {", "path", str_of(f->source->path));
	add_range(out, ", ", region_shown(place, f->source, f->at));
	buf_printf(out, "}, \"severity\": \"%s\"%s", severities[f->severity], source);
	json_member(out, ", \"code\": {", "value", str_of(f->rule->name));
	buf_addc(out, '}');
	if (f->fix.safety != FIX_NONE && f->fix.nr)
		add_suggestion(out, &edits, f);
	if (f->nr_related)
		add_related(out, f);
	buf_addc(out, '}');
}

static void add_all(const struct report *r, struct buf *out, const char *before, const char *between,
                    const char *source)
{
	struct place place = {.unit = UNIT_BYTES};
	for (size_t i = 0; i < r->nr; i++) {
		for (size_t j = 0; j < r->job[i]->findings.nr; j++) {
			buf_addz(out, before);
			add_diagnostic(out, &place, &r->job[i]->findings.v[j], source);
			before = between;
		}
	}
}

static enum severity highest(const struct report *r)
{
	enum severity s = SEVERITY_ERROR;
	while (s > SEVERITY_OFF && !r->count[s])
		s--;
	return s;
}

void report_rdjson(const struct report *r, struct buf *out)
{
	buf_addz(out, "{\"source\": {\"name\": \"sdi\"}");
	if (highest(r) != SEVERITY_OFF)
		buf_printf(out, ", \"severity\": \"%s\"", severities[highest(r)]);
	buf_addz(out, ", \"diagnostics\": [");
	add_all(r, out, "\n  ", ",\n  ", "");
	buf_addz(out, "]}\n");
}

void report_rdjsonl(const struct report *r, struct buf *out)
{
	add_all(r, out, "", "\n", ", \"source\": {\"name\": \"sdi\"}");
	if (out->n)
		buf_addc(out, '\n');
}
