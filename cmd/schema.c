#include "cmd/schema.h"

#include "cmd/report/json.h"
#include "core/config/keys.h"
#include "lint/lint.h"

/* A document that is written from the outside in, one member a line. */
struct writer {
	struct buf *out;
	unsigned depth;
	bool fresh; /* nothing stands in the innermost brackets yet */
};

static void next(struct writer *w)
{
	buf_addz(w->out, w->fresh ? "\n" : ",\n");
	buf_pad(w->out, ' ', 2 * (size_t)w->depth);
	w->fresh = false;
}

static void key(struct writer *w, const char *name)
{
	next(w);
	json_stringz(w->out, name);
	buf_addz(w->out, ": ");
}

static void open(struct writer *w, char bracket)
{
	buf_addc(w->out, bracket);
	w->depth++;
	w->fresh = true;
}

static void close(struct writer *w, char bracket)
{
	w->depth--;
	buf_addc(w->out, '\n');
	buf_pad(w->out, ' ', 2 * (size_t)w->depth);
	buf_addc(w->out, bracket);
	w->fresh = false;
}

static void text(struct writer *w, const char *name, const char *value)
{
	key(w, name);
	json_stringz(w->out, value);
}

static void raw(struct writer *w, const char *name, const char *json)
{
	key(w, name);
	buf_addz(w->out, json);
}

static void reference(struct writer *w, const char *name)
{
	buf_printf(w->out, "{\"$ref\": \"#/definitions/%s\"}", name);
}

/* ---- options ---- */

/* What YAML takes for a number or a truth is a text of a list all the same. */
#define TEXT "{\"type\": [\"string\", \"number\", \"boolean\"], \"minLength\": 1}"

static void number(struct writer *w, const struct rule_option *o)
{
	text(w, "type", "integer");
	key(w, "minimum");
	buf_printf(w->out, "%ld", o->least);
	key(w, "maximum");
	buf_printf(w->out, "%ld", o->most);
	key(w, "default");
	buf_printf(w->out, "%ld", o->value);
}

static void flag(struct writer *w, const struct rule_option *o)
{
	text(w, "type", "boolean");
	raw(w, "default", o->value ? "true" : "false");
}

static void words(struct writer *w, const struct rule_option *o)
{
	text(w, "type", "array");
	raw(w, "items", TEXT);
	if (o->most) {
		key(w, "maxItems");
		buf_printf(w->out, "%ld", o->most);
	}
}

static void terms(struct writer *w, const struct rule_option *o)
{
	text(w, "type", "object");
	raw(w, "additionalProperties", TEXT);
	if (o->most) {
		key(w, "maxProperties");
		buf_printf(w->out, "%ld", o->most);
	}
}

static void (*const kinds[])(struct writer *w, const struct rule_option *o) = {
	[VALUE_NUMBER] = number,
	[VALUE_FLAG] = flag,
	[VALUE_WORDS] = words,
	[VALUE_TERMS] = terms,
};

static void option(struct writer *w, const struct rule_option *o, const char *prefix)
{
	next(w);
	buf_printf(w->out, "\"%s%s\": ", prefix, o->name);
	open(w, '{');
	text(w, "description", o->doc);
	kinds[o->kind](w, o);
	close(w, '}');
}

/* ---- rules ---- */

static void rule_map(struct writer *w, const struct rule *r, const char *severity)
{
	open(w, '{');
	text(w, "type", "object");
	raw(w, "additionalProperties", "false");
	key(w, "properties");
	open(w, '{');
	key(w, "severity");
	reference(w, severity);
	for (const struct rule_option *o = r->options; o && o->name; o++) {
		option(w, o, "");
		if (o->kind == VALUE_WORDS || o->kind == VALUE_TERMS)
			option(w, o, "extend-");
	}
	close(w, '}');
	close(w, '}');
}

static void rule(struct writer *w, const struct rule *r)
{
	const char *severity = rule_tells_unchecked(r) ? "severity-on" : "severity";
	key(w, r->name);
	open(w, '{');
	text(w, "description", r->summary);
	key(w, "anyOf");
	open(w, '[');
	next(w);
	reference(w, severity);
	next(w);
	rule_map(w, r, severity);
	close(w, ']');
	close(w, '}');
}

static void rules(struct writer *w)
{
	key(w, "rules");
	open(w, '{');
	raw(w, "type", "[\"object\", \"null\"]");
	raw(w, "additionalProperties", "false");
	key(w, "properties");
	open(w, '{');
	for (size_t i = 0; i < rules_table_nr; i++)
		rule(w, rules_table[i]);
	close(w, '}');
	close(w, '}');
}

static bool is_first_of_group(size_t which)
{
	for (size_t i = 0; i < which; i++)
		if (strcmp(rules_table[i]->group, rules_table[which]->group) == 0)
			return false;
	return true;
}

static void name(struct writer *w)
{
	key(w, "name");
	open(w, '{');
	key(w, "enum");
	open(w, '[');
	next(w);
	json_stringz(w->out, "all");
	for (size_t i = 0; i < rules_table_nr; i++) {
		if (!is_first_of_group(i))
			continue;
		next(w);
		json_stringz(w->out, rules_table[i]->group);
	}
	for (size_t i = 0; i < rules_table_nr; i++) {
		next(w);
		json_stringz(w->out, rules_table[i]->name);
	}
	close(w, ']');
	close(w, '}');
}

