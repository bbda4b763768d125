#include "cmd/judge.h"

#include <errno.h>

#include "cmd/language.h"
#include "cmd/remember.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/source/paths.h"
#include "lint/elsewhere.h"

/* Zero is the config's own; so the levels are shifted by one. */
enum { AS_CONFIGURED, FAIL_ON };

static const struct choice fail_choices[] = {{"error", FAIL_ON + SEVERITY_ERROR, false},
                                             {"warning", FAIL_ON + SEVERITY_WARNING, false},
                                             {"info", FAIL_ON + SEVERITY_INFO, false},
                                             {"never", FAIL_ON + SEVERITY_OFF, false},
                                             {0}};

enum { RECOMMENDED = 1, STRICT };

static const struct choice preset_choices[] = {{"recommended", RECOMMENDED, false}, {"strict", STRICT, false}, {0}};

const struct choice colour_choices[] = {
	{"auto", COLOUR_AUTO, false}, {"always", COLOUR_ALWAYS, false}, {"never", COLOUR_NEVER, false}, {0}};

#define AT(member) offsetof(struct judge_settings, member)

const struct option judge_source_options[] = {
	{"staged", 0, OPTION_FLAG, NULL, N_("What is about to be committed: the staged files, as they are staged"),
     AT(scope.staged), NULL, 0, 0},
	{"since", 0, OPTION_TEXT, "REV", N_("Only files that changed since this branch went its own way from REV"),
     AT(scope.since), NULL, 0, 0},
	{"force-exclude", 0, OPTION_FLAG, NULL,
     N_("Leave out named files, too, that are excluded or no digests; for hooks that pass whatever changed"),
     AT(scope.force_exclude), NULL, 0, 0},
	{"stdin-filename", 0, OPTION_TEXT, "PATH", N_("What the text on standard input is called"), AT(stdin_filename),
     NULL, 0, 0},
	{0},
};

const struct option judge_reader_options[] = {
	{"rev", 0, OPTION_TEXT, "REV", N_("What a commit holds, instead of what is on disk"), AT(scope.rev), NULL, 0, 0},
	{"config", 0, OPTION_TEXT, "FILE", N_("Use this config instead of any .sdi.yaml"), AT(config), NULL, 0, 0},
	{"isolated", 0, OPTION_FLAG, NULL, N_("Use no config"), AT(isolated), NULL, 0, 0},
	{"jobs", 'j', OPTION_INT, "N", N_("Threads; as many as there are cores without it"), AT(jobs), NULL, 1, 1024},
	{0},
};

const struct option judge_options[] = {
	{"output-format", 0, OPTION_ENUM, NULL, N_("How findings are shown; SDI_OUTPUT_FORMAT without it"),
     AT(output.format), output_formats, 0, 0},
	{"output", 0, OPTION_MANY, "FORMAT=FILE", N_("Findings into a file too; `-` is stdout (may be repeated)"),
     AT(output.files), NULL, 0, 0},
	{"statistics", 0, OPTION_FLAG, NULL, N_("How many findings each rule has; beside them in json"),
     AT(output.statistics), NULL, 0, 0},
	{"select", 0, OPTION_LIST, "RULES", N_("Only these rules or groups (a,b; may be repeated)"), AT(select), NULL, 0,
     0},
	{"ignore", 0, OPTION_LIST, "RULES", N_("All but these rules or groups"), AT(ignore), NULL, 0, 0},
	{"preset", 0, OPTION_ENUM, NULL, N_("How severe rules are"), AT(preset), preset_choices, 0, 0},
	{"fail-on", 0, OPTION_ENUM, NULL, N_("The least severity that makes the exit code 1"), AT(fail_on), fail_choices, 0,
     0},
	{"config", 0, OPTION_TEXT, "FILE", N_("Use this config instead of any .sdi.yaml"), AT(config), NULL, 0, 0},
	{"isolated", 0, OPTION_FLAG, NULL, N_("Use no config"), AT(isolated), NULL, 0, 0},
	{"baseline", 0, OPTION_TEXT, "FILE", N_("Findings that do not count; instead of the config's"), AT(baseline), NULL,
     0, 0},
	{"no-cache", 0, OPTION_FLAG, NULL, N_("Neither use nor write the findings that git's folder remembers"),
     AT(no_cache), NULL, 0, 0},
	{"color", 0, OPTION_ENUM, NULL, N_("When to use colour"), AT(output.colour), colour_choices, 0, 0},
	{"jobs", 'j', OPTION_INT, "N", N_("Threads; as many as there are cores without it"), AT(jobs), NULL, 1, 1024},
	{"quiet", 'q', OPTION_FLAG, NULL, N_("No summary"), AT(output.quiet), NULL, 0, 0},
	{0},
};

