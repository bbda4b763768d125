/* sdi hook install: never in place of anybody else's hook. */
#include <errno.h>
#include <sys/stat.h>

#include "cmd/hook.h"
#include "cmd/program.h"
#include "cmd/term.h"
#include "core/source/create.h"
#include "core/source/paths.h"
#include "core/source/swap.h"

/* ---- our file ---- */

static int make_runnable(const struct hook_file *f, struct err *err)
{
	struct stat st;
	if (lstat(f->path, &st) == 0 && S_ISREG(st.st_mode) &&
	    chmod(f->path, (st.st_mode & 07777) | (st.st_mode & 0444) >> 2) == 0)
		return 0;
	return err_set(err, "cannot make `%s` executable: %s", f->shown, err_reason(errno));
}

/* `f` is what was read there. */
static int replace(const struct hook_site *s, const struct hook_file *f, struct str text, struct err *err)
{
	struct swap swap = {f->path, s->root, f->shown, f->text, text};
	if (!str_eq(f->text, text) && swap_text(&swap, err) != SWAP_DONE)
		return -1;
	return f->runs ? 0 : make_runnable(f, err);
}

static int write_file(struct hook_site *s, struct str text, struct err *err)
{
	struct hook_site again;
	if (s->ours.author != HOOK_NOBODY)
		return replace(s, &s->ours, text, err);
	if (create_program(s->a, s->root, s->ours.path, s->ours.shown, text, err) == 0)
		return 0;
	/* Somebody was quicker: perhaps another sdi. */
	if (hook_site_find(s->a, s->here, &again, NULL) || again.ours.author != HOOK_OURS)
		return -1;
	return replace(s, &again.ours, text, err);
}

/* Both at once would check twice. */
static int drop_config(const struct hook_site *s, struct err *err)
{
	struct str nothing;
	const struct hook_config *h = hook_site_config(s, "sdi");
	if (!h || h->author != HOOK_OURS || !str_eqz(h->scope, "local"))
		return 0;
	return git_ask(&s->git, s->a, GIT("config", "--local", "--remove-section", "hook.sdi"), &nothing, err);
}

static int install_file(struct hook_site *s, const char *sdi, struct err *err)
{
	if (write_file(s, hook_script_file(s->a, sdi), err) || drop_config(s, err))
		return EXIT_TROUBLE;
	term_say("`%s` is in force: it runs %s", s->ours.shown, sdi);
	if (s->manager) {
		term_say("%s is in use here, too: where it puts its own hook in that place, add this to `%s`:",
		         s->manager->name, s->manager_file);
		term_err(str_of(s->manager->snippet));
	}
	return EXIT_FINE;
}

/* ---- where something is in the way ---- */

static int install_config(const struct hook_site *s, const char *sdi, struct err *err)
{
	struct str nothing, command = hook_script_command(s->a, sdi);
	struct hook_site after;
	if (git_ask(&s->git, s->a, GIT("config", "--local", "--replace-all", "hook.sdi.command", command.p), &nothing,
	            err) ||
	    git_ask(&s->git, s->a, GIT("config", "--local", "--replace-all", "hook.sdi.event", "pre-commit"), &nothing,
	            err) ||
	    hook_site_find(s->a, s->here, &after, err))
		return EXIT_TROUBLE;
	if (!hook_site_config_in_force(&after)) {
		term_say("`hook.sdi` stands in the repository's git config, but hooks are switched off there (`enabled`)");
		return EXIT_FINDINGS;
	}
	term_say("`hook.sdi` in the repository's git config is in force: it runs %s", sdi);
	term_say("A git before 2.54, perhaps an editor's own, passes it over");
	return EXIT_FINE;
}

static bool is_no_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

static void say_obstacle(const struct hook_site *s)
{
	if (s->elsewhere)
		term_say("git takes its hooks from `%.*s` (core.hooksPath, config: %.*s), and sdi writes nothing there",
		         STR_ARG(s->hooks_path), STR_ARG(s->scope));
	else if (s->linked)
		term_say("`%s` is a link, and sdi writes nothing behind it", path_folder(s->a, s->used.shown));
	else
		term_say("`%s` is not sdi's, and stays as it is", s->used.shown);
	if (s->used.author != HOOK_NOBODY && !s->used.runs)
		term_say("git does not run it, because it is no executable file");
}

static void say_line(const struct hook_site *s)
{
	if (s->manager) {
		term_say("%s is in use here; add this to `%s`:", s->manager->name, s->manager_file);
		term_err(str_of(s->manager->snippet));
	} else if (s->used.author != HOOK_NOBODY) {
		term_say("Add this line to `%s`, before any `exec`:", s->used.shown);
		term_err(STR("    sdi hook run || exit $?\n"));
	} else if (is_no_folder(path_folder(s->a, s->used.path))) {
		term_say("That is no folder, so no hook runs here at all");
	} else {
		term_say("Make `%s`, an executable file, of these lines:", s->used.shown);
		term_err(STR("    #!/bin/sh\n    sdi hook run || exit $?\n"));
	}
}

static int work_around(const struct hook_site *s, const char *sdi, struct err *err)
{
	const struct hook_config *h = hook_site_config(s, "sdi");
	say_obstacle(s);
	if (s->knows_config && (!h || h->author == HOOK_OURS))
		return install_config(s, sdi, err);
	say_line(s);
	return EXIT_FINDINGS;
}

/* ---- all of it ---- */

/* Only what could not be better, as a file of our own. */
static bool is_in_force_already(const struct hook_site *s)
{
	const struct hook_config *h = hook_site_config_in_force(s);
	bool is_ours = h && h->author == HOOK_OURS && str_eqz(h->scope, "local");
	if ((!hook_site_is_own(s) || s->used.author == HOOK_OTHERS) && hook_site_file_in_force(s))
		term_say("`%s` runs sdi already", s->used.shown);
	else if (h && !is_ours)
		term_say("`hook.%.*s` in the git config (%.*s) runs sdi already", STR_ARG(h->name), STR_ARG(h->scope));
	else
		return false;
	return true;
}

int hook_install(struct hook_site *s, bool force, struct err *err)
{
	const char *sdi = program_of_ours(s->a, err);
	if (!sdi)
		return EXIT_TROUBLE;
	if (is_in_force_already(s))
		return EXIT_FINE;
	if (!hook_site_is_own(s) || s->ours.author == HOOK_OTHERS)
		return work_around(s, sdi, err);
	if (s->ours.author == HOOK_EDITED && !force) {
		term_say("`%s` was edited since sdi wrote it, and stays as it is; --force replaces it", s->ours.shown);
		return EXIT_FINDINGS;
	}
	return install_file(s, sdi, err);
}
