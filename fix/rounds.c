#include "fix/rounds.h"

#include "core/base/hash.h"

enum { MOST_ROUNDS = 100 };
/* Bytes of text that may be tried while looking for the rule whose fixes are to blame. */
#define MOST_SEARCH (UINT64_C(32) << 20)

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

/* ---- runs ---- */

/* The base again, with its digest. */
static void look_again(struct fixer *x)
{
	if (x->base->digest)
		return;
	struct version *v = version_again(x->base, x->parser);
	if (x->first == x->base)
		x->first = v;
	x->base = v;
}

static void start_over(struct fixer *x)
{
	if (x->now != x->base)
		version_free(x->now);
	look_again(x);
	x->now = x->base;
	memcpy(x->floor, x->base->count, rules_table_nr * sizeof(*x->floor));
	memset(x->fixed, 0, rules_table_nr * sizeof(*x->fixed));
	memset(x->debtor, 0, rules_table_nr * sizeof(*x->debtor));
	if (x->nr_dropped)
		memset(x->dropped, 0, x->dropped_slots * sizeof(*x->dropped));
	x->rounds = x->nr_fighting = x->nr_dropped = 0;
}

/* The first rule that more is found of than in the beginning; NULL: there is none. */
static const struct rule *run_once(struct fixer *x)
{
	start_over(x);
	while (do_round(x))
		;
	for (size_t i = 0; !x->nr_fighting && i < rules_table_nr; i++)
		if (x->now->count[i] > x->base->count[i])
			return rules_table[i];
	return NULL;
}

static size_t fixes_of(const struct fixer *x)
{
	size_t nr = 0;
	for (size_t i = 0; i < rules_table_nr; i++)
		nr += x->fixed[i];
	return nr;
}

/* The one rule without whose fixes nothing is worse, and most is mended; rules_table_nr: there is none. */
static size_t find_culprit(struct fixer *x, const bool *suspect, const struct rule *worse)
{
	size_t best = rules_table_nr, most = 0;
	uint64_t until = x->work + MOST_SEARCH;
	for (size_t i = 0; i < rules_table_nr && x->work < until; i++) {
		if (!suspect[i] || x->banned[i])
			continue;
		x->banned[i] = worse;
		bool fine = !run_once(x) && !x->nr_fighting;
		x->banned[i] = NULL;
		if (fine && (best == rules_table_nr || fixes_of(x) > most)) {
			best = i;
			most = fixes_of(x);
		}
	}
	return best;
}

/* Findings that one fix led to, and that no other took away again: then not even the first is made. */
static bool ban(struct fixer *x, const struct rule *worse)
{
	bool *suspect = arena_array(&x->a, bool, rules_table_nr), more = false;
	memcpy(suspect, x->debtor, rules_table_nr * sizeof(*suspect));
	size_t culprit = find_culprit(x, suspect, worse);
	for (size_t i = 0; i < rules_table_nr; i++) {
		if (x->banned[i] || !suspect[i] || (culprit < rules_table_nr && i != culprit))
			continue;
		x->banned[i] = worse;
		more = true;
	}
	return more;
}

void rounds_run(struct fixer *x)
{
	const struct rule *worse;
	while ((worse = run_once(x)) && ban(x, worse))
		;
	if (!x->nr_fighting && !worse)
		return;
	size_t fighting = x->nr_fighting;
	start_over(x);
	x->nr_fighting = fighting;
}

void rounds_go_on(struct fixer *x)
{
	if (x->base != x->first)
		version_free(x->base);
	x->base = x->now;
	memset(x->banned, 0, rules_table_nr * sizeof(*x->banned));
}
