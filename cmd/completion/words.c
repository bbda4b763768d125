#include "cmd/completion/completion.h"

#include "cmd/describe.h"
#include "cmd/export/export.h"
#include "core/base/message.h"

static const struct {
	const char *shown, *way;
} ways[] = {
	{"PATH", "files"},          {"FILE", "files"},    {"FOLDER", "files"},     {"DIR", "files"},
	{"FORMAT=FILE", "outputs"}, {"REV", "revisions"}, {"RULES", "selection"},  {"RULE", "rules"},
	{"TYPES", "types"},         {"DATE", "days"},     {"COMMAND", "commands"},
};

const char *completion_way(const char *shown)
{
	for (size_t i = 0; shown && i < ARRAY_SIZE(ways); i++)
		if (strcmp(ways[i].shown, shown) == 0)
			return ways[i].way;
	return NULL;
}

const struct completion_word *completion_choices(struct arena *a, const struct option *o, size_t *nr)
{
	size_t all = 0;
	*nr = 0;
	while (o->kind == OPTION_ENUM && o->choices[all].name)
		all++;
	struct completion_word *v = arena_array(a, struct completion_word, all);
	for (size_t i = 0; i < all; i++)
		if (!o->choices[i].hidden)
			v[(*nr)++].name = o->choices[i].name;
	return v;
}

static const struct completion_word *alternatives(struct arena *a, struct str shown, size_t *nr)
{
	struct completion_word *v = NULL;
	size_t cap = 0;
	struct str part;
	*nr = 0;
	while (str_split(&shown, '|', &part)) {
		v = arena_grow(a, v, *nr, &cap, sizeof(*v));
		v[(*nr)++] = (struct completion_word){arena_str(a, part).p, NULL};
	}
	return v;
}

/* "[PATH...]", "RULE...", "install|uninstall" */
static struct completion_argument read_argument(struct arena *a, struct str word)
{
	struct completion_argument out = {0};
	out.optional = str_starts(word, STR("["));
	if (out.optional)
		word = str_slice(word, 1, word.n - 1);
	out.repeated = str_ends(word, STR("..."));
	if (out.repeated)
		word.n -= STR("...").n;
	out.shown = arena_str(a, word).p;
	out.way = completion_way(out.shown);
	if (str_find_byte(word, 0, '|') < word.n)
		out.v = alternatives(a, word, &out.nr);
	return out;
}

size_t completion_arguments(struct arena *a, const struct command *c, struct completion_argument out[MOST_ARGUMENTS])
{
	struct str rest = str_of(c->arguments), word;
	size_t nr = 0;
	while (rest.n && str_split(&rest, ' ', &word) && nr < MOST_ARGUMENTS)
		out[nr++] = read_argument(a, word);
	return nr;
}

static struct completion_list list_commands(struct arena *a)
{
	size_t nr = 0;
	while (commands_table[nr])
		nr++;
	struct completion_word *v = arena_array(a, struct completion_word, nr);
	for (size_t i = 0; i < nr; i++)
		v[i] = (struct completion_word){commands_table[i]->name, _(commands_table[i]->summary)};
	return (struct completion_list){"commands", v, nr};
}

static struct completion_list list_rules(struct arena *a)
{
	struct completion_word *v = arena_array(a, struct completion_word, rules_table_nr);
	for (size_t i = 0; i < rules_table_nr; i++)
		v[i] = (struct completion_word){rules_table[i]->name, _(rules_table[i]->summary)};
	return (struct completion_list){"rules", v, rules_table_nr};
}

static struct completion_list list_groups(struct arena *a)
{
	const struct rule **rule = rules_by_group(a);
	struct completion_word *v = arena_array(a, struct completion_word, rules_table_nr);
	size_t nr = 0;
	for (size_t i = 0; i < rules_table_nr; i++)
		if (!nr || strcmp(v[nr - 1].name, rule[i]->group) != 0)
			v[nr++] = (struct completion_word){rule[i]->group, _("A group of rules")};
	return (struct completion_list){"groups", v, nr};
}

static struct completion_list list_types(struct arena *a)
{
	static const char *const several[] = {"ip", "hash"};
	enum { NR = EXPORT_TYPES + ARRAY_SIZE(several) };
	struct completion_word *v = arena_array(a, struct completion_word, NR);
	for (size_t i = 0; i < NR; i++)
		v[i].name = i < EXPORT_TYPES ? export_type_name((enum export_type)i) : several[i - EXPORT_TYPES];
	return (struct completion_list){"types", v, NR};
}

/* What stands before the `=` of --output: the choices of --output-format beside it. */
static struct completion_list list_formats(struct arena *a)
{
	struct completion_list out = {.name = "formats"};
	for (const struct option *const *o = options_all(a, &command_lint.options); *o; o++)
		if (strcmp((*o)->name, "output-format") == 0)
			out.v = completion_choices(a, *o, &out.nr);
	return out;
}

static struct completion_list list_days(struct arena *a)
{
	static const struct completion_word days[] = {{"today", NULL}, {"tomorrow", NULL}, {"yesterday", NULL}};
	(void)a;
	return (struct completion_list){"days", days, ARRAY_SIZE(days)};
}

const struct completion_list *completion_lists(struct arena *a, size_t *nr)
{
	static struct completion_list (*const makers[])(struct arena *) = {list_commands, list_rules,   list_groups,
	                                                                   list_types,    list_formats, list_days};
	struct completion_list *out = arena_array(a, struct completion_list, ARRAY_SIZE(makers));
	for (size_t i = 0; i < ARRAY_SIZE(makers); i++)
		out[i] = makers[i](a);
	*nr = ARRAY_SIZE(makers);
	return out;
}
