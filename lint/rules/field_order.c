#include "lint/check.h"
#include "lint/order.h"
#include "lint/verbatim.h"

struct list {
	const struct field **v;
	size_t *rank;
	bool *moved;
	size_t nr;
};

static struct list ranked(struct arena *a, const struct entry *e)
{
	struct list l = {arena_array(a, const struct field *, e->shape->nr), arena_array(a, size_t, e->shape->nr),
	                 arena_array(a, bool, e->shape->nr), 0};
	bool *seen = arena_array(a, bool, e->shape->nr);
	FOR_EACH_FIELD (e, f) {
		size_t rank = f->def ? (size_t)(f->def - e->shape->field) : 0;
		if (!f->def || seen[rank])
			continue;
		seen[rank] = true;
		l.v[l.nr] = f;
		l.rank[l.nr++] = rank;
	}
	return l;
}

static const struct field *follower(const struct list *l, size_t i)
{
	size_t k = order_follower(l->rank, l->moved, l->nr, i);
	return k < l->nr ? l->v[k] : NULL;
}

static const struct field *predecessor(const struct list *l, size_t i)
{
	for (size_t k = l->nr; k-- > 0;)
		if (!l->moved[k] && l->rank[k] < l->rank[i])
			return l->v[k];
	return NULL;
}

/* Of several that belong behind all others, the first one goes first. */
static bool is_first_of_last(const struct list *l, size_t i)
{
	for (size_t k = 0; k < l->nr; k++)
		if (l->moved[k] && l->rank[k] < l->rank[i] && !follower(l, k))
			return false;
	return true;
}

/* Where it goes: before `next`, or without one behind `before`. */
static void offer(struct check *c, const struct digest *d, const struct entry *e, struct finding *found,
                  const struct field *f, const struct field *next, const struct field *before)
{
	if (verbatim_open(d) && (f->end == d->lines || (!next && before->end == d->lines)))
		return;
	suggest(c, found, "move it there");
	if (next)
		order_move_lines(c, found, d, f->line, f->end, next->line, e->shape->blank_between, f->end == e->end);
	else
		order_move_behind(c, found, d, f->line, f->end, before->end, e->shape->blank_between);
}

static void check_entry(struct check *c, const struct digest *d, const struct entry *e)
{
	struct list l = ranked(check_arena(c), e);
	order_find_moved(check_arena(c), l.rank, l.nr, l.moved);
	for (size_t i = 0; i < l.nr; i++) {
		if (!l.moved[i])
			continue;
		const struct field *f = l.v[i], *next = follower(&l, i), *before = predecessor(&l, i);
		struct finding *found = next ? report(c, f->label, "the field `%.*s` belongs before `%.*s`",
		                                      STR_ARG(f->def->label), STR_ARG(next->def->label))
		                             : report(c, f->label, "the field `%.*s` belongs behind `%.*s`",
		                                      STR_ARG(f->def->label), STR_ARG(before->def->label));
		if (next || (before->line > f->line && is_first_of_last(&l, i)))
			offer(c, d, e, found, f, next, before);
	}
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e)
		check_entry(c, d, e);
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n"

const struct rule rule_field_order = {
	.name = "field-order",
	.group = "structure",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_ORDER,
	.summary = "The fields of an entry are not in the template's order",
	.why = "Readers go through many entries a day, and know where to look. A field that is out of order is overlooked.",
	.bad = {.text = TOP "- IOC\n    - IOC情報なし\n- 要約\n    - 一行の要約\n- その他\n    - なし\n" EXAMPLE_END},
	.good = {.text = TOP "- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n- その他\n    - なし\n" EXAMPLE_END},
	.check = check,
};
