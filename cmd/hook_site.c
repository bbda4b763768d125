#include "cmd/hook_site.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/git_place.h"
#include "core/source/paths.h"
#include "core/source/source.h"

enum { MAX_BYTES = 1024 * 1024 };

/* The first git that runs hooks of its config. */
enum { NEW_MAJOR = 2, NEW_MINOR = 54 };

/* ---- files ---- */

/* What cannot be read is somebody else's. */
static int look(struct hook_site *s, const char *path, struct hook_file *out, struct err *err)
{
	struct stat st;
	struct source text = {0};
	const char *below = path_below(s->here, path);
	*out = (struct hook_file){.path = path, .shown = below ? below : path};
	if (lstat(path, &st))
		return errno == ENOENT || errno == ENOTDIR
		           ? 0
		           : err_set(err, "cannot read `%s`: %s", out->shown, err_reason(errno));
	if (source_read_file(s->a, path, MAX_BYTES, &text, NULL) == 0)
		out->text = text.text;
	out->author = S_ISREG(st.st_mode) ? hook_script_author(out->text) : HOOK_OTHERS;
	out->runs = stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
	return 0;
}

/* What git says a path is, from the root. */
static int ask_path(struct hook_site *s, const char *const *arg, const char **out, struct err *err)
{
	struct str answer;
	if (git_ask(&s->git, s->a, arg, &answer, err))
		return -1;
	*out = path_clean(s->a, path_join(s->a, s->git.folder, answer.p));
	return 0;
}

static bool is_same_folder(struct arena *a, const char *x, const char *y)
{
	const char *real_x = path_real(a, x), *real_y = path_real(a, y);
	return real_x && real_y && strcmp(real_x, real_y) == 0;
}

static int find_files(struct hook_site *s, struct err *err)
{
	struct stat st;
	const char *common, *folder;
	if (ask_path(s, GIT("rev-parse", "--git-common-dir"), &common, err) ||
	    ask_path(s, GIT("rev-parse", "--git-path", "hooks"), &folder, err))
		return -1;
	s->root = path_real(s->a, common);
	if (!s->root)
		return err_set(err, "cannot find `%s`: %s", common, err_reason(errno));
	const char *own = path_join(s->a, s->root, "hooks");
	s->linked = lstat(own, &st) == 0 && S_ISLNK(st.st_mode);
	s->elsewhere = !is_same_folder(s->a, own, folder);
	if (!s->elsewhere)
		folder = own;
	return look(s, path_join(s->a, own, "pre-commit"), &s->ours, err) ||
	               look(s, path_join(s->a, folder, "pre-commit"), &s->used, err)
	           ? -1
	           : 0;
}

/* ---- git's config ---- */

static struct hook_config *config_named(struct hook_site *s, struct str name)
{
	for (size_t i = 0; i < s->configs; i++)
		if (str_eq(s->config[i].name, name))
			return &s->config[i];
	s->config[s->configs] = (struct hook_config){.name = name, .author = HOOK_OTHERS};
	return &s->config[s->configs++];
}

static bool is_no(struct str value)
{
	static const struct str words[] = {STR_INIT("false"), STR_INIT("no"), STR_INIT("off"), STR_INIT("0"), STR_INIT("")};
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_eq_nocase(value, words[i]))
			return true;
	return false;
}

/* `key` is what stands behind "hook.": a name, a dot, and what is said of it. */
static void note_hook(struct hook_site *s, struct str scope, struct str key, struct str value)
{
	size_t dot = key.n;
	while (dot && key.p[dot - 1] != '.')
		dot--;
	if (!dot)
		return;
	struct hook_config *h = config_named(s, str_slice(key, 0, dot - 1));
	struct str what = str_from(key, dot);
	if (str_eqz(what, "command")) {
		h->command = value;
		h->scope = scope;
		h->author = hook_script_author(value);
	} else if (str_eqz(what, "event")) {
		h->before_commit |= str_eqz(value, "pre-commit");
	} else if (str_eqz(what, "enabled")) {
		h->disabled = is_no(value);
	}
}

