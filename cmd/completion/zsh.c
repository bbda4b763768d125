#include "cmd/completion/completion.h"

#include "core/base/message.h"

/* Inside of '…'; with a backslash before each of `special`. */
static void add_quoted(struct buf *out, const char *text, const char *special)
{
	for (; *text; text++) {
		if (*text == '\'') {
			buf_addz(out, "'\\''");
			continue;
		}
		if (*text == '\\' || strchr(special, *text))
			buf_addc(out, '\\');
		buf_addc(out, *text);
	}
}

static void add_lists(struct arena *a, struct buf *out)
{
	size_t nr;
	const struct completion_list *list = completion_lists(a, &nr);
	for (size_t i = 0; i < nr; i++) {
		buf_printf(out, "typeset -ga _sdi_list_%s=(\n", list[i].name);
		for (size_t k = 0; k < list[i].nr; k++) {
			buf_printf(out, "\t'%s", list[i].v[k].name);
			if (list[i].v[k].text) {
				buf_addc(out, ':');
				add_quoted(out, list[i].v[k].text, "");
			}
			buf_addz(out, "'\n");
		}
		buf_addz(out, ")\n");
	}
}

static void add_way(struct buf *out, const char *way, const struct completion_word *v, size_t nr)
{
	buf_addc(out, ':');
	if (!nr && way)
		buf_printf(out, "_sdi_%s", way);
	for (size_t i = 0; i < nr; i++)
		buf_printf(out, "%s%s%s", i ? " " : "(", v[i].name, i + 1 == nr ? ")" : "");
}

/* '(-j --jobs)'{-j+,--jobs=}'[Threads]:N:' */
static void add_option(struct arena *a, const struct option *o, struct buf *out)
{
	bool flag = o->kind == OPTION_FLAG, again = o->kind == OPTION_LIST || o->kind == OPTION_MANY;
	size_t nr;
	const struct completion_word *v = completion_choices(a, o, &nr);
	buf_addz(out, "\t\t");
	if (again)
		buf_addz(out, "'*'");
	else if (o->letter)
		buf_printf(out, "'(-%c --%s)'", o->letter, o->name);
	if (o->letter)
		buf_printf(out, "{-%c%s,--%s%s}'", o->letter, flag ? "" : "+", o->name, flag ? "" : "=");
	else
		buf_printf(out, "--%s%s'", o->name, flag ? "" : "=");
	buf_addc(out, '[');
	add_quoted(out, _(o->help), "[]:");
	buf_addc(out, ']');
	if (!flag) {
		buf_printf(out, ":%s", o->value ? o->value : o->name);
		add_way(out, completion_way(o->value), v, nr);
	}
	buf_addz(out, "' \\\n");
}

static void add_options(struct arena *a, const struct option_set *set, struct buf *out)
{
	for (const struct option *const *o = options_all(a, set); *o; o++)
		add_option(a, *o, out);
}

static void add_command(struct arena *a, const struct command *c, struct buf *out)
{
	struct completion_argument argument[MOST_ARGUMENTS];
	size_t nr = completion_arguments(a, c, argument);
	buf_printf(out, "\n(( $+functions[_sdi-%s] )) ||\n_sdi-%s() {\n\t_arguments -s -S : \\\n", c->name, c->name);
	add_options(a, &c->options, out);
	for (size_t i = 0; i < nr; i++) {
		if (argument[i].repeated)
			buf_printf(out, "\t\t'*:%s", argument[i].nr ? c->name : argument[i].shown);
		else
			buf_printf(out, "\t\t'%zu:%s", i + 1, argument[i].nr ? c->name : argument[i].shown);
		add_way(out, argument[i].way, argument[i].v, argument[i].nr);
		buf_addz(out, "' \\\n");
	}
	buf_addz(out, "\t\t&& return\n}\n");
}

void completion_zsh(struct arena *a, struct buf *out)
{
	buf_addz(out, "#compdef sdi\n\n");
	add_lists(a, out);
	buf_addz(out, "typeset -ga _sdi_general=(\n");
	struct buf general = {0};
	add_options(a, &(struct option_set){{general_options}}, &general);
	for (struct str rest = buf_str(&general), line; str_split(&rest, '\n', &line) && line.n;)
		buf_printf(out, "%.*s\n", (int)line.n - 2, line.p);
	buf_release(&general);
	buf_addz(out, ")\n");
	for (size_t i = 0; commands_table[i]; i++)
		add_command(a, commands_table[i], out);
}
