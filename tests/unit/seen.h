/* One repository as libgit2 sees it, and as git does. Every failure ends the test. */
#pragma once

#include "tests/unit/scratch.h"

#include "core/base/arena.h"
#include "core/source/history.h"

extern char **environ;

enum { BACKENDS = 2 };

/* One repository, seen by libgit2 and by git. */
struct seen {
	struct arena a;
	struct history *by[BACKENDS];
};

static const struct moment empty = {.kind = MOMENT_EMPTY}, in_index = {.kind = MOMENT_INDEX},
						   on_disk = {.kind = MOMENT_WORK_TREE};

static inline struct history *open_place(const struct git_place *place)
{
	struct err err;
	struct history *h = history_open(place, &err);
	if (!h)
		fail_msg("%s", err.text);
	return h;
}

static inline struct seen see(const struct scratch *s, const char *folder)
{
	struct seen seen = {.a = {0}};
	for (size_t i = 0; i < BACKENDS; i++) {
		struct git_place place = {
			.git = {arena_strdup(&seen.a, scratch_at(s, folder)), (const char *const *)(const void *)environ},
			.plumbing = i > 0,
		};
		seen.by[i] = open_place(&place);
	}
	assert_string_equal(history_root(seen.by[0]), history_root(seen.by[1]));
	assert_string_equal(history_git_dir(seen.by[0]), history_git_dir(seen.by[1]));
	assert_int_equal(history_is_bare(seen.by[0]), history_is_bare(seen.by[1]));
	assert_int_equal(history_is_shallow(seen.by[0]), history_is_shallow(seen.by[1]));
	return seen;
}

static inline void look_away(struct seen *seen)
{
	for (size_t i = 0; i < BACKENDS; i++)
		history_close(seen->by[i]);
	arena_release(&seen->a);
}

static inline void shell(const struct scratch *s, const char *script)
{
	SCRATCH_RUN(s, ".", "sh", "-ec", script);
}

static inline struct moment commit_of(struct seen *seen, const char *rev)
{
	struct moment at[BACKENDS] = {{.kind = MOMENT_COMMIT}, {.kind = MOMENT_COMMIT}};
	for (size_t i = 0; i < BACKENDS; i++) {
		struct err err;
		if (history_commit(seen->by[i], rev, &at[i].commit, &err))
			fail_msg("%zu: %s: %s", i, rev, err.text);
	}
	assert_string_equal(at[0].commit.hex, at[1].commit.hex);
	return at[0];
}

static inline struct str list_by(struct arena *a, struct history *h, const struct moment *at, bool ids)
{
	struct tracked_list list;
	struct err err;
	struct str out = STR("");
	if (history_list(h, a, at, &list, &err))
		return arena_printf(a, "error: %s", err.text);
	for (size_t i = 0; i < list.nr; i++)
		out = arena_printf(a, "%s%o %s%s %s\n", out.p, list.v[i].mode, list.v[i].path,
		                   list.v[i].unmerged ? " unmerged" : "", ids ? list.v[i].id.hex : "");
	return out;
}

static inline void expect_list(struct seen *seen, const struct moment *at, const char *wanted)
{
	for (size_t i = 0; i < BACKENDS; i++)
		assert_string_equal(list_by(&seen->a, seen->by[i], at, false).p, wanted);
	assert_string_equal(list_by(&seen->a, seen->by[0], at, true).p, list_by(&seen->a, seen->by[1], at, true).p);
}

/* Settings of whoever runs the tests do not matter. */
static inline void settle_environment(void)
{
	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_AUTHOR_NAME", "T", 1);
	setenv("GIT_AUTHOR_EMAIL", "t@example.invalid", 1);
	setenv("GIT_COMMITTER_NAME", "T", 1);
	setenv("GIT_COMMITTER_EMAIL", "t@example.invalid", 1);
	setenv("GIT_OPTIONAL_LOCKS", "0", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

/* Parts of scripts. */
#define INIT "git init -q -b main r; cd r; "
#define TEXT(name) "seq 1 40 | sed 's|^|" name " line |' >" name "; "
#define COMMIT "git add -A; git commit -q -m x; "
#define DIVERGE                                                           \
	INIT "echo 1 >both; echo 1 >ours; echo 1 >theirs; " COMMIT            \
		 "git checkout -q -b side; echo 2 >both; echo 2 >theirs; " COMMIT \
		 "git checkout -q main; echo 3 >both; echo 3 >ours; " COMMIT
