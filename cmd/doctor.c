/* sdi doctor: what a user has to know when something is odd. */
#include "cmd/doctor.h"

#include <stdlib.h>
#include <unistd.h>

#include "cmd/command.h"
#include "cmd/program.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/html/page.h"
#include "core/source/paths.h"
#include "lint/links/fetch.h"

struct settings {
	bool quiet;
};

#define AT(member) offsetof(struct settings, member)

static const struct option options[] = {
	{"quiet", 'q', OPTION_FLAG, NULL, N_("Only what is not as it should be"), AT(quiet), NULL, 0, 0},
	{0},
};

/* ---- telling ---- */

static const char *const healths[] = {[HEALTH_OK] = "ok", [HEALTH_WARNING] = "warning", [HEALTH_ERROR] = "error"};

void doctor_tell(struct doctor *d, enum health health, const char *what, struct str says, const char *remedy)
{
	enum { COLUMN = 9 };
	const char *word = healths[health];
	size_t used = strlen(word);
	d->count[health]++;
	if (health == HEALTH_OK && d->quiet)
		return;
	buf_addz(&d->out, word);
	buf_pad(&d->out, ' ', used < COLUMN ? COLUMN - used : 1);
	buf_printf(&d->out, "%s: ", what);
	term_escape(&d->out, says);
	buf_addc(&d->out, '\n');
	if (!remedy)
		return;
	buf_pad(&d->out, ' ', COLUMN);
	buf_printf(&d->out, "→ %s\n", remedy);
}

/* ---- sdi itself ---- */

static void tell_program(struct doctor *d)
{
	struct err err;
	const char *path = program_of_ours(d->a, &err), *on_path = program_on_path(d->a, "sdi");
	struct str says = arena_printf(d->a, "%s, %s", SDI_VERSION, path ? path : err.text);
	if (!path)
		doctor_tell(d, HEALTH_WARNING, "sdi", says,
		            _("`sdi hook install` needs it, and so does `sdi init` for the hook"));
	else if (on_path && !program_is_same(path, on_path))
		doctor_tell(d, HEALTH_WARNING, "sdi",
		            arena_printf(d->a, _("%.*s; on PATH there is another: %s"), STR_ARG(says), on_path),
		            _("its --version says which; the shell runs that one"));
	else
		doctor_tell(d, HEALTH_OK, "sdi", says, NULL);
}

static void tell_libraries(struct doctor *d)
{
	struct err err;
	struct str version;
	if (fetch_library(d->a, &version, &err))
		doctor_tell(d, HEALTH_WARNING, "libcurl", str_of(err.text),
		            _("install it (Debian: libcurl4): without it `sdi links` and `sdi add --fetch` ask nobody"));
	else
		doctor_tell(d, HEALTH_OK, "libcurl", version, NULL);
	if (page_library(d->a, &version, &err))
		doctor_tell(d, HEALTH_WARNING, "libxml2", str_of(err.text),
		            _("install it (Debian: libxml2): without it no titles and no places are found in pages"));
	else
		doctor_tell(d, HEALTH_OK, "libxml2", version, NULL);
}

static void tell_language(struct doctor *d)
{
	doctor_tell(d, HEALTH_OK, _("language"), str_of(message_language_name()), NULL);
	if (d->project)
		doctor_tell(
			d, HEALTH_OK, _("time zone"),
			arena_printf(d->a, _("%s; today is %s"), d->project->config.timezone, date_text(d->project->today).z),
			NULL);
}

/* What is installed beside sdi, or where the system has it. */
static void tell_file(struct doctor *d, const char *what, const char *const *names, const char *remedy)
{
	struct err err;
	const char *ours = program_of_ours(d->a, &err);
	const char *tops[] = {ours ? path_join(d->a, path_folder(d->a, path_folder(d->a, ours)), "share") : "/usr/share",
	                      "/usr/local/share", "/usr/share"};
	for (size_t i = 0; i < ARRAY_SIZE(tops); i++)
		for (size_t k = 0; names[k]; k++) {
			const char *path = path_join(d->a, tops[i], names[k]);
			if (access(path, R_OK))
				continue;
			doctor_tell(d, HEALTH_OK, what, str_of(path), NULL);
			return;
		}
	doctor_tell(d, HEALTH_OK, what, str_of(_("not installed")), remedy);
}

