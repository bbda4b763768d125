#include "lint/links/hosts.h"

#include "core/base/message.h"
#include "core/config/config.h"

bool link_host_read(struct arena *a, struct str written, struct str *out)
{
	struct link_target t;
	bool v6 = str_find_byte(written, 0, ':') < written.n;
	for (size_t i = 0; i < written.n; i++)
		if (strchr("/?#", written.p[i]))
			return false;
	if (link_target_read(a, arena_printf(a, v6 ? "http://[%.*s]" : "http://%.*s", STR_ARG(written)), &t))
		return false;
	*out = t.host;
	return true;
}

static const struct link_host *find(const struct link_hosts *hosts, struct str name)
{
	for (size_t i = 0; i < hosts->nr; i++)
		if (str_eq(hosts->v[i].name, name))
			return &hosts->v[i];
	return NULL;
}

int link_hosts_read(struct arena *a, const struct config *c, struct link_hosts *out, struct err *err)
{
	*out = (struct link_hosts){.v = arena_array(a, struct link_host, c->hosts)};
	for (; out->nr < c->hosts; out->nr++) {
		const struct config_host *said = &c->host[out->nr];
		struct str name;
		if (!link_host_read(a, said->name, &name))
			return config_error(c, said->line, said->column, err, "`%.*s` is no name of a host", STR_ARG(said->name));
		if (find(out, name))
			return config_error(c, said->line, said->column, err, "the host `%.*s` is there twice", STR_ARG(name));
		out->v[out->nr] = (struct link_host){
			.name = name,
			.interval = said->interval,
			.in_flight = (unsigned)said->in_flight,
			.accept = said->accept,
			.accepts = said->accepts,
			.excluded = !said->ask,
			.variable = said->credentials,
		};
	}
	return 0;
}

bool link_host_within(struct str name, struct str zone)
{
	return str_ends(name, zone) && (name.n == zone.n || name.p[name.n - zone.n - 1] == '.');
}

const struct link_host *link_host_of(const struct link_hosts *hosts, struct str name)
{
	const struct link_host *nearest = NULL;
	for (size_t i = 0; hosts && i < hosts->nr; i++)
		if (link_host_within(name, hosts->v[i].name) && (!nearest || hosts->v[i].name.n > nearest->name.n))
			nearest = &hosts->v[i];
	return nearest;
}

bool link_host_accepts(const struct link_host *h, long status)
{
	for (size_t i = 0; h && i < h->accepts; i++)
		if (h->accept[i] == status)
			return true;
	return false;
}

const char *link_host_entrust(struct arena *a, struct link_host *h, struct str value)
{
	size_t blank = str_find_byte(value, 0, ' ');
	struct str name, secret = str_trim(str_from(value, blank));
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] < 0x20 || value.p[i] > 0x7E)
			return N_("it has other characters than printable ASCII");
	if (!secret.n)
		return N_("it must be the name of a host, a blank, and what is sent to that host");
	if (!link_host_read(a, str_slice(value, 0, blank), &name) || !str_eq(name, h->name))
		return N_("it is for another host");
	h->authorization = arena_printf(a, "Authorization: %.*s", STR_ARG(secret)).p;
	return NULL;
}

const char *link_host_header(const struct link_hosts *hosts, const struct link_target *to)
{
	const struct link_host *h = link_host_of(hosts, to->host);
	return h && to->https && str_eq(h->name, to->host) ? h->authorization : NULL;
}
