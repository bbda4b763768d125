/* sdi lint: checks digests. */
#include "cmd/baseline.h"
#include "cmd/collect.h"
#include "cmd/command.h"
#include "cmd/language.h"
#include "cmd/output.h"
#include "cmd/term.h"
#include "core/base/message.h"

struct settings {
	struct output_wish output;
	int fail_on, preset;
	struct name_list select, ignore;
	const char *config, *stdin_filename, *baseline, *write_baseline;
	bool isolated;
	long jobs;
};

/* Zero is the config's own; so the levels are shifted by one. */
enum { AS_CONFIGURED, FAIL_ON };

static const struct choice fail_choices[] = {{"error", FAIL_ON + SEVERITY_ERROR, false},
                                             {"warning", FAIL_ON + SEVERITY_WARNING, false},
                                             {"info", FAIL_ON + SEVERITY_INFO, false},
                                             {"never", FAIL_ON + SEVERITY_OFF, false},
                                             {0}};

enum { RECOMMENDED = 1, STRICT };

static const struct choice preset_choices[] = {{"recommended", RECOMMENDED, false}, {"strict", STRICT, false}, {0}};

static const struct choice colour_choices[] = {
	{"auto", COLOUR_AUTO, false}, {"always", COLOUR_ALWAYS, false}, {"never", COLOUR_NEVER, false}, {0}};

#define AT(member) offsetof(struct settings, member)

static const struct option options[] = {
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
	{"write-baseline", 0, OPTION_TEXT, "FILE",
     N_("Write what is found; of a file that is there keep what is found still"), AT(write_baseline), NULL, 0, 0},
	{"stdin-filename", 0, OPTION_TEXT, "PATH", N_("What the text on standard input is called"), AT(stdin_filename),
     NULL, 0, 0},
	{"color", 0, OPTION_ENUM, NULL, N_("When to use colour"), AT(output.colour), colour_choices, 0, 0},
	{"jobs", 'j', OPTION_INT, "N", N_("Threads; as many as there are cores without it"), AT(jobs), NULL, 1, 1024},
	{"quiet", 'q', OPTION_FLAG, NULL, N_("No summary"), AT(output.quiet), NULL, 0, 0},
	{0},
};

/* Errors of single files are told; what is left is reported. */
static struct report make_report(struct arena *a, const struct collection *c, const char *here)
{
	const struct job **job = arena_array(a, const struct job *, c->nr);
	struct project **owner = arena_array(a, struct project *, c->nr);
	struct report r = {.job = job, .here = here, .incomplete = c->trouble};
	for (size_t i = 0; i < c->nr; i++) {
		const struct findings *f = &c->job[i].findings;
		if (c->job[i].failed) {
			term_error("%s", c->job[i].err.text);
			r.incomplete = true;
			continue;
		}
		owner[r.nr] = c->owner[i];
		job[r.nr++] = &c->job[i];
		r.files_with_findings += f->nr > 0;
		r.suppressed += f->suppressed;
		r.known += f->known;
		for (size_t j = 0; j < f->nr; j++) {
			r.count[f->v[j].severity]++;
			r.fixable += f->v[j].fix.safety == FIX_SAFE;
		}
	}
	output_places(a, &r, owner);
	return r;
}

static bool is_failure(const struct settings *s, const struct collection *c, size_t i)
{
	enum severity level =
		s->fail_on == AS_CONFIGURED ? c->owner[i]->config.fail_on : (enum severity)(s->fail_on - FAIL_ON);
	const struct findings *f = &c->job[i].findings;
	for (size_t j = 0; level != SEVERITY_OFF && j < f->nr; j++)
		if (f->v[j].severity >= level)
			return true;
	return false;
}

static int exit_code(const struct settings *s, const struct collection *c, const struct report *r)
{
	if (r->incomplete)
		return EXIT_TROUBLE;
	for (size_t i = 0; i < c->nr; i++)
		if (is_failure(s, c, i))
			return EXIT_FINDINGS;
	return EXIT_FINE;
}

static int check_settings(const struct settings *s, const struct invocation *in)
{
	bool stdin_named = false;
	for (size_t i = 0; i < in->nr; i++)
		stdin_named |= strcmp(in->arg[i], "-") == 0;
	if (!s->stdin_filename || stdin_named)
		return 0;
	term_error("--stdin-filename is for `sdi lint -`");
	return -1;
}

static struct plan_wish wish_of(const struct settings *s)
{
	return (struct plan_wish){
		.select = &s->select,
		.ignore = &s->ignore,
		.has_preset = s->preset != 0,
		.preset = s->preset == STRICT ? PRESET_STRICT : PRESET_RECOMMENDED,
	};
}

static int lint(const struct invocation *in, const struct outputs *outputs, struct projects *projects,
                struct collection *c)
{
	const struct settings *s = in->settings;
	struct baseline_wish wish = {s->baseline, s->write_baseline, in->nr == 0};
	struct err err;
	if (outputs_spare(outputs, c->job, c->nr, &err)) {
		term_error("%s", err.text);
		return EXIT_TROUBLE;
	}
	struct baselines *known = baselines_open(in->arena, projects, &wish, c, &err);
	if (!known) {
		term_error("%s", err.text);
		return EXIT_TROUBLE;
	}
	lint_run(c->job, c->nr, (unsigned)s->jobs);
	if (baselines_settle(known, s->output.quiet, &err)) {
		term_error("%s", err.text);
		c->trouble = true;
	}
	struct report r = make_report(in->arena, c, projects_here(projects, &err));
	return outputs_write(outputs, &r) ? EXIT_TROUBLE : exit_code(s, c, &r);
}

static int run(const struct invocation *in)
{
	const struct settings *s = in->settings;
	struct outputs outputs;
	struct err err;
	if (check_settings(s, in))
		return EXIT_TROUBLE;
	if (outputs_parse(in->arena, &s->output, &outputs, &err)) {
		term_error("%s", err.text);
		return EXIT_TROUBLE;
	}
	if (outputs_for_programs(&outputs))
		language_for_programs();
	struct project_options wish = {s->config, s->isolated, wish_of(s)};
	struct projects *projects = projects_new(&wish);
	struct collection c = collect(in->arena, projects, in->arg, in->nr, s->stdin_filename);
	int code = lint(in, &outputs, projects, &c);
	for (size_t i = 0; i < c.nr; i++)
		job_release(&c.job[i]);
	projects_free(projects);
	return code;
}

const struct command command_lint = {
	.name = "lint",
	.summary = N_("Check digests"),
	.arguments = "[PATH...]",
	.about = N_("Checks files, the digests below folders, or standard input (`-`). Without a PATH: all digests\n"
                "and templates of the project that the current folder belongs to.\n\n"
                "Exit codes: 0 nothing to report, 1 findings at or above --fail-on, 2 could not do the job.\n"),
	.options = options,
	.settings_size = sizeof(struct settings),
	.run = run,
};
