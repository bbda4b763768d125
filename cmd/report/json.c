#include "cmd/report/json.h"

#include <stdlib.h>

#include "cmd/report/place.h"
#include "cmd/report/report.h"

static void add_position(struct buf *out, const char *key, struct position at, uint32_t off)
{
	buf_printf(out, "\"%s\": {\"line\": %u, \"column\": %u, \"offset\": %u}", key, at.line, at.column, off);
}

static void add_fix(struct buf *out, const struct fix *fix)
{
	buf_printf(out, ",\n     \"fix\": {\"safety\": \"%s\", \"title\": ", fix->safety == FIX_SAFE ? "safe" : "unsafe");
	json_string(out, fix->title);
	buf_addz(out, ", \"edits\": [");
	for (size_t i = 0; i < fix->nr; i++) {
		const struct edit *e = &fix->edit[i];
		buf_printf(out, "%s{\"start\": %u, \"end\": %u, \"text\": ", i ? ", " : "", e->at.off, span_end(e->at));
		json_string(out, e->text);
		buf_addc(out, '}');
	}
	buf_addz(out, "]}");
}

static void add_related(struct buf *out, const struct finding *f)
{
	buf_addz(out, ",\n     \"related\": [");
	for (size_t i = 0; i < f->nr_related; i++) {
		buf_addz(out, i ? ", {\"path\": " : "{\"path\": ");
		json_stringz(out, f->related[i].path);
		buf_printf(out, ", \"line\": %u, \"message\": ", f->related[i].line);
		json_string(out, f->related[i].message);
		buf_addc(out, '}');
	}
	buf_addc(out, ']');
}

static void add_finding(struct buf *out, struct place *place, const struct finding *f)
{
	buf_addz(out, "{\"path\": ");
	json_stringz(out, f->source->path);
	buf_addz(out, ", \"rule\": ");
	json_stringz(out, f->rule->name);
	buf_printf(out, ", \"severity\": \"%s\",\n     \"message\": ", severity_name(f->severity));
	json_string(out, f->message);
	buf_addz(out, ",\n     ");
	add_position(out, "start", place_of(place, f->source, f->at.off), f->at.off);
	buf_addz(out, ", ");
	/* A copy: the next finding may begin before the end of this one. */
	struct place end = *place;
	add_position(out, "end", place_of(&end, f->source, span_end(f->at)), span_end(f->at));
	if (f->fix.safety != FIX_NONE)
		add_fix(out, &f->fix);
	if (f->nr_related)
		add_related(out, f);
	buf_addc(out, '}');
}

static void add_statistics(struct buf *out, const struct report *r)
{
	size_t nr;
	struct tally *v = report_tally(r, &nr);
	buf_addz(out, ",\n \"statistics\": [");
	for (size_t i = 0; i < nr; i++)
		buf_printf(out, "%s\n    {\"rule\": \"%s\", \"count\": %zu, \"fixable\": %zu}", i ? "," : "", v[i].rule->name,
		           v[i].count, v[i].fixable);
	buf_addc(out, ']');
	free(v);
}

/* What was put right before, by rule. */
static void add_fixed(struct buf *out, const size_t *fixed)
{
	const char *between = "";
	buf_addz(out, ",\n \"fixed\": [");
	for (size_t i = 0; i < rules_table_nr; i++) {
		if (!fixed[i])
			continue;
		buf_printf(out, "%s{\"rule\": \"%s\", \"count\": %zu}", between, rules_table[i]->name, fixed[i]);
		between = ", ";
	}
	buf_addc(out, ']');
}

void report_json(const struct report *r, struct buf *out)
{
	struct place place = {0};
	const char *between = "\n    ";
	buf_printf(out, "{\"version\": 1, \"files\": %zu, \"findings\": [", r->nr);
	for (size_t i = 0; i < r->nr; i++) {
		for (size_t j = 0; j < r->job[i]->findings.nr; j++) {
			buf_addz(out, between);
			add_finding(out, &place, &r->job[i]->findings.v[j]);
			between = ",\n    ";
		}
	}
	buf_printf(out, "],\n \"summary\": {\"error\": %zu, \"warning\": %zu, \"info\": %zu, ", r->count[SEVERITY_ERROR],
	           r->count[SEVERITY_WARNING], r->count[SEVERITY_INFO]);
	buf_printf(out, "\"suppressed\": %zu, \"fixable\": %zu, \"baseline\": %zu, \"before\": %zu}", r->suppressed,
	           r->fixable, r->known, r->before);
	if (r->fixed)
		add_fixed(out, r->fixed);
	if (r->statistics)
		add_statistics(out, r);
	buf_addz(out, "}\n");
}
