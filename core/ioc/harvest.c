#include "core/ioc/harvest.h"

#include "core/ioc/address.h"
#include "core/ioc/fang.h"
#include "core/ioc/harvest_text.h"
#include "core/ioc/plain.h"

void harvest_add(struct live_text *t, struct str host)
{
	struct harvest *out = t->out;
	if (!host.n)
		return;
	out->v = arena_grow(t->a, out->v, out->nr, &out->cap, sizeof(*out->v));
	out->v[out->nr++] = host;
}

/* ---- addresses ---- */

/* `/24` at `i`, behind the addresses that were found since there were `known`. */
static void add_ranges(struct live_text *t, size_t known, size_t i)
{
	unsigned char bytes[16];
	i = skip(t->s, i, is_look);
	size_t n = str_starts(str_from(t->s, i), STR("[/]")) ? 3 : str_starts(str_from(t->s, i), STR("/"));
	size_t end = skip(t->s, i + n, is_digit), all = t->out->nr;
	if (!n || end == i + n || end - i - n > 3)
		return;
	for (size_t k = known; k < all; k++) {
		struct str address = t->out->v[k];
		if (address_v4(address, bytes) || address_v6(address, bytes))
			harvest_add(t, arena_printf(t->a, "%.*s/%.*s", STR_ARG(address), STR_ARG(str_slice(t->s, i + n, end))));
	}
}

/* ---- runs of what hosts are made of ---- */

static bool is_run_byte(char c)
{
	return is_alnum(c) || (unsigned char)c >= 0x80 || is_one_of("-_.:@", c);
}

/* A host with its port, and whatever stands before it with a colon. */
static void add_host(struct live_text *t, struct str s)
{
	struct str piece, rest = s;
	size_t colon = str_find_byte(s, 0, ':');
	bool marked = false;
	if (str_find_byte(s, colon + 1, ':') < s.n)
		harvest_add_v6(t, s);
	while (str_split(&rest, ':', &piece))
		marked |= live_holds_mark(t, piece);
	for (rest = s; str_split(&rest, ':', &piece);)
		if (!marked || live_holds_mark(t, piece))
			harvest_add_name(t, piece);
}

/* What is in front of an at sign is a user, but for what is defanged itself. `whole`: all of it is meant. */
static void add_run(struct live_text *t, struct str s, bool whole)
{
	for (size_t i = 0, end; i < s.n; i = end) {
		end = str_find_byte(s, i + 1, '@');
		struct str part = str_slice(s, i, end);
		if (live_holds_mark(t, part) || (whole && end == s.n))
			add_host(t, str_from(part, *part.p == '@'));
	}
}

static void add_marked(struct live_text *t)
{
	size_t end = 0;
	for (size_t i = 0; i < t->marks; i++) {
		size_t from = t->mark[i], known = t->out->nr;
		if (from < end)
			continue;
		while (from > end && is_run_byte(t->s.p[from - 1]))
			from--;
		end = skip(t->s, from, is_run_byte);
		add_run(t, str_slice(t->s, from, end), false);
		bool path = from >= 2 && memcmp(t->s.p + from - 2, "//", 2) == 0;
		if (path)
			continue;
		add_ranges(t, known, end);
		harvest_add_until(t, str_slice(t->s, from, end), end);
	}
}

/* ---- schemes ---- */

static void add_authority(struct live_text *t, size_t from)
{
	while (from < t->s.n && is_one_of("[*.", t->s.p[from]))
		from++;
	size_t end = skip(t->s, from, is_alnum);
	/* `hxxp://3232235777/` */
	bool literal = from && t->s.p[from - 1] == '[';
	if (!literal && end > from && is_digit(t->s.p[from]) && (end == t->s.n || t->s.p[end] != '.'))
		harvest_add(t, str_slice(t->s, from, end));
	add_run(t, str_slice(t->s, from, skip(t->s, from, is_run_byte)), true);
}

static bool is_live_scheme(struct str s)
{
	static const char *const schemes[] = {
		"ftp",    "ftps",   "sftp",  "tftp",   "ws",     "wss",    "ssh",    "git",      "svn",
		"file",   "ldap",   "ldaps", "rmi",    "dns",    "smb",    "nfs",    "rdp",      "rtsp",
		"rtmp",   "tcp",    "udp",   "tls",    "imap",   "imaps",  "pop3",   "smtp",     "smtps",
		"telnet", "irc",    "mqtt",  "mqtts",  "amqp",   "redis",  "mysql",  "mongodb",  "chrome",
		"edge",   "brave",  "opera", "about",  "tg",     "slack",  "vscode", "zoommtg",  "steam",
		"market", "intent", "ipfs",  "s3",     "gs",     "gopher", "dict",   "docker",   "oci",
		"rsync",  "vnc",    "sip",   "webcal", "mailto", "app",    "feed",   "postgres", "postgresql",
	};
	/* `URLhttps` */
	static const char *const ends[] = {"http", "https"};
	for (size_t i = 0; i < ARRAY_SIZE(schemes); i++)
		if (str_eq_nocase(s, str_of(schemes[i])))
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		size_t n = strlen(ends[i]);
		if (s.n >= n && str_eq_nocase(str_from(s, s.n - n), str_of(ends[i])))
			return true;
	}
	return false;
}

