/* sdi fix: puts right what can be put right by itself. */
#include <signal.h>

#include "cmd/fix.h"
#include "cmd/fix_report.h"
#include "cmd/fix_stage.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/source/paths.h"
#include "fix/suppress.h"

#define AT(member) offsetof(struct fix_settings, member)

static const struct option options[] = {
	{"diff", 0, OPTION_FLAG, NULL,
     N_("Show what would be changed, and write nothing; exit code 1 if there is anything"), AT(diff), NULL, 0, 0},
	{"unsafe", 0, OPTION_FLAG, NULL, N_("Make fixes, too, that may change what a text says"), AT(unsafe), NULL, 0, 0},
	{"add-ignore", 0, OPTION_TEXT, "REASON",
     N_("Suppress what is left with comments that give this reason, so that an old archive can be taken over"),
     AT(add_ignore), NULL, 0, 0},
	{"recover", 0, OPTION_FLAG, NULL,
     N_("Clean up after a `fix --staged` that was killed: its locks and drafts; nothing else is done"), AT(recover),
     NULL, 0, 0},
	{0},
};

/* ---- signals ---- */

/* Those that end a program wait until no file is half done; what is asked is whether one waits. */
static sigset_t ending;

static void hold_signals(void)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
	sigset_t blocked;
	sigemptyset(&ending);
	sigprocmask(SIG_BLOCK, NULL, &blocked);
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
		struct sigaction now;
		/* One that is ignored, as under nohup, would wait all the same; one that is blocked is not ours to let through. */
		if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN && !sigismember(&blocked, signals[i]))
			sigaddset(&ending, signals[i]);
	}
	sigprocmask(SIG_BLOCK, &ending, NULL);
}

static bool is_ending(void)
{
	sigset_t waiting, both;
	return sigpending(&waiting) == 0 && sigandset(&both, &waiting, &ending) == 0 && !sigisemptyset(&both);
}

/* Now they end it, if one came. */
static void release_signals(void)
{
	sigprocmask(SIG_UNBLOCK, &ending, NULL);
}

/* ---- tasks ---- */

/* What may be written: the work tree that the current folder belongs to; from outside of any, that of the file. */
static const char *root_of(struct judgement *j, size_t i)
{
	struct err err;
	const struct project *here = project_here(j->projects, &err);
	const char *top = here ? project_work_tree(j->arena, here) : NULL;
	if (!top)
		top = project_work_tree(j->arena, j->c.owner[i]);
	return top ? top : j->c.owner[i]->root;
}

static struct fix_task *make_tasks(struct judgement *j)
{
	struct fix_task *task = arena_array(j->arena, struct fix_task, j->c.nr);
	for (size_t i = 0; i < j->c.nr; i++) {
		task[i].job = &j->c.job[i];
		/* What is in a snapshot is in no file. */
		if (!j->scope.snapshot && j->c.job[i].path)
			task[i].path = path_join(j->arena, j->here, j->c.job[i].path);
		task[i].root = task[i].path ? root_of(j, i) : NULL;
	}
	return task;
}

/* ---- the command ---- */

static int check_arguments(const struct fix_settings *s, const struct invocation *in, bool *document)
{
	bool stdin_named = false;
	for (size_t i = 0; i < in->nr; i++)
		stdin_named |= strcmp(in->arg[i], "-") == 0;
	*document = stdin_named && !s->diff;
	if (s->add_ignore && !suppress_accepts(str_of(s->add_ignore))) {
		term_error("--add-ignore takes a reason that fits into a comment: one line of text without `--`");
		return -1;
	}
	if (!stdin_named || in->nr == 1)
		return 0;
	term_error("`-` stands alone: standard output takes one text");
	return -1;
}

/* The text is given back whatever happens, or whoever put it through would lose it. */
static int write_document(struct judgement *j)
{
	const struct job *job = j->c.nr ? &j->c.job[0] : NULL;
	if (!job || job->source.size > job->source.text.n) {
		term_error("the text on standard input is too large or cannot be read; nothing is written");
		return -1;
	}
	term_out(job->source.text);
	return 0;
}

int fix_judged(struct judgement *j, const struct fix_settings *s, bool document)
{
	struct fix_task *task = make_tasks(j);
	bool stages = s->judge.scope.staged && !s->diff, failed = false;
	enum fix_mode mode = s->diff ? FIX_SHOW : document || stages ? FIX_KEEP : FIX_WRITE;
	struct fix_wish wish = {
		.mode = mode, .text = {s->unsafe ? FIX_UNSAFE : FIX_SAFE, str_of(s->add_ignore)}, .stop = is_ending};
	hold_signals();
	fix_run(task, j->c.nr, &wish, (unsigned)s->judge.jobs);
	if (stages)
		failed = fix_stage(j, task, j->c.nr) != 0;
	release_signals();
	struct fix_summary sum = fix_summary_of(j->arena, task, j->c.nr);
	bool trouble = fix_say_troubles(task, j->c.nr) || failed;
	if (document && write_document(j))
		trouble = true;
	if (!s->judge.output.quiet && (s->diff || outputs_for_people(&j->outputs)))
		fix_say_summary(&sum, s->diff);
	bool differs = fix_print_diffs(task, j->c.nr, (enum colour)s->judge.output.colour);
	judge_compare(j);
	int code = judge_end(j, sum.fixed);
	if (s->diff && code != EXIT_TROUBLE)
		code = differs ? EXIT_FINDINGS : EXIT_FINE;
	if (s->fail_on_change && sum.files && code == EXIT_FINE)
		code = EXIT_FINDINGS;
	fix_tasks_release(task, j->c.nr);
	return trouble ? EXIT_TROUBLE : code;
}

static int run(const struct invocation *in)
{
	const struct fix_settings *s = in->settings;
	struct judgement j;
	bool document;
	if (check_arguments(s, in, &document))
		return EXIT_TROUBLE;
	if (s->recover)
		return fix_recover(in->arena);
	struct judge_request request = {.watch = true,
	                                .stdout_use = s->diff    ? STDOUT_DIFF
	                                              : document ? STDOUT_DOCUMENT
	                                                         : STDOUT_REPORT};
	int code = judge_begin(&j, in, &request) ? EXIT_TROUBLE : fix_judged(&j, s, document);
	judge_release(&j);
	return code;
}

const struct command command_fix = {
	.name = "fix",
	.summary = N_("Put right what can be put right by itself"),
	.arguments = "[PATH...]",
	.about =
		N_("Makes the safe fixes in files, in the digests below folders, or in standard input (`-`), which goes to\n"
           "standard output. Without a PATH: in all digests of the project that the current folder belongs to.\n"
           "What is left is reported as `sdi lint` does. No heading, item, link or indicator is ever lost.\n\n"
           "Exit codes: 0 nothing is left, 1 findings at or above --fail-on are left, or with --diff: there is a\n"
           "diff; 2 could not do the job.\n"),
	.options = {{options, judge_source_options, judge_options}},
	.settings_size = sizeof(struct fix_settings),
	.run = run,
};
