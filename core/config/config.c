#include "core/config/config.h"

#include <stdio.h>

#include "core/base/buf.h"
#include "core/base/message.h"
#include "core/base/unicode.h"
#include "core/base/utf8.h"
#include "core/config/yaml.h"
#include "core/source/paths.h"
#include "core/source/source.h"

enum { MAX_BYTES = 256 * 1024 };

static const char *const severities[] = {"off", "info", "warning", "error", NULL};
static const char *const thresholds[] = {"error", "warning", "info", "never", NULL};

const char *severity_name(enum severity s)
{
	return severities[s];
}

bool severity_parse(struct str name, enum severity *out)
{
	for (int i = SEVERITY_OFF; i <= SEVERITY_ERROR; i++) {
		if (!str_eqz(name, severities[i]))
			continue;
		*out = (enum severity)i;
		return true;
	}
	return false;
}

void config_default(struct config *out)
{
	*out = (struct config){
		.timezone = "Asia/Tokyo",
		.templates = ".sdi/templates",
		.fail_on = SEVERITY_ERROR,
	};
}

int config_error(const struct config *c, uint32_t line, uint32_t column, struct err *err, const char *fmt, ...)
{
	char text[sizeof(err->text)];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), message(fmt), ap);
	va_end(ap);
	return err_set(err, "%.800s:%u:%u: %s", c->path ? c->path : ".sdi.yaml", line, column, text);
}

static const char *nearest_spelling(struct str typed, const char *const *names)
{
	size_t third = utf8_count(typed) / 3, best = (third ? third : 1) + 1;
	const char *nearest = NULL;
	for (; *names; names++) {
		size_t distance = unicode_distance(typed, str_of(*names), best - 1);
		if (distance >= best)
			continue;
		best = distance;
		nearest = *names;
		if (best == 0)
			break;
	}
	return nearest;
}

static const char *same_beginning(struct str typed, const char *const *names)
{
	enum { TELLING = 3 };
	for (; *names; names++) {
		struct str name = str_of(*names);
		if ((typed.n >= TELLING && str_starts(name, typed)) || (name.n >= TELLING && str_starts(typed, name)))
			return *names;
	}
	return NULL;
}

const char *nearest_name(struct str typed, const char *const *names)
{
	for (size_t i = 0; names[i]; i++)
		if (str_eq_nocase(typed, str_of(names[i])))
			return names[i];
	const char *nearest = nearest_spelling(typed, names);
	return nearest ? nearest : same_beginning(typed, names);
}

struct loader {
	struct arena *a;
	struct config *c;
	struct err *err;
};

static int wrong(const struct loader *l, const struct yaml *at, const char *text)
{
	return config_error(l->c, at->line, at->column, l->err, "%s", _(text));
}

/* What is said of a text that is none of a few names. */
static int unknown(const struct loader *l, const struct yaml *at, const char *what, const char *const *names)
{
	struct buf hint = {0};
	const char *nearest = nearest_name(at->text, names);
	if (nearest)
		buf_printf(&hint, _("did you mean `%s`?"), nearest);
	for (size_t i = 0; !nearest && names[i]; i++)
		buf_printf(&hint, i ? ", %s" : _("there are %s"), names[i]);
	config_error(l->c, at->line, at->column, l->err, "unknown %s `%.*s`; %s", what, STR_ARG(at->text), hint.p);
	buf_release(&hint);
	return -1;
}

/* `key:` with nothing behind it, as when all of a list's items are comments. */
static bool is_null(const struct yaml *y)
{
	static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
	for (size_t i = 0; i < ARRAY_SIZE(nulls); i++)
		if (y->kind == YAML_SCALAR && !y->quoted && str_eqz(y->text, nulls[i]))
			return true;
	return false;
}

static bool is_text(const struct yaml *y)
{
	return y->kind == YAML_SCALAR && !is_null(y) && y->text.n > 0;
}

static int read_timezone(struct loader *l, const struct yaml *value)
{
	if (!is_text(value))
		return wrong(l, value, "`timezone` must be the name of a time zone, as in `Asia/Tokyo`");
	if (!unicode_is_zone(value->text.p))
		return config_error(l->c, value->line, value->column, l->err, "no such time zone: `%.*s`",
		                    STR_ARG(value->text));
	l->c->timezone = value->text.p;
	return 0;
}

