#include "cmd/ci_env.h"

#include <stdlib.h>

#include "core/config/json.h"
#include "core/source/source.h"

/* GitHub sends no event of more than 25 MB. */
enum { LARGEST_EVENT = 32 << 20 };

static const struct {
	const char *name;
	size_t offset;
} variables[] = {
	{"SDI_BASE", offsetof(struct ci_env, sdi_base)},
	{"PRE_COMMIT_FROM_REF", offsetof(struct ci_env, pre_commit_from)},
	{"GITHUB_EVENT_NAME", offsetof(struct ci_env, event)},
	{"GITHUB_REF", offsetof(struct ci_env, ref)},
	{"GITHUB_SHA", offsetof(struct ci_env, sha)},
	{"GITHUB_BASE_REF", offsetof(struct ci_env, base_ref)},
	{"CI_MERGE_REQUEST_IID", offsetof(struct ci_env, merge_request)},
	{"CI_MERGE_REQUEST_DIFF_BASE_SHA", offsetof(struct ci_env, diff_base)},
	{"CI_MERGE_REQUEST_TARGET_BRANCH_SHA", offsetof(struct ci_env, target_sha)},
	{"CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", offsetof(struct ci_env, source_sha)},
	{"CI_COMMIT_BEFORE_SHA", offsetof(struct ci_env, commit_before)},
};

static const char *value_of(struct arena *a, const char *name)
{
	const char *value = getenv(name);
	return value && *value ? arena_strdup(a, value) : NULL;
}

static bool is_true(const char *name)
{
	const char *value = getenv(name);
	return value && strcmp(value, "true") == 0;
}

static void read_event(struct arena *a, struct ci_env *e)
{
	struct err err;
	struct source file = {0};
	struct json_wish wish[] = {{"before", NULL}, {"merge_group.base_sha", NULL}, {"pull_request.head.sha", NULL}};
	const char *path = value_of(a, "GITHUB_EVENT_PATH");
	int bad =
		path ? source_read_file(a, path, LARGEST_EVENT, &file, &err) : err_set(&err, "GITHUB_EVENT_PATH is not set");
	if (bad || json_find(a, file.text, wish, ARRAY_SIZE(wish), &err))
		e->event_error = arena_strdup(a, err.text);
	e->before = wish[0].value;
	e->group_base = wish[1].value;
	e->pull_head = wish[2].value;
}

struct ci_env ci_env_read(struct arena *a, const char *base)
{
	struct ci_env e = {
		.base = base, .ci = is_true("CI"), .github = is_true("GITHUB_ACTIONS"), .gitlab = is_true("GITLAB_CI")};
	for (size_t i = 0; i < ARRAY_SIZE(variables); i++)
		*(const char **)(void *)((char *)&e + variables[i].offset) = value_of(a, variables[i].name);
	if (e.github)
		read_event(a, &e);
	return e;
}
