#include "cmd/export/export.h"

#include <string.h>

#include "core/base/unicode_host.h"

/* Brackets belong to the host alone. */
static bool wants_escape(char c, bool in_path)
{
	return c <= ' ' || c >= 0x7f || strchr(in_path ? "\"<>\\^`{|}[]" : "\"<>\\^`{|}", c);
}

struct str export_url(struct arena *a, struct str url)
{
	struct buf out = {0};
	size_t scheme = str_find(url, 0, STR("://"));
	size_t path = str_find_byte(url, scheme < url.n ? scheme + 3 : 0, '/');
	for (size_t i = 0; i < url.n; i++) {
		if (wants_escape(url.p[i], i > path))
			buf_printf(&out, "%%%02X", (unsigned char)url.p[i]);
		else
			buf_addc(&out, url.p[i]);
	}
	struct str text = arena_str(a, buf_str(&out));
	buf_release(&out);
	return text;
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

struct str export_host(struct arena *a, struct str value, struct str *host)
{
	struct str ascii = is_ascii(*host) ? STR("") : unicode_host_ascii(a, *host);
	if (!ascii.n)
		return value;
	size_t at = (size_t)(host->p - value.p);
	struct str rest = str_from(value, at + host->n);
	value = arena_printf(a, "%.*s%.*s%.*s", (int)at, value.p, STR_ARG(ascii), STR_ARG(rest));
	*host = str_slice(value, at, at + ascii.n);
	return value;
}
