#include <errno.h>

#include "cmd/collector.h"
#include "cmd/term.h"
#include "core/source/paths.h"

static bool is_markdown(const char *path)
{
	struct str name = str_of(path);
	return str_ends(name, STR(".md")) || str_ends(name, STR(".markdown"));
}

/* Also one whose new name is no digest's any more: a slip in the name would leave all checks behind. */
static bool is_digest(struct walker *w, const struct scope_file *file)
{
	const char *new = file->absolute, *old = file->old_absolute;
	if (strcmp(old, new) == 0 || !is_markdown(new) || walker_excludes(w, new))
		return walker_wants(w, new, path_name(new));
	return walker_wants(w, old, path_name(old)) || walker_wants(w, new, path_name(new));
}

static bool is_template(struct walker *w, const char *path)
{
	const struct project *p = walker_project(w, path);
	return p && project_template(p, path);
}

static void add_changed_file(struct walker *w, const struct scope_file *file)
{
	struct err err = {{0}};
	struct collector *c = w->collector;
	const char *path = file->absolute;
	struct project *p = walker_project(w, path);
	const struct template_file *template = p ? project_template(p, path) : NULL;
	/* Without its template no name is a digest's. */
	if (p && is_markdown(path))
		collect_broken_templates(c, p);
	if (!p || collect_passes_over(file->change->path) || !(template || is_digest(w, file)))
		return;
	int text = collect_is_text(c, path, &err);
	if (text < 0)
		collect_complain(c, &err);
	if (text <= 0)
		return;
	struct target t = {.project = p,
	                   .kind = template ? JOB_TEMPLATE : JOB_DIGEST,
	                   .absolute = path,
	                   .shown = collect_shown(c, path, path),
	                   .file = template,
	                   .changed = file};
	collect_add(c, t);
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

void collect_changed(struct collector *c, const char *const *arg, size_t nr)
{
	struct err err;
	const char *root = history_root(c->scope->history), **wanted = arena_array(c->arena, const char *, nr);
	struct project *p = project_of(c->projects, root, &err);
	if (!p) {
		collect_complain(c, &err);
		return;
	}
	for (size_t i = 0; i < nr; i++) {
		wanted[i] = collect_absolute(c, arg[i]);
		check_there(c, arg[i], wanted[i]);
	}
	struct walker w = {.collector = c, .project = p, .top = root};
	for (size_t i = 0; i < c->scope->nr; i++)
		c->alters |= is_template(&w, c->scope->file[i].absolute);
	for (size_t i = 0; i < c->scope->nr; i++)
		if (is_asked_for(c->scope->file[i].absolute, wanted, nr))
			add_changed_file(&w, &c->scope->file[i]);
}
