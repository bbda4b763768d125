/* sdi hook status: which hooks run before a commit, and whether sdi is one of them. */
#include <stdlib.h>

#include "cmd/hook.h"
#include "cmd/program.h"
#include "cmd/term.h"
#include "core/base/message.h"

struct status {
	const struct hook_site *site;
	struct buf out;
	unsigned hooks;    /* that run */
	unsigned with_sdi; /* of them */
	const char *on_path;
	bool is_lost; /* a hook of ours finds no sdi */
};

static const char *what_it_is(enum hook_author author, bool runs_sdi)
{
	static const char *const names[] = {
		[HOOK_NOBODY] = "",
		[HOOK_OTHERS] = N_("not sdi's"),
		[HOOK_OURS] = N_("sdi's"),
		[HOOK_EDITED] = N_("sdi's, edited"),
	};
	return author == HOOK_OTHERS && runs_sdi ? _("not sdi's, but runs it") : _(names[author]);
}

static void add_hook(struct status *st, struct str name, enum hook_author author, bool runs_sdi)
{
	buf_printf(&st->out, "  %u. ", ++st->hooks);
	term_escape(&st->out, name);
	buf_printf(&st->out, ": %s\n", what_it_is(author, runs_sdi));
	st->with_sdi += runs_sdi;
}

static void add_configs(struct status *st)
{
	const struct hook_site *s = st->site;
	for (size_t i = 0; i < s->configs; i++) {
		const struct hook_config *h = &s->config[i];
		if (hook_site_runs(s, h))
			add_hook(st, arena_printf(s->a, "hook.%.*s (%.*s)", STR_ARG(h->name), STR_ARG(h->scope)), h->author,
			         hook_script_runs_sdi(h->command));
	}
}

static void add_hooks(struct status *st)
{
	const struct hook_site *s = st->site;
	buf_printf(&st->out, _("Before a commit git %.*s runs:\n"), STR_ARG(s->version));
	add_configs(st);
	if (s->used.runs)
		add_hook(st, str_of(s->used.shown), s->used.author, hook_site_file_in_force(s));
	if (!st->hooks)
		buf_printf(&st->out, "  %s\n", _("none"));
}

/* ---- what sdi they would find ---- */

static void add_recorded(struct status *st, struct str script)
{
	const char *sdi = hook_script_sdi(st->site->a, script);
	if (!sdi)
		return;
	bool there = program_is_at(sdi);
	st->is_lost |= !there && !st->on_path;
	term_escape(&st->out, str_of(sdi));
	buf_printf(&st->out, _(" (%s)\n"), there ? _("written in the hook") : _("written in the hook, but not there"));
}

static void add_programs(struct status *st)
{
	const struct hook_site *s = st->site;
	const struct hook_config *h = hook_site_config_in_force(s);
	const char *on_path = st->on_path = program_on_path(s->a, "sdi");
	buf_addz(&st->out, "\n");
	if (s->used.runs && s->used.author != HOOK_OTHERS)
		add_recorded(st, s->used.text);
	if (h && h->author != HOOK_OTHERS)
		add_recorded(st, h->command);
	term_escape(&st->out, str_of(on_path ? on_path : "sdi"));
	buf_printf(&st->out, _(" (%s)\n"), on_path ? _("on PATH") : _("not on PATH"));
}

/* ---- what is not as it should be ---- */

static void warn(const struct status *st)
{
	const struct hook_site *s = st->site;
	const struct hook_config *h = hook_site_config(s, "sdi");
	if (s->used.author != HOOK_NOBODY && !s->used.runs)
		term_say("`%s` is no executable file: git does not run it", s->used.shown);
	if (s->elsewhere && s->ours.author != HOOK_NOBODY)
		term_say("git does not look at `%s`, because core.hooksPath is `%.*s`", s->ours.shown, STR_ARG(s->hooks_path));
	if (h && !s->knows_config)
		term_say("`hook.sdi` stands in the git config: this git is too old for it, but one from 2.54 on runs it");
	if (st->is_lost)
		term_say("The hook finds no sdi: `sdi hook install` writes where it is now");
	if (st->with_sdi > 1)
		term_say("More than one hook runs sdi, so that a commit is checked more than once");
}

int hook_status(struct hook_site *s, bool force, struct err *err)
{
	struct status st = {.site = s};
	(void)force, (void)err;
	add_hooks(&st);
	add_programs(&st);
	term_disarm(&st.out);
	term_out(buf_str(&st.out));
	buf_release(&st.out);
	warn(&st);
	return st.with_sdi && !st.is_lost ? EXIT_FINE : EXIT_FINDINGS;
}
