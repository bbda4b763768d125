#include <stdio.h>
#include <strings.h>
#include <unistd.h>

#include "cmd/init.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/base/unicode.h"

/* A line without its newline; false at the end of what is typed. */
static bool read_line(struct arena *a, struct str *out)
{
	struct buf line = {0};
	char c;
	ssize_t n;
	while ((n = read(STDIN_FILENO, &c, 1)) == 1 && c != '\n')
		buf_addc(&line, c);
	*out = arena_str(a, str_trim(buf_str(&line)));
	buf_release(&line);
	return n == 1 || out->n > 0;
}

/* What is typed, or the proposal for an empty line. */
static int ask(struct arena *a, const char *question, struct str proposal, struct str *out, struct err *err)
{
	struct buf line = {0};
	buf_printf(&line, "%s [", question);
	term_escape(&line, proposal);
	buf_addz(&line, "] ");
	term_err(buf_str(&line));
	buf_release(&line);
	if (!read_line(a, out))
		return err_set(err, "nothing was answered; --yes takes what is proposed");
	if (!out->n)
		*out = proposal;
	return 0;
}

/* As a template says it; the template itself is checked in the same way. */
static int check_path(struct arena *a, struct str path, struct err *err)
{
	struct pattern p;
	size_t at;
	if (pattern_parse(a, path, &p, &at, err))
		return -1;
	if (!pattern_tells_date(&p))
		return err_set(err, "`path` must hold year, month and day, so that a path tells its date");
	if (!str_ends(path, STR(".md")))
		return err_set(err, "`path` must end in `.md`");
	if (str_starts(path, STR("/")) || str_starts(path, STR("../")) || str_find(path, 0, STR("/../")) < path.n)
		return err_set(err, "`path` must stay inside the repository");
	if (str_find_byte(path, 0, '"') < path.n || str_find_byte(path, 0, '\\') < path.n)
		return err_set(err, "`path` must hold no quotation mark and no backslash");
	return 0;
}

static int ask_for_path(struct arena *a, struct init_plan *plan, struct err *err)
{
	struct str answer;
	struct err why;
	if (plan->files)
		term_say("Files that have a day in their path: %zu with `%.*s`", plan->files, STR_ARG(plan->path));
	for (;;) {
		if (ask(a, _("Where do digests lie?"), plan->path, &answer, err))
			return -1;
		if (check_path(a, answer, &why) == 0)
			break;
		term_error("%s", why.text);
	}
	plan->path = answer;
	return 0;
}

static int ask_for_zone(struct arena *a, struct init_plan *plan, struct err *err)
{
	struct str answer;
	for (;;) {
		if (ask(a, _("In which time zone is it \"today\"?"), str_of(plan->timezone), &answer, err))
			return -1;
		if (unicode_is_zone(answer.p))
			break;
		term_error("there is no time zone `%.*s`; one is written as Asia/Tokyo is", STR_ARG(answer));
	}
	plan->timezone = answer.p;
	return 0;
}

/* In either language, for who reads Japanese may type it. False: neither yes nor no. */
static bool read_yes_or_no(struct str answer, bool *yes)
{
	static const struct {
		const char *word;
		bool yes;
	} words[] = {{"yes", true}, {"y", true}, {"はい", true}, {"no", false}, {"n", false}, {"いいえ", false}};
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strcasecmp(answer.p, words[i].word) == 0) {
			*yes = words[i].yes;
			return true;
		}
	return false;
}

static int ask_for_hook(struct arena *a, struct init_plan *plan, struct err *err)
{
	struct str answer;
	for (;;) {
		if (ask(a, _("Shall git check each commit with a hook? yes or no"), STR("yes"), &answer, err))
			return -1;
		if (read_yes_or_no(answer, &plan->hook))
			return 0;
		term_error("`%.*s` is neither yes nor no", STR_ARG(answer));
	}
}

int init_ask(struct arena *a, struct init_plan *plan, bool ask_path, bool ask_hook, struct err *err)
{
	if (ask_path && ask_for_path(a, plan, err))
		return -1;
	if (ask_for_zone(a, plan, err))
		return -1;
	return ask_hook ? ask_for_hook(a, plan, err) : 0;
}
