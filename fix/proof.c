#include "fix/proof.h"

#include <stdlib.h>

/* Lines that edits touch, in both texts; between two of these all lines stand in both. */
struct hunk {
	uint32_t from[2], end[2];
	unsigned changes; /* `enum fact` */
};

enum { OLD, NEW };

struct prover {
	struct arena *a;
	const struct digest *d[2];
	struct facts facts[2];
	const struct patch *patch;
	uint32_t *line; /* of each old line the new one; UINT32_MAX: it is touched */
	struct hunk *hunk;
	size_t hunks, cap;
	struct fact_at *moved[2]; /* what was deleted to stand elsewhere, and what stands there */
	size_t nr_moved[2], cap_moved[2];
	struct breach *out;
};

/* ---- which lines are the same ---- */

static bool touches(const struct patch_edit *e, uint32_t from, uint32_t end, bool last)
{
	uint32_t at = e->at.off, behind = span_end(e->at);
	if (e->at.len)
		return at < end && behind > from;
	return (at > from && at < end) || (last && at == end && from < end);
}

/* Is the new line that begins at `off` as long as the old one? */
static bool is_line(const struct lines *l, uint32_t line, uint32_t off, uint32_t bytes)
{
	return l->start[line] == off && l->start[line + 1] == off + bytes;
}

static void map_lines(struct prover *p)
{
	const struct lines *old = &p->d[OLD]->source->lines, *new = &p->d[NEW]->source->lines;
	const struct patch_edit *e = p->patch->edit, *last = e + p->patch->edits;
	int64_t shift = 0;
	p->line = arena_array(p->a, uint32_t, old->nr);
	for (uint32_t i = 0; i < old->nr; i++) {
		uint32_t from = old->start[i], end = old->start[i + 1];
		bool ends = i + 1 == old->nr && !p->d[OLD]->line[i].ending, touched = false;
		/* Edits before the line, and insertions where it begins. */
		for (; e < last && span_end(e->at) <= from; e++)
			shift += (int64_t)e->text.n - e->at.len;
		for (const struct patch_edit *k = e; k < last && k->at.off <= end && !touched; k++)
			touched = touches(k, from, end, ends);
		uint32_t at = (uint32_t)(from + shift), line = touched ? 0 : lines_at(new, at);
		p->line[i] = !touched && is_line(new, line, at, end - from) ? line : UINT32_MAX;
	}
}

static void add_hunk(struct prover *p, struct hunk h)
{
	p->hunk = arena_grow(p->a, p->hunk, p->hunks, &p->cap, sizeof(*p->hunk));
	p->hunk[p->hunks++] = h;
}

static void find_hunks(struct prover *p)
{
	struct hunk h = {{0}, {0}, 0};
	uint32_t old = p->d[OLD]->lines, new = p->d[NEW]->lines;
	for (uint32_t i = 0; i <= old; i++) {
		uint32_t to = i == old ? new : p->line[i];
		if (to == UINT32_MAX)
			continue;
		h.end[OLD] = i;
		h.end[NEW] = to;
		if (h.from[OLD] < i || h.from[NEW] < to)
			add_hunk(p, h);
		h = (struct hunk){{i + 1, to + 1}, {0}, 0};
	}
}

/* What the rules of the edits in each hunk may change. */
static void find_leave(struct prover *p)
{
	const uint32_t *start = p->d[OLD]->source->lines.start;
	size_t k = 0;
	for (size_t i = 0; i < p->hunks; i++)
		for (; k < p->patch->edits && p->patch->edit[k].at.off <= start[p->hunk[i].end[OLD]]; k++)
			p->hunk[i].changes |= p->patch->edit[k].rule->changes;
}

/* ---- comparing ---- */

static bool breach(struct prover *p, const struct fact_at *f, bool lost)
{
	*p->out = (struct breach){f->kind, lost, f->line, f->key};
	return false;
}

static void remember_moved(struct prover *p, int side, const struct fact_at *f)
{
	p->moved[side] = arena_grow(p->a, p->moved[side], p->nr_moved[side], &p->cap_moved[side], sizeof(*f));
	p->moved[side][p->nr_moved[side]++] = *f;
}

/* A fact without its like on the other side. */
static bool may_differ(struct prover *p, int side, const struct fact_at *f, unsigned changes)
{
	/* What is code to Markdown only because it stands too far in: that is mended, never made. */
	if (f->kind == FACT_CODE && !f->key.n)
		return side == OLD || breach(p, f, false);
	if (changes & f->kind)
		return true;
	if (!(changes & FACT_ORDER))
		return breach(p, f, side == OLD);
	remember_moved(p, side, f);
	return true;
}

static int by_key(const void *x, const void *y)
{
	const struct fact_at *a = x, *b = y;
	int order = facts_compare(a, b);
	return order ? order : (a->line > b->line) - (a->line < b->line);
}

/* Both lists are sorted. */
static bool compare_lists(struct prover *p, const struct fact_at *const v[2], const size_t nr[2], unsigned changes)
{
	size_t i = 0, k = 0;
	while (i < nr[OLD] || k < nr[NEW]) {
		int order = i == nr[OLD] ? 1 : k == nr[NEW] ? -1 : facts_compare(&v[OLD][i], &v[NEW][k]);
		if (order < 0 && !may_differ(p, OLD, &v[OLD][i], changes))
			return false;
		if (order > 0 && !may_differ(p, NEW, &v[NEW][k], changes))
			return false;
		i += order <= 0;
		k += order >= 0;
	}
	return true;
}

