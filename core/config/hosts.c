/* The map under `links:`: what `sdi links` is told of hosts. */
#include "core/base/message.h"
#include "core/config/reader.h"

static bool number_of(const struct yaml *y, const struct key_spec *k, long *out)
{
	long n = 0;
	if (y->kind != YAML_SCALAR || y->quoted || !y->text.n)
		return false;
	for (size_t i = 0; i < y->text.n; i++) {
		if (y->text.p[i] < '0' || y->text.p[i] > '9' || n > k->most)
			return false;
		n = n * 10 + (y->text.p[i] - '0');
	}
	*out = n;
	return n >= k->least && n <= k->most;
}

static int read_number(const struct loader *l, const struct yaml *value, const struct key_spec *k, long *out)
{
	if (number_of(value, k, out))
		return 0;
	return config_error(l->c, value->line, value->column, l->err, "`%s` must be a whole number from %ld to %ld",
	                    k->name, k->least, k->most);
}

static int read_interval(const struct loader *l, const struct yaml *value)
{
	return read_number(l, value, &host_keys[HOST_INTERVAL], &l->host->interval);
}

static int read_in_flight(const struct loader *l, const struct yaml *value)
{
	return read_number(l, value, &host_keys[HOST_IN_FLIGHT], &l->host->in_flight);
}

static int read_accept(const struct loader *l, const struct yaml *value)
{
	const struct key_spec *k = &host_keys[HOST_ACCEPT];
	long *v = arena_array(l->a, long, value->nr);
	if (config_is_null(value))
		return 0;
	if (value->kind != YAML_LIST)
		return config_wrong(l, value, "`accept` must be a list of statuses, as in `[403, 999]`");
	for (size_t i = 0; i < value->nr; i++) {
		const struct yaml *y = &value->item[i];
		if (!number_of(y, k, &v[i]))
			return config_error(l->c, y->line, y->column, l->err, "a status must be a whole number from %ld to %ld",
			                    k->least, k->most);
		if (key_is_redirect(v[i]))
			return config_error(l->c, y->line, y->column, l->err, "a redirect is followed: `%ld` cannot be accepted",
			                    v[i]);
	}
	l->host->accept = v;
	l->host->accepts = value->nr;
	return 0;
}

static int read_ask(const struct loader *l, const struct yaml *value)
{
	return config_read_flag(l, value, host_keys[HOST_ASK].name, &l->host->ask);
}

/* What is said here is perhaps the secret itself. */
static int read_credentials(const struct loader *l, const struct yaml *value)
{
	const struct str prefix = STR(CREDENTIALS_PREFIX);
	bool good = config_is_text(value) && str_starts(value->text, prefix) && value->text.n > prefix.n;
	for (size_t i = prefix.n; good && i < value->text.n; i++)
		good = strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", value->text.p[i]);
	if (!good)
		return config_wrong(l, value, "`credentials` must be the name of a variable, as in `SDI_LINKS_NAME`");
	l->host->credentials = value->text.p;
	return 0;
}

static int read_host(const struct loader *l, const struct yaml *value)
{
	static read_value *const inner[HOST_KEYS] = {
		[HOST_INTERVAL] = read_interval, [HOST_IN_FLIGHT] = read_in_flight,     [HOST_ACCEPT] = read_accept,
		[HOST_ASK] = read_ask,           [HOST_CREDENTIALS] = read_credentials,
	};
	const struct yaml *seen[HOST_KEYS] = {0};
	if (config_is_null(value))
		return 0;
	if (value->kind != YAML_MAP)
		return config_wrong(l, value, "what is said of a host must be a map, as in `{interval: 1000}`");
	if (config_read_keys(l, value, host_keys, inner, seen) < 0)
		return -1;
	config_note_places(seen, HOST_KEYS, l->host->at);
	return 0;
}

static int read_hosts(const struct loader *l, const struct yaml *value)
{
	struct loader inner = *l;
	if (config_is_null(value))
		return 0;
	if (value->kind != YAML_MAP)
		return config_wrong(l, value, "`hosts` must be a map, as in `hosts: {example.com: {interval: 1000}}`");
	if (value->nr > MOST_HOSTS)
		return config_error(l->c, value->line, value->column, l->err, "more than %d hosts", MOST_HOSTS);
	struct config_host *v = arena_array(l->a, struct config_host, value->nr);
	for (size_t i = 0; i < value->nr; i++) {
		const struct yaml *key = &value->key[i];
		inner.host = &v[i];
		v[i] = (struct config_host){.name = key->text, .line = key->line, .column = key->column, .ask = true};
		if (read_host(&inner, &value->item[i]) < 0)
			return -1;
	}
	l->c->host = v;
	l->c->hosts = value->nr;
	l->c->hosts_at = (struct config_place){value->line, value->column};
	return 0;
}

int config_read_links(const struct loader *l, const struct yaml *value)
{
	static read_value *const inner[LINKS_KEYS] = {[LINKS_HOSTS] = read_hosts};
	const struct yaml *seen[LINKS_KEYS] = {0};
	if (config_is_null(value))
		return 0;
	if (value->kind != YAML_MAP)
		return config_wrong(l, value, "`links` must be a map with `hosts`");
	return config_read_keys(l, value, links_keys, inner, seen);
}
