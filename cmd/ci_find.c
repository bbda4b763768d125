#include "cmd/ci_find.h"

#include "cmd/term.h"
#include "core/base/message.h"

/* One question: where is the base? */
struct search {
	struct arena *arena;
	struct history *history;
	const struct ci_head *head;
	struct ci_base *base;
	struct ci_lack *lack;
	struct err *err;
};

/* ---- what is missing ---- */

/* Never `--depth` in a whole clone: git would cut it off there. */
static enum ci_answer lacks(struct search *s, const char *what, const char *depth, const char *wanted)
{
	const char **arg = arena_array(s->arena, const char *, 7);
	size_t n = 0;
	arg[n++] = "fetch";
	arg[n++] = "--no-tags";
	arg[n++] = "--no-recurse-submodules";
	s->lack->shallow = history_is_shallow(s->history);
	if (s->lack->shallow)
		arg[n++] = depth;
	arg[n++] = "origin";
	arg[n] = wanted;
	s->lack->fetch = arg;
	s->lack->what = what;
	return CI_LACKS;
}

static const char *refspec(struct arena *a, const char *branch)
{
	return branch ? arena_printf(a, "+refs/heads/%s:refs/remotes/origin/%s", branch, branch).p : NULL;
}

static enum ci_answer lacks_commit(struct search *s, const char *id, const char *depth)
{
	const char *what = arena_printf(s->arena, _("the commit %s (%s) is not here"), id, message(s->base->how)).p;
	return lacks(s, what, depth, id);
}

static enum ci_answer lacks_branch(struct search *s)
{
	const char *what = arena_printf(s->arena, _("the branch `%s` of origin is not here"), s->base->branch).p;
	return lacks(s, what, "--unshallow", refspec(s->arena, s->base->branch));
}

static enum ci_answer lacks_past(struct search *s, const char *rev)
{
	const char *what = arena_printf(s->arena, _("the commit at which HEAD and %s parted is not here"), rev).p;
	if (history_is_shallow(s->history))
		return lacks(s, what, "--unshallow", refspec(s->arena, s->base->branch));
	err_set(s->err, "cannot find the base: HEAD and `%.400s` have no commit in common", rev);
	return CI_ERROR;
}

/* ---- looking ---- */

static enum ci_answer find_commit(struct search *s, struct moment *out)
{
	const char *rev = s->base->rev;
	*out = (struct moment){.kind = MOMENT_COMMIT};
	if (object_id_parse(str_of(rev), &out->commit)) {
		err_set(s->err, "`%.400s` names no commit", rev);
		return CI_ERROR;
	}
	return history_has(s->history, &out->commit) ? CI_FOUND : lacks_commit(s, rev, "--depth=1");
}

static bool is_parent(const struct ci_head *head, const struct object_id *id)
{
	for (size_t i = 0; i < head->parents; i++)
		if (object_id_is(&head->parent[i], id))
			return true;
	return object_id_is(&head->id, id);
}

static enum ci_answer find_parting(struct search *s, const char *rev, const struct object_id *other, struct moment *out)
{
	struct err ignored;
	*out = (struct moment){MOMENT_COMMIT, *other};
	/* A shallow clone may have the parent and not know that it is one. */
	if (is_parent(s->head, other) || history_merge_base(s->history, other, &s->head->id, &out->commit, &ignored) == 0)
		return CI_FOUND;
	return lacks_past(s, rev);
}

static enum ci_answer find_parted(struct search *s, struct moment *out)
{
	struct object_id other;
	const char *branch = s->base->branch, *rev = s->base->rev;
	if (!rev)
		rev = arena_printf(s->arena, "refs/remotes/origin/%s", branch).p;
	if (history_commit(s->history, rev, &other, s->err) == 0 && history_has(s->history, &other))
		return find_parting(s, rev, &other, out);
	if (branch)
		return lacks_branch(s);
	return object_id_parse(str_of(rev), &other) ? CI_ERROR : lacks_commit(s, rev, "--unshallow");
}

static enum ci_answer find_upstream(struct search *s, struct moment *out)
{
	for (size_t i = 0; ci_upstreams[i]; i++) {
		struct object_id other;
		struct err ignored;
		if (history_commit(s->history, ci_upstreams[i], &other, &ignored))
			continue;
		s->base->how = arena_printf(s->arena, _("where HEAD left %s"), ci_upstreams[i]).p;
		return find_parting(s, ci_upstreams[i], &other, out);
	}
	err_set(s->err, "cannot find the base: HEAD has no upstream, and origin has neither HEAD nor main nor master here; "
	                "--base REV says it, `sdi lint` looks at all files");
	return CI_ERROR;
}

enum ci_answer ci_find(struct arena *a, struct history *h, const struct ci_head *head, struct ci_base *base,
                       struct moment *out, struct ci_lack *lack, struct err *err)
{
	struct search s = {a, h, head, base, lack, err};
	*out = (struct moment){.kind = MOMENT_EMPTY};
	switch (base->way) {
	case CI_ALL:
		return CI_FOUND;
	case CI_COMMIT:
		return find_commit(&s, out);
	case CI_PARTED:
		return find_parted(&s, out);
	case CI_UPSTREAM:
		return find_upstream(&s, out);
	}
	BUG("no such way: %d", base->way);
}

/* ---- bringing it ---- */

int ci_fetch(struct history *h, const struct ci_lack *lack, struct err *err)
{
	struct arena scratch = {0};
	struct str ignored;
	int bad = git_run(history_git(h), &scratch, lack->fetch, STR(""), &ignored, err);
	arena_release(&scratch);
	return bad;
}

/* As a shell takes it: the name of a branch may hold what is none of its business. */
static void add_word(struct buf *out, const char *word)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+:/.,@";
	bool quoted = word[strspn(word, plain)];
	buf_addz(out, quoted ? " '" : " ");
	for (; *word; word++) {
		if (*word == '\'')
			buf_addz(out, "'\\''");
		else
			buf_addc(out, *word);
	}
	buf_addz(out, quoted ? "'" : "");
}

void ci_say_lack(const struct ci_base *base, const struct ci_lack *lack)
{
	struct buf command = {0};
	buf_addz(&command, "git");
	for (const char *const *arg = lack->fetch; *arg; arg++)
		add_word(&command, *arg);
	if (lack->shallow)
		term_error("cannot find the base of this change: the clone is shallow");
	else
		term_error("cannot find the base of this change");
	term_say("  base: %s", lack->what);
	if (base->setup)
		term_say("  fix:  %s", message(base->setup));
	term_say("  or:   %s   (`sdi ci --fetch` does this)", command.p);
	term_say("  or:   `sdi lint`, which looks at all files");
	buf_release(&command);
}
