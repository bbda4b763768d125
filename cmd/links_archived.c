#include "cmd/links_run.h"
#include "lint/links/shown.h"

/* A page that is gone, and where a copy of it may be. */
struct gone {
	struct linked *link;
	struct str host; /* of the page */
};

struct looking {
	struct linked_list *list;
	struct gone *gone;
	struct str *url;
	size_t nr;
	size_t all; /* those, too, that nobody is told of */
	struct links_found *found;
};

/* It was there once, and is not any more: not what nobody could ever read. */
static bool is_gone(const struct linked *l)
{
	enum link_outcome o = l->answer.verdict.outcome;
	return (o == LINK_BROKEN && l->answer.status) || o == LINK_NO_HOST || o == LINK_SOFT_404;
}

/* Without a day, the newest copy. */
static struct str address_in(struct arena *a, const char *archive, struct date day, struct str page)
{
	if (!date_is_set(day))
		return arena_printf(a, "%s/%.*s", archive, STR_ARG(page));
	return arena_printf(a, "%s/%04d%02d%02d/%.*s", archive, day.year, day.month, day.day, STR_ARG(page));
}

static struct looking list_gone(struct linked_list *list, const struct links_wish *wish)
{
	struct arena *a = &list->arena;
	struct looking out = {
		.list = list,
		.gone = arena_array(a, struct gone, list->nr),
		.url = arena_array(a, struct str, list->nr),
	};
	for (size_t i = 0; i < list->nr; i++) {
		struct linked *l = &list->v[i];
		struct link_target page;
		if (!is_gone(l) || link_target_read(a, l->url, &page))
			continue;
		out.all++;
		/* The archive is nobody to tell it to. */
		if (link_has_secret(page.request))
			continue;
		out.gone[out.nr] = (struct gone){l, page.host};
		out.url[out.nr++] = address_in(a, wish->archive, l->date, page.request);
	}
	return out;
}

/* The copy nearest to the day: its address names the page. What a config accepts from the archive is no copy. */
static bool told(void *context, size_t which, const struct link_answer *answer)
{
	struct looking *l = context;
	const struct gone *g = &l->gone[which];
	enum link_outcome o = answer->verdict.outcome;
	struct str at = answer->final_url.n ? answer->final_url : l->url[which];
	bool found = (o == LINK_OK || o == LINK_MOVED) && answer->status / 100 == 2 && str_find(at, 0, g->host) < at.n;
	if (found)
		g->link->archived = arena_str(&l->list->arena, at);
	l->found->copies += found;
	l->found->asked += o != LINK_LEFT_OUT && o != LINK_UNSAFE;
	return false;
}

int links_archived(struct linked_list *list, const struct links_wish *wish, struct links_found *found, struct err *err)
{
	struct links_wish own = *wish;
	struct looking looking = list_gone(list, wish);
	struct links_errand errand = {
		.wish = &own, .url = looking.url, .nr = looking.nr, .told = told, .context = &looking};
	struct link_sum sum = {0};
	*found = (struct links_found){.gone = looking.all};
	looking.found = found;
	/* One archive for everybody: it is asked for one page at a time, and more slowly. */
	own.pace.per_host = 1;
	own.pace.interval *= 2;
	int bad = looking.nr ? links_run(&errand, &sum, err) : 0;
	found->stopped = sum.stopped;
	return bad;
}
