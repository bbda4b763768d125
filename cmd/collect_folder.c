#include "cmd/collector.h"
#include "cmd/term.h"
#include "core/source/paths.h"

void collect_complain(struct collector *c, const struct err *err)
{
	if (*err->text && !c->is_silent)
		term_error("%s", err->text);
	c->trouble = true;
}

void collect_add(struct collector *c, struct target t)
{
	facts_choose(c->arena, &t);
	t.turn = c->nr;
	c->v = arena_grow(c->arena, c->v, c->nr, &c->cap, sizeof(*c->v));
	c->v[c->nr++] = t;
}

const char *collect_shown(struct collector *c, const char *absolute, const char *named)
{
	return path_below(c->here, absolute) ? path_shown(c->arena, c->here, absolute) : path_clean(c->arena, named);
}

const char *collect_absolute(struct collector *c, const char *arg)
{
	const char *absolute = path_clean(c->arena, path_join(c->arena, c->here, arg));
	const char *real = c->scope->snapshot ? NULL : path_real(c->arena, absolute);
	return real ? real : absolute;
}

static void add_template(struct collector *c, struct project *p, const struct template_file *file)
{
	collect_add(
		c,
		(struct target){
			.project = p, .kind = JOB_TEMPLATE, .absolute = file->absolute, .shown = file->source.path, .file = file});
}

void collect_templates(struct collector *c, struct project *p, const char *below)
{
	for (size_t i = 0; i < p->files; i++)
		if (!below || path_below(below, p->file[i].absolute))
			add_template(c, p, &p->file[i]);
}

void collect_broken_templates(struct collector *c, struct project *p)
{
	for (size_t i = 0; i < p->files; i++)
		if (!p->file[i].template || p->file[i].template->mistakes)
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

struct project *walker_project(struct walker *w, const char *path)
{
	struct err err;
	const char *folder = path_folder(w->collector->arena, path);
	if (w->folder && strcmp(w->folder, folder) == 0)
		return w->of_folder;
	w->folder = folder;
	w->of_folder = project_below(w->collector->projects, w->project, w->top, folder, &err);
	if (!w->of_folder)
		collect_complain(w->collector, &err);
	return w->of_folder;
}

bool walker_excludes(struct walker *w, const char *path)
{
	const struct project *p = walker_project(w, path);
	return p && is_excluded(w->collector->arena, p, w->top, path);
}

bool walker_wants(void *context, const char *path, const char *name)
{
	struct walker *w = context;
	struct arena *a = w->collector->arena;
	const struct project *p = walker_project(w, path);
	return p &&
	       (template_names_digest(a, &p->templates, name) ||
	        template_misnames_digest(a, &p->templates, inner(p, path).p)) &&
	       !project_template(p, path) && !is_excluded(a, p, w->top, path);
}

bool collect_passes_over(const char *relative)
{
	return strncmp(relative, "node_modules/", 13) == 0 || strstr(relative, "/node_modules/");
}

int collect_is_text(struct collector *c, const char *path, struct err *err)
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
		if (!path_below(w->top, path) || collect_passes_over(all->v[i].path) || !walker_wants(w, path, path_name(path)))
			continue;
		int text = collect_is_text(c, path, bad ? NULL : err);
		bad = text < 0 ? -1 : bad;
		if (text <= 0)
			continue;
		out->path = arena_grow(c->arena, out->path, out->nr, &out->cap, sizeof(*out->path));
		out->path[out->nr++] = path;
	}
	return bad;
}

void collect_folder(struct collector *c, struct project *p, const char *top, const char *named)
{
	struct err err;
	struct walk_paths found = {0};
	struct walker w = {.collector = c, .project = p, .top = top};
	if (c->scope->snapshot ? list_folder(&w, &found, &err)
	                       : walk_folder(c->arena, top, p->repo, walker_wants, &w, &found, &err))
		collect_complain(c, &err);
	collect_templates(c, p, top);
	const struct project *last = p;
	for (size_t i = 0; i < found.nr; i++) {
		struct project *owner = walker_project(&w, found.path[i]);
		const char *rest = path_below(top, found.path[i]);
		if (owner != last)
			collect_templates(c, owner, top);
		last = owner;
		collect_add(c, (struct target){.project = owner,
		                               .absolute = found.path[i],
		                               .shown = collect_shown(c, found.path[i], path_join(c->arena, named, rest))});
	}
}
