#include "cmd/facts.h"

#include <stdlib.h>

#include "core/source/paths.h"

static const char *relative_of(const struct target *t)
{
	return t->absolute ? path_below(t->project->root, t->absolute) : NULL;
}

void facts_choose(struct arena *a, struct target *t)
{
	const char *relative = relative_of(t);
	if (!relative)
		relative = t->absolute ? path_name(t->absolute) : t->shown;
	if (t->kind == JOB_DIGEST)
		t->choice = template_choose(a, &t->project->templates, relative);
}

/* Where the template of its date puts the day; NULL when the file is there, or nobody can say. */
static const char *place_of(struct arena *a, const struct target *t)
{
	const struct template_set *set = &t->project->templates;
	if (t->choice.in_place || !t->absolute || !date_is_set(t->choice.date))
		return NULL;
	const struct template *wanted = template_of_day(set, t->choice.date);
	if (!wanted || wanted->mistakes)
		return NULL;
	return arena_str(a, pattern_fill(a, &wanted->path, t->choice.date)).p;
}

/* git is asked only about days that could be wrong: a digest is written on its day, or the day before or after. */
static bool is_new(const struct target *t)
{
	const struct project *p = t->project;
	if (t->changed || p->snapshot)
		return t->changed && t->changed->is_new && date_is_set(t->choice.date);
	if (!p->repo || !t->absolute || !date_is_set(t->choice.date))
		return false;
	if (date_cmp(t->choice.date, p->today) == 0)
		return false;
	const char *relative = path_below(repo_root(p->repo), t->absolute);
	return relative && repo_is_new(p->repo, relative);
}

/* A digest of some day: one that is looked at, or another one. */
struct day {
	const void *project;
	const struct template_choice *choice;
	const char *path, *shown;
	struct job *job; /* NULL: of another one nobody hears */
};

/* Of digests of one project and day, the one in its place comes first, then the first in the order of paths. */
static int compare_days(const void *x, const void *y)
{
	const struct day *a = x, *b = y;
	if (a->project != b->project)
		return (uintptr_t)a->project < (uintptr_t)b->project ? -1 : 1;
	int order = date_cmp(a->choice->date, b->choice->date);
	if (order)
		return order;
	if (a->choice->in_place != b->choice->in_place)
		return a->choice->in_place ? -1 : 1;
	return strcmp(a->path, b->path);
}

static bool same_day(const struct day *a, const struct day *b)
{
	return a->project == b->project && date_cmp(a->choice->date, b->choice->date) == 0;
}

static struct day day_of(const struct target *t, struct job *job)
{
	return (struct day){t->project, &t->choice, t->absolute ? t->absolute : t->shown, t->shown, job};
}

static struct day other_day(const struct job *other)
{
	return (struct day){other->archive, &other->facts.choice, other->path, other->source.path, NULL};
}

static void find_twins(struct arena *a, const struct target *target, struct collection *c)
{
	struct day *day = arena_array(a, struct day, c->nr + c->others);
	size_t days = 0;
	for (size_t i = 0; i < c->nr; i++)
		if (target[i].kind == JOB_DIGEST && date_is_set(target[i].choice.date))
			day[days++] = day_of(&target[i], &c->job[i]);
	for (size_t i = 0; i < c->others; i++)
		if (date_is_set(c->other[i].facts.choice.date))
			day[days++] = other_day(&c->other[i]);
	if (days)
		qsort(day, days, sizeof(*day), compare_days);
	for (size_t i = 1, first = 0; i < days; i++) {
		if (!same_day(&day[first], &day[i]))
			first = i;
		else if (day[i].job)
			day[i].job->facts.twin = day[first].shown;
	}
}

/* The file in the place where the template puts the day of another. */
static const char *occupant(struct arena *a, const char *here, const struct target *t, const char *place)
{
	const char *absolute = path_clean(a, path_join(a, t->project->root, place));
	if (strcmp(absolute, t->absolute) == 0 || file_kind_of(t->project->snapshot, absolute) != FILE_REGULAR)
		return NULL;
	return path_shown(a, here, absolute);
}

static struct digest_facts facts_of(const struct target *t, const char *place)
{
	return (struct digest_facts){
		.choice = t->choice,
		.today = t->project->today,
		.targets = t->project->targets,
		.answers = t->project->answers,
		/* The built-in template knows nobody's folders. */
		.belongs = t->project->templates.own ? place : NULL,
		.is_new = is_new(t),
	};
}

struct digest_facts facts_before(struct arena *a, const struct target *t)
{
	struct target old = *t;
	old.absolute = t->changed->old_absolute;
	old.changed = NULL;
	facts_choose(a, &old);
	return facts_of(&old, place_of(a, &old));
}

void facts_fill(struct arena *a, const char *here, const struct target *target, struct collection *c)
{
	for (size_t i = 0; i < c->nr; i++) {
		const struct target *t = &target[i];
		if (t->kind != JOB_DIGEST)
			continue;
		const char *place = place_of(a, t);
		c->job[i].facts = facts_of(t, place);
		if (place)
			c->job[i].facts.twin = occupant(a, here, t, place);
	}
	find_twins(a, target, c);
}
