#include "lint/elsewhere.h"

#include <stdlib.h>

#include "core/base/pool.h"
#include "core/base/utf8.h"
#include "lint/check_run.h"
#include "lint/ioc_cell.h"
#include "lint/memory.h"
#include "lint/settle.h"

const struct rule *elsewhere_rule(enum sighting_kind kind)
{
	for (size_t i = 0; i < rules_table_nr; i++)
		if (rules_table[i]->tell && rules_table[i]->sees == kind)
			return rules_table[i];
	return NULL;
}

bool elsewhere_matters(const struct lint_plan *plan)
{
	for (size_t i = 0; i < rules_table_nr; i++) {
		bool asks = rules_table[i]->tell || rules_table[i]->needs_others;
		if (asks && plan->state[i].severity != SEVERITY_OFF && !plan->state[i].watched)
			return true;
	}
	return false;
}

/* ---- looking ---- */

static void look_into(struct job *job, struct worker *w)
{
	size_t cells;
	const struct digest *d = job_digest(job, w->parser, &w->scratch);
	const struct ioc_cell *cell = d ? ioc_cells_read(&w->scratch, d, &cells) : NULL;
	if (d)
		job->sightings = sightings_read(d, cell, cells, &w->scratch);
}

static void look_or_recall(struct job *job, struct worker *w)
{
	job->failed = job_read(job) < 0;
	if (job->failed)
		return;
	struct month alone = {&job, 1};
	struct archive_key key = job->memory ? memory_sightings_key(job) : (struct archive_key){{0}};
	if (!job->memory || !memory_recall_sightings(&alone, &key)) {
		look_into(job, w);
		if (job->memory)
			memory_remember_sightings(&alone, &key);
	}
	arena_release(&job->arena);
	arena_reset(&w->scratch);
}

static void look_at_month(void *own, void *context, size_t i)
{
	const struct month *m = &((struct month *)context)[i];
	struct archive_key key;
	bool sure = memory_month_key(m, &key);
	if (sure && memory_recall_sightings(m, &key))
		return;
	for (size_t k = 0; k < m->nr; k++) {
		look_or_recall(m->job[k], own);
		sure &= !m->job[k]->failed;
	}
	if (sure)
		memory_remember_sightings(m, &key);
}

static void look_at_one(void *own, void *context, size_t i)
{
	look_or_recall(&((struct job *)context)[i], own);
}

void elsewhere_look(struct job *others, size_t nr, unsigned threads)
{
	static const struct pool_work by_month = {worker_begin, worker_end, look_at_month},
								  one_by_one = {worker_begin, worker_end, look_at_one};
	struct arena a = {0};
	struct months months = months_of(&a, others, nr);
	if (months.nr)
		pool_run(&by_month, months.v, months.nr, threads);
	else
		pool_run(&one_by_one, others, nr, threads);
	arena_release(&a);
}

/* ---- the order of an archive ---- */

/* One digest of it. */
struct volume {
	const struct job *job;
	struct job *told; /* the same, where it is to be told; NULL: it is only looked at */
};

/* What has no day is not published yet. */
static int compare_dates(struct date a, struct date b)
{
	if (date_is_set(a) != date_is_set(b))
		return date_is_set(a) ? -1 : 1;
	return date_is_set(a) ? date_cmp(a, b) : 0;
}

/* The same wherever the run was started. */
static const char *place_of(const struct job *job)
{
	return job->source.relative ? job->source.relative : job->source.path;
}

static int by_time(const void *x, const void *y)
{
	const struct job *a = ((const struct volume *)x)->job, *b = ((const struct volume *)y)->job;
	if (a->archive != b->archive)
		return a->archive < b->archive ? -1 : 1;
	int order = compare_dates(a->facts.choice.date, b->facts.choice.date);
	return order ? order : strcmp(place_of(a), place_of(b));
}

struct volumes {
	struct volume *v;
	size_t nr;
	size_t sightings; /* of those to be told */
};

static struct volumes sort_volumes(struct arena *a, struct job *jobs, size_t nr, const struct job *others,
                                   size_t nr_others)
{
	struct volumes out = {.v = arena_array(a, struct volume, nr + nr_others)};
	for (size_t i = 0; i < nr; i++) {
		if (!jobs[i].archive || jobs[i].failed)
			continue;
		out.v[out.nr++] = (struct volume){&jobs[i], &jobs[i]};
		out.sightings += jobs[i].sightings.nr;
	}
	for (size_t i = 0; i < nr_others; i++)
		out.v[out.nr++] = (struct volume){.job = &others[i]};
	if (out.nr)
		qsort(out.v, out.nr, sizeof(*out.v), by_time);
	return out;
}

