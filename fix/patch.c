#include "fix/patch.h"

#include <stdlib.h>

/* What is taken of the text: of each byte, and of the place before it. */
enum { BYTE_TAKEN = 1, PLACE_TAKEN = 2, PLACE_INSIDE = 4 };

static bool is_free(const unsigned char *taken, const struct edit *e)
{
	size_t from = e->at.off, end = span_end(e->at);
	if (from == end)
		return !(taken[from] & (PLACE_TAKEN | PLACE_INSIDE));
	for (size_t i = from; i < end; i++)
		if (taken[i] & (i > from ? BYTE_TAKEN | PLACE_TAKEN : BYTE_TAKEN))
			return false;
	return true;
}

static void take(unsigned char *taken, const struct edit *e)
{
	size_t from = e->at.off, end = span_end(e->at);
	if (from == end)
		taken[from] |= PLACE_TAKEN;
	for (size_t i = from; i < end; i++)
		taken[i] |= i > from ? BYTE_TAKEN | PLACE_INSIDE : BYTE_TAKEN;
}

static bool all_free(const unsigned char *taken, const struct fix *fix)
{
	for (size_t i = 0; i < fix->nr; i++)
		if (!is_free(taken, &fix->edit[i]))
			return false;
	return true;
}

static int by_place(const void *x, const void *y)
{
	const struct patch_edit *a = x, *b = y;
	if (a->at.off != b->at.off)
		return a->at.off < b->at.off ? -1 : 1;
	return (a->at.len > b->at.len) - (a->at.len < b->at.len);
}

static struct patch gather(struct arena *a, const struct finding **fix, size_t nr)
{
	struct patch p = {.fix = fix, .nr = nr};
	for (size_t i = 0; i < nr; i++)
		p.edits += fix[i]->fix.nr;
	p.edit = arena_array(a, struct patch_edit, p.edits);
	struct patch_edit *out = p.edit;
	for (size_t i = 0; i < nr; i++)
		for (size_t k = 0; k < fix[i]->fix.nr; k++)
			*out++ = (struct patch_edit){fix[i]->fix.edit[k].at, fix[i]->fix.edit[k].text, fix[i]->rule};
	if (p.edits)
		qsort(p.edit, p.edits, sizeof(*p.edit), by_place);
	return p;
}

struct patch patch_choose(struct arena *a, struct str text, const struct findings *f, patch_wanted *wanted,
                          const void *context)
{
	unsigned char *taken = NULL;
	const struct finding **fix = NULL;
	size_t nr = 0;
	for (size_t i = 0; i < f->nr; i++) {
		if (!f->v[i].fix.nr || !wanted(context, &f->v[i]))
			continue;
		if (!taken) {
			taken = xcalloc(text.n + 1, 1);
			fix = arena_array(a, const struct finding *, f->nr - i);
		}
		if (!all_free(taken, &f->v[i].fix))
			continue;
		for (size_t k = 0; k < f->v[i].fix.nr; k++)
			take(taken, &f->v[i].fix.edit[k]);
		fix[nr++] = &f->v[i];
	}
	free(taken);
	return gather(a, fix, nr);
}

struct patch patch_part(struct arena *a, const struct patch *p, size_t from, size_t end)
{
	return gather(a, p->fix + from, end - from);
}

struct patch patch_join(struct arena *a, const struct patch *x, const struct patch *y)
{
	const struct finding **fix = arena_array(a, const struct finding *, x->nr + y->nr);
	if (x->nr)
		memcpy(fix, x->fix, x->nr * sizeof(const struct finding *));
	if (y->nr)
		memcpy(fix + x->nr, y->fix, y->nr * sizeof(const struct finding *));
	return gather(a, fix, x->nr + y->nr);
}

struct str patch_apply(struct arena *a, struct str text, const struct patch *p)
{
	size_t n = text.n, done = 0;
	for (size_t i = 0; i < p->edits; i++)
		n += p->edit[i].text.n - p->edit[i].at.len;
	char *out = arena_raw(a, n + 1), *at = out;
	for (size_t i = 0; i <= p->edits; i++) {
		struct str kept = str_slice(text, done, i < p->edits ? p->edit[i].at.off : text.n);
		struct str put = i < p->edits ? p->edit[i].text : STR("");
		if (kept.n)
			memcpy(at, kept.p, kept.n);
		if (put.n)
			memcpy(at + kept.n, put.p, put.n);
		at += kept.n + put.n;
		done = i < p->edits ? span_end(p->edit[i].at) : text.n;
	}
	*at = '\0';
	return (struct str){out, n};
}
