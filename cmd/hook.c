/* sdi hook: git's pre-commit hook. */
#include "cmd/hook.h"

#include <errno.h>

#include "cmd/term.h"
#include "core/base/message.h"
#include "core/source/paths.h"

#define AT(member) offsetof(struct hook_settings, member)

static const struct option options[] = {
	{"force", 0, OPTION_FLAG, NULL, N_("install, uninstall: also a hook of sdi's that was edited"), AT(force), NULL, 0,
     0},
	{"no-index", 0, OPTION_FLAG, NULL, N_("run: check the files of the work tree, as other hook managers want it"),
     AT(no_index), NULL, 0, 0},
	{"fix", 0, OPTION_FLAG, NULL, N_("run: make safe fixes, too"), AT(fix), NULL, 0, 0},
	{0},
};

static const struct {
	const char *name;
	hook_part *of_site; /* NULL: hook_run, which alone takes --no-index, --fix and paths */
	bool takes_force;
} parts[] = {
	{"install", hook_install, true},
	{"uninstall", hook_uninstall, true},
	{"status", hook_status, false},
	{"run", NULL, false},
};

static int check(size_t part, const struct invocation *in)
{
	const struct hook_settings *s = in->settings;
	if (s->force && !parts[part].takes_force)
		term_error("--force is for `sdi hook install` and `sdi hook uninstall`");
	else if ((s->no_index || s->fix) && parts[part].of_site)
		term_error("--no-index and --fix are for `sdi hook run`");
	else if (in->nr && parts[part].of_site)
		term_error("`sdi hook %s` takes no argument", parts[part].name);
	else
		return 0;
	return -1;
}

static int run_on_site(const struct invocation *in, hook_part *part)
{
	const struct hook_settings *s = in->settings;
	struct hook_site site;
	struct err err;
	const char *here = path_real(in->arena, ".");
	int code = EXIT_TROUBLE;
	if (!here)
		err_set(&err, "cannot tell the current folder: %s", err_reason(errno));
	else if (hook_site_find(in->arena, here, &site, &err) == 0)
		code = part(&site, s->force, &err);
	if (code == EXIT_TROUBLE)
		term_error("%s", err.text);
	return code;
}

static int run_part(size_t part, const struct invocation *in)
{
	if (check(part, in))
		return EXIT_TROUBLE;
	return parts[part].of_site ? run_on_site(in, parts[part].of_site) : hook_run(in);
}

static int run(const struct invocation *in)
{
	const char *names[ARRAY_SIZE(parts) + 1] = {0};
	if (!in->nr) {
		term_error("`sdi hook` wants to know what to do: install, uninstall, status or run");
		return EXIT_TROUBLE;
	}
	struct invocation rest = {in->arena, in->settings, in->arg + 1, in->nr - 1};
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		if (strcmp(parts[i].name, in->arg[0]) == 0)
			return run_part(i, &rest);
		names[i] = parts[i].name;
	}
	term_error("`sdi hook` has no `%s`, but install, uninstall, status and run%s", in->arg[0],
	           did_you_mean(in->arena, in->arg[0], names, "hook "));
	return EXIT_TROUBLE;
}

const struct command command_hook = {
	.name = "hook",
	.summary = N_("Check each commit with git's pre-commit hook"),
	.arguments = "install|uninstall|status|run [PATH...]",
	.about =
		N_("install: writes the hook `pre-commit` where there is none yet. A hook of somebody else is never touched:\n"
           "  then sdi says which line to add and where, also for pre-commit, lefthook, husky, overcommit and\n"
           "  lint-staged, or uses a hook of git's config (git 2.54 or newer).\n"
           "uninstall: takes it away, as long as it was not edited.\n"
           "status: shows which hooks run before a commit, and whether sdi is one of them.\n"
           "run: what the hook runs. Checks what is about to be committed; with PATHs only those.\n\n"
           "A commit with SDI=0 in the environment, or --no-verify, is not checked. A hook that finds no sdi says so\n"
           "and lets the commit pass; with `git config sdi.required true`, or SDI_REQUIRED=1, it does not.\n\n"
           "Exit codes: 0 the hook is in force (uninstall: it is not; run: nothing to report), 1 it is not,\n"
           "because something is in the way (run: findings), 2 could not do the job.\n"),
	.options = {{options}},
	.settings_size = sizeof(struct hook_settings),
	.run = run,
};
