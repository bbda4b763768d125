/* sdi ci: checks what a change brings, where it is proposed. */
#include <stdlib.h>

#include "cmd/ci_env.h"
#include "cmd/ci_find.h"
#include "cmd/git_place.h"
#include "cmd/judge.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/source/paths.h"

struct settings {
	struct judge_settings judge;
	const char *base, *head;
	bool fetch, all_lines;
};

#define AT(member) offsetof(struct settings, member)

static const struct option options[] = {
	{"base", 0, OPTION_TEXT, "REV", N_("What the change is compared with; without it, what the CI says"), AT(base),
     NULL, 0, 0},
	{"head", 0, OPTION_TEXT, "REV", N_("The commit that is looked at; HEAD without it"), AT(head), NULL, 0, 0},
	{"fetch", 0, OPTION_FLAG, NULL, N_("Let git fetch what is missing of the base"), AT(fetch), NULL, 0, 0},
	{"all-lines", 0, OPTION_FLAG, NULL,
     N_("All findings in files that changed count, also those that were there before"), AT(all_lines), NULL, 0, 0},
	{0},
};

/* One run. */
struct ci {
	struct arena *arena;
	const struct settings *settings;
	struct ci_env env;
	struct ci_head head;
	struct ci_base base;
	struct scope *scope;
	bool fetched;
};

/* ---- the history ---- */

/* Nothing is fetched but where it is asked for, and then nobody is asked for a password. */
static int open_history(struct ci *ci, struct err *err)
{
	struct git_place place;
	struct scope *s = ci->scope;
	if (git_place_find(ci->arena, s->here, &place, err))
		return -1;
	git_place_add(ci->arena, &place, ci->settings->fetch ? "GIT_TERMINAL_PROMPT=0" : "GIT_NO_LAZY_FETCH=1");
	*err->text = 0;
	s->history = history_open(&place, err);
	if (!s->history)
		return *err->text ? -1 : err_set(err, "there is no git repository here");
	/* A pull request can hold what looks like a repository, with a history and a config of its own. */
	if (!place.git_dir && path_below(history_git_dir(s->history), s->here))
		return err_set(err, "`%.800s` is a repository without a work tree around it; `sdi ci` does not trust it",
		               history_git_dir(s->history));
	if (history_is_bare(s->history))
		s->here = arena_strdup(ci->arena, history_root(s->history));
	return 0;
}

static int find_head(struct ci *ci, struct err *err)
{
	struct object_id *parent;
	struct history *h = ci->scope->history;
	if (history_commit(h, ci->scope->wish.rev, &ci->head.id, err) ||
	    history_parents(h, ci->arena, &ci->head.id, &parent, &ci->head.parents, err))
		return -1;
	ci->head.parent = parent;
	return 0;
}

/* ---- the base ---- */

static int fetch(struct ci *ci, const struct ci_lack *lack, struct err *err)
{
	ci->fetched = true;
	if (ci_fetch(ci->scope->history, lack, err))
		term_error("%s", err->text);
	scope_close(ci->scope);
	return open_history(ci, err);
}

static int lack_base(struct ci *ci, const struct ci_lack *lack, struct err *err)
{
	if (!ci->base.or_all) {
		ci_say_lack(&ci->base, lack);
		/* It was told. */
		*err->text = 0;
		return -1;
	}
	if (ci->fetched)
		term_say("%s, so all files are looked at", lack->what);
	else
		term_say("%s, so all files are looked at; %s or --fetch would bring it", lack->what, message(ci->base.setup));
	ci->base.way = CI_ALL;
	ci->base.how = N_("missing");
	return 0;
}

static int find_base(struct ci *ci, struct moment *out, struct err *err)
{
	for (;;) {
		struct ci_lack lack = {0};
		enum ci_answer answer = ci_find(ci->arena, ci->scope->history, &ci->head, &ci->base, out, &lack, err);
		if (answer != CI_LACKS)
			return answer == CI_FOUND ? 0 : -1;
		if (!ci->settings->fetch || ci->fetched)
			return lack_base(ci, &lack, err);
		if (fetch(ci, &lack, err))
			return -1;
	}
}

/* ---- what is looked at ---- */

