/* SARIF 2.1.0, as code scanning of GitHub and editors read it. */
#include <stdlib.h>

#include "cmd/describe.h"
#include "cmd/report/json.h"
#include "cmd/report/line_hash.h"
#include "cmd/report/place.h"
#include "cmd/report/report.h"
#include "core/base/message.h"
#include "core/base/utf8.h"

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

/* GitHub takes no longer descriptions. */
enum { MAX_DESCRIPTION = 1024 };

struct sarif {
	const struct report *report;
	struct buf *out;
	struct arena arena; /* paths of one job */
	struct place place;
	struct line_hash *hash; /* of the job's lines; NULL: not known */
	size_t job;
	size_t *index; /* of each rule of rules_table among those that are listed */
};

static const struct {
	const char *level, *problem, *precision;
} levels[] = {
	[SEVERITY_OFF] = {"none", "recommendation", "medium"},
	[SEVERITY_INFO] = {"note", "recommendation", "medium"},
	[SEVERITY_WARNING] = {"warning", "warning", "high"},
	[SEVERITY_ERROR] = {"error", "error", "very-high"},
};

/* RFC 3986; what lies outside of the repository is named in full. */
static void add_uri(struct buf *out, const char *path)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
	buf_addz(out, *path == '/' ? "{\"uri\": \"file://" : "{\"uri\": \"");
	for (; *path; path++) {
		if (strchr(plain, *path))
			buf_addc(out, *path);
		else
			buf_printf(out, "%%%02X", (unsigned char)*path);
	}
	buf_addz(out, "\"}");
}

/* Is there "{digits}" at byte `i`? */
static bool is_placeholder(struct str text, size_t i)
{
	size_t end = i + 1;
	while (end < text.n && text.p[end] >= '0' && text.p[end] <= '9')
		end++;
	return end > i + 1 && end < text.n && text.p[end] == '}';
}

/*
 * In a message `[text](target)` is a link and `{0}` is filled in (§3.11.5, §3.11.6), and there is no way to write either
 * literally: a blank in it makes it text. What a digest says must not become a link that is clicked.
 */
static void add_message(struct sarif *s, const char *before, struct str text)
{
	struct buf plain = {0};
	for (size_t i = 0; i < text.n; i++) {
		buf_addc(&plain, text.p[i]);
		bool link = text.p[i] == ']' && i + 1 < text.n && text.p[i + 1] == '(';
		if (link || (text.p[i] == '{' && is_placeholder(text, i)))
			buf_addc(&plain, ' ');
	}
	buf_printf(s->out, "%s\"message\": {", before);
	json_member(s->out, "", "text", buf_str(&plain));
	buf_addc(s->out, '}');
	buf_release(&plain);
}

static void add_region(struct sarif *s, const char *key, struct region at)
{
	buf_printf(s->out, "\"%s\": {\"startLine\": %u, \"startColumn\": %u, \"endLine\": %u, \"endColumn\": %u}", key,
	           at.start.line, at.start.column, at.end.line, at.end.column);
}

static void add_location(struct sarif *s, const struct finding *f)
{
	buf_addz(s->out, ",\n       \"locations\": [{\"physicalLocation\": {\"artifactLocation\": ");
	add_uri(s->out, s->report->path[s->job]);
	buf_addz(s->out, ", ");
	add_region(s, "region", region_shown(&s->place, f->source, f->at));
	buf_addz(s->out, "}}]");
}

static void add_related(struct sarif *s, const struct finding *f)
{
	buf_addz(s->out, ",\n       \"relatedLocations\": [");
	for (size_t i = 0; i < f->nr_related; i++) {
		const struct related *v = &f->related[i];
		buf_printf(s->out, "%s{\"id\": %zu, \"physicalLocation\": {\"artifactLocation\": ", i ? ", " : "", i);
		add_uri(s->out, report_related_path(&s->arena, s->report, s->job, v));
		buf_printf(s->out, ", \"region\": {\"startLine\": %u}}", v->line);
		add_message(s, ", ", v->message);
		buf_addc(s->out, '}');
	}
	buf_addc(s->out, ']');
}

/* Columns cannot say where a byte order mark is, for it is in none. */
static bool has_columns(const struct finding *f)
{
	bool mark = str_starts(f->source->text, STR("\xEF\xBB\xBF"));
	for (size_t i = 0; i < f->fix.nr; i++)
		if (mark && f->fix.edit[i].at.off < 3)
			return false;
	return true;
}

static void add_replacement(struct sarif *s, struct place *place, const struct finding *f, const struct edit *e)
{
	buf_addc(s->out, '{');
	add_region(s, "deletedRegion", region_of(place, f->source, e->at));
	if (e->text.n) {
		json_member(s->out, ", \"insertedContent\": {", "text", e->text);
		buf_addc(s->out, '}');
	}
	buf_addc(s->out, '}');
}

static void add_fix(struct sarif *s, const struct finding *f)
{
	struct place place = {.unit = UNIT_UTF16};
	buf_addz(s->out, ",\n       \"fixes\": [{");
	if (f->fix.title.n) {
		json_member(s->out, "\"description\": {", "text", f->fix.title);
		buf_addz(s->out, "}, ");
	}
	buf_addz(s->out, "\"artifactChanges\": [{\"artifactLocation\": ");
	add_uri(s->out, s->report->path[s->job]);
	buf_addz(s->out, ", \"replacements\": [");
	for (size_t i = 0; i < f->fix.nr; i++) {
		buf_addz(s->out, i ? ", " : "");
		add_replacement(s, &place, f, &f->fix.edit[i]);
	}
	buf_printf(s->out, "]}], \"properties\": {\"safety\": \"%s\"}}]", fix_name(f->fix.safety));
}