/* A path of the config, cleaned; NULL when it leads out of the project. */
static const char *inner_path(struct loader *l, const struct yaml *value)
{
	const char *path = path_clean(l->a, value->text.p);
	if (path[0] != '/' && strcmp(path, "..") != 0 && !str_starts(str_of(path), STR("../")))
		return path;
	config_error(l->c, value->line, value->column, l->err, "`%.*s` leads out of the project", STR_ARG(value->text));
	return NULL;
}

static int read_templates(struct loader *l, const struct yaml *value)
{
	if (!is_text(value))
		return wrong(l, value, "`templates` must be the path of a folder");
	const char *path = inner_path(l, value);
	if (!path)
		return -1;
	l->c->templates = path;
	return 0;
}

static int read_fail_on(struct loader *l, const struct yaml *value)
{
	if (!is_text(value))
		return wrong(l, value, "`fail-on` must be error, warning, info or never");
	if (str_eqz(value->text, "never")) {
		l->c->fail_on = SEVERITY_OFF;
		return 0;
	}
	if (!severity_parse(value->text, &l->c->fail_on) || l->c->fail_on == SEVERITY_OFF)
		return unknown(l, value, _("severity"), thresholds);
	return 0;
}

static struct setting setting_of(const struct yaml *value)
{
	return (struct setting){
		.rule = STR(""),
		.option = STR(""),
		.value = value->text,
		.line = value->line,
		.column = value->column,
	};
}

/* A list of names, or one name for a list of one. `message` says what it must be. */
static int read_names(struct loader *l, const struct yaml *value, struct name_list *out, const char *message)
{
	bool is_list = value->kind == YAML_LIST;
	const struct yaml *name = is_list ? value->item : value;
	size_t nr = is_list ? value->nr : !is_null(value);
	out->v = arena_array(l->a, struct setting, nr);
	for (out->nr = 0; out->nr < nr; out->nr++, name++) {
		if (!is_text(name))
			return wrong(l, name, message);
		out->v[out->nr] = setting_of(name);
	}
	return 0;
}

static int read_select(struct loader *l, const struct yaml *value)
{
	l->c->has_select = !is_null(value);
	return read_names(l, value, &l->c->select, "`select` must be a list of rules or groups");
}

static int read_ignore(struct loader *l, const struct yaml *value)
{
	return read_names(l, value, &l->c->ignore, "`ignore` must be a list of rules or groups");
}

/* What a shell would expand. */
static bool is_pattern(struct str path)
{
	return str_find_byte(path, 0, '*') < path.n || str_find_byte(path, 0, '?') < path.n;
}

static int read_exclude(struct loader *l, const struct yaml *value)
{
	struct name_list *out = &l->c->exclude;
	if (value->kind == YAML_SCALAR && !is_null(value))
		return wrong(l, value, "`exclude` must be a list of paths");
	if (read_names(l, value, out, "`exclude` must be a list of paths") < 0)
		return -1;
	for (size_t i = 0; i < out->nr; i++) {
		if (is_pattern(value->item[i].text))
			return wrong(l, &value->item[i], "`exclude` takes files and folders, not patterns");
		const char *path = inner_path(l, &value->item[i]);
		if (!path)
			return -1;
		out->v[i].value = str_of(path);
	}
	return 0;
}

/* What a setting says of one rule. */
struct rule_place {
	const struct yaml *rule, *option; /* the keys */
	size_t *cap;
};

static void add_setting(struct loader *l, const struct rule_place *at, struct str option, const struct yaml *value,
                        bool none)
{
	struct config *c = l->c;
	struct setting s = setting_of(value);
	s.rule = at->rule->text;
	s.option = option;
	s.rule_line = at->rule->line;
	s.rule_column = at->rule->column;
	s.option_line = at->option ? at->option->line : 0;
	s.option_column = at->option ? at->option->column : 0;
	if (none)
		s.value = (struct str){NULL, 0};
	c->set = arena_grow(l->a, c->set, c->nr, at->cap, sizeof(*c->set));
	c->set[c->nr++] = s;
}

