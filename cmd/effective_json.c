/* What is in force, for programs. */
#include "cmd/effective.h"
#include "cmd/report/json.h"

static void add_origin(const struct origin *o, struct buf *out)
{
	static const char *const names[] = {
		[ORIGIN_DEFAULT] = "default",
		[ORIGIN_PRESET] = "preset",
		[ORIGIN_CONFIG] = "config",
		[ORIGIN_OVERRIDE] = "override",
		[ORIGIN_COMMAND_LINE] = "command-line",
	};
	buf_printf(out, "\"from\": {\"kind\": \"%s\"", names[o->kind]);
	if (o->kind == ORIGIN_OVERRIDE)
		buf_printf(out, ", \"override\": %u", o->override + 1);
	if (o->line)
		buf_printf(out, ", \"line\": %u, \"column\": %u", o->line, o->column);
	buf_addc(out, '}');
}

static void add_list(const struct effective_value *v, bool bare, struct buf *out)
{
	buf_addc(out, '[');
	for (size_t i = 0; i < v->nr; i++) {
		buf_addz(out, i ? ", " : "");
		(bare ? buf_add : json_string)(out, v->v[i]);
	}
	buf_addc(out, ']');
}

/* Numbers, true and false. */
static bool is_bare(enum key_kind kind)
{
	return kind == KEY_FLAG || kind == KEY_NUMBER || kind == KEY_STATUSES;
}

static void add_keys(struct arena *a, const struct effective *e, struct buf *out)
{
	struct effective_key *key;
	size_t nr = effective_keys(a, e, &key);
	for (size_t i = 0; i < nr; i++) {
		const struct effective_value *v = &key[i].value;
		buf_addz(out, i ? ",\n    " : "\n    ");
		json_stringz(out, key[i].name);
		buf_addz(out, ": {\"value\": ");
		if (v->list)
			add_list(v, is_bare(key[i].kind), out);
		else if (is_bare(key[i].kind))
			buf_add(out, v->v[0]);
		else if (v->nr)
			json_string(out, v->v[0]);
		else
			buf_addz(out, "null");
		buf_addz(out, ", ");
		add_origin(&v->origin, out);
		buf_addc(out, '}');
	}
}

static void add_template(const struct template *t, struct buf *out)
{
	buf_addz(out, "{\"name\": ");
	json_stringz(out, t->name);
	buf_addz(out, ", \"path\": ");
	json_string(out, t->path.text);
	if (date_is_set(t->from))
		buf_printf(out, ", \"from\": \"%s\"", date_text(t->from).z);
	if (date_is_set(t->until))
		buf_printf(out, ", \"until\": \"%s\"", date_text(t->until).z);
	buf_printf(out, ", \"mistakes\": %zu}", t->mistakes);
}

static void add_templates(const struct effective *e, struct buf *out)
{
	const struct template_set *set = &e->project->templates;
	const char *between = "\n    ";
	for (size_t i = 0; i < set->nr; i++) {
		if (e->file && e->template != &set->v[i])
			continue;
		buf_addz(out, between);
		add_template(&set->v[i], out);
		between = ",\n    ";
	}
}

static void add_option(struct arena *a, const struct rule_option *o, const struct option_value *v, struct buf *out)
{
	struct effective_value value = effective_option(a, o, v);
	buf_printf(out, "{\"name\": \"%s\", \"value\": ", o->name);
	if (o->kind == VALUE_WORDS) {
		add_list(&value, false, out);
	} else if (o->kind == VALUE_TERMS) {
		buf_addc(out, '{');
		for (size_t i = 0; i < v->words.nr; i++) {
			buf_addz(out, i ? ", " : "");
			json_string(out, v->words.v[i].key);
			buf_addz(out, ": ");
			json_string(out, v->words.v[i].value);
		}
		buf_addc(out, '}');
	} else {
		buf_add(out, value.v[0]);
	}
	buf_addz(out, ", ");
	add_origin(&value.origin, out);
	buf_addc(out, '}');
}

static void add_rule(struct arena *a, const struct rule *r, const struct rule_state *s, struct buf *out)
{
	buf_printf(out, "{\"name\": \"%s\", \"severity\": \"%s\", \"default\": \"%s\", ", r->name,
	           severity_name(s->severity), severity_name(r->severity));
	add_origin(&s->origin, out);
	buf_addz(out, ", \"options\": [");
	for (size_t i = 0; r->options && r->options[i].name; i++) {
		buf_addz(out, i ? ", " : "");
		add_option(a, &r->options[i], &s->option[i], out);
	}
	buf_addz(out, "]}");
}

void effective_json(struct arena *a, const struct effective *e, struct buf *out)
{
	const char *path = e->project->config.path;
	buf_addz(out, "{\"version\": 1, \"config\": ");
	if (path)
		json_stringz(out, path);
	else
		buf_addz(out, "null");
	if (e->file) {
		buf_addz(out, ", \"file\": ");
		json_stringz(out, e->file);
		buf_printf(out, ", \"excluded\": %s", e->excluded ? "true" : "false");
	}
	buf_addz(out, ",\n \"keys\": {");
	add_keys(a, e, out);
	buf_addz(out, "},\n \"templates\": [");
	add_templates(e, out);
	buf_addz(out, "],\n \"rules\": [");
	for (size_t i = 0; i < rules_table_nr; i++) {
		buf_addz(out, i ? ",\n    " : "\n    ");
		add_rule(a, rules_table[i], &e->plan->state[i], out);
	}
	buf_addz(out, "]}\n");
}
