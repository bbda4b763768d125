#include "cmd/completion/completion.h"

/* Names only: words of a shell without any quoting. */
static void add_words(struct buf *out, const struct completion_word *v, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		buf_printf(out, "%s%s", i ? " " : "", v[i].name);
}

static void add_lists(struct arena *a, struct buf *out)
{
	size_t nr;
	const struct completion_list *list = completion_lists(a, &nr);
	for (size_t i = 0; i < nr; i++) {
		buf_printf(out, "_sdi_list_%s='", list[i].name);
		add_words(out, list[i].v, list[i].nr);
		buf_addz(out, "'\n");
	}
}

static void add_options(struct arena *a, const struct option_set *set, struct buf *out)
{
	const char *between = "";
	buf_addz(out, "options='");
	for (const struct option *const *o = options_all(a, set); *o; o++) {
		if ((*o)->letter)
			buf_printf(out, "%s-%c", between, (*o)->letter);
		buf_printf(out, "%s--%s", *between || (*o)->letter ? " " : "", (*o)->name);
		between = " ";
	}
	buf_addc(out, '\'');
}

/* "files", or "words install uninstall" */
static void add_way(struct buf *out, const char *way, const struct completion_word *v, size_t nr)
{
	buf_addz(out, nr ? "words " : way ? way : "nothing");
	add_words(out, v, nr);
}

static void add_command(struct arena *a, const struct command *c, struct buf *out)
{
	struct completion_argument argument[MOST_ARGUMENTS];
	size_t nr = completion_arguments(a, c, argument);
	buf_printf(out, "\t%s)\n\t\t", c->name);
	add_options(a, &c->options, out);
	buf_addz(out, "\n\t\targuments=(");
	for (size_t i = 0; i < nr; i++) {
		buf_addz(out, i ? " '" : "'");
		add_way(out, argument[i].way, argument[i].v, argument[i].nr);
		buf_addc(out, '\'');
	}
	buf_printf(out, ")\n\t\trepeated=%s\n\t\t;;\n", nr && argument[nr - 1].repeated ? "yes" : "");
}

static void add_commands(struct arena *a, struct buf *out)
{
	buf_addz(
		out,
		"\n# Sets what a command takes: options, arguments, repeated.\n_sdi_takes()\n{\n\tcase $1 in\n\t'')\n\t\t");
	add_options(a, &(struct option_set){{general_options}}, out);
	buf_addz(out, "\n\t\targuments=(commands)\n\t\trepeated=\n\t\t;;\n");
	for (size_t i = 0; commands_table[i]; i++)
		add_command(a, commands_table[i], out);
	buf_addz(out, "\tesac\n}\n");
}

static void add_values(struct arena *a, const char *command, const struct option_set *set, struct buf *out)
{
	for (const struct option *const *o = options_all(a, set); *o; o++) {
		size_t nr;
		const struct completion_word *v = completion_choices(a, *o, &nr);
		if ((*o)->kind == OPTION_FLAG)
			continue;
		buf_printf(out, "\t%s:--%s", command, (*o)->name);
		if ((*o)->letter)
			buf_printf(out, " | %s:-%c", command, (*o)->letter);
		buf_addz(out, ") value='");
		add_way(out, completion_way((*o)->value), v, nr);
		buf_addz(out, "' ;;\n");
	}
}

static void add_all_values(struct arena *a, struct buf *out)
{
	buf_addz(out, "\n# Sets what completes the value of a command's option; false where it takes none.\n"
	              "_sdi_value()\n{\n\tcase $1:$2 in\n");
	add_values(a, "", &(struct option_set){{general_options}}, out);
	for (size_t i = 0; commands_table[i]; i++)
		add_values(a, commands_table[i]->name, &commands_table[i]->options, out);
	buf_addz(out, "\t*) return 1 ;;\n\tesac\n}\n");
}

void completion_bash(struct arena *a, struct buf *out)
{
	add_lists(a, out);
	add_commands(a, out);
	add_all_values(a, out);
}
