#include "fix/fix.h"

#include <stdlib.h>

#include "core/base/alloc.h"
#include "core/base/fnv.h"
#include "core/base/hash.h"
#include "fix/version.h"

enum { MOST_ROUNDS = 100, MOST_ATTEMPTS = 400 };

/* A fix that is not to be tried again, and why. */
struct dropped {
	uint64_t key;
	const struct rule *raises;
	struct breach breach;
	bool idle; /* it changes nothing */
};

/* A state that the text was in, and the rules whose fixes came after it. */
struct past {
	unsigned char hash[32];
	bool *applied; /* beside rules_table */
};

struct fixer {
	struct arena a;
	struct block_parser *parser;
	enum safety least;
	struct version *first, *now;
	uint32_t *floor;           /* beside rules_table: the fewest findings that a version had */
	bool *banned, *debtor;     /* rules whose fixes are not made, or have led to others' findings */
	struct dropped *dropped;
	size_t nr_dropped, dropped_cap;
	struct past *past;
	size_t rounds, past_cap;
	unsigned attempts;
	size_t *fixed;
	const struct rule **fighting;
	size_t nr_fighting;
};

/* ---- which fixes ---- */

/* The same for the same fix of the same text, wherever it stands. */
static uint64_t key_of(const struct finding *f)
{
	const struct source *s = f->source;
	uint64_t h = fnv_byte(fnv_add(FNV_START, str_of(f->rule->name)), 0);
	h = fnv_add(h, str_at(s->text, lines_span(&s->lines, s->text, lines_at(&s->lines, f->at.off))));
	for (size_t i = 0; i < f->fix.nr; i++) {
		const struct edit *e = &f->fix.edit[i];
		h = fnv_add(fnv_byte(h, 0), str_at(s->text, e->at));
		h = fnv_add(fnv_byte(h, 0), e->text);
	}
	return h;
}

static const struct dropped *find_dropped(const struct fixer *x, const struct finding *f)
{
	uint64_t key = x->nr_dropped ? key_of(f) : 0;
	for (size_t i = 0; i < x->nr_dropped; i++)
		if (x->dropped[i].key == key)
			return &x->dropped[i];
	return NULL;
}

static bool is_wanted(const void *context, const struct finding *f)
{
	const struct fixer *x = context;
	size_t rule = rule_index(f->rule);
	return f->fix.safety >= x->least && !x->banned[rule] && !x->first->job.plan->state[rule].watched &&
	       !find_dropped(x, f);
}

static void drop(struct fixer *x, const struct patch *p, const struct dropped *why)
{
	for (size_t i = 0; i < p->nr; i++) {
		x->dropped = arena_grow(&x->a, x->dropped, x->nr_dropped, &x->dropped_cap, sizeof(*x->dropped));
		x->dropped[x->nr_dropped] = *why;
		x->dropped[x->nr_dropped++].key = key_of(p->fix[i]);
	}
}

/* ---- one patch ---- */

/* A rule that more is found of, and that nothing can be done about; NULL without one. */
static const struct rule *raised(const struct fixer *x, const struct version *next)
{
	uint32_t *stuck = xcalloc(rules_table_nr, sizeof(*stuck));
	const struct rule *rule = NULL;
	bool more = false;
	for (size_t i = 0; i < rules_table_nr; i++)
		more |= next->count[i] > x->floor[i];
	for (size_t i = 0; more && i < next->job.findings.nr; i++) {
		const struct finding *f = &next->job.findings.v[i];
		if (!f->fix.nr || !is_wanted(x, f))
			stuck[rule_index(f->rule)]++;
	}
	for (size_t i = 0; more && !rule && i < rules_table_nr; i++)
		if (stuck[i] > x->floor[i])
			rule = rules_table[i];
	free(stuck);
	return rule;
}

/* Enough of a text to know it by. */
static struct str beginning(struct str s)
{
	enum { ENOUGH = 120 };
	size_t n = s.n < ENOUGH ? s.n : ENOUGH;
	while (n && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	return str_slice(s, 0, n);
}

/* NULL with the reason when the patch must not be. */
static struct version *attempt(struct fixer *x, const struct patch *p, struct dropped *why)
{
	struct version *next = version_next(x->now, p, x->parser);
	*why = (struct dropped){.raises = raised(x, next)};
	why->idle = str_eq(next->job.source.text, x->now->job.source.text) || (!why->raises && !next->digest);
	x->attempts++;
	if (!why->idle && !why->raises && proof_holds(&next->scratch, x->now->digest, next->digest, p, &why->breach))
		return next;
	why->breach.key = arena_str(&x->a, beginning(why->breach.key));
	version_free(next);
	return NULL;
}

/*
 * As much of the patch as can be, beside what is good already; the rest is dropped. Halving finds the few that are wrong
 * among many.
 */
static void try_patch(struct fixer *x, const struct patch *p, struct patch *good, struct version **best)
{
	struct arena *a = &x->now->scratch;
	struct patch both = patch_join(a, good, p);
	struct dropped why;
	struct version *next = attempt(x, &both, &why);
	if (next) {
		version_free(*best);
		*best = next;
		*good = both;
	} else if (p->nr == 1 || x->attempts >= MOST_ATTEMPTS) {
		drop(x, p, &why);
	} else {
		struct patch left = patch_part(a, p, 0, p->nr / 2), right = patch_part(a, p, p->nr / 2, p->nr);
		try_patch(x, &left, good, best);
		try_patch(x, &right, good, best);
	}
}

/* ---- rounds ---- */

static void lower_floor(struct fixer *x)
{
	for (size_t i = 0; i < rules_table_nr; i++)
		if (x->now->count[i] < x->floor[i])
			x->floor[i] = x->now->count[i];
}

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

static void move_on(struct fixer *x, struct version *next)
{
	if (x->now == x->first)
		version_rest(x->now);
	else
		version_free(x->now);
	x->now = next;
	lower_floor(x);
}

/* False when there is nothing more to do. */
static bool do_round(struct fixer *x)
{
	struct version *now = x->now, *best = NULL;
	struct patch good = {0};
	struct patch p = patch_choose(&now->scratch, now->job.source.text, &now->job.findings, is_wanted, x);
	if (!p.nr)
		return false;
	try_patch(x, &p, &good, &best);
	if (!best)
		return true;
	remember(x);
	note_applied(x, &good, best);
	move_on(x, best);
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
	x->rounds = x->attempts = 0;
	x->nr_dropped = x->nr_fighting = 0;
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
		const struct dropped *d = f->v[i].fix.nr ? find_dropped(x, &f->v[i]) : NULL;
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

bool fix_text(struct job *job, struct block_parser *parser, enum safety least, struct fix_result *out)
{
	struct fixer x = {.parser = parser, .least = least};
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
