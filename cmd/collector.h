/* The parts of collect.c: from arguments to targets, from targets to jobs. */
#pragma once

#include "cmd/facts.h"
#include "core/source/walk.h"

struct collector {
	struct arena *arena;
	struct projects *projects;
	const struct scope *scope;
	const char *here;
	const char *stdin_name;
	const struct str *text; /* what stands for standard input; NULL: that is read */
	struct target *v;
	size_t nr, cap;
	bool trouble, refused;
	bool is_silent; /* others tell what is in the way */
	bool alters;    /* the change alters by what its files are judged */
};

/* One folder that is walked. */
struct walker {
	struct collector *collector;
	struct project *project;
	const char *top;    /* absolute */
	const char *folder; /* the last one asked about, and its project; NULL: it cannot be used */
	struct project *of_folder;
};

/* Says it on stderr; an error that was told already is empty. */
void collect_complain(struct collector *c, const struct err *err);
void collect_add(struct collector *c, struct target t);
/* Below the current folder a path is relative; elsewhere it is shown the way it was named. */
const char *collect_shown(struct collector *c, const char *absolute, const char *named);
/* A path on the command line, absolute; on disk with its links resolved. */
const char *collect_absolute(struct collector *c, const char *arg);

void collect_templates(struct collector *c, struct project *p, const char *below);
/* Those with mistakes. */
void collect_broken_templates(struct collector *c, struct project *p);
/* All digests and templates below a folder. */
void collect_folder(struct collector *c, struct project *p, const char *top, const char *named);
struct project *walker_project(struct walker *w, const char *path);
/* A walk_wanted: is it a digest? */
bool walker_wants(void *context, const char *path, const char *name);
/* Does the config leave it out? */
bool walker_excludes(struct walker *w, const char *path);
/* What a walk would not enter. */
bool collect_passes_over(const char *relative);
/* Is it a text, or a link to one? -1: a link that leads out. */
int collect_is_text(struct collector *c, const char *path, struct err *err);

/* The files that changed, as far as they lie in the arguments. */
void collect_changed(struct collector *c, const char *const *arg, size_t nr);
/* What their digests are held against: the other digests of their projects, if not `all_there` already. */
void collect_others(struct collector *c, bool all_there, struct collection *out);
/* Of all targets. */
struct collection collect_jobs(struct collector *c);
