/* Which rules run, how severe they are, and with which options: defaults, config, command line, in this order. */
#include "lint/plan_option.h"

static void defaults(struct arena *a, struct lint_plan *out)
{
	out->state = arena_array(a, struct rule_state, rules_table_nr);
	for (size_t i = 0; i < rules_table_nr; i++) {
		out->state[i] = (struct rule_state){
			.severity = rules_table[i]->severity,
			.option = plan_option_defaults(a, rules_table[i]),
		};
	}
}

static bool is_named(const struct rule *rule, const struct name_list *list)
{
	for (size_t i = 0; i < list->nr; i++) {
		struct str name = list->v[i].value;
		if (str_eqz(name, rule->name) || str_eqz(name, rule->group) || str_eqz(name, "all"))
			return true;
	}
	return false;
}

static const char *nearest_rule(struct arena *a, struct str typed)
{
	const char **names = arena_array(a, const char *, 2 * rules_table_nr + 1);
	for (size_t i = 0; i < rules_table_nr; i++) {
		names[2 * i] = rules_table[i]->name;
		names[2 * i + 1] = rules_table[i]->group;
	}
	return nearest_name(typed, names);
}

/* A name from the config has a place there, one from the command line (line 0) has none. */
static int unknown_rule(struct arena *a, const struct config *config, uint32_t line, uint32_t column, struct str name,
                        struct err *err)
{
	if (rule_is_group(name))
		return config_error(config, line, column, err, "`%.*s` is a group; a severity belongs to a rule",
		                    STR_ARG(name));
	const char *near = nearest_rule(a, name);
	struct str text = near ? arena_printf(a, "unknown rule `%.*s`; did you mean `%s`?", STR_ARG(name), near)
	                       : arena_printf(a, "unknown rule `%.*s`; `sdi rules` lists them", STR_ARG(name));
	return line ? config_error(config, line, column, err, "%.*s", STR_ARG(text)) : err_set(err, "%.*s", STR_ARG(text));
}

static int check_names(struct arena *a, const struct config *config, const struct name_list *list, struct err *err)
{
	for (size_t i = 0; list && i < list->nr; i++) {
		struct str name = list->v[i].value;
		if (!rule_find(name) && !rule_is_group(name) && !str_eqz(name, "all"))
			return unknown_rule(a, config, list->v[i].line, list->v[i].column, name, err);
	}
	return 0;
}

static size_t index_of(const struct rule *rule)
{
	size_t i = 0;
	while (rules_table[i] != rule)
		i++;
	return i;
}

/* Without them a text that cannot be checked would pass for one that is clean. */
static bool tells_unchecked(const struct rule *rule)
{
	return rule->check_source || rule->check_parse || rule->check_template;
}

static int apply_setting(struct arena *a, const struct config *config, const struct setting *s, bool adding,
                         struct lint_plan *out, struct err *err)
{
	const struct rule *rule = rule_find(s->rule);
	if (!rule)
		return unknown_rule(a, config, s->rule_line, s->rule_column, s->rule, err);
	if (!s->option.n || plan_option_adds(rule, s->option) != adding)
		return 0;
	if (!str_eqz(s->option, "severity"))
		return plan_option_set(a, config, s, rule, &out->state[index_of(rule)].option, err);
	enum severity severity;
	if (!severity_parse(s->value, &severity))
		return config_error(config, s->line, s->column, err, "`%.*s` is no severity: off, info, warning or error",
		                    STR_ARG(s->value));
	if (severity == SEVERITY_OFF && tells_unchecked(rule))
		return config_error(config, s->line, s->column, err,
		                    "`%s` cannot be switched off: it tells that a text could not be checked", rule->name);
	out->state[index_of(rule)].severity = severity;
	return 0;
}

static void choose(struct lint_plan *out, const struct name_list *select, const struct name_list *ignore)
{
	for (size_t i = 0; i < rules_table_nr; i++)
		if (!tells_unchecked(rules_table[i]) &&
		    ((select && !is_named(rules_table[i], select)) || (ignore && is_named(rules_table[i], ignore))))
			out->state[i].severity = SEVERITY_OFF;
}

int lint_plan_make(struct arena *a, const struct config *config, const struct name_list *select,
                   const struct name_list *ignore, struct lint_plan *out, struct err *err)
{
	const struct name_list *lists[] = {&config->base.select, &config->base.ignore, select, ignore};
	defaults(a, out);
	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		if (check_names(a, config, lists[i], err) < 0)
			return -1;
	/* What adds to a list comes behind what replaces it, in whatever order they are written. */
	for (int adding = 0; adding < 2; adding++)
		for (size_t i = 0; i < config->base.nr; i++)
			if (apply_setting(a, config, &config->base.set[i], adding, out, err) < 0)
				return -1;
	bool given = select && select->nr;
	choose(out, given ? select : config->base.has_select ? &config->base.select : NULL, &config->base.ignore);
	choose(out, NULL, ignore);
	out->max_bytes = UINT64_MAX;
	const struct rule *large = rule_find(STR("file-too-large"));
	if (large)
		out->max_bytes = (uint64_t)out->state[index_of(large)].option[0].number;
	return 0;
}