static void say_base(const struct ci *ci, const struct moment *from)
{
	if (ci->base.way == CI_ALL)
		term_say("base: none (%s); all files of %.12s are looked at", message(ci->base.how), ci->head.id.hex);
	else
		term_say(ci->scope->nr == 1 ? N_("base: %.12s (%s); %zu file changed up to %.12s")
		                            : N_("base: %.12s (%s); %zu files changed up to %.12s"),
		         from->commit.hex, message(ci->base.how), ci->scope->nr, ci->head.id.hex);
}

static int take_snapshot(struct ci *ci, const struct moment *from, struct err *err)
{
	struct scope *s = ci->scope;
	struct moment to = {MOMENT_COMMIT, ci->head.id};
	s->snapshot = snapshot_take(ci->arena, s->history, &to, err);
	if (!s->snapshot)
		return -1;
	return ci->base.way == CI_ALL ? 0 : scope_of_changes(ci->arena, s, from, 1, &to, err);
}

static int open_scope(struct arena *a, const char *here, const struct scope_wish *wish, void *context,
                      struct scope *out, struct err *err)
{
	struct ci *ci = context;
	struct moment from;
	*out = (struct scope){.wish = *wish, .here = here};
	ci->arena = a;
	ci->scope = out;
	if (open_history(ci, err) || find_head(ci, err) || ci_base_decide(&ci->env, &ci->head, &ci->base, err) ||
	    find_base(ci, &from, err) || take_snapshot(ci, &from, err))
		return -1;
	if (ci->env.ci && ci->base.way == CI_UPSTREAM && object_id_is(&from.commit, &ci->head.id))
		return err_set(err,
		               "HEAD is what its upstream is: a machine that runs `sdi ci` has to say the base, with --base or "
		               "SDI_BASE");
	say_base(ci, &from);
	return 0;
}

static int check(struct judgement *j)
{
	struct err err;
	if (outputs_stay(j->arena, &j->outputs, j->scope.here, history_root(j->scope.history), false, &err)) {
		term_error("%s", err.text);
		return EXIT_TROUBLE;
	}
	judge_lint(j);
	return judge_end(j, NULL);
}

/* ---- the command ---- */

static bool is_partial(const struct history *h)
{
	struct arena scratch = {0};
	struct err ignored;
	struct str said;
	const char *const *arg = GIT("config", "--get-regexp", "^remote\\..*\\.promisor$");
	bool partial = h && git_run(history_git(h), &scratch, arg, STR(""), &said, &ignored) == 0;
	arena_release(&scratch);
	return partial;
}

/* pre-commit names both ends of what is pushed. */
static const char *head_of(const struct settings *s, const struct ci_env *env)
{
	const char *to = getenv("PRE_COMMIT_TO_REF");
	if (s->head)
		return s->head;
	return !env->base && !env->sdi_base && env->pre_commit_from && to && *to ? to : "HEAD";
}

static int run(const struct invocation *in)
{
	struct settings s = *(const struct settings *)in->settings;
	struct ci ci = {.settings = &s, .env = ci_env_read(in->arena, s.base)};
	struct invocation inner = {in->arena, &s, in->arg, in->nr};
	struct judgement j;
	int code = EXIT_TROUBLE;
	s.judge.scope = (struct scope_wish){.rev = head_of(&s, &ci.env), .changed_lines = !s.all_lines};
	s.judge.output.usual = ci.env.github ? "github" : NULL;
	s.judge.output.says_summary = true;
	if (judge_begin(&j, &inner, &(struct judge_request){.open_scope = open_scope, .context = &ci}) == 0)
		code = check(&j);
	if (code == EXIT_TROUBLE && !s.fetch && is_partial(j.scope.history))
		term_say("some of this repository was never fetched; `sdi ci --fetch` lets git fetch what is missing");
	judge_release(&j);
	return code;
}

const struct command command_ci = {
	.name = "ci",
	.summary = N_("Check what a pull request changes"),
	.arguments = "[PATH...]",
	.about =
		N_("Checks the digests that differ between the base of a change and its commit, not the work tree. What was\n"
           "found there before is counted and does not fail the check. The base is --base, SDI_BASE,\n"
           "PRE_COMMIT_FROM_REF, or what GitHub, Gitea, Forgejo or GitLab say; elsewhere where HEAD left its\n"
           "upstream. Where it cannot be found nothing is checked, and the exit code is 2.\n\n"
           "Exit codes: 0 nothing to report, 1 findings at or above --fail-on, 2 could not do the job.\n"),
	.options = {{options, judge_options}},
	.settings_size = sizeof(struct settings),
	.run = run,
};
