/* sdi hook run: what git runs before a commit. */
#include "cmd/hook.h"

int hook_run(const struct invocation *in)
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
