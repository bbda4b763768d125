/* GitLab's code quality report: an array of issues. */
#include <stdlib.h>

#include "cmd/report/json.h"
#include "cmd/report/place.h"
#include "cmd/report/report.h"
#include "core/base/alloc.h"
#include "core/base/hash.h"

enum { SHA256 = 32 };

/* One finding's fingerprint before equal ones are told apart. */
struct print {
	unsigned char hash[SHA256];
	size_t finding;
	size_t turn; /* from 1 */
};

struct gitlab {
	struct buf *out;
	struct place place;
	struct print *print; /* of the job's findings, in their order */
};

/* Danger and files that cannot be judged weigh more than what is wrong in other ways. */
static const char *severity_word(const struct finding *f)
{
	static const char *const words[] = {
		[SEVERITY_OFF] = "info", [SEVERITY_INFO] = "info", [SEVERITY_WARNING] = "minor", [SEVERITY_ERROR] = "major"};
	if (f->severity == SEVERITY_ERROR && (f->rule->check_source || f->rule->check_parse))
		return "blocker";
	if (f->severity == SEVERITY_ERROR && strcmp(f->rule->group, "ioc") == 0)
		return "critical";
	return words[f->severity];
}

/* The line's text without blanks: neither its indent nor its number belongs to it. */
static void hash_line(const struct source *s, uint32_t line, unsigned char out[SHA256])
{
	struct buf text = {0};
	struct str whole = str_at(s->text, lines_span(&s->lines, s->text, line)), word;
	while (str_split(&whole, ' ', &word))
		buf_add(&text, str_trim(word));
	hash_sha256(buf_str(&text), out);
	buf_release(&text);
}

static int by_hash(const void *x, const void *y)
{
	const struct print *a = x, *b = y;
	int order = memcmp(a->hash, b->hash, SHA256);
	return order ? order : (a->finding > b->finding) - (a->finding < b->finding);
}

static int by_finding(const void *x, const void *y)
{
	const struct print *a = x, *b = y;
	return (a->finding > b->finding) - (a->finding < b->finding);
}

static void count_turns(struct print *v, size_t nr)
{
	qsort(v, nr, sizeof(*v), by_hash);
	for (size_t i = 0; i < nr; i++) {
		bool again = i && memcmp(v[i].hash, v[i - 1].hash, SHA256) == 0;
		v[i].turn = again ? v[i - 1].turn + 1 : 1;
	}
	qsort(v, nr, sizeof(*v), by_finding);
}

/* Rule, path and what stands in the line: it stays when the finding moves. */
static struct print *make_prints(const char *path, const struct findings *f)
{
	struct print *v = xcalloc(f->nr, sizeof(*v));
	unsigned char line_hash[SHA256];
	struct buf key = {0};
	uint32_t last = UINT32_MAX;
	for (size_t i = 0; i < f->nr; i++) {
		uint32_t line = lines_at(&f->v[i].source->lines, f->v[i].at.off);
		if (line != last)
			hash_line(f->v[i].source, line, line_hash);
		last = line;
		key.n = 0;
		buf_printf(&key, "%s%c%s%c", f->v[i].rule->name, 0, path, 0);
		buf_add(&key, (struct str){(const char *)line_hash, SHA256});
		hash_sha256(buf_str(&key), v[i].hash);
		v[i].finding = i;
	}
	buf_release(&key);
	count_turns(v, f->nr);
	return v;
}

static void add_fingerprint(struct buf *out, const struct print *p)
{
	struct buf key = {0};
	unsigned char hash[SHA256];
	buf_add(&key, (struct str){(const char *)p->hash, SHA256});
	buf_printf(&key, "%zu", p->turn);
	hash_sha256(buf_str(&key), hash);
	buf_addz(out, ",\n   \"fingerprint\": \"");
	for (size_t i = 0; i < SHA256; i++)
		buf_printf(out, "%02x", hash[i]);
	buf_addc(out, '"');
	buf_release(&key);
}

/* GitLab shows no check_name, so the description begins with it. */
static void add_description(struct buf *out, const struct finding *f)
{
	struct buf text = {0};
	buf_printf(&text, "%s: ", f->rule->name);
	buf_add(&text, f->message);
	json_member(out, "{", "description", buf_str(&text));
	buf_release(&text);
}

static void add_position(struct buf *out, const char *before, const char *key, struct position at)
{
	buf_printf(out, "%s\"%s\": {\"line\": %u, \"column\": %u}", before, key, at.line, at.column);
}

static void add_issue(struct gitlab *g, const char *path, const struct finding *f, const struct print *print)
{
	struct region at = region_shown(&g->place, f->source, f->at);
	add_description(g->out, f);
	json_member(g->out, ",\n   ", "check_name", str_of(f->rule->name));
	json_member(g->out, ", ", "severity", str_of(severity_word(f)));
	add_fingerprint(g->out, print);
	json_member(g->out, ",\n   \"location\": {", "path", str_of(path));
	add_position(g->out, ", \"positions\": {", "begin", at.start);
	add_position(g->out, ", ", "end", at.end);
	buf_addz(g->out, "}}}");
}

void report_gitlab(const struct report *r, struct buf *out)
{
	struct gitlab g = {.out = out};
	const char *between = "\n  ";
	buf_addc(out, '[');
	for (size_t i = 0; i < r->nr; i++) {
		const struct findings *f = &r->job[i]->findings;
		g.print = make_prints(r->path[i], f);
		for (size_t j = 0; j < f->nr; j++) {
			buf_addz(out, between);
			add_issue(&g, r->path[i], &f->v[j], &g.print[j]);
			between = ",\n  ";
		}
		free(g.print);
	}
	buf_addz(out, "]\n");
}
