#include "cmd/options.h"

#include <errno.h>
#include <stdlib.h>

#include "cmd/language.h"
#include "core/base/message.h"
#include "core/config/config.h"

/* `o` runs over the options of a set. */
#define FOR_EACH_OPTION(set, o)                   \
	for (unsigned t_ = 0; t_ < MOST_TABLES; t_++) \
		for (const struct option *o = (set)->table[t_]; o && o->name; o++)

struct parser {
	struct arena *arena;
	const struct option_set *set;
	char *settings;
	struct err *err;
	size_t cap; /* of the arguments */
};

static const struct option help_option = {"help", 'h', OPTION_FLAG, NULL, N_("Show this help"), 0, NULL, 0, 0};

const char *did_you_mean(struct arena *a, const char *typed, const char *const *names, const char *prefix)
{
	const char *near = nearest_name(str_of(typed), names);
	return near ? arena_printf(a, _("; did you mean `%s%s`?"), prefix, near).p : "";
}

const struct option *const *options_all(struct arena *a, const struct option_set *set)
{
	size_t nr = 0;
	FOR_EACH_OPTION (set, o)
		nr++;
	const struct option **all = arena_array(a, const struct option *, nr + 3);
	nr = 0;
	FOR_EACH_OPTION (set, o)
		all[nr++] = o;
	all[nr++] = &language_option;
	all[nr] = &help_option;
	return all;
}

static const char *const *option_names(struct arena *a, const struct option_set *set)
{
	const struct option *const *all = options_all(a, set);
	size_t nr = 0;
	while (all[nr])
		nr++;
	const char **names = arena_array(a, const char *, nr + 1);
	for (size_t i = 0; i < nr; i++)
		names[i] = all[i]->name;
	return names;
}

static const char *const *choice_names(struct arena *a, const struct choice *choices)
{
	size_t nr = 0, shown = 0;
	while (choices[nr].name)
		nr++;
	const char **names = arena_array(a, const char *, nr + 1);
	for (size_t i = 0; i < nr; i++)
		if (!choices[i].hidden)
			names[shown++] = choices[i].name;
	return names;
}

static const struct option *find_long(const struct option_set *set, struct str name)
{
	if (str_eqz(name, help_option.name))
		return &help_option;
	FOR_EACH_OPTION (set, o)
		if (str_eqz(name, o->name))
			return o;
	return NULL;
}

static const struct option *find_letter(const struct option_set *set, char letter)
{
	if (letter == help_option.letter)
		return &help_option;
	FOR_EACH_OPTION (set, o)
		if (o->letter == letter)
			return o;
	return NULL;
}

static int set_int(struct parser *p, const struct option *o, const char *value)
{
	char *end;
	errno = 0;
	long number = strtol(value, &end, 10);
	if (end == value || *end || errno || number < o->least || number > o->most)
		return err_set(p->err, "--%s takes a number from %ld to %ld, not `%s`", o->name, o->least, o->most, value);
	*(long *)(void *)(p->settings + o->offset) = number;
	return 0;
}

static const char *joined(struct arena *a, const char *const *names)
{
	struct str all = STR("");
	for (size_t i = 0; names[i]; i++)
		all = arena_printf(a, "%.*s%s%s", STR_ARG(all), i ? _(", ") : "", names[i]);
	return all.p;
}

int option_choice(struct arena *a, const struct option *o, const char *name, int *value, struct err *err)
{
	for (const struct choice *c = o->choices; c->name; c++) {
		if (strcmp(c->name, name) != 0)
			continue;
		*value = c->value;
		return 0;
	}
	const char *const *names = choice_names(a, o->choices);
	return err_set(err, "--%s takes %s, not `%s`%s", o->name, joined(a, names), name, did_you_mean(a, name, names, ""));
}

static int set_enum(struct parser *p, const struct option *o, const char *value)
{
	return option_choice(p->arena, o, value, (int *)(void *)(p->settings + o->offset), p->err);
}

static int set_list(struct parser *p, const struct option *o, const char *value)
{
	struct name_list *list = (struct name_list *)(void *)(p->settings + o->offset);
	struct str rest = str_of(value), part;
	size_t parts = 1;
	for (const char *c = value; *c; c++)
		parts += *c == ',';
	struct setting *v = arena_array(p->arena, struct setting, list->nr + parts);
	size_t nr = list->nr;
	for (size_t i = 0; i < nr; i++)
		v[i] = list->v[i];
	while (str_split(&rest, o->kind == OPTION_LIST ? ',' : 0, &part)) {
		part = str_trim(part);
		if (part.n)
			v[nr++] = (struct setting){.value = part};
	}
	if (nr == list->nr && o->kind == OPTION_MANY)
		return err_set(p->err, "--%s takes a value that is not empty", o->name);
	if (nr == list->nr)
		return err_set(p->err, "--%s takes names, with commas between them", o->name);
	*list = (struct name_list){.v = v, .nr = nr};
	return 0;
}

