#include <stdlib.h>

#include "cmd/collector.h"
#include "core/source/paths.h"
#include "lint/elsewhere.h"

/* Any folder is a project: only one that somebody has set up, or that git knows, is walked for one of its files. */
static bool is_archive(struct collector *c, const struct project *p)
{
	return p->repo || p->snapshot || p->templates.own ||
	       file_kind_of(NULL, path_join(c->arena, p->root, ".sdi.yaml")) != FILE_NONE;
}

static int by_path(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* What is looked at itself, as absolute paths. */
struct named {
	const char **v;
	size_t nr;
};

static struct named named_of(struct collector *c)
{
	struct named n = {.v = arena_array(c->arena, const char *, c->nr)};
	for (size_t i = 0; i < c->nr; i++)
		if (c->v[i].absolute)
			n.v[n.nr++] = c->v[i].absolute;
	if (n.nr)
		qsort(n.v, n.nr, sizeof(*n.v), by_path);
	return n;
}

static bool is_named(const struct named *n, const char *absolute)
{
	return n->nr && bsearch(&absolute, n->v, n->nr, sizeof(*n->v), by_path);
}

static struct job other_of(const struct collector *c, const struct target *t)
{
	struct job job = {
		.kind = JOB_DIGEST,
		.path = t->absolute,
		.snapshot = c->scope->snapshot,
		.plan = &t->project->plan,
		.archive = t->project,
		.facts.choice = t->choice,
	};
	job.source.path = t->shown;
	job.source.relative = path_below(t->project->root, t->absolute);
	return job;
}

static void add_others(struct collector *c, struct project *p, const struct named *named, struct collection *out)
{
	struct collector all = {
		.arena = c->arena, .projects = c->projects, .scope = c->scope, .here = c->here, .is_silent = true};
	collect_folder(&all, p, p->root, p->root);
	out->unseen |= all.trouble;
	struct job *job = arena_array(c->arena, struct job, out->others + all.nr);
	if (out->others)
		memcpy(job, out->other, out->others * sizeof(*job));
	for (size_t i = 0; i < all.nr; i++)
		if (all.v[i].kind == JOB_DIGEST && all.v[i].project == p && !is_named(named, all.v[i].absolute))
			job[out->others++] = other_of(c, &all.v[i]);
	out->other = job;
}

/* Whoever asks is held against those that do not ask, too. */
static bool asks(const struct collector *c, const struct job *job)
{
	return job->kind == JOB_DIGEST && (c->scope->wish.whole || elsewhere_matters(job->plan));
}

static void add_project(struct collector *c, struct project *p, bool all_there, const struct named *named,
                        struct collection *out)
{
	if (!all_there && is_archive(c, p))
		add_others(c, p, named, out);
	for (size_t i = 0; i < out->nr; i++)
		if (out->owner[i] == p && out->job[i].kind == JOB_DIGEST)
			out->job[i].archive = p;
}

void collect_others(struct collector *c, bool all_there, struct collection *out)
{
	const struct named named = named_of(c);
	for (size_t i = 0; i < out->nr; i++)
		if (!out->job[i].archive && asks(c, &out->job[i]))
			add_project(c, out->owner[i], all_there, &named, out);
}
