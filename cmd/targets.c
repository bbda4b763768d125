#include "cmd/targets.h"

#include <pthread.h>
#include <stdlib.h>

#include "core/source/paths.h"

struct project_targets {
	struct targets targets;          /* first: what others see of it */
	const char *root;                /* of the project */
	const char *top;                 /* of the work tree; the project's without git */
	struct repo *repo;               /* NULL without one */
	const struct snapshot *snapshot; /* instead of the disk */
};

static const struct project_targets *own(const struct targets *t)
{
	return (const struct project_targets *)(const void *)t;
}

/* A repository's handles belong to one thread at a time. */
static enum repo_answer ask(struct repo *repo, const char *relative)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	pthread_mutex_lock(&lock);
	enum repo_answer answer = repo_tracks(repo, relative);
	pthread_mutex_unlock(&lock);
	return answer;
}

/* The clean absolute path; NULL outside of the work tree. */
static const char *absolute_of(struct arena *a, const struct project_targets *p, const char *path)
{
	bool rooted = *path == '/';
	const char *absolute = path_clean(a, path_join(a, rooted ? p->top : p->root, rooted ? path + 1 : path));
	return path_below(p->top, absolute) ? absolute : NULL;
}

/* Where it really is on disk, links followed; NULL when it is not there. */
static const char *real_of(struct arena *a, const char *absolute)
{
	char *real = realpath(absolute, NULL);
	const char *out = real ? arena_strdup(a, real) : NULL;
	free(real);
	return out;
}

/* Does the path lead through a submodule or a link? */
static bool leads_elsewhere(struct arena *a, const struct project_targets *p, const char *absolute)
{
	for (const char *way = path_folder(a, absolute); path_below(p->top, way) && strcmp(way, p->top) != 0;
	     way = path_folder(a, way)) {
		enum file_kind kind = file_kind_of(p->snapshot, way);
		if (kind != FILE_NONE)
			return kind != FILE_FOLDER;
	}
	return false;
}

static enum target_state look_in_snapshot(struct arena *a, const struct project_targets *p, const char *absolute)
{
	if (file_kind_of(p->snapshot, absolute) != FILE_NONE)
		return TARGET_PRESENT;
	return leads_elsewhere(a, p, absolute) ? TARGET_UNKNOWN : TARGET_MISSING;
}

static enum target_state look_at(struct arena *a, const struct project_targets *p, const char *absolute)
{
	if (p->snapshot)
		return look_in_snapshot(a, p, absolute);
	enum repo_answer tracked = p->repo ? ask(p->repo, path_below(p->top, absolute)) : REPO_NO;
	if (tracked != REPO_NO)
		return tracked == REPO_YES ? TARGET_PRESENT : TARGET_UNKNOWN;
	const char *real = real_of(a, absolute);
	if (!real)
		return TARGET_MISSING;
	const char *below = path_below(p->top, real);
	if (!below)
		return TARGET_UNKNOWN;
	if (!p->repo)
		return TARGET_PRESENT;
	/* Pages do not follow links between folders; the work tree does. */
	bool linked = strcmp(real, absolute) != 0;
	return linked && ask(p->repo, below) != REPO_NO ? TARGET_UNKNOWN : TARGET_UNTRACKED;
}

static enum target_state look(const struct targets *t, const char *path)
{
	struct arena scratch = {0};
	const char *absolute = absolute_of(&scratch, own(t), path);
	enum target_state state = absolute ? look_at(&scratch, own(t), absolute) : TARGET_UNKNOWN;
	arena_release(&scratch);
	return state;
}

static struct str read_text(const struct targets *t, struct arena *a, const char *path)
{
	enum { LARGEST_TEXT = 8 << 20 };
	struct source source = {0};
	struct err err;
	const struct snapshot *snapshot = own(t)->snapshot;
	const char *absolute = absolute_of(a, own(t), path), *real = NULL;
	if (absolute)
		real = snapshot ? file_real(a, snapshot, absolute) : real_of(a, absolute);
	if (!real || !path_below(own(t)->top, real) || file_read(a, snapshot, real, LARGEST_TEXT, &source, &err) < 0)
		return (struct str){0};
	return source.size > LARGEST_TEXT ? (struct str){0}
	                                  : (struct str){source.text.n ? source.text.p : "", source.text.n};
}

const struct targets *targets_of(struct arena *a, const struct project *p)
{
	struct project_targets *own = arena_new(a, struct project_targets);
	*own = (struct project_targets){
		.targets = {look, read_text},
		.root = p->root,
		.top = p->snapshot ? snapshot_root(p->snapshot)
	           : p->repo   ? repo_root(p->repo)
	                       : p->root,
		.repo = p->repo,
		.snapshot = p->snapshot,
	};
	return &own->targets;
}