static void tell_files(struct doctor *d)
{
	static const char *const pages[] = {"man/man1/sdi.1", "man/man1/sdi.1.gz", NULL},
							 *const completions[] = {"bash-completion/completions/sdi", "zsh/site-functions/_sdi",
	                                                 "zsh/vendor-completions/_sdi",
	                                                 "fish/vendor_completions.d/sdi.fish", NULL};
	tell_file(d, _("manual page"), pages,
	          _("`sdi help --man COMMAND | LC_ALL=C.UTF-8 man -l -` shows the page of a command without it"));
	tell_file(d, _("completions"), completions, _("`sdi completions SHELL` writes them"));
}

/* ---- the project ---- */

static void find_project(struct doctor *d)
{
	struct err err;
	d->here = projects_here(d->projects, &err);
	d->project = d->here ? project_here(d->projects, &err) : NULL;
	if (!d->project) {
		doctor_tell(d, HEALTH_ERROR, _("project"), str_of(err.text),
		            _("nothing can be checked here until this is put right"));
		return;
	}
	const char *config = path_join(d->a, d->project->root, ".sdi.yaml");
	bool there = file_kind_of(NULL, config) != FILE_NONE;
	doctor_tell(d, HEALTH_OK, _("project"), str_of(d->project->root), NULL);
	doctor_tell(d, HEALTH_OK, _("config"),
	            there ? str_of(path_shown(d->a, d->here, config))
	                  : str_of(_("none, so the defaults hold; `sdi init` writes one")),
	            NULL);
}

static void tell_template(struct doctor *d, const struct template_file *f, const struct template *today)
{
	const struct template *t = f->template;
	if (!t) {
		doctor_tell(d, HEALTH_ERROR, _("template"),
		            arena_printf(d->a, _("`%s` is no text that can be read"), f->source.path),
		            _("`sdi lint` says why"));
	} else if (t->mistakes) {
		struct position at = source_position(&f->source, t->mistake[0].at.off);
		doctor_tell(
			d, HEALTH_ERROR, _("template"),
			arena_printf(d->a, "%s:%u:%u: %.*s", f->source.path, at.line, at.column, STR_ARG(t->mistake[0].message)),
			_("a template with a mistake checks nothing; `sdi lint` shows all of them"));
	} else {
		doctor_tell(
			d, HEALTH_OK, _("template"),
			arena_printf(d->a, t == today ? _("`%s`, in force today") : _("`%s`, not in force today"), f->source.path),
			NULL);
	}
}

static void tell_templates(struct doctor *d)
{
	const struct project *p = d->project;
	if (!p)
		return;
	const struct template *today = template_of_day(&p->templates, p->today);
	for (size_t i = 0; i < p->files; i++)
		tell_template(d, &p->file[i], today);
	if (!p->files)
		doctor_tell(d, HEALTH_OK, _("template"), str_of(_("the built-in one; `sdi init` writes one of your own")),
		            NULL);
	else if (!today)
		doctor_tell(d, HEALTH_WARNING, _("template"), str_of(_("none is in force today")),
		            _("`sdi new` needs one: see `from` and `until` in them"));
}

/* ---- the command ---- */

static int run(const struct invocation *in)
{
	const struct settings *s = in->settings;
	struct doctor d = {.a = in->arena, .quiet = s->quiet};
	if (in->nr) {
		term_error("`sdi doctor` takes no argument");
		return EXIT_TROUBLE;
	}
	d.projects = projects_new(&(struct project_options){0});
	tell_program(&d);
	find_project(&d);
	tell_templates(&d);
	doctor_git(&d);
	doctor_hook(&d);
	tell_libraries(&d);
	tell_language(&d);
	tell_files(&d);
	term_disarm(&d.out);
	term_out(buf_str(&d.out));
	buf_release(&d.out);
	projects_free(d.projects);
	return d.count[HEALTH_WARNING] + d.count[HEALTH_ERROR] ? EXIT_FINDINGS : EXIT_FINE;
}

const struct command command_doctor = {
	.name = "doctor",
	.summary = N_("Look whether all that sdi needs is as it should be"),
	.arguments = "",
	.about = N_(
		"Says which sdi this is, what project, config and templates are in force here, what git, its repository and\n"
		"its hook are like, what is remembered, and which libraries there are; and what to do about what is wrong.\n"
		"Nothing is changed, and no network is asked.\n\n"
		"Exit codes: 0 all is as it should be, 1 something is not, 2 could not do the job.\n"),
	.options = {{options}},
	.settings_size = sizeof(struct settings),
	.run = run,
};
