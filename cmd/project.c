#include "cmd/project.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cmd/git_place.h"
#include "cmd/link_answers.h"
#include "cmd/targets.h"
#include "cmd/templates.h"
#include "cmd/term.h"
#include "core/base/unicode.h"
#include "core/source/paths.h"

/* What a folder led to. */
struct known {
	const char *folder;
	struct project *project; /* NULL: it cannot be used */
};

struct projects {
	struct arena arena;
	struct project_options options;
	struct block_parser *parser;
	const char *here;
	struct project **v;
	size_t nr, cap;
	struct known *known;
	size_t knowns, known_cap;
	const char **broken; /* roots of projects whose error was told */
	size_t brokens, broken_cap;
	struct git git; /* for what libgit2 cannot read; zeroed: not known yet */
	bool warned;    /* that a repository cannot be read */
};

struct projects *projects_new(const struct project_options *options)
{
	struct projects *p = xcalloc(1, sizeof(*p));
	p->options = *options;
	p->here = options->here;
	p->parser = block_parser_new();
	return p;
}

void projects_free(struct projects *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->nr; i++)
		repo_free(p->v[i]->repo);
	block_parser_free(p->parser);
	arena_release(&p->arena);
	free(p);
}

const char *projects_here(struct projects *p, struct err *err)
{
	if (!p->here)
		p->here = path_real(&p->arena, ".");
	if (!p->here)
		err_set(err, "cannot tell the current folder: %s", err_reason(errno));
	return p->here;
}

struct block_parser *projects_parser(struct projects *p)
{
	return p->parser;
}

const char *path_shown(struct arena *a, const char *here, const char *absolute)
{
	const char *below = path_below(here, absolute);
	return arena_strdup(a, below ? below : absolute);
}

const struct template_file *project_template(const struct project *p, const char *absolute)
{
	for (size_t i = 0; i < p->files; i++)
		if (strcmp(p->file[i].absolute, absolute) == 0)
			return &p->file[i];
	return NULL;
}

static bool exists(struct projects *all, const char *folder, const char *name)
{
	return file_kind_of(all->options.snapshot, path_join(&all->arena, folder, name)) != FILE_NONE;
}

static bool is_marked(struct projects *all, const char *folder)
{
	return exists(all, folder, ".sdi.yaml") || exists(all, folder, ".sdi");
}

/* The nearest marked folder from `folder` up to `last` ("/" without a work tree); NULL without one. */
static const char *find_marked(struct projects *all, const char *folder, const char *last)
{
	for (;;) {
		if (is_marked(all, folder))
			return folder;
		if (strcmp(folder, last) == 0 || strcmp(folder, "/") == 0)
			return NULL;
		folder = path_folder(&all->arena, folder);
	}
}

/* The root of the work tree around a folder, also of one that cannot be opened; NULL without one. */
static const char *find_work_tree(struct arena *a, const struct snapshot *files, const struct repo *repo,
                                  const char *folder)
{
	if (files)
		return snapshot_root(files);
	if (repo)
		return arena_strdup(a, repo_root(repo));
	while (file_kind_of(NULL, path_join(a, folder, ".git")) == FILE_NONE) {
		if (strcmp(folder, "/") == 0)
			return NULL;
		folder = path_folder(a, folder);
	}
	return folder;
}

const char *project_work_tree(struct arena *a, const struct project *p)
{
	return find_work_tree(a, p->snapshot, p->repo, p->root);
}

bool project_is_unmarked(struct arena *a, const struct project *p)
{
	static const char *const marks[] = {".sdi.yaml", ".sdi"};
	bool marked = project_work_tree(a, p) != NULL;
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		marked |= file_kind_of(NULL, path_join(a, p->root, marks[i])) != FILE_NONE;
	return !marked;
}

int project_holds(struct arena *a, const struct project *p, const char *absolute, const char *shown, struct err *err)
{
	const char *top = project_work_tree(a, p), *real = file_real(a, p->snapshot, absolute);
	if (!real || path_below(top ? top : p->root, real))
		return 0;
	return err_set(err, "%s: a link that leads out of the work tree", shown);
}

static const char *find_root(struct projects *all, const struct repo *repo, const char *folder)
{
	const char *top = find_work_tree(&all->arena, all->options.snapshot, repo, folder);
	const char *marked = find_marked(all, folder, top ? top : "/");
	if (marked)
		return marked;
	return top ? top : folder;
}

static int load_config(struct projects *all, struct project *p, struct err *err)
{
	config_default(&p->config);
	if (all->options.isolated && all->options.config)
		return err_set(err, "--config and --isolated exclude each other");
	if (all->options.isolated)
		return 0;
	if (all->options.config)
		return config_load(&all->arena, NULL, all->options.config, all->options.config, &p->config, err);
	if (!exists(all, p->root, ".sdi.yaml")) {
		if (exists(all, p->root, ".sdi.yml"))
			return err_set(err, "`.sdi.yml` is not read; a config is called `.sdi.yaml`");
		return 0;
	}
	const char *path = path_join(&all->arena, p->root, ".sdi.yaml");
	const char *shown = path_shown(&all->arena, all->here, path);
	if (project_holds(&all->arena, p, path, shown, err))
		return -1;
	return config_load(&all->arena, p->snapshot, p->snapshot ? path : shown, shown, &p->config, err);
}

