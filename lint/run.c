#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/alloc.h"
#include "core/base/message.h"
#include "core/base/pool.h"
#include "core/base/utf8.h"
#include "lint/baseline.h"
#include "lint/check_run.h"
#include "lint/elsewhere.h"
#include "lint/ioc_cell.h"
#include "lint/keep.h"
#include "lint/memory.h"
#include "lint/settle.h"
#include "lint/unread.h"

/* What holds where a repository has no usable template: nothing is demanded. */
static const struct template no_template = {.name = "", .bullet = '-', .indent = 4};

struct run {
	struct job *job;
	struct arena *scratch; /* dies with the check */
	struct ignore *ignore;
	size_t ignores;
	struct shared shared;
};

static struct check begin_check(struct run *r, size_t rule)
{
	return (struct check){
		.rule = rules_table[rule],
		.state = &r->job->plan->state[rule],
		.arena = &r->job->arena,
		.scratch = r->scratch,
		.out = &r->job->findings,
		.source = &r->job->source,
		.ignore = r->ignore,
		.ignores = r->ignores,
		.shared = &r->shared,
	};
}

static bool runs(const struct run *r, size_t rule)
{
	return r->job->plan->state[rule].severity != SEVERITY_OFF;
}

/* False when the text cannot be looked at any further. */
static bool check_bytes(struct run *r)
{
	for (size_t i = 0; i < rules_table_nr; i++) {
		struct check c = begin_check(r, i);
		if (runs(r, i) && c.rule->check_source)
			c.rule->check_source(&c, &r->job->source);
	}
	const struct source *s = &r->job->source;
	return !r->job->findings.nr && s->size <= r->job->plan->max_bytes && s->valid == s->text.n;
}

static void check_refused(struct run *r, uint32_t line)
{
	for (size_t i = 0; i < rules_table_nr; i++) {
		struct check c = begin_check(r, i);
		if (runs(r, i) && c.rule->check_parse)
			c.rule->check_parse(&c, &r->job->source, line);
	}
}

/* Whether somebody hears of them is known only when other digests are. */
static void read_sightings(struct run *r, const struct digest *d)
{
	struct check c = begin_check(r, 0);
	size_t cells;
	const struct ioc_cell *cell = ioc_cells(&c, d, &cells);
	struct sightings s = sightings_read(d, cell, cells, r->scratch);
	for (size_t i = 0; i < s.nr; i++) {
		struct sighting *one = &s.v[i];
		const struct rule *rule = elsewhere_rule((enum sighting_kind)one->kind);
		one->hushed = rule && settle_suppresses(rule, one->line, r->ignore, r->ignores);
		one->context = r->job->keyed ? baseline_context(d, one->line, r->scratch) : 0;
	}
	sightings_free(&r->job->sightings);
	r->job->sightings = s;
}

static void check_digest(struct run *r, const struct digest *d)
{
	for (size_t i = 0; i < rules_table_nr; i++) {
		struct check c = begin_check(r, i);
		if (runs(r, i) && c.rule->check)
			c.rule->check(&c, d);
	}
	r->ignore = ignores_read(r->scratch, d, r->job->plan, &r->ignores);
	settle_suppress(&r->job->findings, r->ignore, r->ignores);
	if (r->job->archive)
		read_sightings(r, d);
	for (size_t i = 0; r->ignores && i < rules_table_nr; i++) {
		struct check c = begin_check(r, i);
		if (runs(r, i) && c.rule->check_ignores)
			c.rule->check_ignores(&c, d);
	}
	if (r->job->keyed)
		baseline_mark(&r->job->findings, d, r->scratch);
}

static void check_template(struct run *r)
{
	for (size_t i = 0; i < rules_table_nr; i++) {
		struct check c = begin_check(r, i);
		if (runs(r, i) && c.rule->check_template)
			c.rule->check_template(&c, r->job->template);
	}
}

/* NULL where it cannot be looked at as one; `*line` is where that shows. */
static const struct digest *build_digest(const struct job *job, struct block_parser *parser, struct arena *scratch,
                                         uint32_t *line)
{
	struct blocks *blocks = arena_new(scratch, struct blocks);
	if (block_parse(parser, scratch, &job->source, blocks, line) != BLOCK_FINE)
		return NULL;
	struct digest_facts facts = job->facts;
	if (!facts.choice.template)
		facts.choice.template = &no_template;
	return digest_build(scratch, &job->source, &facts, blocks);
}

static const struct digest *check_text_of(struct run *r, struct block_parser *parser)
{
	struct job *job = r->job;
	uint32_t line = 0;
	job->source.valid = utf8_check(job->source.text);
	if (!check_bytes(r))
		return NULL;
	if (job->kind == JOB_TEMPLATE) {
		if (job->template)
			check_template(r);
		return NULL;
	}
	const struct digest *d = build_digest(job, parser, r->scratch, &line);
	if (d)
		check_digest(r, d);
	else
		check_refused(r, line);
	return d;
}

const struct digest *job_digest(struct job *job, struct block_parser *parser, struct arena *scratch)
{
	struct source *s = &job->source;
	uint32_t line = 0;
	const struct digest *d = NULL;
	s->valid = utf8_check(s->text);
	if (s->size > job->plan->max_bytes)
		job_fail(job, "`%s` is too large to be a digest", s->path);
	else if (s->valid < s->text.n)
		job_fail(job, "`%s` is no text in UTF-8", s->path);
	else if (!(d = build_digest(job, parser, scratch, &line)))
		job_fail(job, "`%s` is nested too deeply to be read, at line %u", s->path, line + 1);
	return d;
}