/* ---- before the jobs run ---- */

static int check_settings(const struct judge_settings *s, const struct invocation *in)
{
	bool stdin_named = false;
	for (size_t i = 0; i < in->nr; i++)
		stdin_named |= strcmp(in->arg[i], "-") == 0;
	if (stdin_named && (s->scope.staged || s->scope.rev || s->scope.since)) {
		term_error("`-` is in no repository: it goes with none of --staged, --since and --rev");
		return -1;
	}
	if (!s->stdin_filename || stdin_named)
		return 0;
	term_error("--stdin-filename is for standard input, `-`");
	return -1;
}

static struct project_options project_wish(const struct judgement *j)
{
	const struct judge_settings *s = j->settings;
	struct plan_wish rules = {
		.select = &s->select,
		.ignore = &s->ignore,
		.has_preset = s->preset != 0,
		.preset = s->preset == STRICT ? PRESET_STRICT : PRESET_RECOMMENDED,
		.watch = j->request.watch,
	};
	const char *git_dir = j->scope.snapshot ? history_git_dir(j->scope.history) : NULL;
	return (struct project_options){s->config, s->isolated, rules, j->scope.snapshot, j->scope.here, git_dir};
}

static int open_outputs(struct judgement *j, struct err *err)
{
	if (outputs_parse(j->arena, &j->settings->output, &j->outputs, err))
		return -1;
	j->outputs.stdout_use = j->request.stdout_use;
	if (outputs_for_programs(&j->outputs))
		language_for_programs();
	return 0;
}

int judge_guard(struct judgement *j, struct err *err)
{
	struct err ignored;
	if (outputs_spare(&j->outputs, j->c.job, j->c.nr, err))
		return -1;
	const struct project *here = outputs_to_files(&j->outputs) ? project_here(j->projects, &ignored) : NULL;
	const char *top = here ? project_work_tree(j->arena, here) : NULL;
	return top ? outputs_stay(j->arena, &j->outputs, j->here, top, true, err) : 0;
}

static int open_baselines(struct judgement *j, bool whole, struct err *err)
{
	struct baseline_wish wish = {j->settings->baseline, j->request.write_baseline, whole};
	if (judge_guard(j, err))
		return -1;
	j->known = baselines_open(j->arena, j->projects, &wish, &j->c, err);
	return j->known ? 0 : -1;
}

static int open_scope(struct judgement *j, struct err *err)
{
	const char *here = path_real(j->arena, ".");
	if (!here)
		return err_set(err, "cannot tell the current folder: %s", err_reason(errno));
	const struct scope_wish *wish = &j->settings->scope;
	if (j->request.open_scope)
		return j->request.open_scope(j->arena, here, wish, j->request.context, &j->scope, err);
	return scope_open(j->arena, here, wish, &j->scope, err);
}

static int collect_jobs_of(struct judgement *j, const struct invocation *in)
{
	struct err err;
	if (open_scope(j, &err)) {
		if (*err.text)
			term_error("%s", err.text);
		return -1;
	}
	struct project_options wish = project_wish(j);
	j->projects = projects_new(&wish);
	j->c = collect(j->arena, j->projects, &j->scope, in->arg, in->nr, j->settings->stdin_filename);
	j->here = j->scope.here;
	return 0;
}

int judge_collect(struct judgement *j, const struct invocation *in)
{
	*j = (struct judgement){.settings = in->settings, .arena = in->arena};
	return check_settings(j->settings, in) || collect_jobs_of(j, in) ? -1 : 0;
}

int judge_read_template(struct job *job)
{
	if (job->template && !job->template->mistakes)
		return 0;
	return job_fail(job, "the template `%s` cannot be used: `sdi lint` says why", job->source.path);
}

int judge_begin(struct judgement *j, const struct invocation *in, const struct judge_request *request)
{
	struct err err;
	*j = (struct judgement){.settings = in->settings, .request = *request, .arena = in->arena};
	if (check_settings(j->settings, in))
		return -1;
	if (open_outputs(j, &err)) {
		term_error("%s", err.text);
		return -1;
	}
	if (collect_jobs_of(j, in))
		return -1;
	if (!open_baselines(j, in->nr == 0 && !j->scope.only_changed, &err))
		return 0;
	term_error("%s", err.text);
	return -1;
}

