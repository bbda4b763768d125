#include "cmd/collect.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "cmd/collector.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/source/paths.h"

/* The folder resolved, the last name kept: two links to one text are two digests. */
static const char *absolute_file(struct arena *a, const char *path)
{
	const char *folder = path_real(a, path_folder(a, path));
	return folder ? path_join(a, folder, path_name(path)) : NULL;
}

/* Would a walk find it? */
static bool is_found(struct collector *c, struct project *p, const char *absolute)
{
	struct walker w = {.collector = c, .project = p, .top = p->root};
	const char *below = path_below(p->root, absolute);
	return below && !collect_passes_over(below) && walker_wants(&w, absolute, path_name(absolute));
}

static void add_named_file(struct collector *c, const char *absolute, const char *path, bool is_stdin)
{
	struct err err;
	struct project *p = project_of(c->projects, path_folder(c->arena, absolute), &err);
	if (!p) {
		collect_complain(c, &err);
		return;
	}
	const struct template_file *file = project_template(p, absolute);
	bool whatever = is_stdin && !c->text;
	if (c->scope->wish.force_exclude && !whatever && !file && !is_found(c, p, absolute))
		return;
	collect_add(c, (struct target){.project = p,
	                               .kind = file ? JOB_TEMPLATE : JOB_DIGEST,
	                               .absolute = absolute,
	                               .shown = collect_shown(c, absolute, path),
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
		collect_add(c, (struct target){.project = p, .shown = "<stdin>", .is_stdin = true});
	else
		collect_complain(c, &err);
}

static void add_named_folder(struct collector *c, const char *path)
{
	struct err err;
	const char *top = path_real(c->arena, path);
	struct project *p = top ? project_of(c->projects, top, &err) : NULL;
	if (p)
		collect_folder(c, p, top, path);
	else if (top)
		collect_complain(c, &err);
	else
		term_error("cannot find `%s`: %s", path, err_reason(errno));
	c->trouble |= !p;
}

static void add_from_snapshot(struct collector *c, const char *arg)
{
	struct err err;
	const char *path = collect_absolute(c, arg);
	enum file_kind kind = file_kind_of(c->scope->snapshot, path);
	struct project *p = kind == FILE_FOLDER ? project_of(c->projects, path, &err) : NULL;
	if (kind == FILE_NONE) {
		term_error("cannot find `%s` in %s", arg, c->scope->wish.staged ? _("the index") : c->scope->wish.rev);
		c->trouble = true;
	} else if (kind != FILE_FOLDER) {
		add_named_file(c, path, arg, false);
	} else if (p) {
		collect_folder(c, p, path, arg);
	} else {
		collect_complain(c, &err);
	}
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
		collect_complain(c, &err);
		return;
	}
	/* Hardly anybody means the whole system. */
	if (strcmp(p->root, "/") == 0 && project_is_unmarked(c->arena, p)) {
		term_error("`/` is no project: go to one, or begin one with `sdi init` in a folder of its own");
		c->trouble = c->refused = true;
		return;
	}
	collect_folder(c, p, p->root, p->root);
	collect_templates(c, p, NULL);
	if (!c->nr && project_is_unmarked(c->arena, p))
		term_say("`%s` is no project; `sdi init` begins one", p->root);
}

/* A template with a mistake judges nothing: whoever lints its project has to know. */
static void add_broken_templates(struct collector *c)
{
	for (size_t i = 0, nr = c->nr; i < nr; i++) {
		struct project *p = c->v[i].project;
		if (i && p == c->v[i - 1].project)
			continue;
		collect_broken_templates(c, p);
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

static struct collection finish(struct collector *c, bool all_there)
{
	add_broken_templates(c);
	sort_once(c);
	struct collection out = collect_jobs(c);
	collect_others(c, all_there, &out);
	facts_fill(c->arena, c->here, c->v, &out);
	return out;
}

static bool any_was_there(const struct scope *s)
{
	for (size_t i = 0; i < s->nr; i++)
		for (size_t b = 0; b < s->bases; b++)
			if (*s->file[i].old[b].hex)
				return true;
	return false;
}

struct collection collect(struct arena *a, struct projects *projects, const struct scope *scope, const char *const *arg,
                          size_t nr, const char *stdin_name)
{
	struct collector c = {
		.arena = a, .projects = projects, .scope = scope, .here = scope->here, .stdin_name = stdin_name};
	c.alters = scope->alters;
	if (scope->only_changed)
		collect_changed(&c, arg, nr);
	else if (!nr)
		add_everything(&c);
	for (size_t i = 0; i < nr && !scope->only_changed; i++)
		add_argument(&c, arg[i]);
	if (c.alters && scope->wish.changed_lines && any_was_there(scope))
		term_say("the config or a template changes, too: what was there before counts as well");
	return finish(&c, !nr && !scope->only_changed);
}

struct collection collect_text(struct arena *a, struct projects *projects, const struct scope *scope, const char *path,
                               struct str text)
{
	struct collector c = {.arena = a, .projects = projects, .scope = scope, .here = scope->here, .text = &text};
	add_file(&c, path, true);
	return finish(&c, false);
}
