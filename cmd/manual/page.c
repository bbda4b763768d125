#include "cmd/manual/manual.h"

#include <stdlib.h>

#include "cmd/completion/completion.h"
#include "core/base/message.h"

/* ---- options ---- */

static void add_option(struct buf *out, const struct option *o)
{
	buf_addz(out, ".It ");
	if (o->letter)
		buf_printf(out, "Fl %c , ", o->letter);
	buf_printf(out, "Fl -%s", o->name);
	if (o->kind == OPTION_ENUM) {
		const char *between = " Cm ";
		for (const struct choice *c = o->choices; c->name; c++) {
			if (c->hidden)
				continue;
			buf_printf(out, "%s%s", between, c->name);
			between = " | ";
		}
	} else if (o->value) {
		buf_printf(out, " Ar %s", o->value);
	}
	buf_addc(out, '\n');
	manual_text(out, _(o->help));
}

static void add_options(struct buf *out, const struct option_set *set)
{
	struct arena a = {0};
	buf_addz(out, ".Sh OPTIONS\n.Bl -tag -width Ds\n");
	for (const struct option *const *o = options_all(&a, set); *o; o++)
		add_option(out, *o);
	buf_addz(out, ".El\n");
	arena_release(&a);
}

/* ---- arguments ---- */

static void add_argument(struct buf *out, const struct completion_argument *g)
{
	buf_printf(out, ".%s%s ", g->optional ? "Op " : "", g->nr ? "Cm" : "Ar");
	for (size_t i = 0; i < g->nr; i++)
		buf_printf(out, "%s%s", i ? " | " : "", g->v[i].name);
	buf_printf(out, "%s%s\n", g->nr ? "" : g->shown, g->repeated ? " ..." : "");
}

static void add_synopsis(struct buf *out, const struct command *c)
{
	struct arena a = {0};
	struct completion_argument argument[MOST_ARGUMENTS];
	size_t nr = completion_arguments(&a, c, argument);
	buf_printf(out, ".Sh SYNOPSIS\n.Nm sdi %s\n.Op Ar %s\n", c->name, _("options"));
	for (size_t i = 0; i < nr; i++)
		add_argument(out, &argument[i]);
	arena_release(&a);
}

/* ---- what stands outside of the command line ---- */

static bool is_among(const char *name, const char *names)
{
	struct str rest = str_of(names), one;
	while (rest.n && str_split(&rest, ' ', &one))
		if (str_eqz(one, name))
			return true;
	return false;
}

/* The items of a command, of sdi itself for NULL; nothing where there are none. `macro`: what their names are. */
static void add_items(struct buf *out, const char *title, const char *macro, const struct manual_item *item,
                      const struct command *c)
{
	const char *end = "";
	for (; item->name; item++) {
		if (c && !is_among(c->name, item->commands))
			continue;
		if (!*end)
			buf_printf(out, ".Sh %s\n.Bl -tag -width Ds\n", title);
		buf_printf(out, ".It %s %s\n", macro, item->name);
		manual_text(out, _(item->text));
		end = ".El\n";
	}
	buf_addz(out, end);
}

static void add_examples(struct buf *out, const struct command *c)
{
	const char *title = ".Sh EXAMPLES\n";
	for (const struct manual_item *item = manual_examples; item->name; item++) {
		if (c && !is_among(c->name, item->commands))
			continue;
		buf_addz(out, *title ? title : ".Pp\n");
		manual_text(out, _(item->text));
		manual_literal(out, str_of(item->name));
		title = "";
	}
}

static int compare_names(const void *x, const void *y)
{
	const char *const *a = x, *const *b = y;
	return strcmp(*a, *b);
}

static void add_see_also(struct buf *out, const struct command *c)
{
	struct arena a = {0};
	size_t nr = 0;
	while (commands_table[nr])
		nr++;
	const char **names = arena_array(&a, const char *, nr);
	for (size_t i = 0; i < nr; i++)
		names[i] = commands_table[i]->name;
	qsort(names, nr, sizeof(*names), compare_names);
	buf_addz(out, ".Sh SEE ALSO\n");
	if (c)
		buf_addz(out, ".Xr sdi 1 ,\n");
	for (size_t i = 0; !c && i < nr; i++)
		buf_printf(out, ".Xr sdi-%s 1 ,\n", names[i]);
	buf_addz(out, ".Xr sdi-rules 7\n");
	arena_release(&a);
}

/* ---- pages ---- */

/* The paragraph of a command's help that tells its exit codes; "" where there is none. */
static struct str exit_codes(struct str about)
{
	const char *begins = _("Exit codes:");
	size_t at = str_find(about, 0, str_of(begins));
	return str_from(about, at);
}

static void add_outside(struct buf *out, const struct command *c, struct str codes)
{
	add_items(out, "ENVIRONMENT", "Ev", manual_variables, c);
	add_items(out, "FILES", "Pa", manual_files, c);
	buf_addz(out, ".Sh EXIT STATUS\n");
	manual_prose(out, str_trim(str_from(codes, strlen(_("Exit codes:")))));
	add_examples(out, c);
	add_see_also(out, c);
}

static void add_command_page(struct buf *out, const struct command *c)
{
	struct arena a = {0};
	const char *name = arena_printf(&a, "sdi-%s", c->name).p;
	struct str about = str_of(c->about ? _(c->about) : ""), codes = exit_codes(about);
	about.n -= codes.n;
	manual_head(out, name, "1", _(c->summary));
	add_synopsis(out, c);
	buf_addz(out, ".Sh DESCRIPTION\n");
	if (str_trim(about).n)
		manual_prose(out, about);
	else
		manual_text(out, arena_printf(&a, _("%s."), _(c->summary)).p);
	add_options(out, &c->options);
	add_outside(out, c, codes.n ? codes : str_of(_("Exit codes: 0 done, 2 could not do the job.")));
	arena_release(&a);
}

static void add_general_page(struct buf *out)
{
	manual_head(out, "sdi", "1", _("scaffold, lint and fix daily security digests"));
	buf_printf(out, ".Sh SYNOPSIS\n.Nm sdi\n.Ar %s\n.Op Ar %s\n.Op Ar %s ...\n", _("command"), _("options"),
	           _("argument"));
	buf_addz(out, ".Nm sdi\n.Fl -help | Fl -version\n.Sh DESCRIPTION\n");
	manual_prose(
		out,
		str_of(_("Looks after daily security digests: dated Markdown files, in Japanese, kept in a git repository.\n"
	             "A template says what a digest looks like. Digests are started from it, held against it, and put\n"
	             "right where that changes nothing of what they say.\n")));
	buf_addz(out, ".Sh COMMANDS\n.Bl -tag -width Ds\n");
	for (size_t i = 0; commands_table[i]; i++) {
		buf_printf(out, ".It Xr sdi-%s 1\n", commands_table[i]->name);
		manual_text(out, _(commands_table[i]->summary));
	}
	buf_addz(out, ".El\n");
	add_options(out, &(struct option_set){{general_options}});
	add_outside(out, NULL, str_of(_("Exit codes: 0 nothing to report, 1 findings, 2 could not do the job.")));
}

void manual_page(const struct command *c, struct buf *out)
{
	if (c)
		add_command_page(out, c);
	else
		add_general_page(out);
}
