/* Where git takes its pre-commit hooks from, and what is there. */
#pragma once

#include "cmd/hook_manager.h"
#include "cmd/hook_script.h"
#include "core/source/git.h"

/* A hook that is a file. */
struct hook_file {
	const char *path;  /* absolute */
	const char *shown; /* for messages */
	enum hook_author author;
	bool runs; /* git would run it */
	struct str text;
};

/* A hook that git's config holds: hook.NAME.command. */
struct hook_config {
	struct str name, command, scope;
	bool before_commit; /* its event is pre-commit */
	bool disabled;
	enum hook_author author;
};

struct hook_site {
	struct arena *a;
	struct git git;         /* runs at the root of the work tree */
	const char *here, *top; /* the current folder, and that root */
	struct str version;     /* git's: "2.39.5" */
	bool knows_config;      /* this git runs hooks of its config */
	const char *root;       /* the folder of our file's: its hooks folder lies in here */
	struct hook_file ours;  /* in git's own hooks folder: the only place where sdi writes */
	struct hook_file used;  /* where git looks: mostly the same */
	bool linked;            /* git's own hooks folder is a link */
	bool elsewhere;         /* git looks into another folder */
	struct str hooks_path;  /* core.hooksPath, as it stands; "" without it */
	struct str scope;       /* of that: "local", "global", … */
	struct hook_config *config;
	size_t configs;
	const struct hook_manager *manager; /* that the work tree is set up for; NULL for none */
	const char *manager_file;
};

/* -1 where there is no work tree of a git repository, or git does not say. */
int hook_site_find(struct arena *a, const char *here, struct hook_site *out, struct err *err);
/* The hook of this name in the config; NULL for none. */
const struct hook_config *hook_site_config(const struct hook_site *s, const char *name);
/* Would git run this one before each commit? */
bool hook_site_runs(const struct hook_site *s, const struct hook_config *h);
/* A hook of the config that runs sdi before each commit; NULL for none. */
const struct hook_config *hook_site_config_in_force(const struct hook_site *s);
/* Does the file that git runs run sdi, itself or through a tool? */
bool hook_site_file_in_force(const struct hook_site *s);
/* Is it sdi's own place that git looks at? */
bool hook_site_is_own(const struct hook_site *s);
