#include "cmd/collect.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/facts.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/base/utf8.h"
#include "core/source/paths.h"
#include "core/source/walk.h"

struct collector {
	struct arena *arena;
	struct projects *projects;
	const struct scope *scope;
	const char *here;
	const char *stdin_name;
	struct target *v;
	size_t nr, cap;
	bool trouble;
};

/* One folder that is walked. */
struct walker {
	struct collector *collector;
	struct project *project;
	const char *top;    /* absolute */
	const char *folder; /* the last one asked about, and its project; NULL: it cannot be used */
	struct project *of_folder;
};

/* An error that was told already is empty. */
static void complain(struct collector *c, const struct err *err)
{
	if (*err->text)
		term_error("%s", err->text);
	c->trouble = true;
}

static void add(struct collector *c, struct target t)
{
	facts_choose(c->arena, &t);
	t.turn = c->nr;
	c->v = arena_grow(c->arena, c->v, c->nr, &c->cap, sizeof(*c->v));
	c->v[c->nr++] = t;
}

/* Below the current folder a path is relative; elsewhere it is shown the way it was named. */
static const char *shown(struct collector *c, const char *absolute, const char *named)
{
	return path_below(c->here, absolute) ? path_shown(c->arena, c->here, absolute) : path_clean(c->arena, named);
}

static void add_template(struct collector *c, struct project *p, const struct template_file *file)
{
	add(c,
	    (struct target){
			.project = p, .kind = JOB_TEMPLATE, .absolute = file->absolute, .shown = file->source.path, .file = file});
}

static void add_templates(struct collector *c, struct project *p, const char *below)
{
	for (size_t i = 0; i < p->files; i++)
		if (!below || path_below(below, p->file[i].absolute))
			add_template(c, p, &p->file[i]);
}

/* The part of an absolute path below the project's root; "" where it is not below. */
static struct str inner(const struct project *p, const char *absolute)
{
	const char *below = path_below(p->root, absolute);
	return str_of(below);
}

/* Whoever names an excluded folder, or all that is in one is excluded, wants to see it. */
static bool is_excluded(struct arena *a, const struct project *p, const char *top, const char *path)
{
	const struct globs *excluded = &p->config.excluded;
	if (!globs_cover(excluded, inner(p, path)))
		return false;
	struct str anything = inner(p, path_join(a, top, "\x01"));
	return !globs_cover(excluded, inner(p, top)) && !(strcmp(top, p->root) != 0 && globs_cover(excluded, anything));
}

static struct project *project_at(struct walker *w, const char *path)
{
	struct err err;
	const char *folder = path_folder(w->collector->arena, path);
	if (w->folder && strcmp(w->folder, folder) == 0)
		return w->of_folder;
	w->folder = folder;
	w->of_folder = project_below(w->collector->projects, w->project, w->top, folder, &err);
	if (!w->of_folder)
		complain(w->collector, &err);
	return w->of_folder;
}

static bool is_wanted(void *context, const char *path, const char *name)
{
	struct walker *w = context;
	struct arena *a = w->collector->arena;
	const struct project *p = project_at(w, path);
	return p && template_names_digest(a, &p->templates, name) && !project_template(p, path) &&
	       !is_excluded(a, p, w->top, path);
}

/* What a walk would pass over. */
static bool is_passed_over(const char *relative)
{
	return strncmp(relative, "node_modules/", 13) == 0 || strstr(relative, "/node_modules/");
}

/* Is it a text, or a link to one? -1: a link that leads out. */
static int is_text(struct collector *c, const char *path, struct err *err)
{
	const struct snapshot *s = c->scope->snapshot;
	enum file_kind kind = file_kind_of(s, path);
	if (kind != FILE_LINK)
		return kind == FILE_REGULAR;
	const char *real = file_real(c->arena, s, path);
	if (real && !path_below(history_root(c->scope->history), real))
		return err_set(err, "%s: a link that leads out of the work tree", path_shown(c->arena, c->here, path));
	return !real || file_kind_of(s, real) != FILE_FOLDER;
}

/* As walk_folder, in a snapshot. */
static int list_folder(struct walker *w, struct walk_paths *out, struct err *err)
{
	struct collector *c = w->collector;
	const struct tracked_list *all = snapshot_files(c->scope->snapshot);
	int bad = 0;
	for (size_t i = 0; i < all->nr; i++) {
		const char *path = path_join(c->arena, snapshot_root(c->scope->snapshot), all->v[i].path);
		if (!path_below(w->top, path) || is_passed_over(all->v[i].path) || !is_wanted(w, path, path_name(path)))
			continue;
		int text = is_text(c, path, bad ? NULL : err);
		bad = text < 0 ? -1 : bad;
		if (text <= 0)
			continue;
		out->path = arena_grow(c->arena, out->path, out->nr, &out->cap, sizeof(*out->path));
		out->path[out->nr++] = path;
	}
	return bad;
}