/* A key alone, without a value, is true. */
static void note(struct hook_site *s, struct str scope, struct str entry)
{
	static const struct str hook = STR_INIT("hook.");
	size_t end = str_find_byte(entry, 0, '\n');
	struct str key = str_slice(entry, 0, end), value = end < entry.n ? str_from(entry, end + 1) : STR("true");
	if (str_eqz(key, "core.hookspath")) {
		s->hooks_path = value;
		s->scope = scope;
	} else if (str_starts(key, hook)) {
		note_hook(s, scope, str_from(key, hook.n), value);
	}
}

static int read_config(struct hook_site *s, struct err *err)
{
	struct str all, scope, entry;
	size_t most = 0;
	if (git_ask(&s->git, s->a, GIT("config", "--list", "--show-scope", "-z"), &all, err))
		return -1;
	for (size_t i = 0; i < all.n; i++)
		most += all.p[i] == 0;
	s->config = arena_array(s->a, struct hook_config, most);
	while (str_split(&all, 0, &scope) && str_split(&all, 0, &entry))
		note(s, scope, entry);
	return 0;
}

/* "git version 2.39.5 (…)" → "2.39.5" */
static int read_version(struct hook_site *s, struct err *err)
{
	static const struct str words = STR_INIT("git version ");
	char *end;
	if (git_ask(&s->git, s->a, GIT("version"), &s->version, err))
		return -1;
	if (str_starts(s->version, words))
		s->version = str_from(s->version, words.n);
	s->version = arena_str(s->a, str_slice(s->version, 0, str_find_byte(s->version, 0, ' ')));
	long major = strtol(s->version.p, &end, 10), minor = *end == '.' ? strtol(end + 1, NULL, 10) : 0;
	s->knows_config = major > NEW_MAJOR || (major == NEW_MAJOR && minor >= NEW_MINOR);
	return 0;
}

/* ---- all of it ---- */

static int find_top(struct hook_site *s, struct err *err)
{
	struct str inside;
	if (git_ask(&s->git, s->a, GIT("rev-parse", "--is-inside-work-tree"), &inside, err))
		return -1;
	if (!str_eqz(inside, "true"))
		return err_set(err, "`%s` is in no work tree, and only in one are commits made", s->here);
	if (ask_path(s, GIT("rev-parse", "--show-toplevel"), &s->top, err))
		return -1;
	s->git.folder = s->top;
	return 0;
}

int hook_site_find(struct arena *a, const char *here, struct hook_site *out, struct err *err)
{
	struct git_place place;
	*out = (struct hook_site){.a = a, .here = here};
	if (git_place_find(a, here, &place, err))
		return -1;
	out->git = place.git;
	if (find_top(out, err) || read_version(out, err) || read_config(out, err) || find_files(out, err))
		return -1;
	out->manager = hook_manager_find(out->top, &out->manager_file);
	return 0;
}

const struct hook_config *hook_site_config(const struct hook_site *s, const char *name)
{
	for (size_t i = 0; i < s->configs; i++)
		if (str_eqz(s->config[i].name, name))
			return &s->config[i];
	return NULL;
}

bool hook_site_runs(const struct hook_site *s, const struct hook_config *h)
{
	/* This name switches all of them. */
	const struct hook_config *all = hook_site_config(s, "pre-commit");
	return s->knows_config && !(all && all->disabled) && h->before_commit && !h->disabled && h->command.n;
}

const struct hook_config *hook_site_config_in_force(const struct hook_site *s)
{
	for (size_t i = 0; i < s->configs; i++)
		if (hook_site_runs(s, &s->config[i]) && hook_script_runs_sdi(s->config[i].command))
			return &s->config[i];
	return NULL;
}

bool hook_site_file_in_force(const struct hook_site *s)
{
	return s->used.runs && (hook_script_runs_sdi(s->used.text) ||
	                        (s->manager && hook_manager_runs_sdi(s->manager, s->top, s->manager_file)));
}

bool hook_site_is_own(const struct hook_site *s)
{
	return !s->linked && !s->elsewhere;
}
