#include "lint/plan_option.h"

#include "core/base/message.h"

/* What a list may have where its option says nothing, and what a text may have in any case (bytes). */
enum { MOST_WORDS = 1000, MAX_WORD = 1024 };

size_t plan_options(const struct rule *rule)
{
	size_t nr = 0;
	while (rule->options && rule->options[nr].name)
		nr++;
	return nr;
}

/* "key: value", or all of a line for a list. */
static struct word word_of_line(const struct rule_option *o, struct str line)
{
	size_t colon = o->kind == VALUE_TERMS ? str_find(line, 0, STR(": ")) : line.n;
	if (o->kind == VALUE_TERMS && colon == line.n)
		BUG("`%.*s` is no pair of %s", STR_ARG(line), o->name);
	return (struct word){str_slice(line, 0, colon), str_from(line, colon + 2)};
}

static struct word_list words_of(struct arena *a, const struct rule_option *o)
{
	struct str rest = str_of(o->words), line;
	struct word *v = NULL;
	size_t nr = 0, cap = 0;
	while (rest.n && str_split(&rest, '\n', &line)) {
		if (!line.n)
			continue;
		v = arena_grow(a, v, nr, &cap, sizeof(*v));
		v[nr++] = word_of_line(o, line);
	}
	return (struct word_list){v, nr};
}

struct option_value *plan_option_defaults(struct arena *a, const struct rule *rule)
{
	size_t nr = plan_options(rule);
	struct option_value *v = arena_array(a, struct option_value, nr);
	for (size_t i = 0; i < nr; i++) {
		const struct rule_option *o = &rule->options[i];
		if (o->kind == VALUE_WORDS || o->kind == VALUE_TERMS)
			v[i].words = words_of(a, o);
		else
			v[i].number = o->value;
	}
	return v;
}

/* ---- reading ---- */

struct reader {
	struct arena *a;
	const struct config *config;
	const struct setting *s;
	const struct rule_option *o;
	struct err *err;
};

static bool parse_number(struct str s, long *out)
{
	bool minus = s.n && s.p[0] == '-';
	*out = 0;
	if (s.n == minus || s.n > 10)
		return false;
	for (size_t i = minus; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		*out = *out * 10 + (s.p[i] - '0');
	}
	*out = minus ? -*out : *out;
	return true;
}

static int read_number(const struct reader *r, bool add, struct option_value *out)
{
	const struct setting *s = r->s;
	const struct rule_option *o = r->o;
	long value;
	(void)add;
	if (s->kind != SETTING_TEXT || s->quoted || !parse_number(s->value, &value) || value < o->least || value > o->most)
		return config_error(r->config, s->line, s->column, r->err, "`%s` must be a whole number from %ld to %ld",
		                    o->name, o->least, o->most);
	out->number = value;
	return 0;
}

static int read_flag(const struct reader *r, bool add, struct option_value *out)
{
	const struct setting *s = r->s;
	bool yes = str_eqz(s->value, "true");
	(void)add;
	if (s->kind != SETTING_TEXT || s->quoted || (!yes && !str_eqz(s->value, "false")))
		return config_error(r->config, s->line, s->column, r->err, "`%s` must be true or false", r->o->name);
	out->number = yes;
	return 0;
}

static int check_item(const struct reader *r, const struct setting_item *item)
{
	bool map = r->o->kind == VALUE_TERMS;
	struct word w = {item->key, item->value};
	struct err why = {{0}};
	if (!item->key.n || (map && !item->value.n))
		return config_error(r->config, item->line, item->column, r->err, "`%s` has an empty text", r->o->name);
	if (item->key.n > MAX_WORD || item->value.n > MAX_WORD)
		return config_error(r->config, item->line, item->column, r->err, "`%s` has a text of more than %d bytes",
		                    r->o->name, MAX_WORD);
	if (r->o->accept && !r->o->accept(&w, &why))
		return config_error(r->config, item->line, item->column, r->err, "%s", why.text);
	return 0;
}

