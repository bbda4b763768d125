#include "lint/links/target.h"

#include <arpa/inet.h>

#include "core/base/unicode_host.h"
#include "core/base/utf8.h"
#include "core/ioc/address.h"
#include "core/ioc/defang.h"
#include "lint/links/target_path.h"

enum { LONGEST_URL = 8192, LONGEST_NAME = 253, LONGEST_LABEL = 63 };

/* The URL's parts, as they are written. */
struct written {
	struct str scheme, host, port, path_and_query, fragment;
	bool literal; /* the host was in brackets */
};

/* C0 and C1, spaces among them: a client may end the URL there, or forge a line with it. */
static bool holds_control(struct str s)
{
	for (size_t i = 0; i < s.n;) {
		uint32_t c = utf8_next(s, &i);
		if (c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x2028 || c == 0x2029)
			return true;
	}
	return false;
}

/* Also marks that refang() does not read, because they stand behind the host: nobody means such a text to be asked for. */
static bool is_defanged(struct str url)
{
	static const char *const marks[] = {"[.", ".]", "(.)", "{.}", "[dot]", "(dot)", "[:]", "[://]", "[@]", "[at]"};
	struct spelling spelling = spelling_read(url);
	if (spelling.host.len && !spelling_is_live(&spelling))
		return true;
	for (size_t i = 0; i < url.n; i++)
		for (size_t m = 0; strchr("[({", url.p[i]) && m < ARRAY_SIZE(marks); m++)
			if (str_eq_nocase(str_slice(url, i, i + strlen(marks[m])), str_of(marks[m])))
				return true;
	return str_eq_nocase(str_slice(url, 0, 3), STR("hxx"));
}

static const char *check_text(struct str url)
{
	if (!url.n)
		return "malformed";
	if (url.n > LONGEST_URL)
		return "long";
	if (holds_control(url))
		return "control";
	if (utf8_check(url) < url.n)
		return "malformed";
	if (is_defanged(url))
		return "defanged";
	size_t backslash = str_find_byte(url, 0, '\\');
	return backslash < str_find_byte(url, 0, '#') ? "backslash" : NULL;
}

/* `[::1]:80`, `a.example:80`. */
static const char *split_authority(struct str s, struct written *w)
{
	w->literal = str_starts(s, STR("["));
	size_t end = str_find_byte(s, 0, w->literal ? ']' : ':');
	if (w->literal && end == s.n)
		return "host";
	w->host = str_slice(s, w->literal, end);
	struct str rest = str_from(s, end + w->literal);
	if (rest.n && rest.p[0] != ':')
		return "host";
	w->port = str_from(rest, 1);
	return NULL;
}

static const char *split(struct str url, struct written *w)
{
	size_t colon = str_find_byte(url, 0, ':');
	size_t fragment = str_find_byte(url, 0, '#');
	w->scheme = str_slice(url, 0, colon);
	if (!str_eq_nocase(w->scheme, STR("http")) && !str_eq_nocase(w->scheme, STR("https")))
		return "scheme";
	w->fragment = str_from(url, fragment + 1);
	url = str_slice(url, colon + 1, fragment);
	if (!str_starts(url, STR("//")))
		return "malformed";
	size_t end = 2;
	while (end < url.n && url.p[end] != '/' && url.p[end] != '?')
		end++;
	w->path_and_query = str_from(url, end);
	struct str authority = str_slice(url, 2, end);
	if (str_find_byte(authority, 0, '@') < authority.n)
		return "userinfo";
	return split_authority(authority, w);
}

static bool read_port(struct str written, bool https, unsigned *out)
{
	unsigned value = 0;
	for (size_t i = 0; i < written.n; i++) {
		if (written.p[i] < '0' || written.p[i] > '9')
			return false;
		value = value * 10 + (unsigned)(written.p[i] - '0');
		if (value > 65535)
			return false;
	}
	*out = written.n ? value : https ? 443 : 80;
	return *out > 0;
}

