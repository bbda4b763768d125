/* Lists of names and of patterns, and what is said for some paths only. */
#include "core/base/message.h"
#include "core/config/reader.h"

enum { MAX_OVERRIDES = 64 };

int config_read_names(const struct loader *l, const struct yaml *value, struct name_list *out, const char *message)
{
	bool is_list = value->kind == YAML_LIST;
	const struct yaml *name = is_list ? value->item : value;
	size_t nr = is_list ? value->nr : !config_is_null(value);
	*out = (struct name_list){arena_array(l->a, struct setting, nr), 0, value->line, value->column};
	for (; out->nr < nr; out->nr++, name++) {
		if (!config_is_text(name))
			return config_wrong(l, name, message);
		out->v[out->nr] = (struct setting){.value = name->text, .line = name->line, .column = name->column};
	}
	return 0;
}

int config_read_select(const struct loader *l, const struct yaml *value)
{
	l->layer->has_select = !config_is_null(value);
	return config_read_names(l, value, &l->layer->select, "`select` must be a list of rules or groups");
}

int config_read_ignore(const struct loader *l, const struct yaml *value)
{
	return config_read_names(l, value, &l->layer->ignore, "`ignore` must be a list of rules or groups");
}

int config_read_globs(const struct loader *l, const struct yaml *value, const char *message, struct name_list *out,
                      struct globs *globs)
{
	struct name_list names;
	struct err why;
	if (value->kind == YAML_SCALAR && !config_is_null(value))
		return config_wrong(l, value, message);
	if (config_read_names(l, value, &names, message) < 0)
		return -1;
	for (size_t i = 0; i < names.nr; i++) {
		const struct setting *s = &names.v[i];
		if (globs_add(l->a, s->value, globs, &why) < 0)
			return config_error(l->c, s->line, s->column, l->err, "`%.*s`: %s", STR_ARG(s->value), why.text);
	}
	if (out)
		*out = names;
	return 0;
}

/* `paths` is read on its own: it does not belong to the layer. */
static int read_nothing(const struct loader *l, const struct yaml *value)
{
	(void)l, (void)value;
	return 0;
}

static read_value *const readers[OVERRIDE_KEYS] = {
	[OVERRIDE_PATHS] = read_nothing,
	[OVERRIDE_SELECT] = config_read_select,
	[OVERRIDE_IGNORE] = config_read_ignore,
	[OVERRIDE_RULES] = config_read_rules,
};

static int read_override(const struct loader *l, const struct yaml *value, struct override *out)
{
	const struct yaml *seen[OVERRIDE_KEYS] = {0};
	struct loader inner = *l;
	inner.layer = &out->layer;
	out->line = value->line;
	out->column = value->column;
	if (value->kind != YAML_MAP)
		return config_wrong(l, value, "an override must be a map with `paths`");
	if (config_read_keys(&inner, value, override_keys, readers, seen) < 0)
		return -1;
	const struct yaml *paths = seen[OVERRIDE_PATHS];
	if (!paths || config_is_null(paths) || (paths->kind == YAML_LIST && !paths->nr))
		return config_wrong(l, paths && !config_is_null(paths) ? paths : value, "an override needs `paths`");
	return config_read_globs(l, paths, N_("`paths` must be a list of paths"), NULL, &out->paths);
}

int config_read_overrides(const struct loader *l, const struct yaml *value)
{
	if (config_is_null(value))
		return 0;
	if (value->kind != YAML_LIST)
		return config_wrong(l, value, "`overrides` must be a list of maps with `paths`");
	if (value->nr > MAX_OVERRIDES)
		return config_error(l->c, value->line, value->column, l->err, "more than %d overrides", MAX_OVERRIDES);
	struct override *v = arena_array(l->a, struct override, value->nr);
	l->c->override = v;
	for (l->c->overrides = 0; l->c->overrides < value->nr; l->c->overrides++)
		if (read_override(l, &value->item[l->c->overrides], &v[l->c->overrides]) < 0)
			return -1;
	return 0;
}

uint64_t config_overrides_of(const struct config *c, const char *path)
{
	uint64_t fit = 0;
	for (size_t i = 0; path && i < c->overrides; i++)
		if (globs_cover(&c->override[i].paths, str_of(path)))
			fit |= UINT64_C(1) << i;
	return fit;
}
