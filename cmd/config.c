/* sdi config: what is in force, and who said so. */
#include <errno.h>

#include "cmd/command.h"
#include "cmd/effective.h"
#include "cmd/schema.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/source/paths.h"

struct settings {
	int format, preset;
	struct name_list select, ignore;
	const char *config;
	bool isolated, all, schema;
};

static void (*const writers[])(struct arena *, const struct effective *, struct buf *) = {effective_text,
                                                                                          effective_json};

static const struct choice format_choices[] = {{"text", 0, false}, {"json", 1, false}, {0}};

enum { RECOMMENDED = 1, STRICT };

static const struct choice preset_choices[] = {{"recommended", RECOMMENDED, false}, {"strict", STRICT, false}, {0}};

#define AT(member) offsetof(struct settings, member)

static const struct option options[] = {
	{"output-format", 0, OPTION_ENUM, NULL, N_("How it is shown"), AT(format), format_choices, 0, 0},
	{"all", 0, OPTION_FLAG, NULL, N_("All rules and options, not only what is set"), AT(all), NULL, 0, 0},
	{"schema", 0, OPTION_FLAG, NULL, N_("Print the JSON Schema of .sdi.yaml"), AT(schema), NULL, 0, 0},
	{"preset", 0, OPTION_ENUM, NULL, N_("How severe rules are"), AT(preset), preset_choices, 0, 0},
	{"select", 0, OPTION_LIST, "RULES", N_("Only these rules or groups (a,b; may be repeated)"), AT(select), NULL, 0,
     0},
	{"ignore", 0, OPTION_LIST, "RULES", N_("All but these rules or groups"), AT(ignore), NULL, 0, 0},
	{"config", 0, OPTION_TEXT, "FILE", N_("Use this config instead of any .sdi.yaml"), AT(config), NULL, 0, 0},
	{"isolated", 0, OPTION_FLAG, NULL, N_("Use no config"), AT(isolated), NULL, 0, 0},
	{0},
};

/* The folder resolved, the last name kept; the file need not be there. */
static int find_file(struct arena *a, struct projects *projects, const char *path, struct effective *e, struct err *err)
{
	const char *folder = path_real(a, path_folder(a, path_clean(a, path)));
	if (!folder)
		return err_set(err, "cannot find the folder of `%s`: %s", path, err_reason(errno));
	const char *absolute = path_clean(a, path_join(a, folder, path_name(path_clean(a, path))));
	struct project *p = project_of(projects, folder, err);
	if (!p)
		return -1;
	e->project = p;
	e->file = path_below(p->root, absolute);
	if (!e->file || strcmp(e->file, ".") == 0)
		return err_set(err, "`%s` is no file of the project", path);
	e->overrides = config_overrides_of(&p->config, e->file);
	e->excluded = globs_cover(&p->config.excluded, str_of(e->file));
	e->template = template_choose(a, &p->templates, e->file).template;
	e->plan = project_plan(projects, p, e->file, err);
	return e->plan ? 0 : -1;
}

static int find_here(struct projects *projects, struct effective *e, struct err *err)
{
	e->project = project_here(projects, err);
	if (!e->project)
		return -1;
	e->plan = &e->project->plan;
	return 0;
}

static int show(const struct invocation *in, struct projects *projects, const struct plan_wish *wish)
{
	const struct settings *s = in->settings;
	struct effective e = {.wish = wish, .all = s->all};
	struct err err;
	struct buf out = {0};
	if (in->nr ? find_file(in->arena, projects, in->arg[0], &e, &err) : find_here(projects, &e, &err)) {
		term_error("%s", err.text);
		return EXIT_TROUBLE;
	}
	writers[s->format](in->arena, &e, &out);
	if (s->format == 0)
		term_disarm(&out);
	term_out(buf_str(&out));
	buf_release(&out);
	return EXIT_FINE;
}

static int print_schema(void)
{
	struct buf out = {0};
	schema_print(&out);
	term_out(buf_str(&out));
	buf_release(&out);
	return EXIT_FINE;
}

static int run(const struct invocation *in)
{
	const struct settings *s = in->settings;
	if (in->nr > 1 || (s->schema && in->nr)) {
		term_error(s->schema ? N_("`sdi config --schema` takes no PATH") : N_("`sdi config` takes one PATH"));
		return EXIT_TROUBLE;
	}
	if (s->schema)
		return print_schema();
	struct project_options wish = {
		.config = s->config,
		.isolated = s->isolated,
		.rules = {&s->select, &s->ignore, s->preset != 0, PRESET_RECOMMENDED, false},
	};
	if (s->preset == STRICT)
		wish.rules.preset = PRESET_STRICT;
	struct projects *projects = projects_new(&wish);
	int code = show(in, projects, &wish.rules);
	projects_free(projects);
	return code;
}

const struct command command_config = {
	.name = "config",
	.summary = N_("Show what is in force, and who said so"),
	.arguments = "[PATH]",
	.about = N_("Shows the keys of the config, the templates and the rules that are not as they are by\n"
                "themselves, each with the place that says so; for a PATH with the overrides that fit it.\n"),
	.options = {{options}},
	.settings_size = sizeof(struct settings),
	.run = run,
};
