#include "core/config/config.h"

#include <stdio.h>

#include "core/base/buf.h"
#include "core/base/message.h"
#include "core/base/unicode.h"
#include "core/config/reader.h"
#include "core/source/paths.h"
#include "core/source/files.h"

enum { MAX_BYTES = 256 * 1024 };

void config_default(struct config *out)
{
	*out = (struct config){
		.timezone = config_keys[KEY_TIMEZONE].fallback,
		.templates = config_keys[KEY_TEMPLATES].fallback,
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

int config_wrong(const struct loader *l, const struct yaml *at, const char *text)
{
	return config_error(l->c, at->line, at->column, l->err, "%s", _(text));
}

int config_unknown(const struct loader *l, const struct yaml *at, const char *what, const char *const *names)
{
	struct buf hint = {0};
	const char *nearest = nearest_name(at->text, names);
	if (nearest)
		buf_printf(&hint, _("did you mean `%s`?"), nearest);
	for (size_t i = 0; !nearest && names[i]; i++)
		buf_printf(&hint, i ? _(", %s") : _("there are %s"), names[i]);
	config_error(l->c, at->line, at->column, l->err, "unknown %s `%.*s`; %s", _(what), STR_ARG(at->text), hint.p);
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
		return config_error(l->c, value->line, value->column, l->err,
		                    "there is no time zone `%.*s`; one is written as Asia/Tokyo is", STR_ARG(value->text));
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
		return config_unknown(l, value, "severity", threshold_names);
	return 0;
}

static int read_preset(const struct loader *l, const struct yaml *value)
{
	if (!config_is_text(value))
		return config_wrong(l, value, "`preset` must be recommended or strict");
	for (int i = PRESET_RECOMMENDED; i <= PRESET_STRICT; i++) {
		if (!str_eqz(value->text, preset_names[i]))
			continue;
		l->c->preset = (enum preset)i;
		return 0;
	}
	return config_unknown(l, value, "preset", preset_names);
}

static int read_baseline(const struct loader *l, const struct yaml *value)
{
	if (!config_is_text(value))
		return config_wrong(l, value, "`baseline` must be the path of a file");
	l->c->baseline = inner_path(l, value);
	return l->c->baseline ? 0 : -1;
}

void config_note_places(const struct yaml *const *seen, size_t nr, struct config_place *at)
{
	for (size_t i = 0; i < nr; i++)
		if (seen[i])
			at[i] = (struct config_place){seen[i]->line, seen[i]->column};
}

static int read_exclude(const struct loader *l, const struct yaml *value)
{
	return config_read_globs(l, value, N_("`exclude` must be a list of paths"), &l->c->exclude, &l->c->excluded);
}

int config_read_flag(const struct loader *l, const struct yaml *value, const char *name, bool *out)
{
	*out = str_eqz(value->text, "true");
	if (value->kind != YAML_SCALAR || value->quoted || (!*out && !str_eqz(value->text, "false")))
		return config_error(l->c, value->line, value->column, l->err, "`%s` must be true or false", name);
	return 0;
}

static int read_hook_fix(const struct loader *l, const struct yaml *value)
{
	return config_read_flag(l, value, hook_keys[HOOK_FIX].name, &l->c->hook.fix);
}

static int read_hook(const struct loader *l, const struct yaml *value)
{
	static read_value *const inner[HOOK_KEYS] = {[HOOK_FIX] = read_hook_fix};
	const struct yaml *seen[HOOK_KEYS] = {0};
	if (config_is_null(value))
		return 0;
	if (value->kind != YAML_MAP)
		return config_wrong(l, value, "`hook` must be a map, as in `hook: {fix: true}`");
	if (config_read_keys(l, value, hook_keys, inner, seen) < 0)
		return -1;
	config_note_places(seen, HOOK_KEYS, l->c->hook.at);
	return 0;
}

static read_value *const readers[CONFIG_KEYS] = {
	[KEY_PRESET] = read_preset,
	[KEY_TIMEZONE] = read_timezone,
	[KEY_TEMPLATES] = read_templates,
	[KEY_FAIL_ON] = read_fail_on,
	[KEY_SELECT] = config_read_select,
	[KEY_IGNORE] = config_read_ignore,
	[KEY_EXCLUDE] = read_exclude,
	[KEY_BASELINE] = read_baseline,
	[KEY_RULES] = config_read_rules,
	[KEY_OVERRIDES] = config_read_overrides,
	[KEY_HOOK] = read_hook,
	[KEY_LINKS] = config_read_links,
};

static int unknown_key(const struct loader *l, const struct yaml *key, const struct key_spec *keys)
{
	const char *names[CONFIG_KEYS + 1] = {0};
	for (size_t i = 0; keys[i].name; i++)
		names[i] = keys[i].name;
	return config_unknown(l, key, "key", names);
}

int config_read_keys(const struct loader *l, const struct yaml *map, const struct key_spec *keys,
                     read_value *const *read, const struct yaml **seen)
{
	for (size_t i = 0; i < map->nr; i++) {
		size_t k = 0;
		while (keys[k].name && !str_eqz(map->key[i].text, keys[k].name))
			k++;
		if (!keys[k].name)
			return unknown_key(l, &map->key[i], keys);
		if (read[k](l, &map->item[i]) < 0)
			return -1;
		seen[k] = &map->item[i];
	}
	return 0;
}

static int read_root(const struct loader *l, const struct yaml *root)
{
	const struct yaml *seen[CONFIG_KEYS] = {0};
	if (root->kind != YAML_MAP)
		return config_wrong(l, root, "a config must be a map: `key: value` lines");
	if (config_read_keys(l, root, config_keys, readers, seen) < 0)
		return -1;
	config_note_places(seen, CONFIG_KEYS, l->c->at);
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
	return read_root(&(struct loader){.a = a, .c = out, .layer = &out->base, .err = err}, root);
}

int config_load(struct arena *a, const struct snapshot *files, const char *path, const char *shown, struct config *out,
                struct err *err)
{
	struct source file = {0};
	if (file_read(a, files, path, MAX_BYTES, &file, err) < 0)
		return -1;
	if (file.size > file.text.n)
		return err_set(err, "%.800s: too large for a config: more than %d KiB", shown, MAX_BYTES / 1024);
	return config_parse(a, shown, file.text, out, err);
}
