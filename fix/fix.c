#include "fix/fix.h"

#include "fix/rounds.h"
#include "fix/suppress.h"

/* ---- the result ---- */

static bool was_left_out(const struct fixer *x, const struct finding *f, struct dropped *why)
{
	const struct dropped *d = f->fix.nr ? fixer_dropped(x, f) : NULL;
	*why = d ? *d : (struct dropped){.raises = x->banned[rule_index(f->rule)]};
	if (!d)
		return why->raises && f->fix.safety >= x->least;
	return !d->idle;
}

static void add_left_out(struct fixer *x, struct fix_result *out)
{
	const struct findings *f = &x->now->job.findings;
	struct arena *a = &out->arena;
	size_t cap = 0;
	for (size_t i = 0; i < f->nr; i++) {
		struct dropped why;
		if (!was_left_out(x, &f->v[i], &why))
			continue;
		out->left_out = arena_grow(a, out->left_out, out->nr_left_out, &cap, sizeof(*out->left_out));
		why.breach.key = arena_str(a, why.breach.key);
		out->left_out[out->nr_left_out++] = (struct fix_left_out){
			f->v[i].rule, source_position(&x->now->job.source, f->v[i].at.off), why.raises, why.breach};
	}
}

static void finish(struct fixer *x, struct job *job, struct fix_result *out)
{
	struct arena *a = &out->arena;
	add_left_out(x, out);
	out->changed = x->now != x->first;
	out->fighting = arena_array(a, const struct rule *, x->nr_fighting);
	out->nr_fighting = x->nr_fighting;
	for (size_t i = 0; i < x->nr_fighting; i++)
		out->fighting[i] = x->fighting[i];
	if (x->base != x->first && x->base != x->now)
		version_free(x->base);
	if (out->changed)
		version_give(x->first, &out->before);
	version_give(x->now, job);
}

static void ignore_rest(struct fixer *x, struct str reason, struct fix_result *out)
{
	size_t before = x->now->job.findings.suppressed;
	suppress_rest(x, reason);
	out->ignored = x->now->job.findings.suppressed - before;
}

/* Also what runs before this one did: where rules fight, the text keeps its bytes. */
static void take_all_back(struct fixer *x, struct fix_result *out)
{
	if (x->base != x->first)
		version_free(x->base);
	x->base = x->now = x->first;
	memset(out->fixed, 0, rules_table_nr * sizeof(*out->fixed));
	out->fixes = 0;
}

/*
 * Runs until one of them changes nothing: what is left out in one, because of what the text was then, may be made in the next.
 * Where nothing was left out, the next has nothing to do.
 */
static void run_all(struct fixer *x, struct fix_result *out)
{
	enum { MOST_RUNS = 10 };
	for (unsigned i = 0; i < MOST_RUNS; i++) {
		rounds_run(x);
		if (x->nr_fighting)
			take_all_back(x, out);
		if (x->now == x->base)
			return;
		bool clean = !x->nr_dropped;
		for (size_t k = 0; k < rules_table_nr; k++) {
			clean &= !x->banned[k];
			out->fixed[k] += x->fixed[k];
			out->fixes += x->fixed[k];
		}
		if (clean)
			return;
		rounds_go_on(x);
	}
}

bool fix_text(struct job *job, struct block_parser *parser, const struct fix_text_wish *wish, struct fix_result *out)
{
	struct fixer x;
	*out = (struct fix_result){.fixed = NULL};
	out->fixed = arena_array(&out->arena, size_t, rules_table_nr);
	fixer_begin(&x, job, parser, wish->least);
	bool readable = x.first->digest;
	if (readable)
		run_all(&x, out);
	if (readable && wish->ignore_reason.n && !x.nr_fighting)
		ignore_rest(&x, wish->ignore_reason, out);
	finish(&x, job, out);
	arena_release(&x.a);
	return readable;
}

void fix_revert(struct job *job, struct fix_result *r)
{
	if (!r->changed)
		return;
	job_release(job);
	*job = r->before;
	for (size_t i = 0; i < job->findings.nr; i++)
		job->findings.v[i].source = &job->source;
	r->changed = false;
	r->fixes = r->ignored = r->nr_left_out = 0;
	memset(r->fixed, 0, rules_table_nr * sizeof(*r->fixed));
}

void fix_result_forget(struct fix_result *r)
{
	if (r->changed)
		job_release(&r->before);
	r->before = (struct job){0};
}

void fix_result_release(struct fix_result *r)
{
	fix_result_forget(r);
	arena_release(&r->arena);
}
