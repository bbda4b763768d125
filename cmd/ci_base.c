#include "cmd/ci_base.h"

#include "core/base/message.h"

const char *const ci_upstreams[] = {"@{upstream}", "refs/remotes/origin/HEAD", "refs/remotes/origin/main",
                                    "refs/remotes/origin/master", NULL};

static const char *const depth_2 = N_("actions/checkout with `fetch-depth: 2`");
static const char *const depth_0 = N_("actions/checkout with `fetch-depth: 0`");
static const char *const git_depth = N_("`variables: { GIT_DEPTH: 0 }` in .gitlab-ci.yml");

static bool is(const struct object_id *id, const char *hex)
{
	return hex && strcmp(id->hex, hex) == 0;
}

static bool is_id(const char *hex)
{
	struct object_id id;
	return hex && object_id_parse(str_of(hex), &id) == 0;
}

static bool is_zeros(const char *hex)
{
	return hex && *hex && strspn(hex, "0") == strlen(hex);
}

static bool starts(const char *text, const char *with)
{
	return text && strncmp(text, with, strlen(with)) == 0;
}

/* git's own rules, as far as a name could mean something else in a revision or a refspec. */
static bool is_branch(const char *name)
{
	struct str s = str_of(name);
	if (!s.n || *name == '-' || *name == '/' || str_ends(s, STR("/")) || strpbrk(name, " ~^:?*[\\") ||
	    strstr(name, "..") || strstr(name, "//") || strstr(name, "@{"))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)name[i] < ' ' || name[i] == 0x7f)
			return false;
	return true;
}

/* ---- said by whoever runs it ---- */

static int from_rev(const struct ci_env *e, const char *rev, const char *how, struct ci_base *out)
{
	*out = (struct ci_base){.way = CI_PARTED, .rev = rev, .how = how};
	out->setup = e->github ? depth_0 : e->gitlab ? git_depth : NULL;
	const char *branch = starts(rev, "refs/remotes/origin/") ? rev + 20 : starts(rev, "origin/") ? rev + 7 : "";
	out->branch = is_branch(branch) ? branch : NULL;
	return 0;
}

/* ---- what both kinds of CI have ---- */

static int from_parent(const struct ci_head *head, const char *how, const char *setup, struct ci_base *out)
{
	*out = (struct ci_base){.way = CI_COMMIT, .rev = head->parent[0].hex, .how = how, .setup = setup};
	return 0;
}

/* A push that makes a branch has nothing before it; one that was forced may have dropped it. */
static int from_push(const char *before, const char *how, const char *setup, struct ci_base *out)
{
	*out = (struct ci_base){.way = CI_COMMIT, .rev = before, .how = how, .setup = setup, .or_all = true};
	if (is_zeros(before))
		*out = (struct ci_base){.way = CI_ALL, .how = N_("nothing was there before")};
	return 0;
}

/* ---- GitHub ---- */

/*
 * The commit that GitHub makes to try the merge. A proposed commit may have two parents of its own, and its first is not the base.
 */
static bool is_trial_merge(const struct ci_env *e, const struct ci_head *head)
{
	size_t n = e->ref ? strlen(e->ref) : 0;
	bool of_merge = starts(e->ref, "refs/pull/") && n > 6 && strcmp(e->ref + n - 6, "/merge") == 0;
	if (head->parents != 2 || is(&head->id, e->pull_head))
		return false;
	return is(&head->parent[1], e->pull_head) || (of_merge && is(&head->id, e->sha));
}

static int from_pull_request(const struct ci_env *e, const struct ci_head *head, struct ci_base *out, struct err *err)
{
	if (is_trial_merge(e, head))
		return from_parent(head, N_("the first parent of the merge commit"), depth_2, out);
	if (!e->base_ref || !is_branch(e->base_ref))
		return err_set(
			err,
			"cannot find the base: HEAD is no merge commit of a pull request, and GITHUB_BASE_REF names no branch");
	*out = (struct ci_base){.way = CI_PARTED,
	                        .branch = e->base_ref,
	                        .how = N_("where HEAD left the branch that GITHUB_BASE_REF names"),
	                        .setup = depth_0};
	return 0;
}

static int no_event(const struct ci_env *e, struct err *err)
{
	return err_set(err, "cannot find the base: the file of the event `%.100s` does not name it: %.700s", e->event,
	               e->event_error ? e->event_error : _("it has no such commit"));
}