/* A map's key that is there already keeps its place and gets the new value. Few are added: so they are looked for one by one. */
static void put(struct word_list *list, struct word *v, size_t before, struct word w, bool map)
{
	for (size_t i = 0; map && i < before; i++) {
		if (!str_eq(v[i].key, w.key))
			continue;
		v[i].value = w.value;
		return;
	}
	v[list->nr++] = w;
}

static int read_words(const struct reader *r, bool add, struct option_value *out)
{
	const struct setting *s = r->s;
	bool map = r->o->kind == VALUE_TERMS;
	size_t most = r->o->most ? (size_t)r->o->most : MOST_WORDS, before = add ? out->words.nr : 0;
	if (s->kind != (map ? SETTING_MAP : SETTING_LIST))
		return config_error(r->config, s->line, s->column, r->err,
		                    map ? N_("`%.*s` must be a map, as in `{text: better text}`")
		                        : N_("`%.*s` must be a list, as in `[one, two]`"),
		                    STR_ARG(s->option));
	if (before + s->nr > most)
		return config_error(r->config, s->line, s->column, r->err, "`%s` may have at most %zu texts", r->o->name, most);
	struct word *v = arena_array(r->a, struct word, before + s->nr);
	struct word_list list = {v, before};
	if (before)
		memcpy(v, out->words.v, before * sizeof(*v));
	for (size_t i = 0; i < s->nr; i++) {
		if (check_item(r, &s->item[i]) < 0)
			return -1;
		put(&list, v, before, (struct word){s->item[i].key, s->item[i].value}, map);
	}
	out->words = list;
	return 0;
}

static int (*const readers[])(const struct reader *r, bool add, struct option_value *out) = {
	[VALUE_NUMBER] = read_number,
	[VALUE_FLAG] = read_flag,
	[VALUE_WORDS] = read_words,
	[VALUE_TERMS] = read_words,
};

/* ---- finding ---- */

static bool takes_more(const struct rule_option *o)
{
	return o->kind == VALUE_WORDS || o->kind == VALUE_TERMS;
}

static int unknown_option(const struct reader *r, const struct rule *rule)
{
	const struct setting *s = r->s;
	size_t nr = plan_options(rule), k = 0;
	const char **names = arena_array(r->a, const char *, 2 * nr + 2);
	names[k++] = "severity";
	for (size_t i = 0; i < nr; i++) {
		names[k++] = rule->options[i].name;
		if (takes_more(&rule->options[i]))
			names[k++] = arena_printf(r->a, "extend-%s", rule->options[i].name).p;
	}
	const char *near = nearest_name(s->option, names);
	if (!near)
		return config_error(r->config, s->option_line, s->option_column, r->err, "`%s` has no option `%.*s`",
		                    rule->name, STR_ARG(s->option));
	return config_error(r->config, s->option_line, s->option_column, r->err,
	                    "`%s` has no option `%.*s`; did you mean `%s`?", rule->name, STR_ARG(s->option), near);
}

bool plan_option_adds(const struct rule *rule, struct str name)
{
	static const struct str prefix = STR_INIT("extend-");
	for (size_t i = 0; i < plan_options(rule) && str_starts(name, prefix); i++)
		if (takes_more(&rule->options[i]) && str_eqz(str_from(name, prefix.n), rule->options[i].name))
			return true;
	return false;
}

int plan_option_set(struct arena *a, const struct config *config, const struct setting *s, struct origin origin,
                    const struct rule *rule, const struct option_value **values, struct err *err)
{
	struct reader r = {.a = a, .config = config, .s = s, .err = err};
	size_t nr = plan_options(rule), which = 0;
	bool add = plan_option_adds(rule, s->option);
	struct str name = add ? str_from(s->option, STR("extend-").n) : s->option;
	while (which < nr && !str_eqz(name, rule->options[which].name))
		which++;
	if (which == nr)
		return unknown_option(&r, rule);
	r.o = &rule->options[which];
	struct option_value *copy = arena_array(a, struct option_value, nr);
	memcpy(copy, *values, nr * sizeof(*copy));
	if (readers[r.o->kind](&r, add, &copy[which]) < 0)
		return -1;
	origin.line = s->line;
	origin.column = s->column;
	copy[which].origin = origin;
	*values = copy;
	return 0;
}
