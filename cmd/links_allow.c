#include "cmd/links_allow.h"

static int read_ranges(struct arena *a, const struct name_list *names, struct link_policy *out, struct err *err)
{
	struct cidr *v = arena_array(a, struct cidr, names->nr);
	for (size_t i = 0; i < names->nr; i++)
		if (!cidr_read(names->v[i].value, &v[i]))
			return err_set(err, "--allow-address: `%.*s` is no range of addresses, as 192.0.2.0/24 is one",
			               STR_ARG(names->v[i].value));
	out->allow = v;
	out->allows = names->nr;
	return 0;
}

static int read_hosts(struct arena *a, const struct name_list *names, struct link_policy *out, struct err *err)
{
	struct str *v = arena_array(a, struct str, names->nr);
	for (size_t i = 0; i < names->nr; i++)
		if (!link_host_read(a, names->v[i].value, &v[i]))
			return err_set(err, "--allow-host: `%.*s` is no name of a host", STR_ARG(names->v[i].value));
	out->allow_host = v;
	out->allow_hosts = names->nr;
	return 0;
}

int links_allow_read(struct arena *a, const struct name_list *addresses, const struct name_list *hosts,
                     struct link_policy *out, struct err *err)
{
	return read_ranges(a, addresses, out, err) || read_hosts(a, hosts, out, err) ? -1 : 0;
}
