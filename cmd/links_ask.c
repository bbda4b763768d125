#include <stdlib.h>

#include "cmd/links_run.h"

struct asking {
	struct linked_list *list;
	const struct links_wish *wish;
	size_t *order; /* of what is asked for: numbers in the list */
	size_t nr;
};

static bool told(void *context, size_t which, const struct link_answer *answer)
{
	struct asking *a = context;
	struct arena *arena = &a->list->arena;
	struct linked *l = &a->list->v[a->order[which]];
	l->answer = *answer;
	l->answer.final_url = arena_str(arena, answer->final_url);
	l->answer.moved = arena_str(arena, answer->moved);
	l->answer.address = arena_str(arena, answer->address);
	if (a->wish->memory)
		links_memory_note(a->wish->memory, l->key, answer);
	return links_is_finding(l, false);
}

/* ---- the order ---- */

struct turn {
	size_t which; /* in the list */
	int64_t last; /* it was asked for; 0: never */
	struct date date;
};

/* What was asked for longest ago comes first; of the new ones those of the newest day, which readers follow. */
static int by_turn(const void *x, const void *y)
{
	const struct turn *a = x, *b = y;
	int order = (a->last > b->last) - (a->last < b->last);
	if (!order)
		order = date_cmp(b->date, a->date);
	return order ? order : (a->which > b->which) - (a->which < b->which);
}

static struct str *choose(struct asking *a)
{
	struct linked_list *list = a->list;
	struct str *url = arena_array(&list->arena, struct str, list->nr);
	struct turn *turn = arena_array(&list->arena, struct turn, list->nr);
	a->order = arena_array(&list->arena, size_t, list->nr);
	for (size_t i = 0; i < list->nr; i++) {
		const struct linked *l = &list->v[i];
		if (!l->known)
			turn[a->nr++] = (struct turn){i, a->wish->memory ? links_memory_last(a->wish->memory, l->key) : 0, l->date};
	}
	if (a->nr)
		qsort(turn, a->nr, sizeof(*turn), by_turn);
	for (size_t i = 0; i < a->nr; i++) {
		a->order[i] = turn[i].which;
		url[i] = list->v[turn[i].which].url;
	}
	return url;
}

/* Of those that nobody is asked for. */
static void count_known(const struct linked_list *list, struct link_sum *sum)
{
	for (size_t i = 0; i < list->nr; i++)
		if (list->v[i].known)
			sum->count[list->v[i].answer.verdict.outcome]++;
}

int links_ask(struct linked_list *list, const struct links_wish *wish, struct link_sum *sum, struct err *err)
{
	struct asking a = {.list = list, .wish = wish};
	const struct str *url = choose(&a);
	struct links_errand errand = {.wish = wish, .url = url, .nr = a.nr, .told = told, .context = &a};
	int bad = errand.nr ? links_run(&errand, sum, err) : 0;
	count_known(list, sum);
	return bad;
}