static void add_folder(struct collector *c, struct project *p, const char *top, const char *named)
{
	struct err err;
	struct walk_paths found = {0};
	struct walker w = {.collector = c, .project = p, .top = top};
	if (c->scope->snapshot ? list_folder(&w, &found, &err)
	                       : walk_folder(c->arena, top, p->repo, is_wanted, &w, &found, &err))
		complain(c, &err);
	add_templates(c, p, top);
	const struct project *last = p;
	for (size_t i = 0; i < found.nr; i++) {
		struct project *owner = project_at(&w, found.path[i]);
		const char *rest = path_below(top, found.path[i]);
		if (owner != last)
			add_templates(c, owner, top);
		last = owner;
		add(c, (struct target){.project = owner,
		                       .absolute = found.path[i],
		                       .shown = shown(c, found.path[i], path_join(c->arena, named, rest))});
	}
}

/* The folder resolved, the last name kept: two links to one text are two digests. */
static const char *absolute_file(struct arena *a, const char *path)
{
	const char *folder = path_real(a, path_folder(a, path));
	return folder ? path_join(a, folder, path_name(path)) : NULL;
}

static void add_named_file(struct collector *c, const char *absolute, const char *path, bool is_stdin)
{
	struct err err;
	struct project *p = project_of(c->projects, path_folder(c->arena, absolute), &err);
	if (!p) {
		complain(c, &err);
		return;
	}
	const struct template_file *file = project_template(p, absolute);
	add(c, (struct target){.project = p,
	                       .kind = file ? JOB_TEMPLATE : JOB_DIGEST,
	                       .absolute = absolute,
	                       .shown = shown(c, absolute, path),
	                       .file = is_stdin ? NULL : file,
	                       .is_stdin = is_stdin});
}

static void add_file(struct collector *c, const char *path, bool is_stdin)
{
	const char *absolute = absolute_file(c->arena, path);
	if (absolute) {
		add_named_file(c, absolute, path, is_stdin);
		return;
	}
	term_error("cannot find the folder of `%s`: %s", path, err_reason(errno));
	c->trouble = true;
}

static void add_nameless_stdin(struct collector *c)
{
	struct err err;
	struct project *p = project_here(c->projects, &err);
	if (p)
		add(c, (struct target){.project = p, .shown = "<stdin>", .is_stdin = true});
	else
		complain(c, &err);
}

static void add_named_folder(struct collector *c, const char *path)
{
	struct err err;
	const char *top = path_real(c->arena, path);
	struct project *p = top ? project_of(c->projects, top, &err) : NULL;
	if (p)
		add_folder(c, p, top, path);
	else if (top)
		complain(c, &err);
	else
		term_error("cannot find `%s`: %s", path, err_reason(errno));
	c->trouble |= !p;
}

static const char *absolute_argument(struct collector *c, const char *arg)
{
	const char *absolute = path_clean(c->arena, path_join(c->arena, c->here, arg));
	const char *real = c->scope->snapshot ? NULL : path_real(c->arena, absolute);
	return real ? real : absolute;
}

static void add_from_snapshot(struct collector *c, const char *arg)
{
	struct err err;
	const char *path = absolute_argument(c, arg);
	enum file_kind kind = file_kind_of(c->scope->snapshot, path);
	struct project *p = kind == FILE_FOLDER ? project_of(c->projects, path, &err) : NULL;
	if (kind == FILE_NONE) {
		term_error("cannot find `%s` in %s", arg, c->scope->wish.staged ? _("the index") : c->scope->wish.rev);
		c->trouble = true;
	} else if (kind != FILE_FOLDER) {
		add_named_file(c, path, arg, false);
	} else if (p) {
		add_folder(c, p, path, arg);
	} else {
		complain(c, &err);
	}
}

/* ---- what changed ---- */

static void add_changed_file(struct walker *w, const struct scope_file *file)
{
	struct err err = {{0}};
	struct collector *c = w->collector;
	const char *path = file->absolute;
	const struct project *p = project_at(w, path);
	const struct template_file *template = p ? project_template(p, path) : NULL;
	if (!p || is_passed_over(file->change->path) || !(template || is_wanted(w, path, path_name(path))))
		return;
	int text = is_text(c, path, &err);
	if (text < 0)
		complain(c, &err);
	if (text <= 0)
		return;
	struct target t = {.project = w->of_folder,
	                   .kind = template ? JOB_TEMPLATE : JOB_DIGEST,
	                   .absolute = path,
	                   .shown = shown(c, path, path),
	                   .file = template,
	                   .changed = file};
	add(c, t);
}

static bool is_asked_for(const char *path, const char *const *wanted, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (path_below(wanted[i], path))
			return true;
	return nr == 0;
}

/* A path that is nowhere was misspelt; one that did not change is in order. */
static void check_there(struct collector *c, const char *arg, const char *absolute)
{
	if (file_kind_of(c->scope->snapshot, absolute) != FILE_NONE || file_kind_of(NULL, absolute) != FILE_NONE)
		return;
	term_error("cannot find `%s`: %s", arg, err_reason(ENOENT));
	c->trouble = true;
}