const struct digest *lint_text(struct job *job, struct block_parser *parser, struct arena *scratch)
{
	struct run r = {.job = job, .scratch = scratch};
	const struct digest *d = check_text_of(&r, parser);
	settle_sort(&job->findings);
	return d;
}

int job_read(struct job *job)
{
	if (!job->path)
		return 0;
	struct source read = {0};
	struct err err;
	if (file_read(&job->arena, job->snapshot, job->path, job->plan->max_bytes, &read, &err) < 0)
		return job_fail(job, "%s", err.text);
	read.path = job->source.path;
	read.relative = job->source.relative;
	job->source = read;
	return 0;
}

/* ---- what is remembered ---- */

/* Asks on behalf of a digest, and notes it: what depends on other files is not remembered. */
struct noted_targets {
	struct targets targets; /* first: what others see of it */
	const struct targets *inner;
	bool *asked;
};

static const struct noted_targets *noted(const struct targets *t)
{
	return (const struct noted_targets *)(const void *)t;
}

static enum target_state look(const struct targets *t, const char *relative)
{
	*noted(t)->asked = true;
	return noted(t)->inner->look(noted(t)->inner, relative);
}

static struct str read_target(const struct targets *t, struct arena *a, const char *relative)
{
	*noted(t)->asked = true;
	return noted(t)->inner->read(noted(t)->inner, a, relative);
}

/* Looks, and tells whether the text alone decided. */
static bool look_alone(struct job *job, struct block_parser *parser, struct arena *scratch)
{
	bool asked = false;
	const struct targets *inner = job->facts.targets;
	struct noted_targets note = {{look, read_target}, inner, &asked};
	if (inner)
		job->facts.targets = &note.targets;
	lint_text(job, parser, scratch);
	job->facts.targets = inner;
	return !asked;
}

static void look_or_recall(struct job *job, struct block_parser *parser, struct arena *scratch)
{
	bool whole = job->source.size == job->source.text.n;
	if (!job->memory || job->kind != JOB_DIGEST || !whole) {
		lint_text(job, parser, scratch);
		return;
	}
	struct archive_key key = memory_key(job);
	if (!memory_recall(job, &key) && look_alone(job, parser, scratch))
		memory_remember(job, &key);
}

/* What is known of a file that was not read; where there are findings it is read after all, to show where they stand. */
static bool recall_unread(struct job *job)
{
	if (!job->text || !job->text->known)
		return false;
	struct archive_key key = memory_key(job);
	if (!memory_recall(job, &key))
		return false;
	size_t valid = job->source.valid;
	if (!job->findings.nr)
		return true;
	if (job_read(job) == 0 && unread_still(job)) {
		job->source.valid = valid;
		return true;
	}
	job->text->known = false;
	job->findings = (struct findings){0};
	sightings_free(&job->sightings);
	return false;
}

static void lint_here(struct job *job, struct block_parser *parser, struct arena *scratch)
{
	if (!job->focus && recall_unread(job))
		return;
	job->failed = job_read(job) < 0;
	if (job->failed)
		return;
	/* What was read may be another text than the one that was known. */
	if (job->text && job->text->known && !unread_still(job))
		job->text->known = false;
	look_or_recall(job, parser, scratch);
	job->failed = job->focus && focus_apply(job, parser, scratch);
}

/* In memory that is used again; what is to be shown moves out of it. */
static void lint_with(struct job *job, struct worker *w)
{
	struct arena own = job->arena;
	job->arena = w->draft;
	lint_here(job, w->parser, &w->scratch);
	w->draft = job->arena;
	job->arena = own;
	job_keep(job);
	arena_reset(&w->draft);
	arena_reset(&w->scratch);
}

void lint_one(struct job *job, struct block_parser *parser)
{
	struct worker w = {.parser = parser};
	lint_with(job, &w);
	arena_release(&w.draft);
	arena_release(&w.scratch);
}

void *worker_begin(void)
{
	struct worker *w = xcalloc(1, sizeof(*w));
	w->parser = block_parser_new();
	return w;
}

void worker_end(void *own)
{
	struct worker *w = own;
	arena_release(&w->draft);
	arena_release(&w->scratch);
	block_parser_free(w->parser);
	free(w);
}

static void work(void *own, void *context, size_t i)
{
	struct job *jobs = context;
	lint_with(&jobs[i], own);
}

void lint_run(struct job *jobs, size_t nr, unsigned threads)
{
	static const struct pool_work lint = {worker_begin, worker_end, work};
	struct unread *unread = unread_begin(jobs, nr, threads);
	pool_run(&lint, jobs, nr, threads);
	unread_end(unread);
}

void job_rest(struct job *job)
{
	if (job->findings.nr || !job->path)
		return;
	arena_release(&job->arena);
	job->source.text = (struct str){0};
	job->source.lines = (struct lines){0};
	job->findings = (struct findings){.suppressed = job->findings.suppressed, .before = job->findings.before};
}

void job_release(struct job *job)
{
	arena_release(&job->arena);
	sightings_free(&job->sightings);
	free(job->error);
	job->error = NULL;
}

int job_fail(struct job *job, const char *fmt, ...)
{
	struct err err;
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(err.text, sizeof(err.text), message(fmt), ap);
	va_end(ap);
	free(job->error);
	job->error = xstrdup(err.text);
	return -1;
}
