/*
 * A project: a root folder with its config, what is in force there, and its templates.
 */
#pragma once

#include "core/source/files.h"
#include "core/source/repo.h"
#include "lint/links/hosts.h"
#include "lint/lint.h"

/* A file of the templates' folder. */
struct template_file {
	const char *absolute;
	struct source source;
	const struct template *template; /* NULL: no text that can be parsed; the source rules say why */
};

/* What is in force where certain overrides of the config fit. */
struct project_plan {
	uint64_t overrides;
	const struct lint_plan *plan;
};

struct project {
	const char *root;                /* absolute, links resolved */
	const struct snapshot *snapshot; /* where its files are looked for; NULL: on disk */
	struct repo *repo;               /* NULL without one, and with a snapshot */
	struct config config;
	struct lint_plan plan;      /* where no override fits */
	struct project_plan *plans; /* where some do, as far as it was asked for */
	size_t nr_plans, plans_cap;
	const char *templates_folder; /* absolute */
	struct template_file *file;   /* the project's own */
	size_t files;
	struct template_set templates;
	struct link_hosts link_hosts;       /* what its config says of them */
	const struct targets *targets;      /* what local links may lead to */
	const struct link_answers *answers; /* what other links were found to lead to; NULL without git */
	struct date today;                  /* in the config's zone */
};

/* What the command line says about every project. */
struct project_options {
	const char *config; /* --config: instead of any other */
	bool isolated;      /* --isolated: no config at all */
	struct plan_wish rules;
	const struct snapshot *snapshot; /* projects are what it holds; NULL: what is on disk */
	const char *here;                /* the current folder; NULL: the process's */
	const char *git_dir;             /* of the snapshot */
};

struct projects;

struct projects *projects_new(const struct project_options *options);
void projects_free(struct projects *p);

/* The current folder; an error when it is gone. */
const char *projects_here(struct projects *all, struct err *err);
struct block_parser *projects_parser(struct projects *p);

/*
 * The project of a folder (absolute, links resolved): the nearest folder upward that holds `.sdi.yaml` or `.sdi`, not above
 * the root of the git work tree; else that root; else the folder itself. NULL with an error; the second time that the same
 * project fails, the error is "" because it was told already.
 */
struct project *project_of(struct projects *all, const char *folder, struct err *err);
/* The current folder's. */
struct project *project_here(struct projects *all, struct err *err);
/* The same for a folder somewhere below one whose project is known: `top` is the folder, `above` its project. */
struct project *project_below(struct projects *all, struct project *above, const char *top, const char *folder,
                              struct err *err);

/* What is in force for a file at a path relative to the project's root, or NULL for none. NULL with an error. */
const struct lint_plan *project_plan(struct projects *all, struct project *p, const char *relative, struct err *err);
/* The root of the work tree around a project, also of one that cannot be opened; NULL without one. */
const char *project_work_tree(struct arena *a, const struct project *p);
/* Is it but a folder: without a work tree, a config and templates? */
bool project_is_unmarked(struct arena *a, const struct project *p);
/* -1: what the repository names leads out of it by links, so that a pull request could have other files shown. */
int project_holds(struct arena *a, const struct project *p, const char *absolute, const char *shown, struct err *err);
/* How an absolute path is shown: relative to the current folder when below it. */
const char *path_shown(struct arena *a, const char *here, const char *absolute);
/* The project's file at an absolute path when it is one of its templates; else NULL. */
const struct template_file *project_template(const struct project *p, const char *absolute);
