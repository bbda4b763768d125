/* sdi hook run: what git runs before a commit. */
#include "cmd/hook.h"

static int check(const struct invocation *in)
{
	struct judgement j;
	int code = EXIT_TROUBLE;
	if (judge_begin(&j, in, &(struct judge_request){0}) == 0) {
		lint_run(j.c.job, j.c.nr, (unsigned)j.settings->jobs);
		code = j.c.nr || j.c.trouble ? judge_end(&j, NULL) : EXIT_FINE;
	}
	judge_release(&j);
	return code;
}

int hook_run(const struct invocation *in)
{
	struct hook_settings s = *(const struct hook_settings *)in->settings;
	/* What is about to be committed is in the index. */
	s.judge.scope.staged = !s.no_index;
	/* Other hook managers name every Markdown file that changed. */
	s.judge.scope.force_exclude = true;
	return check(&(struct invocation){in->arena, &s, in->arg, in->nr});
}
