#include "fix/fixer.h"

#include <stdlib.h>

#include "core/base/alloc.h"
#include "core/base/fnv.h"

/* Bytes of text that may be tried for one file; beyond that whole groups of fixes are dropped for one that is wrong. */
#define MOST_WORK (UINT64_C(128) << 20)

void fixer_begin(struct fixer *x, const struct job *job, struct block_parser *parser, enum safety least)
{
	*x = (struct fixer){.parser = parser, .least = least};
	x->floor = arena_array(&x->a, uint32_t, rules_table_nr);
	x->banned = arena_array(&x->a, const struct rule *, rules_table_nr);
	x->debtor = arena_array(&x->a, bool, rules_table_nr);
	x->fixed = arena_array(&x->a, size_t, rules_table_nr);
	x->first = x->base = x->now = version_first(job, parser);
}

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
	return h ? h : 1;
}

/* Where a key is in the table, or where it would be. */
static struct dropped *slot_of(const struct fixer *x, uint64_t key)
{
	size_t i = key & (x->dropped_slots - 1);
	while (x->dropped[i].key && x->dropped[i].key != key)
		i = (i + 1) & (x->dropped_slots - 1);
	return &x->dropped[i];
}

const struct dropped *fixer_dropped(const struct fixer *x, const struct finding *f)
{
	const struct dropped *d = x->nr_dropped ? slot_of(x, key_of(f)) : NULL;
	return d && d->key ? d : NULL;
}

bool fixer_wants(const void *context, const struct finding *f)
{
	const struct fixer *x = context;
	size_t rule = rule_index(f->rule);
	return !x->done && f->fix.safety >= x->least && !x->banned[rule] && !x->first->job.plan->state[rule].watched &&
	       !fixer_dropped(x, f);
}

static void grow_dropped(struct fixer *x)
{
	struct dropped *old = x->dropped;
	size_t slots = x->dropped_slots;
	x->dropped_slots = slots ? 2 * slots : 64;
	x->dropped = arena_array(&x->a, struct dropped, x->dropped_slots);
	for (size_t i = 0; i < slots; i++)
		if (old[i].key)
			*slot_of(x, old[i].key) = old[i];
}

static void drop(struct fixer *x, const struct patch *p, const struct dropped *why)
{
	for (size_t i = 0; i < p->nr; i++) {
		if (2 * (x->nr_dropped + 1) > x->dropped_slots)
			grow_dropped(x);
		struct dropped *d = slot_of(x, key_of(p->fix[i]));
		x->nr_dropped += !d->key;
		*d = *why;
		d->key = key_of(p->fix[i]);
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
		if (!f->fix.nr || !fixer_wants(x, f))
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
	x->work += next->job.source.text.n;
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
	} else if (p->nr == 1 || x->work >= MOST_WORK) {
		drop(x, p, &why);
	} else {
		struct patch left = patch_part(a, p, 0, p->nr / 2), right = patch_part(a, p, p->nr / 2, p->nr);
		try_patch(x, &left, good, best);
		try_patch(x, &right, good, best);
	}
}

struct version *fixer_try(struct fixer *x, const struct patch *p, struct patch *good)
{
	struct version *best = NULL;
	*good = (struct patch){0};
	try_patch(x, p, good, &best);
	return best;
}

static void lower_floor(struct fixer *x)
{
	for (size_t i = 0; i < rules_table_nr; i++)
		if (x->now->count[i] < x->floor[i])
			x->floor[i] = x->now->count[i];
}

void fixer_move_on(struct fixer *x, struct version *next)
{
	if (x->now == x->base)
		version_rest(x->now);
	else
		version_free(x->now);
	x->now = next;
	lower_floor(x);
}
