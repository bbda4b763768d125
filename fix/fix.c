#include "fix/fix.h"

#include <stdlib.h>

#include "core/base/hash.h"
#include "fix/suppress.h"

enum { MOST_ROUNDS = 100 };

/* ---- rounds ---- */

static void note_applied(struct fixer *x, const struct patch *p, const struct version *next)
{
	bool *applied = x->past[x->rounds - 1].applied, worse = false;
	for (size_t i = 0; i < rules_table_nr; i++)
		worse |= next->count[i] > x->floor[i];
	for (size_t i = 0; i < p->nr; i++) {
		size_t rule = rule_index(p->fix[i]->rule);
		applied[rule] = true;
		x->debtor[rule] |= worse;
		x->fixed[rule]++;
	}
}

static void remember(struct fixer *x)
{
	x->past = arena_grow(&x->a, x->past, x->rounds, &x->past_cap, sizeof(*x->past));
	struct past *p = &x->past[x->rounds++];
	hash_sha256(x->now->job.source.text, p->hash);
	p->applied = arena_array(&x->a, bool, rules_table_nr);
}

/* The rules of the rounds since `from` undo one another. */
static void name_fighting(struct fixer *x, size_t from)
{
	x->fighting = arena_array(&x->a, const struct rule *, rules_table_nr);
	for (size_t i = 0; i < rules_table_nr; i++) {
		bool applied = false;
		for (size_t k = from; k < x->rounds; k++)
			applied |= x->past[k].applied[i];
		if (applied)
			x->fighting[x->nr_fighting++] = rules_table[i];
	}
}

/* Has the text been the same before? */
static bool is_circle(struct fixer *x)
{
	unsigned char hash[32];
	hash_sha256(x->now->job.source.text, hash);
	for (size_t i = 0; i < x->rounds; i++)
		if (memcmp(x->past[i].hash, hash, sizeof(hash)) == 0) {
			name_fighting(x, i);
			return true;
		}
	return false;
}

/* False when there is nothing more to do. */
static bool do_round(struct fixer *x)
{
	struct version *now = x->now;
	struct patch good, p = patch_choose(&now->scratch, now->job.source.text, &now->job.findings, fixer_wants, x);
	if (!p.nr)
		return false;
	struct version *best = fixer_try(x, &p, &good);
	if (!best)
		return true;
	remember(x);
	note_applied(x, &good, best);
	fixer_move_on(x, best);
	if (is_circle(x))
		return false;
	if (x->rounds < MOST_ROUNDS)
		return true;
	name_fighting(x, MOST_ROUNDS - 2);
	return false;
}

static void start_over(struct fixer *x)
{
	if (x->now != x->first) {
		version_free(x->now);
		struct version *first = version_first(&x->first->job, x->parser);
		free(x->first);
		x->first = first;
	}
	x->now = x->first;
	memcpy(x->floor, x->first->count, rules_table_nr * sizeof(*x->floor));
	memset(x->fixed, 0, rules_table_nr * sizeof(*x->fixed));
	x->rounds = x->nr_fighting = 0;
	if (x->nr_dropped)
		memset(x->dropped, 0, x->dropped_slots * sizeof(*x->dropped));
	x->nr_dropped = 0;
}

static bool is_worse(const struct fixer *x)
{
	for (size_t i = 0; i < rules_table_nr; i++)
		if (x->now->count[i] > x->first->count[i])
			return true;
	return false;
}

/* Findings that one fix led to, and that no other took away again: then not even the first is made. */
static bool ban_debtors(struct fixer *x)
{
	bool more = false;
	for (size_t i = 0; i < rules_table_nr; i++) {
		more |= x->debtor[i] && !x->banned[i];
		x->banned[i] |= x->debtor[i];
	}
	return more;
}

static void run(struct fixer *x)
{
	do {
		start_over(x);
		while (do_round(x))
			;
	} while (!x->nr_fighting && is_worse(x) && ban_debtors(x));
	if (x->nr_fighting || is_worse(x)) {
		size_t fighting = x->nr_fighting;
		start_over(x);
		x->nr_fighting = fighting;
	}
}

/* ---- the result ---- */

static void add_left_out(struct fixer *x, struct fix_result *out)
{
	const struct findings *f = &x->now->job.findings;
	struct arena *a = &out->arena;
	size_t cap = 0;
	for (size_t i = 0; i < f->nr && x->nr_dropped; i++) {
		const struct dropped *d = f->v[i].fix.nr ? fixer_dropped(x, &f->v[i]) : NULL;
		if (!d || d->idle)
			continue;
		out->left_out = arena_grow(a, out->left_out, out->nr_left_out, &cap, sizeof(*out->left_out));
		struct breach breach = d->breach;
		breach.key = arena_str(a, breach.key);
		out->left_out[out->nr_left_out++] = (struct fix_left_out){
			f->v[i].rule, source_position(&x->now->job.source, f->v[i].at.off), d->raises, breach};
	}
}

static void finish(struct fixer *x, struct job *job, struct fix_result *out)
{
	struct arena *a = &out->arena;
	add_left_out(x, out);
	out->changed = x->now != x->first;
	out->fixed = arena_array(a, size_t, rules_table_nr);
	out->fighting = arena_array(a, const struct rule *, x->nr_fighting);
	out->nr_fighting = x->nr_fighting;
	for (size_t i = 0; i < x->nr_fighting; i++)
		out->fighting[i] = x->fighting[i];
	for (size_t i = 0; i < rules_table_nr; i++) {
		out->fixed[i] = x->fixed[i];
		out->fixes += x->fixed[i];
	}
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

bool fix_text(struct job *job, struct block_parser *parser, const struct fix_text_wish *wish, struct fix_result *out)
{
	struct fixer x = {.parser = parser, .least = wish->least};
	*out = (struct fix_result){0};
	x.first = version_first(job, parser);
	x.floor = arena_array(&x.a, uint32_t, rules_table_nr);
	x.banned = arena_array(&x.a, bool, rules_table_nr);
	x.debtor = arena_array(&x.a, bool, rules_table_nr);
	x.fixed = arena_array(&x.a, size_t, rules_table_nr);
	x.now = x.first;
	bool readable = x.first->digest;
	if (readable)
		run(&x);
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
	r->fixes = r->nr_left_out = 0;
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
