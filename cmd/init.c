/* sdi init: a config and a template for a repository. */
#include "cmd/init.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmd/hook.h"
#include "cmd/judge.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/base/unicode.h"
#include "core/digest/builtin.h"
#include "core/source/create.h"
#include "core/source/paths.h"

struct settings {
	const char *from;
	bool yes, hook, no_hook;
};

#define AT(member) offsetof(struct settings, member)

static const struct option options[] = {
	{"from", 0, OPTION_TEXT, "FILE", N_("Make the template out of this digest"), AT(from), NULL, 0, 0},
	{"yes", 'y', OPTION_FLAG, NULL, N_("Ask nothing, and take what is proposed"), AT(yes), NULL, 0, 0},
	{"hook", 0, OPTION_FLAG, NULL, N_("Install git's hook"), AT(hook), NULL, 0, 0},
	{"no-hook", 0, OPTION_FLAG, NULL, N_("Do not install it, and do not ask"), AT(no_hook), NULL, 0, 0},
	{0},
};

enum { MOST_BYTES = 1 << 20 };

struct starting {
	const struct settings *s;
	struct arena *a;
	struct projects *projects;
	const struct project *project;
	const char *here, *config; /* the config's path: absolute, and as shown */
	struct init_plan plan;
	struct str text; /* of the template; .p is NULL where there is one already */
};

/* ---- what is there ---- */

static int look_around(struct starting *x, struct err *err)
{
	x->project = project_here(x->projects, err);
	x->here = projects_here(x->projects, err);
	if (!x->project || !x->here)
		return -1;
	x->config = path_join(x->a, x->project->root, ".sdi.yaml");
	const char *shown = path_shown(x->a, x->here, x->config);
	if (file_kind_of(NULL, x->config) != FILE_NONE)
		return err_set(err, "`%s` is there already; it is left as it is", shown);
	for (size_t i = 0; i < x->project->files; i++) {
		const char *template = x->project->file[i].source.path;
		if (x->s->from)
			return err_set(err, "`%s` is there already: a second template needs `from` and `until`", template);
		term_say("`%s` is there already; it is left as it is", template);
	}
	return 0;
}

/* ---- the template ---- */

static int read_example(struct starting *x, struct source *out, struct date *day, struct err *err)
{
	const char *real = path_real(x->a, x->s->from);
	const char *below = real ? path_below(x->project->root, real) : NULL;
	struct str pattern;
	if (source_read_file(x->a, x->s->from, MOST_BYTES, out, err))
		return -1;
	if (out->size > out->text.n)
		return err_set(err, "`%s` is too large to be a digest", x->s->from);
	if (below && pattern_guess(x->a, str_of(below), &pattern, day)) {
		x->plan.path = pattern;
		x->plan.files = 1;
	} else {
		term_say("`%s` has no day in its path below the project; digests are to lie at `%.*s`", x->s->from,
		         STR_ARG(x->plan.path));
	}
	return 0;
}

static int derive(struct starting *x, struct err *err)
{
	struct source example, *own = arena_new(x->a, struct source);
	struct template like;
	struct date day = {0};
	struct derived derived;
	*own = (struct source){.path = builtin_templates[0].name,
	                       .text = {builtin_templates[0].text, builtin_templates[0].size}};
	own->lines = lines_of(x->a, own->text);
	own->size = own->text.n;
	template_parse(x->a, projects_parser(x->projects), own, true, &like);
	if (read_example(x, &example, &day, err))
		return -1;
	struct derive_wish wish = {&like, x->plan.path, day, x->s->from};
	if (derive_template(x->a, projects_parser(x->projects), &wish, example.text, &derived, err))
		return -1;
	init_show(x->a, &derived, &x->plan);
	x->text = derived.text;
	return 0;
}

/* ---- what is settled ---- */

static const char *system_zone(struct arena *a)
{
	char link[512];
	const char *zone = getenv("TZ");
	if (!zone || !*zone) {
		ssize_t n = readlink("/etc/localtime", link, sizeof(link) - 1);
		link[n > 0 ? n : 0] = 0;
		const char *name = strstr(link, "zoneinfo/");
		zone = name ? name + strlen("zoneinfo/") : "";
	}
	return unicode_is_zone(zone) ? arena_strdup(a, zone) : NULL;
}