static void say_unread(const struct judgement *j)
{
	size_t unread = 0;
	for (size_t i = 0; i < j->c.others; i++)
		unread += j->c.other[i].failed;
	if (unread)
		term_say("warning: other digests that cannot be read: %zu; what they have already is not known", unread);
}

static void compare(struct judgement *j)
{
	elsewhere_look(j->c.other, j->c.others, (unsigned)j->settings->jobs);
	say_unread(j);
	elsewhere_tell(j->c.job, j->c.nr, j->c.other, j->c.others);
}

static struct memory *open_memory(struct judgement *j)
{
	return j->settings->no_cache ? NULL : remember_open(j->arena, &j->scope, &j->c);
}

void judge_compare(struct judgement *j)
{
	struct memory *memory = j->c.others ? open_memory(j) : NULL;
	compare(j);
	remember_close(memory);
}

void judge_lint(struct judgement *j)
{
	struct memory *memory = open_memory(j);
	lint_run(j->c.job, j->c.nr, (unsigned)j->settings->jobs);
	compare(j);
	remember_close(memory);
}

/* ---- after ---- */

bool judge_say_failures(const struct judgement *j)
{
	bool failed = j->c.trouble;
	for (size_t i = 0; i < j->c.nr; i++) {
		if (j->c.job[i].failed)
			term_error("%s", j->c.job[i].error);
		failed |= j->c.job[i].failed;
	}
	return failed;
}

static struct report make_report(const struct judgement *j)
{
	const struct collection *c = &j->c;
	const struct job **job = arena_array(j->arena, const struct job *, c->nr);
	struct project **owner = arena_array(j->arena, struct project *, c->nr);
	struct report r = {.job = job, .here = j->here, .incomplete = judge_say_failures(j)};
	for (size_t i = 0; i < c->nr; i++) {
		const struct findings *f = &c->job[i].findings;
		if (c->job[i].failed)
			continue;
		owner[r.nr] = c->owner[i];
		job[r.nr++] = &c->job[i];
		r.files_with_findings += f->nr > 0;
		r.suppressed += f->suppressed;
		r.known += f->known;
		r.before += f->before;
		for (size_t k = 0; k < f->nr; k++) {
			r.count[f->v[k].severity]++;
			r.fixable += f->v[k].fix.safety == FIX_SAFE;
		}
	}
	output_places(j->arena, &r, owner);
	return r;
}

static bool is_failure(const struct judgement *j, size_t i)
{
	int wish = j->settings->fail_on;
	enum severity level = wish == AS_CONFIGURED ? j->c.owner[i]->config.fail_on : (enum severity)(wish - FAIL_ON);
	const struct findings *f = &j->c.job[i].findings;
	for (size_t k = 0; level != SEVERITY_OFF && k < f->nr; k++)
		if (f->v[k].severity >= level)
			return true;
	return false;
}

/* What nobody sees: the digests of a broken template are not even found where it alone says what they are called. */
static void say_unheld(const struct judgement *j)
{
	size_t broken = 0;
	for (size_t i = 0; i < j->c.nr; i++)
		broken += j->c.job[i].kind == JOB_TEMPLATE && j->c.job[i].template && j->c.job[i].template->mistakes;
	if (broken && !j->settings->output.quiet)
		term_say("no digest was held against a template with a mistake");
}

int judge_end(struct judgement *j, const size_t *fixed)
{
	struct err err;
	if (j->request.may_be_idle && !j->c.nr && !j->c.trouble)
		return EXIT_FINE;
	if (baselines_settle(j->known, j->settings->output.quiet, &err)) {
		term_error("%s", err.text);
		j->c.trouble = true;
	}
	struct report r = make_report(j);
	r.fixed = fixed;
	bool bad = outputs_write(&j->outputs, &r) || r.incomplete;
	say_unheld(j);
	if (bad)
		return EXIT_TROUBLE;
	for (size_t i = 0; i < j->c.nr; i++)
		if (is_failure(j, i))
			return EXIT_FINDINGS;
	return EXIT_FINE;
}

void judge_release(struct judgement *j)
{
	for (size_t i = 0; i < j->c.nr; i++)
		job_release(&j->c.job[i]);
	for (size_t i = 0; i < j->c.others; i++)
		job_release(&j->c.other[i]);
	projects_free(j->projects);
	scope_close(&j->scope);
}