static int load_project(struct projects *all, struct project *p, struct err *err)
{
	if (load_config(all, p, err) || link_hosts_read(&all->arena, &p->config, &p->link_hosts, err))
		return -1;
	/* All overrides at once: for what is wrong in any of them. */
	if (lint_plan_make(&all->arena, &p->config, &all->options.rules, UINT64_MAX, &p->plan, err) ||
	    lint_plan_make(&all->arena, &p->config, &all->options.rules, 0, &p->plan, err))
		return -1;
	if (unicode_day(p->config.timezone, (long long)time(NULL), &p->today, err))
		return -1;
	return templates_load(&all->arena, all->parser, all->here, p, err);
}

const struct lint_plan *project_plan(struct projects *all, struct project *p, const char *relative, struct err *err)
{
	uint64_t fit = config_overrides_of(&p->config, relative);
	for (size_t i = 0; fit && i < p->nr_plans; i++)
		if (p->plans[i].overrides == fit)
			return p->plans[i].plan;
	if (!fit)
		return &p->plan;
	struct lint_plan *plan = arena_new(&all->arena, struct lint_plan);
	if (lint_plan_make(&all->arena, &p->config, &all->options.rules, fit, plan, err))
		return NULL;
	p->plans = arena_grow(&all->arena, p->plans, p->nr_plans, &p->plans_cap, sizeof(*p->plans));
	p->plans[p->nr_plans++] = (struct project_plan){fit, plan};
	return plan;
}

static struct project *find_project(const struct projects *all, const char *root)
{
	for (size_t i = 0; i < all->nr; i++)
		if (strcmp(all->v[i]->root, root) == 0)
			return all->v[i];
	return NULL;
}

static bool is_broken(const struct projects *all, const char *root)
{
	for (size_t i = 0; i < all->brokens; i++)
		if (strcmp(all->broken[i], root) == 0)
			return true;
	return false;
}

static void remember_broken(struct projects *all, const char *root)
{
	all->broken = arena_grow(&all->arena, all->broken, all->brokens, &all->broken_cap, sizeof(*all->broken));
	all->broken[all->brokens++] = root;
}

/* Takes over `repo`. */
static struct project *open_project(struct projects *all, const char *root, struct repo *repo, struct err *err)
{
	struct project *p = find_project(all, root);
	if (p || is_broken(all, root)) {
		repo_free(repo);
		err_set(err, "%s", "");
		return p;
	}
	p = arena_new(&all->arena, struct project);
	p->root = root;
	p->snapshot = all->options.snapshot;
	p->repo = repo;
	p->targets = targets_of(&all->arena, p);
	p->answers = link_answers_of(&all->arena, p, repo ? repo_git_dir(repo) : all->options.git_dir);
	if (load_project(all, p, err)) {
		remember_broken(all, root);
		repo_free(repo);
		return NULL;
	}
	all->v = arena_grow(&all->arena, all->v, all->nr, &all->cap, sizeof(struct project *));
	return all->v[all->nr++] = p;
}

static const struct known *find_known(const struct projects *all, const char *folder)
{
	for (size_t i = all->knowns; i-- > 0;)
		if (strcmp(all->known[i].folder, folder) == 0)
			return &all->known[i];
	return NULL;
}

static struct project *remember(struct projects *all, const char *folder, struct project *project)
{
	all->known = arena_grow(&all->arena, all->known, all->knowns, &all->known_cap, sizeof(*all->known));
	all->known[all->knowns++] = (struct known){arena_strdup(&all->arena, folder), project};
	return project;
}

/* Much can be done without git; but not unnoticed. */
static void warn_once(struct projects *all, const struct err *why)
{
	if (!all->warned)
		term_error("warning: the git repository cannot be read, so what it ignores is not left out: %s", why->text);
	all->warned = true;
}

static const struct git *git_of(struct projects *all)
{
	if (!all->git.env)
		all->git = (struct git){all->here, git_environment(&all->arena)};
	return &all->git;
}

/* A text on standard input may be the first one of a folder. */
static const char *existing(struct projects *all, const char *folder)
{
	while (file_kind_of(NULL, folder) == FILE_NONE && strcmp(folder, "/") != 0)
		folder = path_folder(&all->arena, folder);
	return folder;
}

struct project *project_of(struct projects *all, const char *folder, struct err *err)
{
	const char *here = projects_here(all, err);
	if (!here)
		return NULL;
	if (all->options.config)
		folder = here;
	const struct known *known = find_known(all, folder);
	if (known) {
		err_set(err, "%s", "");
		return known->project;
	}
	struct err why = {{0}};
	struct repo *repo = all->options.snapshot ? NULL : repo_find(existing(all, folder), git_of(all), &why);
	if (!repo && *why.text)
		warn_once(all, &why);
	return remember(all, folder, open_project(all, find_root(all, repo, folder), repo, err));
}

/* Does a project or a work tree of its own begin at `folder`, or above it and below `top`? */
static bool is_foreign(struct projects *all, const char *top, const char *folder)
{
	while (strcmp(folder, top) != 0 && strcmp(folder, "/") != 0) {
		if (is_marked(all, folder) || exists(all, folder, ".git"))
			return true;
		folder = path_folder(&all->arena, folder);
	}
	return false;
}

struct project *project_here(struct projects *all, struct err *err)
{
	const char *here = projects_here(all, err);
	return here ? project_of(all, here, err) : NULL;
}

struct project *project_below(struct projects *all, struct project *above, const char *top, const char *folder,
                              struct err *err)
{
	if (all->options.config || strcmp(top, folder) == 0)
		return above;
	if (is_foreign(all, top, folder))
		return project_of(all, folder, err);
	return above;
}
