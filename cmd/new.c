/* sdi new: starts the digest of a day. */
#include <sys/stat.h>

#include "cmd/command.h"
#include "cmd/day.h"
#include "cmd/edit.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/source/create.h"

struct settings {
	const char *config;
	bool isolated, edit;
};

#define AT(member) offsetof(struct settings, member)

static const struct option options[] = {
	{"edit", 'e', OPTION_FLAG, NULL, N_("Open it in $VISUAL or $EDITOR, also one that is there already"), AT(edit),
     NULL, 0, 0},
	{"config", 0, OPTION_TEXT, "FILE", N_("Use this config instead of any .sdi.yaml"), AT(config), NULL, 0, 0},
	{"isolated", 0, OPTION_FLAG, NULL, N_("Use no config"), AT(isolated), NULL, 0, 0},
	{0},
};

static bool is_there(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static int scaffold(struct arena *a, struct projects *projects, const char *arg, bool edit, struct err *err)
{
	struct day day;
	const struct project *p = project_here(projects, err);
	if (!p || day_find(a, projects, p, arg, &day, err))
		return -1;
	bool kept = edit && is_there(day.path);
	if (kept)
		term_say("`%s` is there already", day.shown);
	else if (create_file(a, p->root, day.path, day.shown, template_fill(a, day.template, day.date), err))
		return -1;
	if (project_is_unmarked(a, p))
		term_say("`%s` is no project; `sdi init` begins one", p->root);
	struct buf line = {0};
	term_escape(&line, str_of(day.shown));
	buf_addc(&line, '\n');
	term_out(buf_str(&line));
	buf_release(&line);
	return edit ? edit_file(a, day.path, err) : 0;
}

static int run(const struct invocation *in)
{
	const struct settings *s = in->settings;
	struct err err;
	if (in->nr > 1) {
		term_error("`sdi new` makes one digest, not %zu", in->nr);
		return EXIT_TROUBLE;
	}
	struct project_options wish = {.config = s->config, .isolated = s->isolated};
	struct projects *projects = projects_new(&wish);
	int bad = scaffold(in->arena, projects, in->nr ? in->arg[0] : "today", s->edit, &err);
	if (bad)
		term_error("%s", err.text);
	projects_free(projects);
	return bad ? EXIT_TROUBLE : EXIT_FINE;
}

const struct command command_new = {
	.name = "new",
	.summary = N_("Start the digest of a day"),
	.arguments = "[DATE]",
	.about = N_("Writes the digest of DATE from the project's template and prints its path. DATE is today,\n"
                "tomorrow, yesterday or YYYY-MM-DD; today without one, in the project's time zone.\n"
                "A file that is there already is never overwritten; --edit opens it.\n"),
	.options = {{options}},
	.settings_size = sizeof(struct settings),
	.run = run,
};
