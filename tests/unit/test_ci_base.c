#include "cmd/ci_base.h"

#include "tests/unit/scratch.h"

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define C "cccccccccccccccccccccccccccccccccccccccc"
#define D "dddddddddddddddddddddddddddddddddddddddd"
#define ZEROS "0000000000000000000000000000000000000000"
#define LONG A "aaaaaaaaaaaaaaaaaaaaaaaa"

/* HEAD is A; its parents are B and, where it is a merge, C. */
static const struct ci_case {
	const char *name;
	size_t parents;
	struct ci_env env;
	enum ci_way way;
	const char *rev, *branch;
	bool or_all;
	const char *error; /* a part of it; NULL: none */
} cases[] = {
	{"nothing is said", 1, {0}, CI_UPSTREAM, NULL, NULL, false, NULL},
	{"--base", 1, {.base = "x", .sdi_base = "y", .github = true}, CI_PARTED, "x", NULL, false, NULL},
	{"SDI_BASE", 1, {.sdi_base = "y", .pre_commit_from = "z", .gitlab = true}, CI_PARTED, "y", NULL, false, NULL},
	{"PRE_COMMIT_FROM_REF", 1, {.pre_commit_from = "z", .github = true}, CI_PARTED, "z", NULL, false, NULL},
	{"--base is a branch of origin", 1, {.base = "origin/a/b"}, CI_PARTED, "origin/a/b", "a/b", false, NULL},
	{"in full", 1, {.base = "refs/remotes/origin/a"}, CI_PARTED, "refs/remotes/origin/a", "a", false, NULL},
	{"a commit near one", 1, {.base = "origin/a~1"}, CI_PARTED, "origin/a~1", NULL, false, NULL},
	{"--base goes before what is refused",
     1,
     {.base = "x", .github = true, .event = "pull_request_target"},
     CI_PARTED,
     "x",
     NULL,
     false,
     NULL},

	{"no event", 1, {.github = true}, 0, NULL, NULL, false, "GITHUB_EVENT_NAME"},
	{"trial merge, by its second parent",
     2,
     {.github = true, .event = "pull_request", .pull_head = C, .base_ref = "main"},
     CI_COMMIT,
     B,
     NULL,
     false,
     NULL},
	{"trial merge, by the ref",
     2,
     {.github = true, .event = "pull_request", .ref = "refs/pull/7/merge", .sha = A},
     CI_COMMIT,
     B,
     NULL,
     false,
     NULL},
	{"another commit is checked out than that of the ref",
     2,
     {.github = true, .event = "pull_request", .ref = "refs/pull/7/merge", .sha = D, .base_ref = "main"},
     CI_PARTED,
     NULL,
     "main",
     false,
     NULL},
	{"the proposed commit",
     1,
     {.github = true, .event = "pull_request", .ref = "refs/pull/7/merge", .sha = D, .pull_head = A, .base_ref = "m"},
     CI_PARTED,
     NULL,
     "m",
     false,
     NULL},
	{"the proposed commit is a merge",
     2,
     {.github = true, .event = "pull_request", .ref = "refs/pull/7/merge", .sha = A, .pull_head = A, .base_ref = "m"},
     CI_PARTED,
     NULL,
     "m",
     false,
     NULL},
	{"Gitea has no trial merge",
     2,
     {.github = true, .event = "pull_request", .ref = "refs/pull/7/head", .sha = A, .base_ref = "main"},
     CI_PARTED,
     NULL,
     "main",
     false,
     NULL},
	{"three parents",
     3,
     {.github = true, .event = "pull_request", .pull_head = C, .base_ref = "main"},
     CI_PARTED,
     NULL,
     "main",
     false,
     NULL},
	{"review", 2, {.github = true, .event = "pull_request_review", .pull_head = C}, CI_COMMIT, B, NULL, false, NULL},
	{"no base", 1, {.github = true, .event = "pull_request"}, 0, NULL, NULL, false, "GITHUB_BASE_REF"},
	{"a base that is none",
     1,
     {.github = true, .event = "pull_request", .base_ref = "-x"},
     0,
     NULL,
     NULL,
     false,
     "GITHUB_BASE_REF"},
	{"pull_request_target",
     2,
     {.github = true, .event = "pull_request_target", .pull_head = C, .base_ref = "main"},
     0,
     NULL,
     NULL,
     false,
     "use `on: pull_request`"},
	{"merge group", 2, {.github = true, .event = "merge_group", .group_base = D}, CI_COMMIT, D, NULL, false, NULL},
	{"merge group without base", 2, {.github = true, .event = "merge_group"}, 0, NULL, NULL, false, "no such commit"},
	{"push", 2, {.github = true, .event = "push", .before = D}, CI_COMMIT, D, NULL, true, NULL},
	{"push, SHA-256", 1, {.github = true, .event = "push", .before = LONG}, CI_COMMIT, LONG, NULL, true, NULL},
	{"push of a new branch", 1, {.github = true, .event = "push", .before = ZEROS}, CI_ALL, NULL, NULL, false, NULL},
	{"push, unknown", 1, {.github = true, .event = "push", .event_error = "no file"}, 0, NULL, NULL, false, "no file"},
	{"push, no commit", 1, {.github = true, .event = "push", .before = "main"}, 0, NULL, NULL, false, "does not name"},
	{"schedule", 1, {.github = true, .event = "schedule"}, CI_ALL, NULL, NULL, false, NULL},

	{"merge request", 1, {.gitlab = true, .merge_request = "7", .diff_base = D}, CI_COMMIT, D, NULL, false, NULL},
	{"merge request without base", 1, {.gitlab = true, .merge_request = "7"}, 0, NULL, NULL, false, "DIFF_BASE_SHA"},
	{"merge request that merged",
     2,
     {.gitlab = true, .merge_request = "7", .diff_base = D, .commit_before = ZEROS},
     CI_COMMIT,
     D,
     NULL,
     false,
     NULL},
	{"merged result",
     2,
     {.gitlab = true, .merge_request = "7", .diff_base = D, .target_sha = B},
     CI_COMMIT,
     B,
     NULL,
     false,
     NULL},
	{"merge train",
     2,
     {.gitlab = true, .merge_request = "7", .diff_base = D, .target_sha = D, .source_sha = C},
     CI_COMMIT,
     B,
     NULL,
     false,
     NULL},
	{"rebased result",
     1,
     {.gitlab = true, .merge_request = "7", .diff_base = D, .target_sha = C},
     CI_PARTED,
     C,
     NULL,
     false,
     NULL},
	{"branch", 1, {.gitlab = true, .commit_before = D}, CI_COMMIT, D, NULL, true, NULL},
	{"new branch", 1, {.gitlab = true, .commit_before = ZEROS}, CI_ALL, NULL, NULL, false, NULL},
	{"branch, unknown", 1, {.gitlab = true}, 0, NULL, NULL, false, "CI_COMMIT_BEFORE_SHA"},
};

