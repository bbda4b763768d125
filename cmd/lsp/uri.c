#include "cmd/lsp/uri.h"

#include "core/base/buf.h"

static int digit(char c)
{
	const char *digits = "0123456789abcdefABCDEF", *found = memchr(digits, c, strlen(digits));
	int value = found ? (int)(found - digits) : -1;
	return value < 16 ? value : value - 6;
}

/* NULL for what cannot be in a path. */
static const char *decode(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.n + 1), *to = out;
	for (size_t i = 0; i < s.n; i++) {
		int high = s.p[i] == '%' && i + 2 < s.n ? digit(s.p[i + 1]) : -1, low = high < 0 ? -1 : digit(s.p[i + 2]);
		*to = low < 0 ? s.p[i] : (char)(high * 16 + low);
		i += low < 0 ? 0 : 2;
		if (!*to++)
			return NULL;
	}
	return out;
}

const char *uri_path(struct arena *a, struct str uri)
{
	if (!str_eq_nocase(str_slice(uri, 0, 7), STR("file://")))
		return NULL;
	struct str rest = str_from(uri, 7);
	size_t slash = str_find_byte(rest, 0, '/'), end = slash;
	struct str host = str_slice(rest, 0, slash);
	while (end < rest.n && rest.p[end] != '?' && rest.p[end] != '#')
		end++;
	if (slash == rest.n || (host.n && !str_eq_nocase(host, STR("localhost"))))
		return NULL;
	return decode(a, str_slice(rest, slash, end));
}

struct str uri_of(struct arena *a, const char *path)
{
	struct buf out = {0};
	buf_addz(&out, "file://");
	for (const char *c = path; *c; c++) {
		bool plain =
			(*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || strchr("/-._~", *c);
		if (plain)
			buf_addc(&out, *c);
		else
			buf_printf(&out, "%%%02X", (unsigned)(unsigned char)*c);
	}
	struct str uri = arena_str(a, buf_str(&out));
	buf_release(&out);
	return uri;
}