/* ---- what was seen ---- */

/* One article or indicator, and the last digest that has it, up to where one is. */
struct slot {
	uint64_t key;
	const struct job *last; /* NULL: it was in none yet */
	uint32_t line, times;
	uint32_t before; /* of the times, those that were there before the change that is looked at */
};

/* With open addressing; a key of 0 is a free slot. */
struct table {
	struct slot *v;
	size_t mask;
};

static struct table make_table(struct arena *a, size_t keys)
{
	size_t room = 16;
	while (room < keys + keys / 7 + 1)
		room *= 2;
	return (struct table){arena_array(a, struct slot, room), room - 1};
}

/* Its slot, or the free one where it belongs. */
static struct slot *find(const struct table *t, uint64_t key)
{
	size_t i = (size_t)key & t->mask;
	while (t->v[i].key && t->v[i].key != key)
		i = (i + 1) & t->mask;
	return &t->v[i];
}

static void enter_keys(const struct table *t, const struct volumes *all)
{
	for (size_t i = 0; i < all->nr; i++) {
		const struct sightings *s = all->v[i].told ? &all->v[i].told->sightings : NULL;
		for (size_t k = 0; s && k < s->nr; k++)
			find(t, s->v[k].key)->key = s->v[k].key;
	}
}

/* ---- telling ---- */

static bool read_again(struct job *job)
{
	job->failed = job_read(job) < 0;
	job->source.valid = utf8_check(job->source.text);
	return !job->failed;
}

/* The file may be another one by now. */
static bool has_its_text(struct job *job, const struct sighting *s)
{
	struct arena scratch = {0};
	if (!job->source.text.n && job->path && !read_again(job))
		return false;
	bool there = sighting_is_at(job->source.text, s, &scratch);
	arena_release(&scratch);
	return there;
}

static void tell(struct job *job, const struct sighting *s, const struct slot *slot)
{
	const struct rule *rule = elsewhere_rule((enum sighting_kind)s->kind);
	const struct rule_state *state = rule ? &job->plan->state[rule_index(rule)] : NULL;
	const struct job *last = slot->last;
	if (!rule || state->severity == SEVERITY_OFF || state->watched || s->hushed || !has_its_text(job, s))
		return;
	struct findings *f = &job->findings;
	struct check c = {.rule = rule, .state = state, .arena = &job->arena, .out = f, .source = &job->source};
	size_t before = f->nr;
	rule->tell(&c, s->at, &(struct seen){slot->times, last->facts.choice.date, last->source.path, slot->line});
	for (size_t i = before; i < f->nr; i++)
		f->v[i].context = s->context;
}

static void look_at(const struct table *t, const struct volume *v)
{
	const struct sightings *s = &v->job->sightings;
	size_t before = v->told ? v->told->findings.nr : 0;
	for (size_t i = 0; v->told && i < s->nr; i++) {
		const struct slot *slot = find(t, s->v[i].key);
		bool seen = slot->last && slot->last->archive == v->job->archive;
		if (seen && !(s->v[i].old && slot->before))
			tell(v->told, &s->v[i], slot);
	}
	if (v->told && v->told->findings.nr > before)
		settle_sort(&v->told->findings);
	for (size_t i = 0; i < s->nr; i++) {
		struct slot *slot = find(t, s->v[i].key);
		if (!slot->key)
			continue;
		bool same = slot->last && slot->last->archive == v->job->archive, old = !v->job->focus || s->v[i].old;
		*slot =
			(struct slot){slot->key, v->job, s->v[i].line, same ? slot->times + 1 : 1, (same ? slot->before : 0) + old};
	}
}

void elsewhere_tell(struct job *jobs, size_t nr, const struct job *others, size_t nr_others)
{
	struct arena a = {0};
	struct volumes all = sort_volumes(&a, jobs, nr, others, nr_others);
	if (all.sightings) {
		struct table t = make_table(&a, all.sightings);
		enter_keys(&t, &all);
		for (size_t i = 0; i < all.nr; i++)
			look_at(&t, &all.v[i]);
	}
	arena_release(&a);
}