static void add_fingerprint(struct sarif *s, const struct finding *f)
{
	const struct line_hash *h = &s->hash[lines_at(&f->source->lines, f->at.off)];
	buf_printf(s->out, ",\n       \"partialFingerprints\": {\"primaryLocationLineHash\": \"%llx:%u\"}",
	           (unsigned long long)h->hash, h->turn);
}

static void add_result(struct sarif *s, const struct finding *f)
{
	json_member(s->out, "{", "ruleId", str_of(f->rule->name));
	buf_printf(s->out, ", \"ruleIndex\": %zu, \"level\": \"%s\"", s->index[rule_index(f->rule)],
	           levels[f->severity].level);
	add_message(s, ",\n       ", f->message);
	add_location(s, f);
	if (f->nr_related)
		add_related(s, f);
	if (f->fix.safety != FIX_NONE && f->fix.nr && has_columns(f))
		add_fix(s, f);
	if (s->hash)
		add_fingerprint(s, f);
	buf_addc(s->out, '}');
}

static void add_results(struct sarif *s)
{
	const char *between = "\n      ";
	buf_addz(s->out, "\"results\": [");
	for (s->job = 0; s->job < s->report->nr; s->job++) {
		const struct job *job = s->report->job[s->job];
		/* Of a text that was too large nothing was read. */
		bool known = job->findings.nr && job->source.size == job->source.text.n;
		s->hash = known ? line_hashes(&job->source) : NULL;
		for (size_t i = 0; i < job->findings.nr; i++) {
			buf_addz(s->out, between);
			add_result(s, &job->findings.v[i]);
			between = ",\n      ";
		}
		free(s->hash);
		arena_reset(&s->arena);
	}
	buf_addc(s->out, ']');
}

/* At most `most` characters. */
static void add_text(struct buf *out, const char *before, const char *key, struct str text, size_t most)
{
	size_t end = 0;
	for (size_t nr = 0; end < text.n && nr < most; nr++)
		utf8_next(text, &end);
	buf_printf(out, "%s\"%s\": {", before, key);
	json_member(out, "", "text", str_slice(text, 0, end));
	buf_addc(out, '}');
}

static void add_help(struct buf *out, const struct rule *r)
{
	struct buf markdown = {0};
	describe_markdown(&markdown, r);
	json_member(out, ",\n       \"help\": {", "text", str_of(_(r->why)));
	json_member(out, ",\n        ", "markdown", buf_str(&markdown));
	buf_addc(out, '}');
	buf_release(&markdown);
}

static void add_rule(struct buf *out, const struct rule *r)
{
	json_member(out, "{", "id", str_of(r->name));
	add_text(out, ",\n       ", "shortDescription", str_of(_(r->summary)), MAX_DESCRIPTION);
	add_text(out, ",\n       ", "fullDescription", str_of(_(r->why)), MAX_DESCRIPTION);
	add_help(out, r);
	buf_printf(out, ",\n       \"defaultConfiguration\": {\"level\": \"%s\"}", levels[r->severity].level);
	buf_printf(out,
	           ",\n       \"properties\": {\"tags\": [\"%s\"], \"precision\": \"%s\", \"problem.severity\": \"%s\"}}",
	           r->group, levels[r->severity].precision, levels[r->severity].problem);
}

/* Is the rule in force for any of the texts? */
static bool in_force(const struct report *r, size_t rule)
{
	const struct lint_plan *last = NULL;
	for (size_t i = 0; i < r->nr; i++) {
		if (r->job[i]->plan != last && r->job[i]->plan->state[rule].severity != SEVERITY_OFF)
			return true;
		last = r->job[i]->plan;
	}
	return false;
}

static void add_rules(struct sarif *s)
{
	size_t nr = 0;
	buf_addz(s->out, "\"rules\": [");
	for (size_t i = 0; i < rules_table_nr; i++) {
		if (!in_force(s->report, i))
			continue;
		buf_addz(s->out, nr ? ",\n      " : "\n      ");
		add_rule(s->out, rules_table[i]);
		s->index[i] = nr++;
	}
	buf_addc(s->out, ']');
}

void report_sarif(const struct report *r, struct buf *out)
{
	struct sarif s = {.report = r, .out = out, .place = {.unit = UNIT_UTF16}};
	s.index = xcalloc(rules_table_nr + 1, sizeof(*s.index));
	buf_addz(out, "{\"$schema\": \"" SCHEMA "\", \"version\": \"2.1.0\",\n \"runs\": [\n");
	buf_addz(out, "   {\"tool\": {\"driver\": {\"name\": \"sdi\", \"semanticVersion\": \"" SDI_VERSION "\",\n     ");
	add_rules(&s);
	buf_addz(out, "}},\n    ");
	buf_printf(out, "\"invocations\": [{\"executionSuccessful\": %s}],\n    ", r->incomplete ? "false" : "true");
	buf_printf(out, "\"language\": \"%s\", \"columnKind\": \"utf16CodeUnits\",\n    ", message_language_name());
	buf_addz(out, "\"newlineSequences\": [\"\\r\\n\", \"\\n\", \"\\r\"],\n    ");
	add_results(&s);
	buf_addz(out, "}]}\n");
	arena_release(&s.arena);
	free(s.index);
}
