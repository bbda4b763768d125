/* sdi new: starts the digest of a day. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/command.h"
#include "cmd/project.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/source/create.h"
#include "core/source/paths.h"

struct settings {
	const char *config;
	bool isolated;
};

#define AT(member) offsetof(struct settings, member)

static const struct option options[] = {
	{"config", 0, OPTION_TEXT, "FILE", N_("Use this config instead of any .sdi.yaml"), AT(config), NULL, 0, 0},
	{"isolated", 0, OPTION_FLAG, NULL, N_("Use no config"), AT(isolated), NULL, 0, 0},
	{0},
};

static int read_date(const char *arg, struct date today, struct date *out, struct err *err)
{
	static const struct {
		const char *name;
		long days;
	} words[] = {{"today", 0}, {"tomorrow", 1}, {"yesterday", -1}};
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (strcmp(arg, words[i].name) != 0)
			continue;
		*out = date_from_number(date_number(today) + words[i].days);
		return 0;
	}
	if (date_parse(str_of(arg), out))
		return 0;
	return err_set(err, "`%s` is no day; write today, tomorrow, yesterday or YYYY-MM-DD", arg);
}

static bool is_in_force(const struct template *t, struct date day)
{
	return (!date_is_set(t->from) || date_cmp(t->from, day) <= 0) &&
	       (!date_is_set(t->until) || date_cmp(day, t->until) <= 0);
}

static int template_trouble(const struct template_file *f, struct err *err)
{
	const struct template_mistake *m = &f->template->mistake[0];
	struct position at = source_position(&f->source, m->at.off);
	return err_set(err, "%s:%u:%u: %.*s", f->source.path, at.line, at.column, STR_ARG(m->message));
}

/* A template with a mistake may be the one that was meant: it is not passed over for another. */
static int choose_template(const struct project *p, struct date day, const struct template **out, struct err *err)
{
	for (size_t i = 0; i < p->files; i++) {
		const struct template_file *f = &p->file[i];
		if (!f->template)
			return err_set(err, "the template `%s` is no UTF-8 text of at most 1 MiB", f->source.path);
		if (f->template->mistakes && is_in_force(f->template, day))
			return template_trouble(f, err);
	}
	*out = template_of_day(&p->templates, day);
	if (*out)
		return 0;
	return err_set(err, "no template is in force on %s: see `from` and `until` in %s", date_text(day).z,
	               p->templates_folder);
}

static bool leaves_root(struct str path)
{
	struct str rest = path, part;
	if (!path.n || path.p[0] == '/')
		return true;
	while (str_split(&rest, '/', &part))
		if (str_eqz(part, ".."))
			return true;
	return false;
}

static int digest_path(struct arena *a, const struct project *p, const struct template *t, struct date day,
                       const char **out, struct err *err)
{
	struct str path = pattern_fill(a, &t->path, day);
	if (leaves_root(path) || path.p[path.n - 1] == '/')
		return err_set(err, "the template %s puts the digest outside of the project, at `%.*s`", t->name,
		               STR_ARG(path));
	*out = path_join(a, p->root, path_clean(a, arena_str(a, path).p));
	return 0;
}

static int scaffold(struct arena *a, struct projects *projects, const char *arg, struct err *err)
{
	struct date day;
	const struct template *t = NULL;
	const char *path = NULL;
	const struct project *p = project_here(projects, err);
	if (!p || read_date(arg, p->today, &day, err) || choose_template(p, day, &t, err))
		return -1;
	if (digest_path(a, p, t, day, &path, err))
		return -1;
	const char *shown = path_shown(a, projects_here(projects, err), path);
	if (create_file(a, p->root, path, shown, template_fill(a, t, day), err))
		return -1;
	struct buf line = {0};
	term_escape(&line, str_of(shown));
	buf_addc(&line, '\n');
	term_out(buf_str(&line));
	buf_release(&line);
	return 0;
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
	int bad = scaffold(in->arena, projects, in->nr ? in->arg[0] : "today", &err);
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
                "A file that is there already is never overwritten.\n"),
	.options = {{options}},
	.settings_size = sizeof(struct settings),
	.run = run,
};
