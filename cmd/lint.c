/* sdi lint: checks digests. */
#include "cmd/judge.h"
#include "core/base/message.h"

struct settings {
	struct judge_settings judge;
	const char *write_baseline;
};

#define AT(member) offsetof(struct settings, member)

static const struct option options[] = {
	{"write-baseline", 0, OPTION_TEXT, "FILE",
     N_("Write what is found; of a file that is there keep what is found still"), AT(write_baseline), NULL, 0, 0},
	{"rev", 0, OPTION_TEXT, "REV", N_("What a commit holds, instead of what is on disk"), AT(judge.scope.rev), NULL, 0,
     0},
	{"changed-lines", 0, OPTION_FLAG, NULL,
     N_("Of --staged or --since, only what the change made: findings that were not there before"),
     AT(judge.scope.changed_lines), NULL, 0, 0},
	{0},
};

static int run(const struct invocation *in)
{
	const struct settings *s = in->settings;
	struct judgement j;
	int code = EXIT_TROUBLE;
	if (judge_begin(&j, in, &(struct judge_request){.write_baseline = s->write_baseline}) == 0) {
		judge_lint(&j);
		code = judge_end(&j, NULL);
	}
	judge_release(&j);
	return code;
}

const struct command command_lint = {
	.name = "lint",
	.summary = N_("Check digests"),
	.arguments = "[PATH...]",
	.about = N_("Checks files, the digests below folders, or standard input (`-`). Without a PATH: all digests\n"
                "and templates of the project that the current folder belongs to.\n\n"
                "Exit codes: 0 nothing to report, 1 findings at or above --fail-on, 2 could not do the job.\n"),
	.options = {{options, judge_source_options, judge_options}},
	.settings_size = sizeof(struct settings),
	.run = run,
};
