#include <unistd.h>

#include "cmd/collector.h"
#include "cmd/term.h"
#include "core/base/utf8.h"
#include "core/source/paths.h"

static bool read_stdin(struct collector *c, struct job *job)
{
	struct err err;
	if (c->text) {
		source_take(c->arena, *c->text, job->plan->max_bytes, &job->source);
		return true;
	}
	if (!source_read_stream(c->arena, STDIN_FILENO, job->plan->max_bytes, &job->source, &err))
		return true;
	term_error("%s", err.text);
	c->trouble = true;
	return false;
}

/* A template on standard input is the one that is about to be saved. */
static void parse_template(struct collector *c, struct job *job)
{
	struct source *s = &job->source;
	if (s->size != s->text.n || utf8_check(s->text) != s->text.n)
		return;
	struct template *t = arena_new(c->arena, struct template);
	template_parse(c->arena, projects_parser(c->projects), s, false, t);
	job->template = t;
}

static bool choose_plan(struct collector *c, const struct target *t, struct job *job)
{
	struct err err;
	const char *relative = t->absolute ? path_below(t->project->root, t->absolute) : NULL;
	job->plan = project_plan(c->projects, t->project, relative, &err);
	if (!job->plan)
		collect_complain(c, &err);
	return job->plan;
}

static const struct focus *make_focus(struct collector *c, const struct target *t)
{
	struct focus *f = arena_new(c->arena, struct focus);
	*f = (struct focus){
		.history = c->scope->history,
		.old = t->changed->old,
		.nr = c->scope->bases,
		.facts = facts_before(c->arena, t),
		.moved = strcmp(t->changed->absolute, t->changed->old_absolute) != 0,
	};
	return f;
}

static bool make_job(struct collector *c, const struct target *t, struct job *job)
{
	job->kind = t->kind;
	if (!choose_plan(c, t, job))
		return false;
	if (t->file) {
		job->source = t->file->source;
		job->template = t->file->template;
		return true;
	}
	if (t->is_stdin && !read_stdin(c, job))
		return false;
	/* Errors name what is opened. */
	if (!t->is_stdin)
		job->path = path_below(c->here, t->absolute) && !c->scope->snapshot ? t->shown : t->absolute;
	job->snapshot = c->scope->snapshot;
	job->focus = t->changed && c->scope->wish.changed_lines && !c->alters ? make_focus(c, t) : NULL;
	job->source.path = t->shown;
	job->source.relative = t->absolute ? path_below(t->project->root, t->absolute) : NULL;
	job->source.origin = t->is_stdin ? SOURCE_STDIN : SOURCE_WORKTREE;
	if (t->kind == JOB_TEMPLATE)
		parse_template(c, job);
	return true;
}

struct collection collect_jobs(struct collector *c)
{
	struct collection out = {
		.job = arena_array(c->arena, struct job, c->nr),
		.owner = arena_array(c->arena, struct project *, c->nr),
		.changed = arena_array(c->arena, const struct scope_file *, c->nr),
	};
	for (size_t i = 0; i < c->nr; i++) {
		if (!make_job(c, &c->v[i], &out.job[out.nr]))
			continue;
		out.owner[out.nr] = c->v[i].project;
		out.changed[out.nr] = c->v[i].changed;
		c->v[out.nr++] = c->v[i];
	}
	c->nr = out.nr;
	out.trouble = c->trouble;
	out.refused = c->refused;
	return out;
}
