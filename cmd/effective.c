#include "cmd/effective.h"

static struct effective_value text_of(struct arena *a, const char *text)
{
	struct effective_value out = {.v = arena_array(a, struct str, 1), .nr = text != NULL};
	out.v[0] = str_of(text);
	return out;
}

static struct effective_value list_of(struct arena *a, const struct name_list *names, const struct name_list *more)
{
	struct effective_value out = {.list = true};
	out.v = arena_array(a, struct str, names->nr + (more ? more->nr : 0));
	for (size_t i = 0; i < names->nr; i++)
		out.v[out.nr++] = names->v[i].value;
	for (size_t i = 0; more && i < more->nr; i++)
		out.v[out.nr++] = more->v[i].value;
	return out;
}

static bool is_given(const struct name_list *list)
{
	return list && list->nr;
}

static struct effective_value selected(struct arena *a, const struct effective *e)
{
	const struct layer *base = &e->project->config.base;
	if (is_given(e->wish->select))
		return list_of(a, e->wish->select, NULL);
	return base->has_select ? list_of(a, &base->select, NULL) : text_of(a, config_keys[KEY_SELECT].fallback);
}

/* Maps say what they do where their rules are shown. */
static struct effective_value places(struct arena *a, const struct config *c)
{
	struct effective_value out = {.list = true, .v = arena_array(a, struct str, c->overrides)};
	for (size_t i = 0; i < c->overrides; i++)
		out.v[out.nr++] = arena_printf(a, "%u:%u", c->override[i].line, c->override[i].column);
	return out;
}

static bool is_wished(const struct effective *e, enum config_key key)
{
	const struct plan_wish *w = e->wish;
	return (key == KEY_PRESET && w->has_preset) || (key == KEY_SELECT && is_given(w->select)) ||
	       (key == KEY_IGNORE && is_given(w->ignore));
}

static struct effective_value value(struct arena *a, const struct effective *e, enum config_key key)
{
	const struct config *c = &e->project->config;
	switch (key) {
	case KEY_PRESET:
		return text_of(a, preset_names[e->wish->has_preset ? e->wish->preset : c->preset]);
	case KEY_TIMEZONE:
		return text_of(a, c->timezone);
	case KEY_TEMPLATES:
		return text_of(a, c->templates);
	case KEY_FAIL_ON:
		return text_of(a, c->fail_on == SEVERITY_OFF ? "never" : severity_name(c->fail_on));
	case KEY_SELECT:
		return selected(a, e);
	case KEY_IGNORE:
		return list_of(a, &c->base.ignore, e->wish->ignore);
	case KEY_EXCLUDE:
		return list_of(a, &c->exclude, NULL);
	case KEY_BASELINE:
		return text_of(a, c->baseline);
	case KEY_OVERRIDES:
		return places(a, c);
	case KEY_RULES:
	case KEY_HOOK:
	case KEY_LINKS:
	case CONFIG_KEYS:
		break;
	}
	return text_of(a, NULL);
}

static struct origin said_at(struct config_place at)
{
	struct origin out = {.line = at.line, .column = at.column};
	out.kind = at.line ? ORIGIN_CONFIG : ORIGIN_DEFAULT;
	return out;
}

static struct effective_key key_of(struct arena *a, const struct effective *e, enum config_key key)
{
	struct effective_key out = {config_keys[key].name, config_keys[key].kind, value(a, e, key)};
	out.value.origin = said_at(e->project->config.at[key]);
	if (is_wished(e, key))
		out.value.origin = (struct origin){.kind = ORIGIN_COMMAND_LINE};
	return out;
}

static struct effective_key hook_key(struct arena *a, const struct config *c, enum hook_key key)
{
	const bool is_set[HOOK_KEYS] = {[HOOK_FIX] = c->hook.fix};
	struct effective_key out = {.kind = hook_keys[key].kind, .value = text_of(a, is_set[key] ? "true" : "false")};
	out.name = arena_printf(a, "%s.%s", config_keys[KEY_HOOK].name, hook_keys[key].name).p;
	out.value.origin = said_at(c->hook.at[key]);
	return out;
}

