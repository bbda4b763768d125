/* sdi hook run: what git runs before a commit. */
#include "cmd/fix.h"
#include "cmd/hook.h"
#include "cmd/index_keeper.h"
#include "cmd/term.h"

/* Names are what another hook manager has put into the work tree; without them it is what the index holds. */
static struct fix_settings settings_for(const struct invocation *in)
{
	const struct hook_settings *s = in->settings;
	bool files = s->no_index && in->nr;
	struct fix_settings out = {.judge = s->judge, .fail_on_change = files};
	out.judge.scope.staged = out.judge.scope.changed_lines = !files;
	/* Hook managers name every Markdown file that changed. */
	out.judge.scope.force_exclude = true;
	return out;
}

static bool config_fixes(struct judgement *j)
{
	for (size_t i = 0; i < j->c.nr; i++)
		if (j->c.owner[i]->config.hook.fix)
			return true;
	return false;
}

static bool is_to_fix(struct judgement *j, const struct hook_settings *s)
{
	if (!j->scope.snapshot)
		return s->fix;
	bool wanted = s->fix || config_fixes(j);
	return wanted && !s->no_index && !index_keeper(j->arena, j->scope.history);
}

static int check(struct judgement *j)
{
	judge_lint(j);
	return judge_end(j, NULL);
}

int hook_run(const struct invocation *in)
{
	struct judgement j;
	struct fix_settings s = settings_for(in);
	struct invocation judged = {in->arena, &s, in->arg, in->nr};
	int code = EXIT_TROUBLE;
	if (judge_begin(&j, &judged, &(struct judge_request){.watch = true, .may_be_idle = true}) == 0)
		code = is_to_fix(&j, in->settings) ? fix_judged(&j, &s, false) : check(&j);
	judge_release(&j);
	if (code == EXIT_FINDINGS && s.judge.scope.staged)
		term_say("the commit is stopped; put this right, `git add` it, and commit again");
	return code;
}
