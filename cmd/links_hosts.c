#include "cmd/links_hosts.h"

#include <stdlib.h>

#include "cmd/term.h"
#include "core/base/message.h"

static bool is_named(const struct link_hosts *hosts, struct str name)
{
	for (size_t i = 0; i < hosts->nr; i++)
		if (str_eq(hosts->v[i].name, name))
			return true;
	return false;
}

static void add(struct arena *a, const struct link_hosts *from, struct link_hosts *out, size_t *cap)
{
	for (size_t i = 0; i < from->nr; i++) {
		if (is_named(out, from->v[i].name))
			continue;
		out->v = arena_grow(a, out->v, out->nr, cap, sizeof(*out->v));
		out->v[out->nr++] = from->v[i];
	}
}

/* Where there are none, as in a workflow that may not read its secrets, the variable is often there and empty. */
static int entrust(struct arena *a, struct link_host *h, struct err *err)
{
	const char *value = h->variable ? getenv(h->variable) : NULL;
	const char *wrong = value && *value ? link_host_entrust(a, h, str_of(value)) : NULL;
	if (!wrong)
		return 0;
	return err_set(err, "`%s` cannot be used for `%.*s`: %s", h->variable, STR_ARG(h->name), _(wrong));
}

int links_hosts_gather(const struct judgement *j, struct link_hosts *out, struct err *err)
{
	size_t cap = 0;
	*out = (struct link_hosts){0};
	for (size_t i = 0; i < j->c.nr; i++)
		if (i == 0 || j->c.owner[i] != j->c.owner[i - 1])
			add(j->arena, &j->c.owner[i]->link_hosts, out, &cap);
	for (size_t i = 0; i < out->nr; i++)
		if (entrust(j->arena, &out->v[i], err))
			return -1;
	return 0;
}

void links_hosts_say_missing(const struct link_hosts *hosts)
{
	for (size_t i = 0; i < hosts->nr; i++)
		if (hosts->v[i].variable && !hosts->v[i].authorization)
			term_say("credentials for `%.*s` are not there: `%s` is not set", STR_ARG(hosts->v[i].name),
			         hosts->v[i].variable);
}