static int from_github_push(const struct ci_env *e, const struct ci_head *head, struct ci_base *out, struct err *err)
{
	(void)head;
	if (!is_id(e->before))
		return no_event(e, err);
	return from_push(e->before, N_("the commit before the push"), depth_0, out);
}

static int from_merge_group(const struct ci_env *e, const struct ci_head *head, struct ci_base *out, struct err *err)
{
	(void)head;
	if (!is_id(e->group_base))
		return no_event(e, err);
	*out = (struct ci_base){
		.way = CI_COMMIT, .rev = e->group_base, .how = N_("the base of the merge group"), .setup = depth_0};
	return 0;
}

static int from_target(const struct ci_env *e, const struct ci_head *head, struct ci_base *out, struct err *err)
{
	(void)e, (void)head, (void)out;
	return err_set(err,
	               "pull_request_target runs on the base, with the repository's secrets, and not on what is proposed: "
	               "use `on: pull_request`");
}

static const struct {
	const char *name;
	int (*decide)(const struct ci_env *, const struct ci_head *, struct ci_base *, struct err *);
} events[] = {
	{"pull_request", from_pull_request},
	{"pull_request_review", from_pull_request},
	{"pull_request_review_comment", from_pull_request},
	{"pull_request_target", from_target},
	{"merge_group", from_merge_group},
	{"push", from_github_push},
};

static int from_github(const struct ci_env *e, const struct ci_head *head, struct ci_base *out, struct err *err)
{
	if (!e->event)
		return err_set(err, "cannot find the base: GITHUB_ACTIONS is set, and GITHUB_EVENT_NAME is not");
	for (size_t i = 0; i < ARRAY_SIZE(events); i++)
		if (strcmp(events[i].name, e->event) == 0)
			return events[i].decide(e, head, out, err);
	*out = (struct ci_base){.way = CI_ALL, .how = N_("the event is no change")};
	return 0;
}

/* ---- GitLab ---- */

static bool is_merged_result(const struct ci_env *e, const struct ci_head *head)
{
	return head->parents == 2 && (is(&head->parent[0], e->target_sha) || is(&head->parent[1], e->source_sha));
}

static int from_merge_request(const struct ci_env *e, const struct ci_head *head, struct ci_base *out, struct err *err)
{
	if (is_merged_result(e, head))
		return from_parent(head, N_("the first parent of the merged result"), git_depth, out);
	if (e->target_sha) {
		*out = (struct ci_base){.way = CI_PARTED, .rev = e->target_sha, .how = "CI_MERGE_REQUEST_TARGET_BRANCH_SHA"};
	} else if (is_id(e->diff_base)) {
		*out = (struct ci_base){.way = CI_COMMIT, .rev = e->diff_base, .how = "CI_MERGE_REQUEST_DIFF_BASE_SHA"};
	} else {
		return err_set(err, "cannot find the base: CI_MERGE_REQUEST_DIFF_BASE_SHA is no commit");
	}
	out->setup = git_depth;
	return 0;
}

static int from_gitlab(const struct ci_env *e, const struct ci_head *head, struct ci_base *out, struct err *err)
{
	if (e->merge_request)
		return from_merge_request(e, head, out, err);
	if (!is_id(e->commit_before))
		return err_set(err, "cannot find the base: CI_COMMIT_BEFORE_SHA is no commit");
	return from_push(e->commit_before, "CI_COMMIT_BEFORE_SHA", git_depth, out);
}

/* ---- all of them ---- */

int ci_base_decide(const struct ci_env *e, const struct ci_head *head, struct ci_base *out, struct err *err)
{
	const struct {
		const char *rev, *how;
	} said[] = {{e->base, "--base"}, {e->sdi_base, "SDI_BASE"}, {e->pre_commit_from, "PRE_COMMIT_FROM_REF"}};
	for (size_t i = 0; i < ARRAY_SIZE(said); i++)
		if (said[i].rev)
			return from_rev(e, said[i].rev, said[i].how, out);
	if (e->github)
		return from_github(e, head, out, err);
	if (e->gitlab)
		return from_gitlab(e, head, out, err);
	*out = (struct ci_base){.way = CI_UPSTREAM, .how = N_("where HEAD left its upstream")};
	return 0;
}
