#include "cmd/describe.h"
#include "cmd/manual/manual.h"
#include "core/base/message.h"

static void add_options(struct arena *a, struct buf *out, const struct rule *r)
{
	if (!r->options || !r->options->name)
		return;
	buf_addz(out, ".Bl -tag -width Ds\n");
	for (const struct rule_option *o = r->options; o->name; o++) {
		struct buf usual = {0};
		describe_default(&usual, o);
		buf_printf(out, ".It Ic %s\n", o->name);
		manual_text(out, arena_printf(a, _("%s (%s)"), _(o->doc), usual.p).p);
		buf_release(&usual);
	}
	buf_addz(out, ".El\n");
}

static void add_rule(struct arena *a, struct buf *out, const struct rule *r)
{
	const char *nature =
		arena_printf(a, _("Group %s, severity %s, fix: %s."), r->group, severity_name(r->severity), fix_label(r->fix))
			.p;
	buf_printf(out, ".It Ic %s\n", r->name);
	manual_text(out, arena_printf(a, _("%s."), _(r->summary)).p);
	manual_text(out, nature);
	buf_addz(out, ".Pp\n");
	manual_text(out, _(r->why));
	add_options(a, out, r);
}

void manual_rules(struct buf *out)
{
	struct arena a = {0};
	const struct rule **rule = rules_by_group(&a);
	manual_head(out, "sdi-rules", "7", _("what sdi checks in digests"));
	buf_addz(out, ".Sh DESCRIPTION\n");
	manual_prose(
		out, str_of(_("Rules have names; a config and `--select` and `--ignore` take these, and the names of groups.\n"
	                  "`sdi explain RULE` shows a bad and a good example.\n")));
	buf_addz(out, ".Sh RULES\n");
	for (size_t i = 0; i < rules_table_nr; i++) {
		if (!i || strcmp(rule[i]->group, rule[i - 1]->group) != 0)
			buf_printf(out, "%s.Ss %s\n.Bl -tag -width Ds\n", i ? ".El\n" : "", rule[i]->group);
		add_rule(&a, out, rule[i]);
	}
	buf_addz(out, ".El\n.Sh SEE ALSO\n.Xr sdi 1 ,\n.Xr sdi-explain 1 ,\n.Xr sdi-rules 1\n");
	arena_release(&a);
}