static struct str address_text(struct arena *a, int family, const unsigned char *bytes)
{
	char text[INET6_ADDRSTRLEN];
	return arena_str(a, str_of(inet_ntop(family, bytes, text, sizeof(text))));
}

/* Does it end in a number? Then it is an IPv4 address, or nothing (WHATWG URL, "ends in a number"). */
static bool ends_in_number(struct str name)
{
	size_t from = name.n;
	while (from > 0 && name.p[from - 1] != '.')
		from--;
	struct str label = str_from(name, from);
	bool hex = str_starts(label, STR("0x"));
	for (size_t i = hex ? 2 : 0; i < label.n; i++)
		if (!strchr(hex ? "0123456789abcdef" : "0123456789", label.p[i]))
			return false;
	return label.n > 0;
}

static bool is_name(struct str name)
{
	struct str label;
	if (!name.n || name.n > LONGEST_NAME)
		return false;
	while (str_split(&name, '.', &label)) {
		if (!label.n || label.n > LONGEST_LABEL)
			return false;
		for (size_t i = 0; i < label.n; i++)
			if (!label.p[i] || !strchr("abcdefghijklmnopqrstuvwxyz0123456789-_", label.p[i]))
				return false;
	}
	return true;
}

static const char *read_name(struct arena *a, struct str written, struct link_target *out)
{
	unsigned char bytes[4];
	/* Some readers decode it, and would find another host than others. */
	if (unicode_host_hides(written) || str_find_byte(written, 0, '%') < written.n)
		return "hidden";
	/* Mapping gives what is no letter, too: `／` becomes a slash. */
	struct str name = unicode_host_ascii(a, written);
	if (str_ends(name, STR(".")))
		name.n--;
	if (!is_name(name))
		return "host";
	out->host = name;
	if (!ends_in_number(name))
		return NULL;
	out->is_address = address_v4_loose(name, bytes);
	out->host = out->is_address ? address_text(a, AF_INET, bytes) : name;
	return out->is_address ? NULL : "host";
}

static const char *read_host(struct arena *a, const struct written *w, struct link_target *out)
{
	unsigned char bytes[16];
	if (!w->literal)
		return read_name(a, w->host, out);
	out->is_address = address_v6(w->host, bytes);
	out->host = out->is_address ? address_text(a, AF_INET6, bytes) : w->host;
	return out->is_address ? NULL : "host";
}

static struct str make(struct arena *a, const struct written *w, const struct link_target *t,
                       void (*add)(struct buf *, struct str))
{
	struct buf b = {0};
	buf_printf(&b, w->literal ? "%.*s://[%.*s]" : "%.*s://%.*s", STR_ARG(t->scheme), STR_ARG(t->host));
	if (t->port_number != (t->https ? 443 : 80))
		buf_printf(&b, ":%u", t->port_number);
	add(&b, w->path_and_query);
	struct str out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}

const char *link_target_read(struct arena *a, struct str url, struct link_target *out)
{
	struct written w = {0};
	struct link_target t = {0};
	const char *refusal = check_text(url);
	*out = t;
	if (!refusal)
		refusal = split(url, &w);
	if (!refusal)
		refusal = read_host(a, &w, &t);
	if (refusal)
		return refusal;
	t.https = w.scheme.n == 5;
	t.scheme = t.https ? STR("https") : STR("http");
	if (!read_port(w.port, t.https, &t.port_number))
		return "port";
	t.port = arena_printf(a, "%u", t.port_number);
	t.fragment = w.fragment;
	t.request = make(a, &w, &t, target_path_add);
	t.key = make(a, &w, &t, target_path_add_key);
	if (t.request.n > LONGEST_URL || t.key.n > LONGEST_URL)
		return "long";
	/* `[://./]` in a path. */
	if (is_defanged(t.request))
		return "defanged";
	*out = t;
	return NULL;
}
