/* The map under `rules:`: what it says of which option of which rule. */
#include "core/base/message.h"
#include "core/config/reader.h"

/* What a setting says of one rule. */
struct place {
	const struct yaml *rule, *option; /* the keys */
	struct layer *out;
	size_t *cap;
};

static struct setting *add(const struct loader *l, const struct place *at, struct str option, const struct yaml *value)
{
	struct layer *out = at->out;
	out->set = arena_grow(l->a, out->set, out->nr, at->cap, sizeof(*out->set));
	out->set[out->nr] = (struct setting){
		.rule = at->rule->text,
		.option = option,
		.value = value->text,
		.quoted = value->quoted,
		.line = value->line,
		.column = value->column,
		.rule_line = at->rule->line,
		.rule_column = at->rule->column,
		.option_line = at->option ? at->option->line : 0,
		.option_column = at->option ? at->option->column : 0,
	};
	return &out->set[out->nr++];
}

static int add_severity(const struct loader *l, const struct place *at, const struct yaml *value)
{
	enum severity ignored;
	if (!config_is_text(value))
		return config_error(l->c, value->line, value->column, l->err,
		                    "`%.*s` must be off, info, warning or error, or a map of options", STR_ARG(at->rule->text));
	if (!severity_parse(value->text, &ignored))
		return config_unknown(l, value, "severity", severity_names);
	add(l, at, STR("severity"), value);
	return 0;
}

/* A list's or a map's values are texts. */
static int add_items(const struct loader *l, const struct place *at, const struct yaml *value)
{
	struct setting_item *item = arena_array(l->a, struct setting_item, value->nr);
	bool map = value->kind == YAML_MAP;
	for (size_t i = 0; i < value->nr; i++) {
		const struct yaml *v = &value->item[i], *key = map ? &value->key[i] : v;
		if (v->kind != YAML_SCALAR || config_is_null(v))
			return config_error(l->c, v->line, v->column, l->err,
			                    map ? N_("`%.*s` must be a map from texts to texts")
			                        : N_("`%.*s` must be a list of texts"),
			                    STR_ARG(at->option->text));
		item[i] = (struct setting_item){.key = key->text, .line = key->line, .column = key->column};
		item[i].value = map ? v->text : STR("");
	}
	struct setting *s = add(l, at, at->option->text, value);
	s->kind = map ? SETTING_MAP : SETTING_LIST;
	s->item = item;
	s->nr = value->nr;
	return 0;
}

static int add_option(const struct loader *l, const struct place *at, const struct yaml *value)
{
	if (str_eqz(at->option->text, "severity"))
		return add_severity(l, at, value);
	if (value->kind != YAML_SCALAR)
		return add_items(l, at, value);
	if (config_is_null(value))
		return config_error(l->c, value->line, value->column, l->err, "`%.*s` has no value", STR_ARG(at->option->text));
	add(l, at, at->option->text, value);
	return 0;
}

static int read_rule(const struct loader *l, struct place at, const struct yaml *value)
{
	if (value->kind != YAML_MAP)
		return add_severity(l, &at, value);
	if (value->nr == 0)
		add(l, &at, STR(""), value);
	for (size_t i = 0; i < value->nr; i++) {
		at.option = &value->key[i];
		if (add_option(l, &at, &value->item[i]) < 0)
			return -1;
	}
	return 0;
}

int config_read_rules(const struct loader *l, const struct yaml *value)
{
	size_t cap = 0;
	if (value->kind != YAML_MAP && !config_is_null(value))
		return config_wrong(l, value, "`rules` must be a map from rules to severities or options");
	for (size_t i = 0; i < value->nr; i++) {
		struct place at = {.rule = &value->key[i], .out = l->layer, .cap = &cap};
		if (read_rule(l, at, &value->item[i]) < 0)
			return -1;
	}
	return 0;
}