/* `meow://`: a word that is no scheme, before a colon at `colon`; or a part of one, behind a bracket. */
static bool is_crippled(const struct live_text *t, size_t colon)
{
	size_t from = colon;
	while (from > 0 && (is_alnum(t->s.p[from - 1]) || is_one_of("*.-_", t->s.p[from - 1])))
		from--;
	struct str word = trim(str_slice(t->s, from, colon), "*.-_");
	if (live_holds_mark(t, str_slice(t->s, from, colon + 1)))
		return true;
	return word.n ? !is_live_scheme(word) : from && t->s.p[from - 1] == ']';
}

/* `hxxp:\\`, `https[://]`: what only values have elsewhere. */
static size_t slipped_opening(struct str s)
{
	struct opening o = opening_read(s, true);
	bool brackets = false;
	if (!o.defanged || !o.live)
		return 0;
	for (size_t i = o.scheme; i < o.length; i++)
		brackets |= s.p[i] == '[' || s.p[i] == '(' || s.p[i] == '{';
	return brackets || !str_eq_nocase(str_slice(s, 0, o.scheme), str_of(o.live)) ? o.length : 0;
}

/* `hxxp:evil.com`, `hxxps//evil.com`: whatever stands for its colon and slashes. */
static size_t crippled_http(struct str s, size_t i)
{
	struct str word = str_slice(s, i, i + 4);
	if (!str_eq_nocase(word, STR("hxxp")) && !str_eq_nocase(word, STR("hxtp")) && !str_eq_nocase(word, STR("htxp")))
		return 0;
	size_t n = i + 4 < s.n && (s.p[i + 4] | 0x20) == 's' ? 5 : 4, from = n;
	while (i + n < s.n && is_one_of(":/\\[](){} `", s.p[i + n]))
		n++;
	return n > from ? n : 0;
}

static void add_schemes(struct live_text *t)
{
	static const struct str separator = STR_INIT("://");
	for (size_t i = 0, n; i < t->s.n; i++) {
		char c = t->s.p[i];
		if (c == ':' && str_starts(str_from(t->s, i), separator) && is_crippled(t, i))
			add_authority(t, i + separator.n);
		else if ((n = crippled_http(t->s, i)))
			add_authority(t, i + n);
		else if (is_one_of("hHmMfFwWxXtTsS", c) && !(i && is_alnum(t->s.p[i - 1])) &&
		         (n = slipped_opening(str_from(t->s, i))))
			add_authority(t, i + n);
	}
}

/* ---- 192,0,2,1 ---- */

static size_t octets_end(struct str s, size_t i)
{
	for (int octet = 0; octet < 4; octet++) {
		size_t from = i;
		i = skip(s, i, is_digit);
		if (i == from || i - from > 3 || (octet < 3 && (i >= s.n || s.p[i++] != ',')))
			return 0;
	}
	return i;
}

static void add_with_commas(struct live_text *t)
{
	struct str s = t->s;
	for (size_t i = str_find_byte(s, 0, ','); i < s.n; i = str_find_byte(s, i + 1, ',')) {
		size_t from = i;
		while (from > 0 && is_digit(s.p[from - 1]))
			from--;
		size_t end = from < i ? octets_end(s, from) : 0;
		if (!end || (from && is_one_of(",.", s.p[from - 1])) || (end < s.n && (is_alnum(s.p[end]) || s.p[end] == ',')))
			continue;
		char *address = arena_strdup(t->a, arena_str(t->a, str_slice(s, from, end)).p);
		for (char *p = address; *p; p++)
			*p = *p == ',' ? '.' : *p;
		harvest_add(t, str_of(address));
	}
}

/* ---- all of it ---- */

void harvest_text(struct arena *a, struct str text, struct harvest *out)
{
	struct live_text t = live_read(a, ioc_plain(a, text), out);
	add_marked(&t);
	add_schemes(&t);
	add_with_commas(&t);
}
