#include <stdlib.h>

#include "cmd/init.h"
#include "core/digest/builtin.h"
#include "core/source/paths.h"
#include "core/source/walk.h"

/* A pattern, and the files that have it. */
struct tally {
	struct str pattern;
	size_t nr;
	struct date last;
};

static bool is_markdown(void *context, const char *path, const char *name)
{
	(void)context, (void)path;
	return str_ends(str_of(name), STR(".md"));
}

static bool is_better(const struct tally *x, const struct tally *y)
{
	return x->nr != y->nr ? x->nr > y->nr : date_cmp(x->last, y->last) > 0;
}

static struct str builtin_path(struct arena *a)
{
	struct str text = {builtin_templates[0].text, builtin_templates[0].size};
	size_t from = str_find(text, 0, STR("path: \"")) + strlen("path: \"");
	return arena_str(a, str_slice(text, from, str_find_byte(text, from, '"')));
}

static void count(struct arena *a, struct str path, struct tally **v, size_t *nr, size_t *cap)
{
	struct str pattern;
	struct date day;
	size_t i = 0;
	if (!pattern_guess(a, path, &pattern, &day))
		return;
	while (i < *nr && !str_eq((*v)[i].pattern, pattern))
		i++;
	if (i == *nr) {
		*v = arena_grow(a, *v, *nr, cap, sizeof(**v));
		(*v)[(*nr)++] = (struct tally){.pattern = pattern};
	}
	(*v)[i].nr++;
	if (date_cmp(day, (*v)[i].last) > 0)
		(*v)[i].last = day;
}

/* A folder that cannot be read proposes nothing. */
void init_propose_path(struct arena *a, const struct project *p, struct init_plan *plan, struct err *err)
{
	struct walk_paths paths = {0};
	struct tally *v = NULL;
	size_t nr = 0, cap = 0;
	*plan = (struct init_plan){.path = builtin_path(a)};
	walk_folder(a, p->root, p->repo, is_markdown, NULL, &paths, err);
	for (size_t i = 0; i < paths.nr; i++)
		count(a, str_of(path_below(p->root, paths.path[i])), &v, &nr, &cap);
	const struct tally *best = NULL;
	for (size_t i = 0; i < nr; i++)
		if (!best || is_better(&v[i], best))
			best = &v[i];
	if (best) {
		plan->path = best->pattern;
		plan->files = best->nr;
	}
}