static bool can_ask(const struct starting *x)
{
	return !x->s->yes && isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

static int settle(struct starting *x, struct err *err)
{
	bool git = project_work_tree(x->a, x->project) != NULL;
	const char *zone = system_zone(x->a);
	x->plan.timezone = x->project->config.timezone;
	x->plan.hook = x->s->hook || (x->s->yes && git && !x->s->no_hook);
	if (!can_ask(x))
		return 0;
	if (zone && strcmp(zone, x->plan.timezone) != 0)
		term_say("This machine's time zone is %s", zone);
	return init_ask(x->a, &x->plan, !x->s->from && !x->project->files, git && !x->s->hook && !x->s->no_hook, err);
}

/* ---- writing ---- */

static int write_one(const struct starting *x, const char *path, struct str text, struct err *err)
{
	const char *shown = path_shown(x->a, x->here, path);
	struct buf line = {0};
	if (create_file(x->a, x->project->root, path, shown, text, err))
		return -1;
	term_escape(&line, str_of(shown));
	buf_addc(&line, '\n');
	term_out(buf_str(&line));
	buf_release(&line);
	return 0;
}

static int write_all(struct starting *x, struct err *err)
{
	const char *template = path_join(x->a, x->project->templates_folder, "daily.md");
	if (!x->s->from && !x->project->files)
		x->text = init_template(x->a, x->plan.path);
	if (x->text.p && write_one(x, template, x->text, err))
		return -1;
	return write_one(x, x->config, init_config(x->a, &x->plan), err);
}

/* Slips of the digest itself, which its template does not make right. */
static void check_example(const struct starting *x)
{
	struct judge_settings none = {0};
	struct judgement j;
	size_t errors = 0;
	if (judge_collect(&j, &(struct invocation){x->a, &none, &x->s->from, 1}) == 0) {
		lint_run(j.c.job, j.c.nr, 1);
		for (size_t i = 0; i < j.c.nr; i++)
			for (size_t k = 0; k < j.c.job[i].findings.nr; k++) {
				const struct finding *f = &j.c.job[i].findings.v[k];
				errors += f->severity == SEVERITY_ERROR && strcmp(f->rule->group, "structure") == 0;
			}
		if (errors)
			term_say("`%s` itself does not keep to it; errors of structure: %zu. `sdi lint` shows them", x->s->from,
			         errors);
	}
	judge_release(&j);
}

static int install_hook(const struct starting *x)
{
	struct hook_site site;
	struct err err;
	int code = EXIT_TROUBLE;
	if (hook_site_find(x->a, x->here, &site, &err) == 0)
		code = hook_install(&site, false, &err);
	if (code == EXIT_TROUBLE)
		term_error("%s", err.text);
	return code;
}

static int start(struct starting *x, struct err *err)
{
	if (look_around(x, err))
		return -1;
	init_propose_path(x->a, x->project, &x->plan, err);
	if ((x->s->from && derive(x, err)) || settle(x, err) || write_all(x, err))
		return -1;
	int code = x->plan.hook ? install_hook(x) : EXIT_FINE;
	if (x->s->from)
		check_example(x);
	term_say("Next: `sdi new` starts a day, `sdi lint` checks what is there");
	if (!x->plan.hook && project_work_tree(x->a, x->project))
		term_say("`sdi hook install` has git check each commit");
	return code;
}

static int run(const struct invocation *in)
{
	struct starting x = {.s = in->settings, .a = in->arena};
	struct err err;
	if (in->nr) {
		term_error("`sdi init` takes no argument");
		return EXIT_TROUBLE;
	}
	if (x.s->hook && x.s->no_hook) {
		term_error("--hook and --no-hook exclude each other");
		return EXIT_TROUBLE;
	}
	x.projects = projects_new(&(struct project_options){0});
	int code = start(&x, &err);
	if (code < 0)
		term_error("%s", err.text);
	projects_free(x.projects);
	return code < 0 ? EXIT_TROUBLE : code;
}

const struct command command_init = {
	.name = "init",
	.summary = N_("Begin a project: a config and a template"),
	.arguments = "",
	.about = N_(
		"Writes .sdi.yaml and .sdi/templates/daily.md at the root of the git work tree (outside of one: in the\n"
		"current folder), and prints their paths. Nothing that is there already is overwritten. On a terminal it\n"
		"asks where digests lie, for the time zone, and whether to install git's hook; elsewhere, or with --yes,\n"
		"it takes what it would propose. Off a terminal the hook is installed with --yes or --hook only.\n\n"
		"--from FILE makes the template out of a digest: its title, sections and fields with what stands there\n"
		"when there is nothing to say, and the pattern of its path. It shows what digests must have from then on.\n\n"
		"Exit codes: 0 all is there, 1 a hook of somebody else is in the way, 2 could not do the job.\n"),
	.options = {{options}},
	.settings_size = sizeof(struct settings),
	.run = run,
};
