#include "lint/settle.h"

#include <stdlib.h>

bool settle_suppresses(const struct rule *rule, uint32_t line, struct ignore *ignore, size_t ignores)
{
	bool hit = false;
	for (size_t i = 0; i < ignores; i++) {
		struct ignore *ig = &ignore[i];
		if (ig->rule != rule || !ig->reason || line < ig->first || line >= ig->end)
			continue;
		ig->used++;
		hit = true;
	}
	return hit;
}

void settle_suppress(struct findings *f, struct ignore *ignore, size_t ignores)
{
	size_t kept = 0;
	for (size_t i = 0; ignores && i < f->nr; i++) {
		const struct finding *one = &f->v[i];
		if (settle_suppresses(one->rule, lines_at(&one->source->lines, one->at.off), ignore, ignores))
			f->suppressed++;
		else
			f->v[kept++] = *one;
	}
	if (ignores)
		f->nr = kept;
}

static int by_place(const void *x, const void *y)
{
	const struct finding *a = x, *b = y;
	if (a->at.off != b->at.off)
		return a->at.off < b->at.off ? -1 : 1;
	int rule = strcmp(a->rule->name, b->rule->name);
	if (rule)
		return rule;
	if (a->at.len != b->at.len)
		return a->at.len < b->at.len ? -1 : 1;
	return str_cmp(a->message, b->message);
}

void settle_sort(struct findings *f)
{
	size_t kept = 0;
	if (!f->nr)
		return;
	qsort(f->v, f->nr, sizeof(*f->v), by_place);
	for (size_t i = 0; i < f->nr; i++)
		if (!kept || by_place(&f->v[kept - 1], &f->v[i]))
			f->v[kept++] = f->v[i];
	f->nr = kept;
}
