#include "lint/links/shown.h"

#include "core/base/buf.h"

static bool is_secret(struct str name)
{
	static const char *const words[] = {"token",   "secret",    "password", "passwd",     "pwd",  "apikey", "api_key",
	                                    "api-key", "signature", "session",  "credential", "auth", "jwt"};
	static const char *const names[] = {"key", "sig", "code", "sid", "access_key", "pass"};
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return true;
	for (size_t i = 0; i < name.n; i++)
		for (size_t k = 0; k < ARRAY_SIZE(words); k++)
			if (str_eq_nocase(str_slice(name, i, i + strlen(words[k])), str_of(words[k])))
				return true;
	return false;
}

static void add_parameters(struct buf *out, struct str query)
{
	struct str parameter;
	for (bool first = true; str_split(&query, '&', &parameter); first = false) {
		size_t equals = str_find_byte(parameter, 0, '=');
		struct str name = str_slice(parameter, 0, equals);
		buf_addz(out, first ? "?" : "&");
		buf_add(out, equals + 1 < parameter.n && is_secret(name) ? name : parameter);
		if (equals + 1 < parameter.n && is_secret(name))
			buf_addz(out, "=***");
	}
}

struct str link_shown(struct arena *a, struct str url)
{
	struct buf b = {0};
	size_t scheme = str_find(url, 0, STR("://")), from = scheme < url.n ? scheme + 3 : 0, end = from;
	size_t fragment = str_find_byte(url, 0, '#'), query = str_find_byte(str_slice(url, 0, fragment), 0, '?');
	while (end < url.n && !strchr("/?#", url.p[end]))
		end++;
	size_t user = from;
	for (size_t i = from; i < end; i++)
		if (url.p[i] == '@')
			user = i;
	buf_add(&b, str_slice(url, 0, from));
	buf_addz(&b, user > from ? "***" : "");
	buf_add(&b, str_slice(url, user, query));
	if (query < fragment)
		add_parameters(&b, str_slice(url, query + 1, fragment));
	buf_add(&b, str_from(url, fragment));
	struct str out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}
