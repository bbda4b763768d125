#include "core/source/git.h"

#include "core/source/paths.h"
#include "core/source/source.h"

/* No command here has more arguments. */
enum { MOST_ARGUMENTS = 32 };

static void make_argv(const char *const *arg, const char **argv)
{
	size_t n = 0;
	argv[n++] = "git";
	while (*arg && n < MOST_ARGUMENTS)
		argv[n++] = *arg++;
	if (*arg)
		BUG("too many arguments for git");
	argv[n] = NULL;
}

/* "fatal: bad revision" → "bad revision". Warnings and hints stand around the line that says it. */
static struct str reason(struct str said)
{
	static const struct str marks[] = {STR_INIT("fatal: "), STR_INIT("error: ")};
	struct str rest = said, line, first = STR("");
	while (str_split(&rest, '\n', &line)) {
		line = str_trim(line);
		for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
			if (str_starts(line, marks[i]))
				return str_from(line, marks[i].n);
		first = first.n ? first : line;
	}
	return first;
}

static int fail(const char *command, const struct spawned *s, struct err *err)
{
	struct str why = reason(buf_str(&s->err));
	if (str_starts(why, STR("not a git repository")))
		return err_set(err, "there is no git repository here; `git init` begins one");
	if (why.n)
		return err_set(err, "git %s: %.*s", command, (int)(why.n < 800 ? why.n : 800), why.p);
	return err_set(err, "git %s: exit code %d", command, s->code);
}

int git_run(const struct git *g, struct arena *a, const char *const *arg, struct str input, struct str *out,
            struct err *err)
{
	const char *argv[MOST_ARGUMENTS + 1];
	struct spawned s;
	make_argv(arg, argv);
	if (spawn_run(&(struct spawn){argv, g->env, g->folder, input}, &s, err))
		return -1;
	int bad = s.code ? fail(arg[0], &s, err) : 0;
	*out = bad ? STR("") : arena_str(a, buf_str(&s.out));
	spawned_release(&s);
	return bad;
}

int git_ask(const struct git *g, struct arena *a, const char *const *arg, struct str *out, struct err *err)
{
	int bad = git_run(g, a, arg, STR(""), out, err);
	if (!bad && str_ends(*out, STR("\n")))
		*out = arena_str(a, str_slice(*out, 0, out->n - 1));
	return bad;
}

int git_talk(const struct git *g, struct talk *t, const char *const *arg, struct err *err)
{
	const char *argv[MOST_ARGUMENTS + 1];
	make_argv(arg, argv);
	return talk_begin(t, &(struct spawn){argv, g->env, g->folder, STR("")}, err);
}

const char *git_common_dir(struct arena *a, const char *git_dir)
{
	enum { LONGEST = 4096 };
	struct source file = {0};
	if (source_read_file(a, path_join(a, git_dir, "commondir"), LONGEST, &file, NULL) || !file.text.n)
		return git_dir;
	return path_clean(a, path_join(a, git_dir, arena_str(a, str_trim_end(file.text)).p));
}
