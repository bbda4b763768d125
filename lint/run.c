#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/utf8.h"
#include "lint/check_run.h"
#include "lint/settle.h"

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

static void check_digest(struct run *r, const struct digest *d)
{
	for (size_t i = 0; i < rules_table_nr; i++) {
		struct check c = begin_check(r, i);
		if (runs(r, i) && c.rule->check)
			c.rule->check(&c, d);
	}
	r->ignore = ignores_read(r->scratch, d, r->job->plan, &r->ignores);
	settle_suppress(&r->job->findings, r->ignore, r->ignores);
	for (size_t i = 0; r->ignores && i < rules_table_nr; i++) {
		struct check c = begin_check(r, i);
		if (runs(r, i) && c.rule->check_ignores)
			c.rule->check_ignores(&c, d);
	}
}

static void check_template(struct run *r)
{
	for (size_t i = 0; i < rules_table_nr; i++) {
		struct check c = begin_check(r, i);
		if (runs(r, i) && c.rule->check_template)
			c.rule->check_template(&c, r->job->template);
	}
}

static void check_text_of(struct run *r, struct block_parser *parser)
{
	struct job *job = r->job;
	struct blocks blocks;
	uint32_t line = 0;
	job->source.valid = utf8_check(job->source.text);
	if (!check_bytes(r))
		return;
	if (job->kind == JOB_TEMPLATE) {
		if (job->template)
			check_template(r);
		return;
	}
	if (block_parse(parser, r->scratch, &job->source, &blocks, &line) != BLOCK_FINE) {
		check_refused(r, line);
		return;
	}
	struct digest_facts facts = job->facts;
	if (!facts.choice.template)
		facts.choice.template = &no_template;
	check_digest(r, digest_build(r->scratch, &job->source, &facts, &blocks));
}

static int read_text(struct job *job)
{
	if (!job->path)
		return 0;
	struct source read = {0};
	if (source_read_file(&job->arena, job->path, job->plan->max_bytes, &read, &job->err) < 0)
		return -1;
	read.path = job->source.path;
	read.relative = job->source.relative;
	job->source = read;
	return 0;
}

static void lint_with(struct job *job, struct block_parser *parser, struct arena *scratch)
{
	struct run r = {.job = job, .scratch = scratch};
	job->failed = read_text(job) < 0;
	if (job->failed)
		return;
	check_text_of(&r, parser);
	settle_sort(&job->findings);
	/* The text is only needed to show where a finding stands. */
	if (!job->findings.nr && job->path) {
		arena_release(&job->arena);
		job->source.text = (struct str){0};
		job->source.lines = (struct lines){0};
		job->findings = (struct findings){.suppressed = job->findings.suppressed};
	}
}

void lint_one(struct job *job, struct block_parser *parser)
{
	struct arena scratch = {0};
	lint_with(job, parser, &scratch);
	arena_release(&scratch);
}

struct pool {
	struct job *jobs;
	size_t nr;
	atomic_size_t next;
};

static void *work(void *context)
{
	struct pool *pool = context;
	struct block_parser *parser = block_parser_new();
	struct arena scratch = {0};
	size_t i;
	while ((i = atomic_fetch_add(&pool->next, 1)) < pool->nr) {
		lint_with(&pool->jobs[i], parser, &scratch);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	block_parser_free(parser);
	return NULL;
}

static unsigned cores(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1 : n > 64 ? 64 : (unsigned)n;
}

void lint_run(struct job *jobs, size_t nr, unsigned threads)
{
	enum { MOST = 64 };
	pthread_t thread[MOST];
	struct pool pool = {.jobs = jobs, .nr = nr};
	unsigned wanted = threads ? threads : cores(), started = 0;
	if (wanted > MOST)
		wanted = MOST;
	/* This thread works, too; a thread that cannot be had only makes it slower. */
	while (started + 1 < wanted && started + 1 < nr && pthread_create(&thread[started], NULL, work, &pool) == 0)
		started++;
	work(&pool);
	for (unsigned i = 0; i < started; i++)
		pthread_join(thread[i], NULL);
}

void job_release(struct job *job)
{
	arena_release(&job->arena);
}