/* ---- keys ---- */

static void choices(struct writer *w, const char *const *names)
{
	key(w, "enum");
	buf_addc(w->out, '[');
	for (size_t i = 0; names[i]; i++)
		buf_printf(w->out, "%s\"%s\"", i ? ", " : "", names[i]);
	buf_addc(w->out, ']');
}

static void fallback(struct writer *w, const struct key_spec *k)
{
	if (k->fallback && (k->kind == KEY_TEXT || k->kind == KEY_CHOICE))
		text(w, "default", k->fallback);
	if (k->fallback && k->kind == KEY_FLAG)
		raw(w, "default", k->fallback);
}

static void range(struct writer *w, const struct key_spec *k)
{
	text(w, "type", "integer");
	key(w, "minimum");
	buf_printf(w->out, "%ld", k->least);
	key(w, "maximum");
	buf_printf(w->out, "%ld", k->most);
}

static void statuses(struct writer *w, const struct key_spec *k)
{
	const char *between = "";
	raw(w, "type", "[\"array\", \"null\"]");
	key(w, "items");
	open(w, '{');
	range(w, k);
	key(w, "not");
	buf_addz(w->out, "{\"enum\": [");
	for (long status = k->least; status <= k->most; status++) {
		if (!key_is_redirect(status))
			continue;
		buf_printf(w->out, "%s%ld", between, status);
		between = ", ";
	}
	buf_addz(w->out, "]}");
	close(w, '}');
}

static void config_key(struct writer *w, const struct key_spec *k)
{
	/* Beside a reference draft-07 sees nothing else. */
	static const char *const shared[] = {
		[KEY_NAMES] = "names", [KEY_GLOBS] = "paths",     [KEY_SETTINGS] = "rules", [KEY_LAYERS] = "overrides",
		[KEY_HOOKS] = "hook",  [KEY_LINK_KEYS] = "links", [KEY_HOST_MAP] = "hosts"};
	key(w, k->name);
	open(w, '{');
	text(w, "description", k->doc);
	if (k->kind == KEY_TEXT) {
		text(w, "type", "string");
		raw(w, "minLength", "1");
	} else if (k->kind == KEY_CHOICE) {
		choices(w, k->choices);
	} else if (k->kind == KEY_FLAG) {
		text(w, "type", "boolean");
	} else if (k->kind == KEY_NUMBER) {
		range(w, k);
	} else if (k->kind == KEY_STATUSES) {
		statuses(w, k);
	} else if (k->kind == KEY_VARIABLE) {
		text(w, "type", "string");
		text(w, "pattern", "^" CREDENTIALS_PREFIX "[A-Z0-9_]+$");
	} else {
		raw(w, "allOf", "[");
		reference(w, shared[k->kind]);
		buf_addc(w->out, ']');
	}
	fallback(w, k);
	close(w, '}');
}

static void keys(struct writer *w, const struct key_spec *table)
{
	raw(w, "additionalProperties", "false");
	key(w, "properties");
	open(w, '{');
	for (; table->name; table++)
		config_key(w, table);
	close(w, '}');
}

static void overrides(struct writer *w)
{
	key(w, "overrides");
	open(w, '{');
	raw(w, "type", "[\"array\", \"null\"]");
	raw(w, "maxItems", "64");
	key(w, "items");
	open(w, '{');
	text(w, "type", "object");
	raw(w, "required", "[\"paths\"]");
	keys(w, override_keys);
	close(w, '}');
	close(w, '}');
}

static void map(struct writer *w, const char *name, const struct key_spec *table)
{
	key(w, name);
	open(w, '{');
	raw(w, "type", "[\"object\", \"null\"]");
	keys(w, table);
	close(w, '}');
}

static void hosts(struct writer *w)
{
	key(w, "hosts");
	open(w, '{');
	raw(w, "type", "[\"object\", \"null\"]");
	key(w, "maxProperties");
	buf_printf(w->out, "%d", MOST_HOSTS);
	map(w, "additionalProperties", host_keys);
	close(w, '}');
}

static void definitions(struct writer *w)
{
	key(w, "definitions");
	open(w, '{');
	raw(w, "severity", "{\"enum\": [\"off\", \"info\", \"warning\", \"error\"]}");
	raw(w, "severity-on", "{\"enum\": [\"info\", \"warning\", \"error\"]}");
	name(w);
	raw(w, "names",
	    "{\"anyOf\": [{\"$ref\": \"#/definitions/name\"}, {\"type\": \"array\", \"items\": "
	    "{\"$ref\": \"#/definitions/name\"}}, {\"type\": \"null\"}]}");
	raw(w, "paths", "{\"type\": [\"array\", \"null\"], \"items\": " TEXT "}");
	rules(w);
	overrides(w);
	map(w, "hook", hook_keys);
	map(w, "links", links_keys);
	hosts(w);
	close(w, '}');
}

void schema_print(struct buf *out)
{
	struct writer w = {.out = out};
	open(&w, '{');
	text(&w, "$schema", "http://json-schema.org/draft-07/schema#");
	text(&w, "title", ".sdi.yaml");
	text(&w, "description", "What a repository of security digests settles for itself");
	raw(&w, "type", "[\"object\", \"null\"]");
	keys(&w, config_keys);
	definitions(&w);
	close(&w, '}');
	buf_addc(out, '\n');
}
