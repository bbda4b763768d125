#include "core/ioc/canonical.h"

#include "core/base/unicode_host.h"
#include "core/ioc/address.h"
#include "core/ioc/defang.h"
#include "core/ioc/domain.h"
#include "core/ioc/url.h"

static const char hex_digits[] = "0123456789ABCDEF";

/* Text being made, in room that is enough: no byte becomes more than three. */
struct out {
	char *p;
	size_t n;
};

static bool is_unreserved(unsigned char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c && strchr("-._~", c));
}

/* What may stand in a path or a query as it is, and means something else when it is encoded. */
static bool is_delimiter(unsigned char c)
{
	return c && strchr("!$&'()*+,;=:@/?", c);
}

static int hex_value(char c)
{
	const char *hit = c ? strchr(hex_digits, c >= 'a' ? c - 'a' + 'A' : c) : NULL;
	return hit ? (int)(hit - hex_digits) : -1;
}

/* The byte that `%7e` at `i` stands for; -1: there is none. */
static int encoded_byte(struct str s, size_t i)
{
	if (i + 2 >= s.n || s.p[i] != '%')
		return -1;
	int high = hex_value(s.p[i + 1]), low = hex_value(s.p[i + 2]);
	return high < 0 || low < 0 ? -1 : high << 4 | low;
}

static void put_encoded(struct out *o, unsigned char c)
{
	o->p[o->n++] = '%';
	o->p[o->n++] = hex_digits[c >> 4];
	o->p[o->n++] = hex_digits[c & 0xF];
}

static struct str normal_encoding(struct arena *a, struct str s)
{
	struct out o = {arena_raw(a, 3 * s.n + 1), 0};
	for (size_t i = 0; i < s.n; i++) {
		int byte = s.p[i] == '%' ? encoded_byte(s, i) : -1;
		unsigned char c = byte < 0 ? (unsigned char)s.p[i] : (unsigned char)byte;
		if (is_unreserved(c) || (byte < 0 && is_delimiter(c)))
			o.p[o.n++] = (char)c;
		else
			put_encoded(&o, c);
		i += byte < 0 ? 0 : 2;
	}
	return (struct str){o.p, o.n};
}

/* Browsers read `\` in a path as `/`. */
static struct str with_slashes(struct arena *a, struct str path)
{
	char *p = arena_raw(a, path.n + 1);
	for (size_t i = 0; i < path.n; i++)
		p[i] = path.p[i] == '\\' ? '/' : path.p[i];
	return (struct str){p, path.n};
}

/* RFC 3986 §5.2.4, then without slashes at the end. `path` is empty or begins with `/`. */
static void put_path(struct out *o, struct str path)
{
	size_t from = o->n;
	struct str rest = str_from(path, 1), segment;
	while (path.n && str_split(&rest, '/', &segment)) {
		if (str_eq(segment, STR("..")))
			while (o->n > from && o->p[--o->n] != '/')
				;
		if (str_eq(segment, STR("..")) || str_eq(segment, STR(".")))
			continue;
		o->p[o->n++] = '/';
		memcpy(o->p + o->n, segment.p, segment.n);
		o->n += segment.n;
	}
	while (o->n > from && o->p[o->n - 1] == '/')
		o->n--;
}

static void put_query(struct out *o, struct str query)
{
	char before = '?';
	struct str part;
	while (str_split(&query, '&', &part)) {
		if (!part.n || url_is_tracker(part))
			continue;
		o->p[o->n++] = before;
		memcpy(o->p + o->n, part.p, part.n);
		o->n += part.n;
		before = '&';
	}
}

static struct str lower(struct arena *a, struct str s)
{
	struct str out = arena_str(a, s);
	char *p = (char *)(uintptr_t)out.p;
	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 0x20) : s.p[i];
	return out;
}

/* What is no ASCII must be asked for, and what is encoded may be anything. */
static struct str looked_up(struct arena *a, struct str host)
{
	struct out o = {arena_raw(a, host.n + 1), 0};
	bool foreign = false;
	for (size_t i = 0; i < host.n; i++) {
		int byte = encoded_byte(host, i);
		o.p[o.n] = byte < 0 ? host.p[i] : (char)byte;
		foreign |= (unsigned char)o.p[o.n++] >= 0x80;
		i += byte < 0 ? 0 : 2;
	}
	return foreign ? unicode_host_ascii(a, (struct str){o.p, o.n}) : lower(a, (struct str){o.p, o.n});
}

