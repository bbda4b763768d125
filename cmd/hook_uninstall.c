/* sdi hook uninstall: takes away what is ours. */
#include <errno.h>
#include <unistd.h>

#include "cmd/hook.h"
#include "cmd/term.h"

/* Does it stay? -1 when it cannot be taken away. */
static int remove_file(const struct hook_site *s, bool force, struct err *err)
{
	const struct hook_file *f = &s->ours;
	if (f->author == HOOK_EDITED && !force) {
		term_say("`%s` was edited since sdi wrote it, and stays as it is; --force removes it", f->shown);
		return 1;
	}
	if (s->linked || (f->author != HOOK_OURS && f->author != HOOK_EDITED))
		return 0;
	if (unlink(f->path) && errno != ENOENT)
		return err_set(err, "cannot remove `%s`: %s", f->shown, err_reason(errno));
	term_say("Removed `%s`", f->shown);
	return 0;
}

static int remove_config(const struct hook_site *s, bool force, struct err *err)
{
	struct str nothing;
	const struct hook_config *h = hook_site_config(s, "sdi");
	if (!h || h->author == HOOK_OTHERS || !str_eqz(h->scope, "local"))
		return 0;
	if (h->author == HOOK_EDITED && !force) {
		term_say("`hook.sdi` in the git config was edited since sdi wrote it, and stays as it is; --force removes it");
		return 1;
	}
	if (git_ask(&s->git, s->a, GIT("config", "--local", "--remove-section", "hook.sdi"), &nothing, err))
		return -1;
	term_say("Removed `hook.sdi` from the repository's git config");
	return 0;
}

/* What others wrote is told, and is theirs. */
static int say_rest(const struct hook_site *s)
{
	const struct hook_config *h = hook_site_config_in_force(s);
	bool file = hook_site_file_in_force(s);
	if (file)
		term_say("`%s`, which is not sdi's, still runs it", s->used.shown);
	if (h)
		term_say("`hook.%.*s` in the git config (%.*s) still runs sdi", STR_ARG(h->name), STR_ARG(h->scope));
	if (!file && !h)
		term_say("No hook runs sdi before a commit");
	return file || h ? EXIT_FINDINGS : EXIT_FINE;
}

int hook_uninstall(struct hook_site *s, bool force, struct err *err)
{
	struct hook_site left;
	int file = remove_file(s, force, err), config = file < 0 ? -1 : remove_config(s, force, err);
	if (file < 0 || config < 0 || hook_site_find(s->a, s->here, &left, err))
		return EXIT_TROUBLE;
	if (file || config)
		return EXIT_FINDINGS;
	return say_rest(&left);
}