static int add_severity(struct loader *l, const struct rule_place *at, const struct yaml *value)
{
	enum severity ignored;
	if (!is_text(value))
		return config_error(l->c, value->line, value->column, l->err,
		                    "`%.*s` must be off, info, warning or error, or a map of options", STR_ARG(at->rule->text));
	if (!severity_parse(value->text, &ignored))
		return unknown(l, value, _("severity"), severities);
	add_setting(l, at, STR("severity"), value, false);
	return 0;
}

static int add_list(struct loader *l, const struct rule_place *at, const struct yaml *list)
{
	if (list->nr == 0)
		add_setting(l, at, at->option->text, list, true);
	for (size_t i = 0; i < list->nr; i++) {
		if (list->item[i].kind != YAML_SCALAR || is_null(&list->item[i]))
			return config_error(l->c, list->item[i].line, list->item[i].column, l->err,
			                    "`%.*s` must be a list of values", STR_ARG(at->option->text));
		add_setting(l, at, at->option->text, &list->item[i], false);
	}
	return 0;
}

static int add_option(struct loader *l, const struct rule_place *at, const struct yaml *value)
{
	if (str_eqz(at->option->text, "severity"))
		return add_severity(l, at, value);
	if (value->kind == YAML_LIST)
		return add_list(l, at, value);
	if (value->kind == YAML_MAP || is_null(value))
		return config_error(l->c, value->line, value->column, l->err, "`%.*s` must be a value or a list of values",
		                    STR_ARG(at->option->text));
	add_setting(l, at, at->option->text, value, false);
	return 0;
}

static int read_rule(struct loader *l, struct rule_place at, const struct yaml *value)
{
	if (value->kind != YAML_MAP)
		return add_severity(l, &at, value);
	if (value->nr == 0)
		add_setting(l, &at, STR(""), value, true);
	for (size_t i = 0; i < value->nr; i++) {
		at.option = &value->key[i];
		if (add_option(l, &at, &value->item[i]) < 0)
			return -1;
	}
	return 0;
}

static int read_rules(struct loader *l, const struct yaml *value)
{
	size_t cap = 0;
	if (value->kind != YAML_MAP && !is_null(value))
		return wrong(l, value, "`rules` must be a map from rules to severities or options");
	for (size_t i = 0; i < value->nr; i++)
		if (read_rule(l, (struct rule_place){.rule = &value->key[i], .cap = &cap}, &value->item[i]) < 0)
			return -1;
	return 0;
}

typedef int read_value(struct loader *l, const struct yaml *value);

/* The names end in a NULL, for nearest_name(). */
static const char *const keys[] = {"timezone", "templates", "fail-on", "select", "ignore", "exclude", "rules", NULL};
static read_value *const readers[] = {read_timezone, read_templates, read_fail_on, read_select,
                                      read_ignore,   read_exclude,   read_rules};
_Static_assert(ARRAY_SIZE(keys) == ARRAY_SIZE(readers) + 1, "every key has its reader");

static int read_key(struct loader *l, const struct yaml *key, const struct yaml *value)
{
	for (size_t i = 0; i < ARRAY_SIZE(readers); i++)
		if (str_eqz(key->text, keys[i]))
			return readers[i](l, value);
	return unknown(l, key, _("key"), keys);
}

static int read_root(struct loader *l, const struct yaml *root)
{
	if (root->kind != YAML_MAP)
		return wrong(l, root, "a config must be a map: `key: value` lines");
	for (size_t i = 0; i < root->nr; i++)
		if (read_key(l, &root->key[i], &root->item[i]) < 0)
			return -1;
	return 0;
}

int config_parse(struct arena *a, const char *path, struct str text, struct config *out, struct err *err)
{
	uint32_t line, column;
	struct yaml *root;
	struct err mistake;
	config_default(out);
	out->path = arena_strdup(a, path);
	if (yaml_parse(a, text, &root, &line, &column, &mistake) < 0)
		return config_error(out, line, column, err, "%s", mistake.text);
	return read_root(&(struct loader){.a = a, .c = out, .err = err}, root);
}

int config_load(struct arena *a, const char *path, struct config *out, struct err *err)
{
	struct source file = {0};
	if (source_read_file(a, path, MAX_BYTES, &file, err) < 0)
		return -1;
	if (file.size > file.text.n)
		return err_set(err, "%.800s: too large for a config: more than %d KiB", path, MAX_BYTES / 1024);
	return config_parse(a, path, file.text, out, err);
}
