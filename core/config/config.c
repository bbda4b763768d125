#include "core/config/config.h"

#include <stdio.h>

#include "core/base/buf.h"
#include "core/base/unicode.h"
#include "core/config/reader.h"
#include "core/source/paths.h"
#include "core/source/source.h"

enum { MAX_BYTES = 256 * 1024 };

static const char *const thresholds[] = {"error", "warning", "info", "never", NULL};

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
	char message[sizeof(err->text)];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	return err_set(err, "%.800s:%u:%u: %s", c->path ? c->path : ".sdi.yaml", line, column, message);
}

int config_wrong(const struct loader *l, const struct yaml *at, const char *message)
{
	return config_error(l->c, at->line, at->column, l->err, "%s", message);
}

int config_unknown(const struct loader *l, const struct yaml *at, const char *what, const char *const *names)
{
	struct buf hint = {0};
	const char *nearest = nearest_name(at->text, names);
	if (nearest)
		buf_printf(&hint, "did you mean `%s`?", nearest);
	for (size_t i = 0; !nearest && names[i]; i++)
		buf_printf(&hint, i ? ", %s" : "there are %s", names[i]);
	config_error(l->c, at->line, at->column, l->err, "unknown %s `%.*s`; %s", what, STR_ARG(at->text), hint.p);
	buf_release(&hint);
	return -1;
}

bool config_is_null(const struct yaml *y)
{
	static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
	for (size_t i = 0; i < ARRAY_SIZE(nulls); i++)
		if (y->kind == YAML_SCALAR && !y->quoted && str_eqz(y->text, nulls[i]))
			return true;
	return false;
}

bool config_is_text(const struct yaml *y)
{
	return y->kind == YAML_SCALAR && !config_is_null(y) && y->text.n > 0;
}

static int read_timezone(const struct loader *l, const struct yaml *value)
{
	if (!config_is_text(value))
		return config_wrong(l, value, "`timezone` must be the name of a time zone, as in `Asia/Tokyo`");
	if (!unicode_is_zone(value->text.p))
		return config_error(l->c, value->line, value->column, l->err, "no such time zone: `%.*s`",
		                    STR_ARG(value->text));
	l->c->timezone = value->text.p;
	return 0;
}

/* A path of the config, cleaned; NULL when it leads out of the project. */
static const char *inner_path(const struct loader *l, const struct yaml *value)
{
	const char *path = path_clean(l->a, value->text.p);
	if (path[0] != '/' && strcmp(path, "..") != 0 && !str_starts(str_of(path), STR("../")))
		return path;
	config_error(l->c, value->line, value->column, l->err, "`%.*s` leads out of the project", STR_ARG(value->text));
	return NULL;
}

static int read_templates(const struct loader *l, const struct yaml *value)
{
	if (!config_is_text(value))
		return config_wrong(l, value, "`templates` must be the path of a folder");
	const char *path = inner_path(l, value);
	if (!path)
		return -1;
	l->c->templates = path;
	return 0;
}

static int read_fail_on(const struct loader *l, const struct yaml *value)
{
	if (!config_is_text(value))
		return config_wrong(l, value, "`fail-on` must be error, warning, info or never");
	if (str_eqz(value->text, "never")) {
		l->c->fail_on = SEVERITY_OFF;
		return 0;
	}
	if (!severity_parse(value->text, &l->c->fail_on) || l->c->fail_on == SEVERITY_OFF)
		return config_unknown(l, value, "severity", thresholds);
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
static int read_names(const struct loader *l, const struct yaml *value, struct name_list *out, const char *message)
{
	bool is_list = value->kind == YAML_LIST;
	const struct yaml *name = is_list ? value->item : value;
	size_t nr = is_list ? value->nr : !config_is_null(value);
	out->v = arena_array(l->a, struct setting, nr);
	for (out->nr = 0; out->nr < nr; out->nr++, name++) {
		if (!config_is_text(name))
			return config_wrong(l, name, message);
		out->v[out->nr] = setting_of(name);
	}
	return 0;
}

static int read_select(const struct loader *l, const struct yaml *value)
{
	l->c->base.has_select = !config_is_null(value);
	return read_names(l, value, &l->c->base.select, "`select` must be a list of rules or groups");
}

static int read_ignore(const struct loader *l, const struct yaml *value)
{
	return read_names(l, value, &l->c->base.ignore, "`ignore` must be a list of rules or groups");
}

/* What a shell would expand. */
static bool is_pattern(struct str path)
{
	return str_find_byte(path, 0, '*') < path.n || str_find_byte(path, 0, '?') < path.n;
}

static int read_exclude(const struct loader *l, const struct yaml *value)
{
	struct name_list *out = &l->c->exclude;
	if (value->kind == YAML_SCALAR && !config_is_null(value))
		return config_wrong(l, value, "`exclude` must be a list of paths");
	if (read_names(l, value, out, "`exclude` must be a list of paths") < 0)
		return -1;
	for (size_t i = 0; i < out->nr; i++) {
		if (is_pattern(value->item[i].text))
			return config_wrong(l, &value->item[i], "`exclude` takes files and folders, not patterns");
		const char *path = inner_path(l, &value->item[i]);
		if (!path)
			return -1;
		out->v[i].value = str_of(path);
	}
	return 0;
}

static int read_rules(const struct loader *l, const struct yaml *value)
{
	return config_read_rules(l, value, &l->c->base);
}

typedef int read_value(const struct loader *l, const struct yaml *value);

/* The names end in a NULL, for nearest_name(). */
static const char *const keys[] = {"timezone", "templates", "fail-on", "select", "ignore", "exclude", "rules", NULL};
static read_value *const readers[] = {read_timezone, read_templates, read_fail_on, read_select,
                                      read_ignore,   read_exclude,   read_rules};
_Static_assert(ARRAY_SIZE(keys) == ARRAY_SIZE(readers) + 1, "every key has its reader");

static int read_key(const struct loader *l, const struct yaml *key, const struct yaml *value)
{
	for (size_t i = 0; i < ARRAY_SIZE(readers); i++)
		if (str_eqz(key->text, keys[i]))
			return readers[i](l, value);
	return config_unknown(l, key, "key", keys);
}

static int read_root(const struct loader *l, const struct yaml *root)
{
	if (root->kind != YAML_MAP)
		return config_wrong(l, root, "a config must be a map: `key: value` lines");
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