static struct effective_key hosts_key(struct arena *a, const struct config *c)
{
	struct effective_key out = {.kind = links_keys[LINKS_HOSTS].kind, .value = {.list = true}};
	out.name = arena_printf(a, "%s.%s", config_keys[KEY_LINKS].name, links_keys[LINKS_HOSTS].name).p;
	out.value.v = arena_array(a, struct str, c->hosts);
	for (size_t i = 0; i < c->hosts; i++)
		out.value.v[out.value.nr++] = c->host[i].name;
	out.value.origin = said_at(c->hosts_at);
	return out;
}

static struct effective_value statuses_of(struct arena *a, const struct config_host *h)
{
	struct effective_value out = {.list = true, .v = arena_array(a, struct str, h->accepts)};
	for (size_t i = 0; i < h->accepts; i++)
		out.v[out.nr++] = arena_printf(a, "%ld", h->accept[i]);
	return out;
}

static struct effective_value host_value(struct arena *a, const struct config_host *h, enum host_key key)
{
	switch (key) {
	case HOST_INTERVAL:
		return text_of(a, arena_printf(a, "%ld", h->interval).p);
	case HOST_IN_FLIGHT:
		return text_of(a, arena_printf(a, "%ld", h->in_flight).p);
	case HOST_ACCEPT:
		return statuses_of(a, h);
	case HOST_ASK:
		return text_of(a, h->ask ? "true" : "false");
	case HOST_CREDENTIALS:
	case HOST_KEYS:
		break;
	}
	return text_of(a, h->credentials);
}

static struct effective_key host_key(struct arena *a, const struct config_host *h, const char *above, enum host_key key)
{
	struct effective_key out = {.kind = host_keys[key].kind, .value = host_value(a, h, key)};
	out.name = arena_printf(a, "%s.%.*s.%s", above, STR_ARG(h->name), host_keys[key].name).p;
	out.value.origin = said_at(h->at[key]);
	return out;
}

/* Of a host only what is said: the rest is the command line's. */
static size_t add_hosts(struct arena *a, const struct config *c, struct effective_key *out)
{
	size_t nr = 1;
	out[0] = hosts_key(a, c);
	for (size_t i = 0; i < c->hosts; i++)
		for (enum host_key k = 0; k < HOST_KEYS; k++)
			if (c->host[i].at[k].line)
				out[nr++] = host_key(a, &c->host[i], out[0].name, k);
	return nr;
}

size_t effective_keys(struct arena *a, const struct effective *e, struct effective_key **out)
{
	const struct config *c = &e->project->config;
	size_t nr = 0;
	*out = arena_array(a, struct effective_key, CONFIG_KEYS + HOOK_KEYS + LINKS_KEYS + c->hosts * HOST_KEYS);
	for (enum config_key k = 0; k < CONFIG_KEYS; k++)
		if (k != KEY_RULES && k != KEY_HOOK && k != KEY_LINKS)
			(*out)[nr++] = key_of(a, e, k);
	for (enum hook_key k = 0; k < HOOK_KEYS; k++)
		(*out)[nr++] = hook_key(a, c, k);
	return nr + add_hosts(a, c, *out + nr);
}

struct effective_value effective_option(struct arena *a, const struct rule_option *o, const struct option_value *v)
{
	struct effective_value out = {.origin = v->origin, .list = o->kind == VALUE_WORDS || o->kind == VALUE_TERMS};
	out.nr = out.list ? v->words.nr : 1;
	out.v = arena_array(a, struct str, out.nr);
	if (o->kind == VALUE_NUMBER)
		out.v[0] = arena_printf(a, "%ld", v->number);
	if (o->kind == VALUE_FLAG)
		out.v[0] = v->number ? STR("true") : STR("false");
	for (size_t i = 0; out.list && i < out.nr; i++) {
		const struct word *w = &v->words.v[i];
		out.v[i] = o->kind == VALUE_WORDS ? w->key : arena_printf(a, "%.*s: %.*s", STR_ARG(w->key), STR_ARG(w->value));
	}
	return out;
}

bool effective_differs(const struct rule *r, const struct rule_state *s)
{
	bool differs = s->origin.kind != ORIGIN_DEFAULT && s->severity != r->severity;
	for (size_t i = 0; r->options && r->options[i].name; i++)
		differs = differs || s->option[i].origin.kind != ORIGIN_DEFAULT;
	return differs;
}
