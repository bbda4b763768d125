#include "core/source/repo_plumbing.h"

#include <stdlib.h>

#include "core/source/files.h"
#include "core/source/paths.h"

/* What is asked for only now and then, and fetched then. */
struct lazy {
	const struct snapshot *snapshot; /* NULL: none, when asked */
	bool asked;
};

struct repo_plumbing {
	struct arena a;
	struct history *history;
	struct lazy index, head;
	struct talk ignores;
	bool no_ignores; /* git cannot tell */
};

struct repo_plumbing *repo_plumbing_find(const char *path, const struct git *git, struct err *why)
{
	struct repo_plumbing *r = xcalloc(1, sizeof(*r));
	r->history = history_open(&(struct git_place){.git = {path, git->env}}, why);
	if (r->history && !history_is_bare(r->history))
		return r;
	repo_plumbing_free(r);
	return NULL;
}

void repo_plumbing_free(struct repo_plumbing *r)
{
	if (!r)
		return;
	talk_end(&r->ignores);
	history_close(r->history);
	arena_release(&r->a);
	free(r);
}

const char *repo_plumbing_root(const struct repo_plumbing *r)
{
	return history_root(r->history);
}

const char *repo_plumbing_git_dir(const struct repo_plumbing *r)
{
	return history_git_dir(r->history);
}

/* ---- index and HEAD ---- */

static const struct snapshot *take(struct repo_plumbing *r, struct lazy *lazy, const struct moment *at)
{
	struct err ignored;
	if (!lazy->asked)
		lazy->snapshot = snapshot_take(&r->a, r->history, at, &ignored);
	lazy->asked = true;
	return lazy->snapshot;
}

static const struct snapshot *take_head(struct repo_plumbing *r)
{
	struct moment at = {.kind = MOMENT_COMMIT};
	struct err ignored;
	if (!r->head.asked && (history_head(r->history, &at.commit, &ignored) || !at.commit.hex[0]))
		r->head.asked = true;
	return take(r, &r->head, &at);
}

static enum file_kind kind_in(const struct snapshot *s, const char *relative)
{
	struct arena scratch = {0};
	enum file_kind kind = file_kind_of(s, path_clean(&scratch, path_join(&scratch, snapshot_root(s), relative)));
	arena_release(&scratch);
	return kind;
}

/* Does the path lead through a submodule or a link? */
static bool leads_elsewhere(const struct snapshot *s, const char *relative)
{
	struct arena scratch = {0};
	bool elsewhere = false;
	for (const char *slash = strchr(relative, '/'); slash && !elsewhere; slash = strchr(slash + 1, '/')) {
		enum file_kind kind = kind_in(s, arena_str(&scratch, (struct str){relative, (size_t)(slash - relative)}).p);
		elsewhere = kind != FILE_FOLDER && kind != FILE_NONE;
	}
	arena_release(&scratch);
	return elsewhere;
}

enum repo_answer repo_plumbing_tracks(struct repo_plumbing *r, const char *relative)
{
	const struct snapshot *index = take(r, &r->index, &(struct moment){.kind = MOMENT_INDEX});
	if (!index)
		return REPO_UNKNOWN;
	if (kind_in(index, relative) != FILE_NONE)
		return REPO_YES;
	return leads_elsewhere(index, relative) ? REPO_UNKNOWN : REPO_NO;
}

bool repo_plumbing_is_new(struct repo_plumbing *r, const char *relative)
{
	const struct snapshot *head = take_head(r);
	return head && kind_in(head, relative) == FILE_NONE;
}

/* ---- ignores ---- */

/* Source, line, pattern and path, each with a NUL behind it; nothing in front of the path where no pattern fits. */
static int hear_pattern(struct repo_plumbing *r, bool *ignored)
{
	struct str part;
	for (size_t i = 0; i < 4; i++) {
		if (talk_part(&r->ignores, '\0', &part))
			return -1;
		if (i == 2)
			*ignored = part.n && part.p[0] != '!';
	}
	return 0;
}

static int ask_pattern(struct repo_plumbing *r, struct str path, bool *ignored)
{
	struct err error;
	if (!r->ignores.pid && git_talk(history_git(r->history), &r->ignores,
	                                GIT("check-ignore", "-z", "--stdin", "--verbose", "--non-matching"), &error))
		return -1;
	return talk_ask(&r->ignores, path) || hear_pattern(r, ignored) ? -1 : 0;
}

bool repo_plumbing_ignores(struct repo_plumbing *r, const char *relative, bool is_folder)
{
	struct arena scratch = {0};
	bool ignored = false;
	/* The NUL behind the text ends it. */
	struct str path = arena_printf(&scratch, "%s%s", relative, is_folder ? "/" : "");
	path.n++;
	if (r->no_ignores || ask_pattern(r, path, &ignored)) {
		r->no_ignores = true;
		talk_end(&r->ignores);
	}
	arena_release(&scratch);
	return ignored;
}
