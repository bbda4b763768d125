#include <sys/stat.h>

#include "cmd/doctor.h"
#include "cmd/git_place.h"
#include "cmd/hook_site.h"
#include "cmd/link_answers.h"
#include "cmd/program.h"
#include "cmd/remember.h"
#include "core/archive/answers.h"
#include "core/archive/archive.h"
#include "core/base/message.h"

/* ---- git ---- */

static void tell_program(struct doctor *d)
{
	struct git git = {d->here, git_environment(d->a)};
	struct str version;
	struct err err;
	if (git_ask(&git, d->a, GIT("version"), &version, &err))
		doctor_tell(d, HEALTH_WARNING, "git", str_of(err.text),
		            _("install git: without it there is no hook, and repositories of newer kinds cannot be read"));
	else
		doctor_tell(d, HEALTH_OK, "git", version, NULL);
}

static void tell_repository(struct doctor *d)
{
	const struct repo *repo = d->project ? d->project->repo : NULL;
	if (repo && repo_is_foreign(repo))
		doctor_tell(d, HEALTH_OK, _("repository"),
		            arena_printf(d->a, _("%s; git itself is asked, because libgit2 cannot read it"), repo_root(repo)),
		            NULL);
	else if (repo)
		doctor_tell(d, HEALTH_OK, _("repository"), str_of(repo_root(repo)), NULL);
	else if (d->project && project_work_tree(d->a, d->project))
		doctor_tell(d, HEALTH_ERROR, _("repository"), str_of(_("it cannot be read, neither by libgit2 nor by git")),
		            _("see what `git status` says"));
	else
		doctor_tell(d, HEALTH_OK, _("repository"), str_of(_("none")), NULL);
}

/* ---- what is remembered ---- */

static struct str size_of(struct doctor *d, const char *path)
{
	struct stat st;
	return stat(path, &st) ? STR("") : arena_printf(d->a, _("%s, %lld bytes"), path, (long long)st.st_size);
}

static void tell_archive(struct doctor *d, const char *path)
{
	struct err err;
	struct str size = size_of(d, path);
	if (!size.n)
		doctor_tell(d, HEALTH_OK, _("memory of findings"), str_of(_("none yet")), NULL);
	else if (archive_check(path, &err))
		doctor_tell(d, HEALTH_WARNING, _("memory of findings"), str_of(err.text),
		            _("nothing is lost: the next `sdi lint` makes it anew"));
	else
		doctor_tell(d, HEALTH_OK, _("memory of findings"), size, NULL);
}

static void tell_answers(struct doctor *d, const char *path)
{
	struct err err;
	struct str size = size_of(d, path);
	struct answers *answers = size.n ? answers_open(path, ANSWERS_READ, &err) : NULL;
	if (!size.n)
		doctor_tell(d, HEALTH_OK, _("memory of links"), str_of(_("none yet")), NULL);
	else if (!answers)
		doctor_tell(d, HEALTH_WARNING, _("memory of links"), str_of(err.text),
		            _("`sdi links` puts a damaged one aside and begins anew; one of a newer sdi stays as it is"));
	else
		doctor_tell(d, HEALTH_OK, _("memory of links"), size, NULL);
	answers_close(answers, NULL);
}

void doctor_git(struct doctor *d)
{
	tell_program(d);
	tell_repository(d);
	const struct repo *repo = d->project ? d->project->repo : NULL;
	if (repo) {
		tell_archive(d, remember_path(d->a, repo_git_dir(repo)));
		tell_answers(d, link_answers_path(d->a, repo_git_dir(repo)));
	}
}

/* ---- the hook ---- */

/* The script of ours that runs; empty where it is somebody else's. */
static struct str script_of(const struct hook_site *s)
{
	const struct hook_config *h = hook_site_config_in_force(s);
	if (h && h->author != HOOK_OTHERS)
		return h->command;
	return s->used.runs && s->used.author != HOOK_OTHERS ? s->used.text : STR("");
}

static void tell_sdi_of(struct doctor *d, const struct hook_site *s)
{
	struct err err;
	const char *written = hook_script_sdi(d->a, script_of(s)), *on_path = program_on_path(d->a, "sdi");
	const char *runs = written && program_is_at(written) ? written : on_path, *ours = program_of_ours(d->a, &err);
	if (!runs)
		doctor_tell(
			d, HEALTH_ERROR, _("hook"),
			arena_printf(d->a, _("it runs sdi, but there is none at `%s`, nor on PATH"), written ? written : "sdi"),
			_("`sdi hook install` writes where sdi is now"));
	else if (!ours || program_is_same(runs, ours))
		doctor_tell(d, HEALTH_OK, _("hook"),
		            arena_printf(d->a, _("git runs this sdi before each commit, as `%s`"), runs), NULL);
	else
		doctor_tell(d, HEALTH_WARNING, _("hook"),
		            arena_printf(d->a, _("git runs another sdi before each commit: `%s`"), runs),
		            _("its --version says which; `sdi hook install` takes this one"));
}

void doctor_hook(struct doctor *d)
{
	struct hook_site site;
	struct err err;
	if (!d->project || !project_work_tree(d->a, d->project))
		return;
	if (hook_site_find(d->a, d->here, &site, &err))
		doctor_tell(d, HEALTH_WARNING, _("hook"), str_of(err.text), NULL);
	else if (hook_site_config_in_force(&site) || hook_site_file_in_force(&site))
		tell_sdi_of(d, &site);
	else if (site.used.author != HOOK_NOBODY && !site.used.runs)
		doctor_tell(d, HEALTH_WARNING, _("hook"),
		            arena_printf(d->a, _("`%s` is no executable file: git does not run it"), site.used.shown),
		            _("`sdi hook status` says more"));
	else
		doctor_tell(d, HEALTH_OK, _("hook"), str_of(_("none runs sdi; `sdi hook install` installs one")), NULL);
}
