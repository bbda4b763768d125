/* Which rules run, how severe they are, and with which options: preset, config, overrides, command line, in this order. */
#include "core/base/message.h"
#include "lint/plan_option.h"

/* What is said of a rule so far. */
struct verdict {
	enum severity severity;
	struct origin origin;
	bool out; /* not selected, or ignored: whatever its severity */
	struct origin out_origin;
};

struct planner {
	struct arena *a;
	const struct config *config;
	const struct plan_wish *wish;
	struct verdict *verdict; /* beside rules_table */
	struct rule_state *state;
	struct err *err;
};

/* ---- names ---- */

/* The first name in a list that stands for the rule; NULL without one. */
static const struct setting *naming(const struct rule *rule, const struct name_list *list)
{
	for (size_t i = 0; i < list->nr; i++) {
		struct str name = list->v[i].value;
		if (str_eqz(name, rule->name) || str_eqz(name, rule->group) || str_eqz(name, "all"))
			return &list->v[i];
	}
	return NULL;
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
static int unknown_rule(const struct planner *p, uint32_t line, uint32_t column, struct str name)
{
	if (rule_is_group(name))
		return config_error(p->config, line, column, p->err, "`%.*s` is a group; a severity belongs to a rule",
		                    STR_ARG(name));
	const char *near = nearest_rule(p->a, name);
	struct str text = near ? arena_printf(p->a, _("unknown rule `%.*s`; did you mean `%s`?"), STR_ARG(name), near)
	                       : arena_printf(p->a, _("unknown rule `%.*s`; `sdi rules` lists them"), STR_ARG(name));
	return line ? config_error(p->config, line, column, p->err, "%.*s", STR_ARG(text))
	            : err_set(p->err, "%.*s", STR_ARG(text));
}

static int check_names(const struct planner *p, const struct name_list *list)
{
	for (size_t i = 0; list && i < list->nr; i++) {
		struct str name = list->v[i].value;
		if (!rule_find(name) && !rule_is_group(name) && !str_eqz(name, "all"))
			return unknown_rule(p, list->v[i].line, list->v[i].column, name);
	}
	return 0;
}

/* ---- severities and options ---- */

bool rule_tells_unchecked(const struct rule *rule)
{
	return rule->check_source || rule->check_parse || rule->check_template;
}

static enum severity strict(const struct rule *rule)
{
	if (rule->strict != SEVERITY_OFF)
		return rule->strict;
	return rule->severity == SEVERITY_INFO ? SEVERITY_WARNING : rule->severity;
}

static void begin(struct planner *p)
{
	const struct plan_wish *wish = p->wish;
	bool asked = wish && wish->has_preset;
	bool is_strict = (asked ? wish->preset : p->config->preset) == PRESET_STRICT;
	p->verdict = arena_array(p->a, struct verdict, rules_table_nr);
	p->state = arena_array(p->a, struct rule_state, rules_table_nr);
	for (size_t i = 0; i < rules_table_nr; i++) {
		const struct rule *rule = rules_table[i];
		struct verdict *v = &p->verdict[i];
		v->severity = is_strict ? strict(rule) : rule->severity;
		v->origin.kind = v->severity != rule->severity ? ORIGIN_PRESET : ORIGIN_DEFAULT;
		p->state[i].option = plan_option_defaults(p->a, rule);
	}
}

static int set_severity(const struct planner *p, const struct setting *s, struct origin origin, const struct rule *rule)
{
	struct verdict *v = &p->verdict[rule_index(rule)];
	if (!severity_parse(s->value, &v->severity))
		return config_error(p->config, s->line, s->column, p->err, "`%.*s` is no severity: off, info, warning or error",
		                    STR_ARG(s->value));
	if (v->severity == SEVERITY_OFF && rule_tells_unchecked(rule))
		return config_error(p->config, s->line, s->column, p->err,
		                    "`%s` cannot be switched off: it tells that a text could not be checked", rule->name);
	origin.line = s->line;
	origin.column = s->column;
	v->origin = origin;
	v->out = false;
	return 0;
}

static int apply_setting(const struct planner *p, const struct setting *s, struct origin origin, bool adding)
{
	const struct rule *rule = rule_find(s->rule);
	if (!rule)
		return unknown_rule(p, s->rule_line, s->rule_column, s->rule);
	if (!s->option.n || plan_option_adds(rule, s->option) != adding)
		return 0;
	if (str_eqz(s->option, "severity"))
		return set_severity(p, s, origin, rule);
	return plan_option_set(p->a, p->config, s, origin, rule, &p->state[rule_index(rule)].option, p->err);
}

/* ---- selecting ---- */

static bool has_own_name(const struct rule *rule, const struct name_list *list)
{
	for (size_t i = 0; i < list->nr; i++)
		if (str_eqz(list->v[i].value, rule->name))
			return true;
	return false;
}

/* A rule that is off by itself is switched on by its own name; a group's is not enough. */
static void select_rules(const struct planner *p, const struct name_list *list, struct origin origin)
{
	origin.line = list->line;
	origin.column = list->column;
	for (size_t i = 0; i < rules_table_nr; i++) {
		struct verdict *v = &p->verdict[i];
		if (rule_tells_unchecked(rules_table[i]))
			continue;
		v->out = !naming(rules_table[i], list);
		v->out_origin = origin;
		if (v->severity == SEVERITY_OFF && v->origin.kind == ORIGIN_DEFAULT && has_own_name(rules_table[i], list)) {
			v->severity = strict(rules_table[i]);
			v->origin = origin;
		}
	}
}

static void ignore_rules(const struct planner *p, const struct name_list *list, struct origin origin)
{
	for (size_t i = 0; i < rules_table_nr; i++) {
		struct verdict *v = &p->verdict[i];
		const struct setting *name = naming(rules_table[i], list);
		if (rule_tells_unchecked(rules_table[i]) || !name)
			continue;
		origin.line = name->line;
		origin.column = name->column;
		v->out = true;
		v->out_origin = origin;
	}
}

static bool is_given(const struct name_list *list)
{
	return list && list->nr;
}

static int apply_layer(const struct planner *p, const struct layer *l, struct origin origin)
{
	/* What adds to a list comes behind what replaces it, in whatever order they are written. */
	for (int adding = 0; adding < 2; adding++)
		for (size_t i = 0; i < l->nr; i++)
			if (apply_setting(p, &l->set[i], origin, adding) < 0)
				return -1;
	if (check_names(p, &l->select) < 0 || check_names(p, &l->ignore) < 0)
		return -1;
	if (l->has_select && !(p->wish && is_given(p->wish->select)))
		select_rules(p, &l->select, origin);
	ignore_rules(p, &l->ignore, origin);
	return 0;
}

/* On top of everything: what is not selected here is out, but what is, is not taken back from the config's `ignore`. */
static void narrow(const struct planner *p, const struct name_list *select)
{
	static const struct origin origin = {.kind = ORIGIN_COMMAND_LINE};
	struct verdict *before = arena_array(p->a, struct verdict, rules_table_nr);
	memcpy(before, p->verdict, rules_table_nr * sizeof(*before));
	select_rules(p, select, origin);
	for (size_t i = 0; i < rules_table_nr; i++)
		if (before[i].out) {
			p->verdict[i].out = true;
			p->verdict[i].out_origin = before[i].out_origin;
		}
}

static int apply_command_line(const struct planner *p)
{
	static const struct origin origin = {.kind = ORIGIN_COMMAND_LINE};
	if (!p->wish)
		return 0;
	if (check_names(p, p->wish->select) < 0 || check_names(p, p->wish->ignore) < 0)
		return -1;
	if (is_given(p->wish->select))
		narrow(p, p->wish->select);
	if (is_given(p->wish->ignore))
		ignore_rules(p, p->wish->ignore, origin);
	return 0;
}

static void finish(const struct planner *p, struct lint_plan *out)
{
	for (size_t i = 0; i < rules_table_nr; i++) {
		const struct verdict *v = &p->verdict[i];
		p->state[i].watched = v->out && v->out_origin.kind == ORIGIN_COMMAND_LINE && p->wish->watch;
		p->state[i].severity = v->out && !p->state[i].watched ? SEVERITY_OFF : v->severity;
		p->state[i].origin = v->out ? v->out_origin : v->origin;
	}
	*out = (struct lint_plan){.state = p->state, .max_bytes = UINT64_MAX};
	const struct rule *large = rule_find(STR("file-too-large"));
	if (large)
		out->max_bytes = (uint64_t)out->state[rule_index(large)].option[0].number;
}

int lint_plan_make(struct arena *a, const struct config *config, const struct plan_wish *wish, uint64_t overrides,
                   struct lint_plan *out, struct err *err)
{
	struct planner p = {.a = a, .config = config, .wish = wish, .err = err};
	begin(&p);
	if (apply_layer(&p, &config->base, (struct origin){.kind = ORIGIN_CONFIG}) < 0)
		return -1;
	for (unsigned i = 0; i < config->overrides; i++)
		if ((overrides >> i & 1) &&
		    apply_layer(&p, &config->override[i].layer, (struct origin){.kind = ORIGIN_OVERRIDE, .override = i}) < 0)
			return -1;
	if (apply_command_line(&p) < 0)
		return -1;
	finish(&p, out);
	return 0;
}
