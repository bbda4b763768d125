#include "lint/baseline.h"

#include <stdlib.h>

#include "core/base/fnv.h"
#include "core/base/unicode.h"
#include "core/base/utf8.h"
#include "lint/baseline_order.h"

/* ---- order ---- */

int baseline_compare(const struct baseline_line *a, const struct baseline_line *b)
{
	int order = str_cmp(a->where, b->where);
	if (!order)
		order = str_cmp(a->rule, b->rule);
	return order ? order : (a->context > b->context) - (a->context < b->context);
}

static int compare(const void *a, const void *b)
{
	return baseline_compare(a, b);
}

struct baseline_line *baseline_find(const struct baseline *b, const struct baseline_line *wanted)
{
	return b->nr ? bsearch(wanted, b->v, b->nr, sizeof(*b->v), compare) : NULL;
}

/* ---- what a finding stands on ---- */

/* A NUL ends each text. */
static uint64_t hash(uint64_t h, struct str s)
{
	return fnv_byte(fnv_add(h, s), 0);
}

static struct str entry_name(const struct digest *d, const struct entry *e)
{
	struct str title = e ? digest_str(d, e->title) : STR("");
	return title.n || !e ? title : digest_str(d, e->url);
}

uint64_t baseline_context(const struct digest *d, uint32_t line, struct arena *scratch)
{
	const struct source *s = d->source;
	struct str name = unicode_key(scratch, entry_name(d, digest_entry_at(d, line)));
	struct str text = unicode_key(scratch, str_at(s->text, lines_span(&s->lines, s->text, line)));
	return hash(hash(FNV_START, name), text);
}

void baseline_mark(struct findings *f, const struct digest *d, struct arena *scratch)
{
	for (size_t i = 0; i < f->nr; i++)
		f->v[i].context = baseline_context(d, lines_at(&d->source->lines, f->v[i].at.off), scratch);
}

/* ---- jobs ---- */

/* One word without blanks; a path that is no UTF-8 becomes some. */
static struct str encoded(struct arena *a, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";
	bool ill_formed = utf8_check(s) < s.n;
	char *out = arena_raw(a, 3 * s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c > ' ' && c != '%' && c != 0x7F && (c < 0x80 || !ill_formed)) {
			out[n++] = (char)c;
			continue;
		}
		out[n++] = '%';
		out[n++] = hex[c >> 4];
		out[n++] = hex[c & 15];
	}
	return (struct str){out, n};
}

static struct str where(struct arena *a, const struct job *job)
{
	struct date day = job->facts.choice.date;
	if (job->kind == JOB_DIGEST && date_is_set(day))
		return arena_str(a, str_of(date_text(day).z));
	return encoded(a, str_of(job->source.relative ? job->source.relative : job->source.path));
}

void baseline_jobs_add(struct arena *a, struct baseline_jobs *jobs, struct job *job)
{
	size_t cap = jobs->cap;
	jobs->job = arena_grow(a, jobs->job, jobs->nr, &cap, sizeof(struct job *));
	jobs->where = arena_grow(a, jobs->where, jobs->nr, &jobs->cap, sizeof(*jobs->where));
	jobs->job[jobs->nr] = job;
	jobs->where[jobs->nr++] = where(a, job);
}

static struct baseline_line line_of(const struct baseline_jobs *jobs, size_t which, const struct finding *f)
{
	return (struct baseline_line){jobs->where[which], str_of(f->rule->name), f->context, 1};
}

void baseline_know(const struct baseline *b, uint32_t *found, const struct baseline_jobs *jobs, size_t which)
{
	struct findings *f = &jobs->job[which]->findings;
	for (size_t i = 0; i < f->nr; i++) {
		struct baseline_line wanted = line_of(jobs, which, &f->v[i]);
		const struct baseline_line *l = rule_tells_unchecked(f->v[i].rule) ? NULL : baseline_find(b, &wanted);
		f->v[i].known = l && found[l - b->v] < l->count;
		if (f->v[i].known)
			found[l - b->v]++;
	}
}