static void add_changed(struct collector *c, const char *const *arg, size_t nr)
{
	struct err err;
	const char *root = history_root(c->scope->history), **wanted = arena_array(c->arena, const char *, nr);
	struct project *p = project_of(c->projects, root, &err);
	if (!p) {
		complain(c, &err);
		return;
	}
	for (size_t i = 0; i < nr; i++) {
		wanted[i] = absolute_argument(c, arg[i]);
		check_there(c, arg[i], wanted[i]);
	}
	struct walker w = {.collector = c, .project = p, .top = root};
	for (size_t i = 0; i < c->scope->nr; i++)
		if (is_asked_for(c->scope->file[i].absolute, wanted, nr))
			add_changed_file(&w, &c->scope->file[i]);
}

static void add_argument(struct collector *c, const char *arg)
{
	struct stat st;
	if (c->scope->snapshot) {
		add_from_snapshot(c, arg);
	} else if (strcmp(arg, "-") == 0) {
		if (c->stdin_name)
			add_file(c, c->stdin_name, true);
		else
			add_nameless_stdin(c);
	} else if (stat(arg, &st) == 0 && S_ISDIR(st.st_mode)) {
		add_named_folder(c, arg);
	} else if (lstat(arg, &st) == 0) {
		add_file(c, arg, false);
	} else {
		term_error("cannot find `%s`: %s", arg, err_reason(errno));
		c->trouble = true;
	}
}

static void add_everything(struct collector *c)
{
	struct err err;
	struct project *p = project_here(c->projects, &err);
	if (!p) {
		complain(c, &err);
		return;
	}
	add_folder(c, p, p->root, p->root);
	add_templates(c, p, NULL);
}

/* A template with a mistake judges nothing: whoever lints its project has to know. */
static void add_broken_templates(struct collector *c)
{
	for (size_t i = 0, nr = c->nr; i < nr; i++) {
		struct project *p = c->v[i].project;
		if (i && p == c->v[i - 1].project)
			continue;
		for (size_t f = 0; f < p->files; f++)
			if (!p->file[f].template || p->file[f].template->mistakes)
				add_template(c, p, &p->file[f]);
	}
}

static int compare_shown(const void *x, const void *y)
{
	const struct target *a = x, *b = y;
	int order = strcmp(a->shown, b->shown);
	return order ? order : strcmp(a->absolute ? a->absolute : "", b->absolute ? b->absolute : "");
}

/* What stands for the same text side by side: standard input before the file that it replaces, then as they were named. */
static int compare_same(const void *x, const void *y)
{
	const struct target *a = x, *b = y;
	int order = strcmp(a->absolute ? a->absolute : "", b->absolute ? b->absolute : "");
	if (order)
		return order;
	if (a->is_stdin != b->is_stdin)
		return a->is_stdin ? -1 : 1;
	return (a->turn > b->turn) - (a->turn < b->turn);
}

static bool is_same(const struct target *a, const struct target *b)
{
	return a->absolute && b->absolute ? strcmp(a->absolute, b->absolute) == 0 : a->absolute == b->absolute;
}

/* A file that is named twice, or in two ways, is one text. */
static void sort_once(struct collector *c)
{
	size_t kept = 0;
	if (!c->nr)
		return;
	qsort(c->v, c->nr, sizeof(*c->v), compare_same);
	for (size_t i = 0; i < c->nr; i++)
		if (!kept || !is_same(&c->v[kept - 1], &c->v[i]))
			c->v[kept++] = c->v[i];
	c->nr = kept;
	qsort(c->v, c->nr, sizeof(*c->v), compare_shown);
}

static bool read_stdin(struct collector *c, struct job *job)
{
	struct err err;
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
		complain(c, &err);
	return job->plan;
}

static const struct focus *make_focus(struct collector *c, const struct target *t)
{
	struct focus *f = arena_new(c->arena, struct focus);
	*f = (struct focus){c->scope->history, t->changed->old, c->scope->bases, facts_before(c->arena, t)};
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
	job->focus = t->changed && c->scope->wish.changed_lines ? make_focus(c, t) : NULL;
	job->source.path = t->shown;
	job->source.relative = t->absolute ? path_below(t->project->root, t->absolute) : NULL;
	job->source.origin = t->is_stdin ? SOURCE_STDIN : SOURCE_WORKTREE;
	if (t->kind == JOB_TEMPLATE)
		parse_template(c, job);
	return true;
}

static struct collection make_jobs(struct collector *c)
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
	facts_fill(c->arena, c->here, c->v, out.nr, out.job);
	out.trouble = c->trouble;
	return out;
}

struct collection collect(struct arena *a, struct projects *projects, const struct scope *scope, const char *const *arg,
                          size_t nr, const char *stdin_name)
{
	struct collector c = {
		.arena = a, .projects = projects, .scope = scope, .here = scope->here, .stdin_name = stdin_name};
	if (scope->only_changed)
		add_changed(&c, arg, nr);
	else if (!nr)
		add_everything(&c);
	for (size_t i = 0; i < nr && !scope->only_changed; i++)
		add_argument(&c, arg[i]);
	add_broken_templates(&c);
	sort_once(&c);
	return make_jobs(&c);
}
