#include "cmd/lsp/world.h"

#include <errno.h>

#include "cmd/link_answers.h"
#include "cmd/remember.h"
#include "core/base/message.h"
#include "core/source/paths.h"
#include "lint/elsewhere.h"

/* ---- what it depends on ---- */

static void watch(struct world *w, const char *folder, const char *name)
{
	stamps_add(&w->stamps, &w->arena, path_join(&w->arena, folder, name));
}

/* Where a project may begin, and where digests may come and go. */
static void watch_folders(struct world *w, const char *from, const char *last)
{
	for (const char *folder = from; path_below(last, folder); folder = path_folder(&w->arena, folder)) {
		stamps_add(&w->stamps, &w->arena, folder);
		watch(w, folder, ".sdi.yaml");
		if (strcmp(folder, last) == 0 || strcmp(folder, "/") == 0)
			return;
	}
}

static void watch_project(struct world *w, const struct project *p)
{
	stamps_add(&w->stamps, &w->arena, p->templates_folder);
	for (size_t i = 0; i < p->files; i++)
		stamps_add(&w->stamps, &w->arena, p->file[i].absolute);
	if (p->config.baseline)
		watch(w, p->root, p->config.baseline);
	if (p->repo) {
		watch(w, repo_git_dir(p->repo), "index");
		watch(w, repo_git_dir(p->repo), "logs/HEAD");
		stamps_add(&w->stamps, &w->arena, link_answers_path(&w->arena, repo_git_dir(p->repo)));
	}
}

/* In the order of their paths, so that those of a folder follow one another. */
static void watch_others(struct world *w, const struct project *p)
{
	const char *last = p->root;
	for (size_t i = 0; i < w->c.others; i++) {
		const char *folder = path_folder(&w->arena, w->c.other[i].path);
		stamps_add(&w->stamps, &w->arena, w->c.other[i].path);
		if (strcmp(folder, last) != 0)
			watch_folders(w, folder, p->root);
		last = folder;
	}
}

/* ---- opening ---- */

static int fail(struct world *w, const struct err *err)
{
	w->trouble = arena_str(&w->arena, str_of(err->text));
	return -1;
}

static int open_project(struct world *w, const char *path, struct project **out)
{
	struct err err;
	const char *here = path_real(&w->arena, "."), *folder = path_real(&w->arena, path_folder(&w->arena, path));
	if (!here || !folder) {
		err_set(&err, "cannot tell the current folder: %s", err_reason(errno));
		return fail(w, &err);
	}
	if (scope_open(&w->arena, here, &(struct scope_wish){.force_exclude = true}, &w->scope, &err))
		return fail(w, &err);
	w->projects = projects_new(&(struct project_options){.here = here});
	*out = project_of(w->projects, folder, &err);
	watch_folders(w, folder, *out ? (*out)->root : "/");
	return *out ? 0 : fail(w, &err);
}

/* What was found in other files may be remembered; not what is found in a text that may never be saved. */
static void look_at_others(struct world *w)
{
	struct memory *memory = remember_open(&w->arena, &w->scope, &w->c);
	elsewhere_look(w->c.other, w->c.others, 0);
	remember_close(memory);
	for (size_t i = 0; i < w->c.nr; i++)
		w->c.job[i].memory = NULL;
	for (size_t i = 0; i < w->c.others; i++)
		w->c.other[i].memory = NULL;
}

/* Where its template is broken, a digest may be known by the day in its name only. */
static bool may_be_digest(struct world *w, const struct project *p, const char *path)
{
	if (w->job)
		return w->job->kind == JOB_DIGEST;
	return date_is_set(template_choose(&w->arena, &p->templates, path_name(path)).date);
}

/* The other jobs are templates that are broken. */
static void find_job(struct world *w)
{
	for (size_t i = 0; i < w->c.nr; i++)
		if (w->c.job[i].source.origin == SOURCE_STDIN)
			w->job = &w->c.job[i];
}

/* They judge nothing, and whoever writes by them has to know. */
static void look_for_broken(struct world *w, const struct project *p, const char *path)
{
	for (size_t i = 0; i < p->files && !w->trouble.n; i++)
		if ((!p->file[i].template || p->file[i].template->mistakes) && may_be_digest(w, p, path))
			w->trouble = arena_printf(&w->arena, _("the template `%s` cannot be used: `sdi lint` says why"),
			                          p->file[i].source.path);
}

static int open_baselines(struct world *w)
{
	struct err err;
	w->known = baselines_open(&w->arena, w->projects, &(struct baseline_wish){0}, &w->c, &err);
	return w->known ? 0 : fail(w, &err);
}

void world_open(struct world *w, const char *path, struct str text)
{
	struct project *p;
	*w = (struct world){.trouble = STR("")};
	stamps_begin(&w->stamps);
	if (open_project(w, path, &p))
		return;
	w->parser = projects_parser(w->projects);
	watch_project(w, p);
	w->c = collect_text(&w->arena, w->projects, &w->scope, path, text);
	watch_others(w, p);
	find_job(w);
	look_for_broken(w, p, path);
	if (!w->job || open_baselines(w)) {
		w->job = NULL;
		return;
	}
	look_at_others(w);
	w->pure = *w->job;
}

void world_close(struct world *w)
{
	for (size_t i = 0; i < w->c.nr; i++)
		job_release(&w->c.job[i]);
	for (size_t i = 0; i < w->c.others; i++)
		job_release(&w->c.other[i]);
	projects_free(w->projects);
	scope_close(&w->scope);
	arena_release(&w->arena);
	*w = (struct world){.trouble = STR("")};
}

bool world_holds(struct world *w)
{
	return w->stamps.began && stamps_hold(&w->stamps);
}

/* ---- judging ---- */

void world_judge(struct world *w, struct str text)
{
	struct arena scratch = {0};
	if (!w->job)
		return;
	job_release(w->job);
	*w->job = w->pure;
	source_take(&w->job->arena, text, w->job->plan->max_bytes, &w->job->source);
	lint_one(w->job, w->parser);
	elsewhere_tell(w->job, 1, w->c.other, w->c.others);
	baselines_hide_known(w->known, &scratch);
	arena_release(&scratch);
}

struct job world_job(const struct world *w, struct str text)
{
	struct job job = w->pure;
	source_take(&job.arena, text, job.plan->max_bytes, &job.source);
	return job;
}

const struct digest *world_digest(const struct world *w, struct arena *a, struct str text)
{
	if (!w->job || w->pure.kind != JOB_DIGEST)
		return NULL;
	/* The digest refers to its source. */
	struct job *job = arena_new(a, struct job);
	*job = w->pure;
	source_take(a, text, job->plan->max_bytes, &job->source);
	const struct digest *d = job_digest(job, w->parser, a);
	job_release(job);
	return d;
}