struct baseline baseline_of(struct arena *a, const struct baseline_jobs *jobs, const bool *only_known)
{
	struct baseline out = {0};
	size_t cap = 0, kept = 0;
	for (size_t i = 0; i < jobs->nr; i++) {
		const struct findings *f = &jobs->job[i]->findings;
		for (size_t k = 0; k < f->nr; k++) {
			if (rule_tells_unchecked(f->v[k].rule) || (only_known[i] && !f->v[k].known))
				continue;
			out.v = arena_grow(a, out.v, out.nr, &cap, sizeof(*out.v));
			out.v[out.nr++] = line_of(jobs, i, &f->v[k]);
		}
	}
	if (out.nr)
		qsort(out.v, out.nr, sizeof(*out.v), compare);
	for (size_t i = 0; i < out.nr; i++) {
		if (kept && baseline_compare(&out.v[kept - 1], &out.v[i]) == 0)
			out.v[kept - 1].count++;
		else
			out.v[kept++] = out.v[i];
	}
	out.nr = kept;
	return out;
}

/* ---- shrinking ---- */

struct place {
	struct str where;
	size_t job;
};

static int compare_places(const void *x, const void *y)
{
	const struct place *a = x, *b = y;
	int order = str_cmp(a->where, b->where);
	return order ? order : (a->job > b->job) - (a->job < b->job);
}

static int compare_where(const void *wanted, const void *element)
{
	return str_cmp(*(const struct str *)wanted, ((const struct place *)element)->where);
}

/* Is the rule run, or left out for good? Not left out just now, by the command line. */
static bool is_run(const struct lint_plan *plan, const struct rule *rule)
{
	for (size_t i = 0; i < rules_table_nr; i++)
		if (rules_table[i] == rule)
			return plan->state[i].severity != SEVERITY_OFF || plan->state[i].origin.kind != ORIGIN_COMMAND_LINE;
	return true;
}

/* Could the job have found what the rule looks for? */
static bool was_run(const struct job *job, const struct rule *rule)
{
	for (size_t i = 0; i < job->findings.nr; i++)
		if (rule_tells_unchecked(job->findings.v[i].rule))
			return false;
	return !job->failed && is_run(job->plan, rule);
}

/* Was it looked for where it stands? Of several jobs of one day, by each. */
static bool was_looked_for(const struct baseline_line *l, const struct baseline_jobs *jobs, const struct place *place)
{
	const struct rule *rule = rule_find(l->rule);
	const struct place *at = jobs->nr ? bsearch(&l->where, place, jobs->nr, sizeof(*place), compare_where) : NULL;
	if (!at)
		return jobs->whole && is_run(jobs->whole, rule);
	while (at > place && str_eq(at[-1].where, l->where))
		at--;
	for (; at < place + jobs->nr && str_eq(at->where, l->where); at++)
		if (!was_run(jobs->job[at->job], rule))
			return false;
	return true;
}

struct baseline baseline_shrink(struct arena *a, const struct baseline *old, const struct baseline *now,
                                const struct baseline_jobs *jobs)
{
	struct baseline out = {arena_array(a, struct baseline_line, old->nr), 0};
	struct place *place = arena_array(a, struct place, jobs->nr);
	for (size_t i = 0; i < jobs->nr; i++)
		place[i] = (struct place){jobs->where[i], i};
	if (jobs->nr)
		qsort(place, jobs->nr, sizeof(*place), compare_places);
	for (size_t i = 0; i < old->nr; i++) {
		struct baseline_line l = old->v[i];
		const struct baseline_line *found = baseline_find(now, &l);
		uint32_t count = found ? found->count : 0;
		if (l.count > count && was_looked_for(&l, jobs, place))
			l.count = count;
		if (l.count)
			out.v[out.nr++] = l;
	}
	return out;
}

size_t baseline_total(const struct baseline *b)
{
	size_t total = 0;
	for (size_t i = 0; i < b->nr; i++)
		total += b->v[i].count;
	return total;
}

void baseline_drop_known(struct findings *f)
{
	size_t kept = 0;
	for (size_t i = 0; i < f->nr; i++) {
		if (f->v[i].known)
			f->known++;
		else
			f->v[kept++] = f->v[i];
	}
	f->nr = kept;
}
