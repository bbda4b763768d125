#include "cmd/completion/completion.h"

#include "core/base/message.h"

static void add_quoted(struct buf *out, const char *text)
{
	buf_addc(out, '\'');
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			buf_addc(out, '\\');
		buf_addc(out, *text);
	}
	buf_addc(out, '\'');
}

static void add_lists(struct arena *a, struct buf *out)
{
	size_t nr;
	const struct completion_list *list = completion_lists(a, &nr);
	for (size_t i = 0; i < nr; i++) {
		buf_printf(out, "function __sdi_list_%s\n\tprintf '%%s\\t%%s\\n'", list[i].name);
		for (size_t k = 0; k < list[i].nr; k++) {
			buf_printf(out, " \\\n\t\t%s ", list[i].v[k].name);
			add_quoted(out, list[i].v[k].text ? list[i].v[k].text : "");
		}
		buf_addz(out, "\nend\n\n");
	}
}

static void add_words(struct buf *out, const struct completion_word *v, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		buf_printf(out, "%s%s", i ? " " : "", v[i].name);
}

/* Files are fish's own way; everything else stands in the place of files. */
static void add_way(struct buf *out, const char *way, const struct completion_word *v, size_t nr)
{
	if (nr) {
		buf_addz(out, " -a '");
		add_words(out, v, nr);
		buf_addc(out, '\'');
	} else if (way && strcmp(way, "files") == 0) {
		buf_addz(out, " -F");
	} else if (way) {
		buf_printf(out, " -a '(__sdi_%s)'", way);
	}
}

static void add_option(struct arena *a, const char *command, const struct option *o, struct buf *out)
{
	size_t nr;
	const struct completion_word *v = completion_choices(a, o, &nr);
	buf_printf(out, "complete -c sdi -n '__sdi_at%s%s' -l %s", *command ? " " : "", command, o->name);
	if (o->letter)
		buf_printf(out, " -s %c", o->letter);
	if (o->kind != OPTION_FLAG) {
		const char *way = completion_way(o->value);
		buf_addz(out, way && strcmp(way, "files") == 0 ? " -r" : " -x");
		add_way(out, way, v, nr);
	}
	buf_addz(out, " -d ");
	add_quoted(out, _(o->help));
	buf_addc(out, '\n');
}

static void add_options(struct arena *a, const char *command, const struct option_set *set, struct buf *out)
{
	for (const struct option *const *o = options_all(a, set); *o; o++)
		add_option(a, command, *o, out);
}

/* What comes behind a word of a choice waits for it. */
static void add_arguments(struct arena *a, const struct command *c, struct buf *out)
{
	struct completion_argument argument[MOST_ARGUMENTS];
	size_t nr = completion_arguments(a, c, argument);
	for (size_t i = 0; i < nr; i++) {
		if (!argument[i].nr && !argument[i].way)
			continue;
		buf_printf(out, "complete -c sdi -n '__sdi_at %s", c->name);
		if (argument[0].nr) {
			buf_printf(out, "; and %s__fish_seen_subcommand_from ", i ? "" : "not ");
			add_words(out, argument[0].v, argument[0].nr);
		}
		buf_addc(out, '\'');
		add_way(out, argument[i].way, argument[i].v, argument[i].nr);
		buf_addc(out, '\n');
	}
}

void completion_fish(struct arena *a, struct buf *out)
{
	add_lists(a, out);
	add_options(a, "", &(struct option_set){{general_options}}, out);
	for (size_t i = 0; commands_table[i]; i++) {
		add_options(a, commands_table[i]->name, &commands_table[i]->options, out);
		add_arguments(a, commands_table[i], out);
	}
}