static bool is_same(const char *x, const char *y)
{
	return x && y ? strcmp(x, y) == 0 : x == y;
}

static void check(const struct ci_case *c)
{
	static const struct object_id parents[] = {{B}, {C}, {D}};
	struct ci_head head = {{A}, parents, c->parents};
	struct ci_base out = {0};
	struct err err = {""};
	int bad = ci_base_decide(&c->env, &head, &out, &err);
	if (c->error && (!bad || !strstr(err.text, c->error)))
		fail_msg("%s: %s", c->name, bad ? err.text : "no error");
	if (!c->error && bad)
		fail_msg("%s: %s", c->name, err.text);
	if (c->error)
		return;
	if (out.way != c->way || !is_same(out.rev, c->rev) || !is_same(out.branch, c->branch) || out.or_all != c->or_all)
		fail_msg("%s: %d, %s, %s, %d", c->name, out.way, out.rev, out.branch, out.or_all);
	assert_non_null(out.how);
}

static void test_decisions(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		check(&cases[i]);
}

static void test_branches(void **state)
{
	static const char *const wrong[] = {"",      "-x",    "--upload-pack=x", "a b", "a:b", "a..b", "a^",   "a~", "a\n",
	                                    "a\x7f", "@{u}",  "a@{1}",           "/a",  "a/",  "*",    "a//b", "a[", "a\\b",
	                                    "a?",    "\x1b[m"};
	static const char *const right[] = {"main", "feature/x", "日本語", "it's", "$(x)", "a.b-c_d", "a@b"};
	struct ci_env env = {.github = true, .event = "pull_request"};
	struct ci_head head = {{A}, NULL, 0};
	struct ci_base out;
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		env.base_ref = wrong[i];
		if (!ci_base_decide(&env, &head, &out, NULL))
			fail_msg("%s is a branch", wrong[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(right); i++) {
		env.base_ref = right[i];
		if (ci_base_decide(&env, &head, &out, NULL))
			fail_msg("%s is no branch", right[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decisions),
		cmocka_unit_test(test_branches),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