static int set_value(struct parser *p, const struct option *o, const char *value)
{
	switch (o->kind) {
	case OPTION_INT:
		return set_int(p, o, value);
	case OPTION_ENUM:
		return set_enum(p, o, value);
	case OPTION_LIST:
	case OPTION_MANY:
		return set_list(p, o, value);
	case OPTION_TEXT:
		if (!*value)
			return err_set(p->err, "--%s takes a value that is not empty", o->name);
		*(const char **)(void *)(p->settings + o->offset) = value;
		return 0;
	case OPTION_FLAG:
		break;
	}
	BUG("a flag takes no value");
}

static int unknown_long(struct parser *p, struct str name)
{
	const char *typed = arena_str(p->arena, name).p;
	return err_set(p->err, "unknown option `--%s`%s", typed,
	               did_you_mean(p->arena, typed, option_names(p->arena, p->set), "--"));
}

/* `*argv` is the argument in hand; moves on when it takes the next one as its value. */
static int parse_long(struct parser *p, char *const **argv, bool *help)
{
	struct str body = str_of(**argv + 2);
	size_t equals = str_find_byte(body, 0, '=');
	struct str name = str_slice(body, 0, equals);
	const char *value = equals < body.n ? body.p + equals + 1 : NULL;
	const struct option *o = find_long(p->set, name);
	if (!o)
		return unknown_long(p, name);
	if (o->kind == OPTION_FLAG) {
		if (value)
			return err_set(p->err, "--%s takes no value", o->name);
		if (o == &help_option)
			*help = true;
		else
			*(bool *)(p->settings + o->offset) = true;
		return 0;
	}
	if (!value && !(*argv)[1])
		return err_set(p->err, "--%s needs a value", o->name);
	return set_value(p, o, value ? value : *++*argv);
}

/* One or several letters behind one dash; the last may have a value. */
static int parse_letters(struct parser *p, char *const **argv, bool *help)
{
	for (const char *letter = **argv + 1; *letter; letter++) {
		const struct option *o = find_letter(p->set, *letter);
		if (!o)
			return err_set(p->err, "unknown option `-%s`", letter);
		if (o == &help_option) {
			*help = true;
		} else if (o->kind == OPTION_FLAG) {
			*(bool *)(p->settings + o->offset) = true;
		} else {
			if (!letter[1] && !(*argv)[1])
				return err_set(p->err, "-%c needs a value", o->letter);
			return set_value(p, o, letter[1] ? letter + 1 : *++*argv);
		}
	}
	return 0;
}

static void add_argument(struct parser *p, struct command_line *out, const char *arg)
{
	out->arg = arena_grow(p->arena, out->arg, out->nr, &p->cap, sizeof(*out->arg));
	out->arg[out->nr++] = arg;
}

int options_parse(struct arena *a, const struct option_set *set, char *const *argv, void *settings,
                  struct command_line *out, struct err *err)
{
	struct parser p = {.arena = a, .set = set, .settings = settings, .err = err};
	bool only_arguments = false;
	*out = (struct command_line){0};
	for (; *argv && !out->help; argv++) {
		const char *arg = *argv;
		if (only_arguments || arg[0] != '-' || !arg[1]) {
			add_argument(&p, out, arg);
		} else if (strcmp(arg, "--") == 0) {
			only_arguments = true;
		} else {
			int bad = arg[1] == '-' ? parse_long(&p, &argv, &out->help) : parse_letters(&p, &argv, &out->help);
			if (bad)
				return -1;
		}
	}
	return 0;
}

static void describe_name(const struct option *o, struct buf *out)
{
	if (o->letter)
		buf_printf(out, "-%c, ", o->letter);
	else
		buf_addz(out, "    ");
	buf_printf(out, "--%s", o->name);
	if (o->kind == OPTION_ENUM) {
		const char *between = " ";
		for (const struct choice *c = o->choices; c->name; c++) {
			if (c->hidden)
				continue;
			buf_printf(out, "%s%s", between, c->name);
			between = "|";
		}
	} else if (o->value) {
		buf_printf(out, " %s", o->value);
	}
}

/* A name that is too wide for its column puts the explanation on a line of its own. */
static void describe(const struct option *o, struct buf *out)
{
	enum { COLUMN = 30 };
	size_t before = out->n;
	buf_addz(out, "  ");
	describe_name(o, out);
	size_t used = out->n - before;
	if (used + 2 > COLUMN) {
		buf_addc(out, '\n');
		used = 0;
	}
	buf_pad(out, ' ', COLUMN - used);
	buf_printf(out, "%s\n", _(o->help));
}

void options_describe(const struct option_set *set, struct buf *out)
{
	struct arena a = {0};
	for (const struct option *const *o = options_all(&a, set); *o; o++)
		describe(*o, out);
	arena_release(&a);
}
