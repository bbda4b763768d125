#include "lint/check.h"
#include "lint/order.h"
#include "lint/verbatim.h"

struct list {
	const struct section **v;
	size_t *rank;
	bool *moved;
	size_t nr;
};

static bool seen(const struct list *l, const struct template_section *def)
{
	for (size_t i = 0; i < l->nr; i++)
		if (l->v[i]->def == def)
			return true;
	return false;
}

/* The first of each section that the template names, with its rank there. */
static struct list ranked(struct arena *a, const struct digest *d)
{
	struct list l = {arena_array(a, const struct section *, d->template->nr), arena_array(a, size_t, d->template->nr),
	                 arena_array(a, bool, d->template->nr), 0};
	for (size_t i = 0; i < d->nr; i++) {
		const struct section *s = &d->section[i];
		if (!s->def || seen(&l, s->def))
			continue;
		l.v[l.nr] = s;
		l.rank[l.nr++] = (size_t)(s->def - d->template->section);
	}
	return l;
}

static const struct section *follower(const struct list *l, size_t i)
{
	size_t k = order_follower(l->rank, l->moved, l->nr, i);
	return k < l->nr ? l->v[k] : NULL;
}

static void check(struct check *c, const struct digest *d)
{
	struct list l = ranked(check_arena(c), d);
	order_find_moved(check_arena(c), l.rank, l.nr, l.moved);
	for (size_t i = 0; i < l.nr; i++) {
		if (!l.moved[i])
			continue;
		const struct section *s = l.v[i], *next = follower(&l, i);
		struct finding *f = next ? report(c, s->title, "the section `%.*s` belongs before `%.*s`",
		                                  STR_ARG(s->def->name), STR_ARG(next->def->name))
		                         : report(c, s->title, "the section `%.*s` belongs at the end", STR_ARG(s->def->name));
		if ((!next || s->end == d->lines) && verbatim_open(d))
			continue;
		suggest(c, f, "move it there");
		order_move_lines(c, f, d, s->line, s->end, next ? next->line : d->lines, 1, s->end == d->lines);
	}
}

#define ENTRY "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n"

const struct rule rule_section_order = {
	.name = "section-order",
	.group = "structure",
	.severity = SEVERITY_WARNING,
	.fix = FIX_UNSAFE,
	.changes = FACT_ORDER,
	.summary = "Sections are not in the template's order",
	.why = "Readers find their way by the order of the sections, which is the same every day.",
	.bad = {.text = "# Daily Security Info\n\n### メモ\nN/A\n\n### ニュース\n\n" ENTRY},
	.good = {.text = EXAMPLE_TOP ENTRY EXAMPLE_END},
	.check = check,
};