static bool compare_line(struct prover *p, uint32_t old, uint32_t new, unsigned changes)
{
	const uint32_t line[2] = {old, new};
	const struct fact_at *v[2];
	size_t nr[2];
	for (int side = OLD; side <= NEW; side++) {
		const struct facts *f = &p->facts[side];
		v[side] = f->v + f->first[line[side]];
		nr[side] = f->first[line[side] + 1] - f->first[line[side]];
	}
	return compare_lists(p, v, nr, changes);
}

static bool compare_hunk(struct prover *p, const struct hunk *h, unsigned changes)
{
	const struct fact_at *v[2];
	size_t nr[2];
	for (int side = OLD; side <= NEW; side++) {
		const struct facts *f = &p->facts[side];
		const struct fact_at *from = f->v + f->first[h->from[side]];
		nr[side] = f->first[h->end[side]] - f->first[h->from[side]];
		struct fact_at *sorted = arena_array(p->a, struct fact_at, nr[side]);
		if (nr[side]) {
			memcpy(sorted, from, nr[side] * sizeof(*sorted));
			qsort(sorted, nr[side], sizeof(*sorted), by_key);
		}
		v[side] = sorted;
	}
	return compare_lists(p, v, nr, changes);
}

/* A heading that stands in both: what an edit may change ends there. */
static bool is_border(const struct prover *p, uint32_t old)
{
	if (old == p->d[OLD]->lines || p->line[old] == UINT32_MAX)
		return false;
	const struct line *x = &p->d[OLD]->line[old], *y = &p->d[NEW]->line[p->line[old]];
	return x->kind == LINE_HEADING && y->kind == LINE_HEADING && !x->glued && !y->glued;
}

/* For each old line, what the edits between the same two headings may change. */
static unsigned *find_reach(struct prover *p)
{
	uint32_t lines = p->d[OLD]->lines, from = 0;
	unsigned *reach = arena_array(p->a, unsigned, lines + 1), changes = 0;
	size_t k = 0;
	for (uint32_t i = 0; i <= lines; i++) {
		for (; k < p->hunks && p->hunk[k].from[OLD] <= i; k++)
			changes |= p->hunk[k].changes;
		if (i < lines && !is_border(p, i + 1))
			continue;
		/* What is inserted before the heading belongs to both sides of it. */
		for (size_t m = k; m < p->hunks && p->hunk[m].end[OLD] == i + 1; m++)
			changes |= p->hunk[m].changes;
		for (; from <= i; from++)
			reach[from] = changes;
		/* One that ends at the border may reach across it. */
		changes = k && p->hunk[k - 1].end[OLD] > i ? p->hunk[k - 1].changes : 0;
	}
	return reach;
}

/* Lines [from, end) of the old text, which no edit touches. */
static bool compare_between(struct prover *p, uint32_t from, uint32_t end, const unsigned *reach)
{
	for (uint32_t i = from; i < end; i++)
		if (!compare_line(p, i, p->line[i], reach[i] & ~(unsigned)FACT_ORDER))
			return false;
	return true;
}

static bool compare_all(struct prover *p)
{
	const unsigned *reach = find_reach(p);
	uint32_t at = 0;
	for (size_t i = 0; i < p->hunks; i++) {
		const struct hunk *h = &p->hunk[i];
		if (!compare_between(p, at, h->from[OLD], reach) || !compare_hunk(p, h, h->changes | reach[h->from[OLD]]))
			return false;
		at = h->end[OLD];
	}
	return compare_between(p, at, p->d[OLD]->lines, reach);
}

/* What was moved is there again. */
static bool compare_moved(struct prover *p)
{
	const struct fact_at *v[2] = {p->moved[OLD], p->moved[NEW]};
	for (int side = OLD; side <= NEW; side++)
		if (p->nr_moved[side])
			qsort(p->moved[side], p->nr_moved[side], sizeof(*p->moved[side]), by_key);
	return compare_lists(p, v, p->nr_moved, 0);
}

/* Whatever rules may change. */
static bool none_fewer(struct prover *p)
{
	static const unsigned kept =
		FACT_HEADING | FACT_ENTRY | FACT_ARTICLE | FACT_FIELD | FACT_ITEM | FACT_IOC | FACT_CVE;
	for (unsigned i = 0; i < FACT_KINDS; i++) {
		if (!(kept >> i & 1) || p->facts[NEW].count[i] >= p->facts[OLD].count[i])
			continue;
		/* Any of them stands for the one that is not there. */
		for (size_t k = 0; k < p->facts[OLD].nr; k++)
			if (p->facts[OLD].v[k].kind == 1U << i)
				return breach(p, &p->facts[OLD].v[k], true);
	}
	return true;
}

bool proof_holds(struct arena *a, const struct digest *before, const struct digest *after, const struct patch *patch,
                 struct breach *out)
{
	struct prover p = {.a = a, .d = {before, after}, .patch = patch, .out = out};
	for (int side = OLD; side <= NEW; side++)
		p.facts[side] = facts_read(a, p.d[side]);
	map_lines(&p);
	find_hunks(&p);
	find_leave(&p);
	return compare_all(&p) && compare_moved(&p) && none_fewer(&p);
}