static bool is_name(struct str host)
{
	for (size_t i = 0; i < host.n; i++) {
		bool dot = host.p[i] == '.', edge = i == 0 || host.p[i - 1] == '.';
		if (dot ? edge : !is_unreserved((unsigned char)host.p[i]) || host.p[i] == '~')
			return false;
	}
	return str_find_byte(host, 0, '.') + 1 < host.n && !str_ends(host, STR(".")) && domain_shaped(host);
}

/* "" where it can be the host of no page. */
static struct str canonical_host(struct arena *a, struct str host)
{
	static const struct str none = {"", 0};
	unsigned char bytes[16];
	if (str_starts(host, STR("[")))
		return str_ends(host, STR("]")) && address_v6(str_slice(host, 1, host.n - 1), bytes) ? lower(a, host) : none;
	struct str name = looked_up(a, host);
	if (str_ends(name, STR(".")))
		name.n--;
	while (str_starts(name, STR("www.")) && is_name(str_from(name, 4)))
		name = str_from(name, 4);
	return address_v4(name, bytes) || is_name(name) ? name : none;
}

/* False: it is no port. */
static bool put_port(struct out *o, struct str port)
{
	while (str_starts(port, STR("0")))
		port = str_from(port, 1);
	for (size_t i = 0; i < port.n; i++)
		if (port.p[i] < '0' || port.p[i] > '9')
			return false;
	if (!port.n || str_eq(port, STR("80")) || str_eq(port, STR("443")))
		return true;
	o->p[o->n++] = ':';
	memcpy(o->p + o->n, port.p, port.n);
	o->n += port.n;
	return true;
}

static struct str with_scheme(struct arena *a, struct str written)
{
	struct str scheme = STR("https://");
	char *p = arena_raw(a, scheme.n + written.n);
	memcpy(p, scheme.p, scheme.n);
	if (written.n)
		memcpy(p + scheme.n, written.p, written.n);
	return (struct str){p, scheme.n + written.n};
}

/* False: it is no URL of the web. */
static bool split_web(struct arena *a, struct str written, struct str *live, struct url_parts *parts)
{
	*live = refang(a, written);
	if (!url_split(*live, parts)) {
		*live = refang(a, with_scheme(a, written));
		/* `a@example.com` is no URL. */
		if (!url_split(*live, parts) || parts->user.len)
			return false;
	}
	struct str scheme = str_at(*live, parts->scheme), path = str_at(*live, parts->path);
	return (str_eq(scheme, STR("https")) || str_eq(scheme, STR("http"))) && (!path.n || strchr("/\\", *path.p));
}

/* Most are written as they are compared, but for their ends: a name, and a path of unreserved characters without dots to resolve. */
static bool is_plain(struct str s, size_t host, size_t *path)
{
	size_t i = host;
	while (i < s.n &&
	       ((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '.' || s.p[i] == '-'))
		i++;
	*path = i;
	if (i == host || (i < s.n && s.p[i] != '/'))
		return false;
	while (i < s.n && (s.p[i] == '/' || is_unreserved((unsigned char)s.p[i])) && !(s.p[i] == '.' && s.p[i - 1] == '/'))
		i++;
	return i == s.n;
}

static struct str plain_canonical(struct arena *a, struct str host, struct str path)
{
	host = canonical_host(a, host);
	while (str_ends(path, STR("/")))
		path.n--;
	char *p = arena_raw(a, host.n + path.n);
	memcpy(p, host.p, host.n);
	if (path.n)
		memcpy(p + host.n, path.p, path.n);
	return (struct str){host.n ? p : "", host.n ? host.n + path.n : 0};
}

struct str url_canonical(struct arena *a, struct str written)
{
	static const struct str none = {"", 0};
	struct str live;
	struct url_parts parts;
	size_t begin = str_starts(written, STR("https://")) ? 8 : str_starts(written, STR("http://")) ? 7 : 0, path;
	if (begin && is_plain(written, begin, &path))
		return plain_canonical(a, str_slice(written, begin, path), str_from(written, path));
	if (!split_web(a, str_trim(written), &live, &parts))
		return none;
	struct str host = canonical_host(a, str_at(live, parts.host));
	struct out o = {arena_raw(a, host.n + 3 * live.n + 8), host.n};
	memcpy(o.p, host.p, host.n);
	if (!host.n || !put_port(&o, str_at(live, parts.port)))
		return none;
	put_path(&o, normal_encoding(a, with_slashes(a, str_at(live, parts.path))));
	put_query(&o, normal_encoding(a, str_at(live, parts.query)));
	struct str fragment = normal_encoding(a, str_at(live, parts.fragment));
	if (str_starts(fragment, STR("!")) && fragment.n > 1) {
		o.p[o.n++] = '#';
		memcpy(o.p + o.n, fragment.p, fragment.n);
		o.n += fragment.n;
	}
	return (struct str){o.p, o.n};
}
