/*
 * What the commands that read digests have in common: options, from arguments to jobs, the report, the exit code.
 */
#pragma once

#include "cmd/baseline.h"
#include "cmd/collect.h"
#include "cmd/command.h"
#include "cmd/output.h"

/* Stands first in the settings of each such command. */
struct judge_settings {
	struct output_wish output;
	int fail_on, preset;
	struct name_list select, ignore;
	const char *config, *stdin_filename, *baseline;
	bool isolated, no_cache;
	long jobs;
	struct scope_wish scope; /* of it, `rev` and `changed_lines` are options of some commands only */
};

/* Those about what is looked at, the others, and what is left of them for commands that only read. */
extern const struct option judge_source_options[], judge_options[], judge_reader_options[];
/* Of --color. */
extern const struct choice colour_choices[];

/* What a command asks for beside that. */
struct judge_request {
	const char *write_baseline;
	bool watch;       /* rules that the command line leaves out run all the same, watched */
	bool may_be_idle; /* where there is nothing to check, there is nothing to say */
	enum stdout_use stdout_use;
	/* Instead of scope_open. -1 with an error, which is "" when it was told. */
	int (*open_scope)(struct arena *a, const char *here, const struct scope_wish *wish, void *context,
	                  struct scope *out, struct err *err);
	void *context; /* for it */
};

struct judgement {
	const struct judge_settings *settings;
	struct judge_request request;
	struct arena *arena;
	struct outputs outputs;
	struct scope scope;
	struct projects *projects;
	struct collection c; /* the jobs, which the command runs */
	struct baselines *known;
	const char *here;
};

/* -1, and it is said on stderr, when there is nothing to go on with. judge_release in any case. */
int judge_begin(struct judgement *j, const struct invocation *in, const struct judge_request *request);
/* Runs them: lints, with what is remembered. */
void judge_lint(struct judgement *j);
/* After they have run in another way: what earlier digests have, too. */
void judge_compare(struct judgement *j);
/* Only the jobs, for commands that report nothing on them: no outputs, no baselines. The same otherwise. */
int judge_collect(struct judgement *j, const struct invocation *in);
/* For those: -1 with job->err when the template cannot be used; its digests would seem to hold nothing. */
int judge_read_template(struct job *job);
/* -1: an output would replace a file that is looked at, or a link would lead it out of the work tree. */
int judge_guard(struct judgement *j, struct err *err);
/* Tells which texts could not be read. Was there any, or something that could not be found? */
bool judge_say_failures(const struct judgement *j);
/*
 * After the jobs have run: baselines and reports; errors of single files are told. `fixed` counts what was put right, beside
 * rules_table; NULL where nothing could be. The exit code.
 */
int judge_end(struct judgement *j, const size_t *fixed);
void judge_release(struct judgement *j);
