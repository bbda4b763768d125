#include "core/ioc/indicator.h"

#include "core/ioc/address.h"
#include "core/ioc/defang.h"
#include "core/ioc/domain.h"
#include "core/ioc/fang.h"
#include "core/ioc/file.h"
#include "core/ioc/url.h"
#include "core/ioc/wallet.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alpha(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool all_of(struct str s, const char *chars)
{
	for (size_t i = 0; i < s.n; i++)
		if (!s.p[i] || !strchr(chars, s.p[i]))
			return false;
	return s.n > 0;
}

static bool all_digits(struct str s)
{
	return all_of(s, "0123456789");
}

/* A small number; `limit` + 1 where it is more, or none. */
static unsigned number(struct str s, unsigned limit)
{
	unsigned value = 0;
	if (!all_digits(s))
		return limit + 1;
	for (size_t i = 0; i < s.n; i++) {
		value = value * 10 + (unsigned)(s.p[i] - '0');
		if (value > limit)
			return limit + 1;
	}
	return value;
}

static void flaw(struct indicator *out, enum indicator_flaw what, struct str part)
{
	if (out->flaw)
		return;
	out->flaw = what;
	out->part = part;
}

static void check_port(struct indicator *out, struct str port)
{
	enum { HIGHEST = 65535 };
	if (!port.n)
		return;
	unsigned n = number(port, HIGHEST);
	out->port = true;
	if (!n || n > HIGHEST)
		flaw(out, FLAW_PORT, port);
}

/* How the labels of a host look. */
enum host_shape {
	HOST_NAME,
	HOST_OCTETS,  /* numbers, four or another count of them */
	HOST_NUMERIC, /* numbers in hexadecimal, cut off, with ranges: 185.0xA1.0xFB.58, 192.0.2.X, 192.0.2.1-9 */
};

static bool is_odd_octet(struct str label)
{
	if (str_eq_nocase(label, STR("x")) || str_eq_nocase(label, STR("xx")) || str_eq_nocase(label, STR("xxx")) ||
	    str_eq(label, STR("*")))
		return true;
	if (!label.n || !is_digit(*label.p))
		return false;
	for (size_t i = 0; i < label.n; i++)
		if (!is_digit(label.p[i]) && !strchr("xXabcdefABCDEF-", label.p[i]))
			return false;
	return true;
}

static enum host_shape shape_of(struct str host, size_t *labels, size_t *longest)
{
	struct str rest = host, label;
	enum host_shape shape = HOST_OCTETS;
	*labels = *longest = 0;
	while (str_split(&rest, '.', &label)) {
		++*labels;
		if (label.n > *longest)
			*longest = label.n;
		if (!is_odd_octet(label))
			shape = HOST_NAME;
		else if (shape == HOST_OCTETS && !all_digits(label))
			shape = HOST_NUMERIC;
	}
	/* 203.0.113-7: a dot became a hyphen. */
	if (shape == HOST_NUMERIC && *labels == 3 && all_of(host, "0123456789-."))
		shape = HOST_OCTETS;
	return shape;
}

static void check_octets(struct indicator *out, struct str host, size_t labels)
{
	struct str rest = host, label;
	if (labels != 4)
		flaw(out, FLAW_OCTET, host);
	while (str_split(&rest, '.', &label))
		if (number(label, 255) > 255 || (label.n > 1 && *label.p == '0'))
			flaw(out, FLAW_OCTET, label);
}

/* The host of something that has a scheme, or whose dots somebody defanged: it is one, right or wrong. */
static enum host_shape check_host(struct indicator *out, struct str host)
{
	size_t labels, longest;
	struct str part;
	if (host.n > 2 && *host.p == '[') {
		out->host = str_slice(host, 1, host.n - 1);
		out->host_is_address = true;
		out->range = address_range_of(out->host);
		if (!out->range)
			flaw(out, FLAW_OCTET, out->host);
		return HOST_OCTETS;
	}
	out->host = host;
	enum host_shape shape = shape_of(host, &labels, &longest);
	/* One label is a machine next door, or a number. */
	if (labels == 1 && host.n)
		return shape;
	if (shape == HOST_OCTETS) {
		check_octets(out, host, labels);
		out->host_is_address = true;
		out->range = address_range_of(host);
	} else if (shape == HOST_NAME) {
		enum indicator_flaw wrong = domain_flaw(host, &part);
		if (wrong)
			flaw(out, wrong, part);
	}
	return shape;
}

struct reading {
	struct arena *arena;
	struct str written;
	struct spelling spelling;
	struct indicator *out;
};

static bool read_url(struct reading *r)
{
	struct url_parts parts;
	if (!r->spelling.scheme || !url_split(r->out->live, &parts))
		return false;
	r->out->kind = INDICATOR_URL;
	check_host(r->out, str_at(r->out->live, parts.host));
	check_port(r->out, str_at(r->out->live, parts.port));
	return true;
}

static bool read_email(struct reading *r)
{
	struct str live = r->out->live;
	if (!r->spelling.at)
		return false;
	r->out->kind = INDICATOR_EMAIL;
	check_host(r->out, str_from(live, str_find_byte(live, 0, '@') + 1));
	return true;
}

static void check_prefix(struct indicator *out, struct str prefix, unsigned limit)
{
	if (prefix.n && number(prefix, limit) > limit)
		flaw(out, FLAW_PREFIX, prefix);
}

static bool read_v6(struct reading *r)
{
	struct str live = r->out->live;
	if (!r->spelling.colons)
		return false;
	if (*live.p == '[') {
		struct authority part = authority_split(live, 0, live.n);
		check_host(r->out, str_at(live, part.host));
		check_port(r->out, str_at(live, part.port));
	} else {
		size_t slash = str_find_byte(live, 0, '/');
		r->out->host = str_slice(live, 0, slash);
		r->out->host_is_address = true;
		r->out->range = address_range_of(r->out->host);
		if (!r->out->range)
			flaw(r->out, FLAW_OCTET, r->out->host);
		check_prefix(r->out, str_from(live, slash + 1), 128);
	}
	r->out->kind = INDICATOR_IPV6;
	return true;
}

/* Numbers and slashes: a prefix, or more ports. */
static bool is_numbers(struct str rest)
{
	for (size_t i = 0; i < rest.n; i++)
		if (!is_digit(rest.p[i]) && (rest.p[i] != '/' || i + 1 == rest.n))
			return false;
	return true;
}

static void settle_address(struct reading *r, struct str rest, bool port)
{
	r->out->kind = INDICATOR_IPV4;
	if (rest.n && is_numbers(rest) && rest.n <= 4 && !port)
		check_prefix(r->out, str_from(rest, 1), 32);
	else if (rest.n && !(port && is_numbers(rest)))
		r->out->kind = INDICATOR_URL;
}

/* "name.zip", "Name.2.7.zip": with a name between them it is a host. */
static bool is_short_name(struct str host)
{
	const char *last = memrchr(host.p, '.', host.n);
	const char *before = last ? memrchr(host.p, '.', (size_t)(last - host.p)) : NULL;
	return !before || all_digits((struct str){before + 1, (size_t)(last - before - 1)});
}

static void settle_name(struct reading *r, struct str host, struct str rest)
{
	bool file = file_has_extension(host);
	r->out->kind = rest.n ? INDICATOR_URL : INDICATOR_DOMAIN;
	if (rest.n || r->out->port)
		return;
	r->out->file_like = file && !r->out->flaw && is_short_name(host);
	/* What no domain can be, but a file. */
	if (file && r->out->flaw)
		*r->out = (struct indicator){.kind = INDICATOR_FILE, .live = r->out->live};
}

/* The index where the name of a host and its port end. */
static size_t authority_length(struct str live)
{
	struct tokens t = {.s = live, .whole = true};
	struct token k;
	while (token_next(&t, &k))
		;
	return t.i;
}

static bool forget(struct indicator *out)
{
	*out = (struct indicator){.live = out->live};
	return false;
}

/* A host, with a port, or with a path and so a URL. */
static bool read_host(struct reading *r)
{
	struct str live = r->out->live;
	bool defanged = r->spelling.live_dots < r->spelling.dots;
	size_t labels, longest, end = authority_length(live);
	if (!r->spelling.host.len || str_starts(live, STR("\\\\")))
		return false;
	struct authority part = authority_split(live, 0, end);
	struct str host = str_at(live, part.host), rest = str_from(live, end);
	enum host_shape shape = shape_of(host, &labels, &longest);
	/* 10.0.19045.1 is a version. */
	if (shape == HOST_NUMERIC || (shape == HOST_OCTETS && !defanged && (labels != 4 || longest > 3)))
		return forget(r->out);
	if (shape == HOST_NAME && !defanged && !domain_shaped(host))
		return forget(r->out);
	check_host(r->out, host);
	check_port(r->out, str_at(live, part.port));
	/* `総務@example.com`: whose mailbox it is does not make the host an attacker's. */
	if (part.user.len && !rest.n)
		r->out->kind = INDICATOR_EMAIL;
	else if (shape == HOST_OCTETS)
		settle_address(r, rest, part.port.len > 0);
	else
		settle_name(r, host, rest);
	return true;
}

static bool all_hex(struct str s, bool *letters)
{
	*letters = false;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]) && ((s.p[i] | 0x20) < 'a' || (s.p[i] | 0x20) > 'f'))
			return false;
		*letters |= !is_digit(s.p[i]);
	}
	return s.n > 0;
}

/* "3:AXGBicFlgVNhBGcL6wCrFQEv:AXGHsNhxLsr2C" */
static bool is_ssdeep(struct str s)
{
	struct str part;
	size_t parts = 0;
	for (; str_split(&s, ':', &part); parts++) {
		for (size_t i = 0; i < part.n; i++)
			if (!is_digit(part.p[i]) && (!parts || (!is_alpha(part.p[i]) && part.p[i] != '/' && part.p[i] != '+')))
				return false;
		if (part.n < (parts ? 6 : 1))
			return false;
	}
	return parts == 3;
}

static bool read_hash(struct reading *r)
{
	static const struct {
		size_t digits;
		const char *what;
	} lengths[] = {{32, "MD5"},     {40, "SHA-1"},    {56, "SHA-224"}, {62, "JARM"},
	               {64, "SHA-256"}, {70, "telfhash"}, {96, "SHA-384"}, {128, "SHA-512"}};
	enum { SHORTEST = 24, LONGEST = 160 };
	struct str s = r->out->live;
	bool letters, tlsh = s.n == 72 && (str_starts(s, STR("T1")));
	r->out->kind = INDICATOR_HASH;
	if (tlsh && all_hex(str_from(s, 2), &letters)) {
		r->out->what = "TLSH";
		return true;
	}
	if (all_hex(s, &letters) && letters) {
		for (size_t i = 0; i < ARRAY_SIZE(lengths); i++)
			if (lengths[i].digits == s.n)
				r->out->what = lengths[i].what;
		if (!r->out->what)
			flaw(r->out, FLAW_LENGTH, s);
		return r->out->what || (s.n >= SHORTEST && s.n <= LONGEST) || forget(r->out);
	}
	if (is_ssdeep(s)) {
		r->out->what = "ssdeep";
		return true;
	}
	return forget(r->out);
}

static bool read_wallet(struct reading *r)
{
	enum wallet_check check = wallet_read(r->out->live, &r->out->what);
	if (check == WALLET_NONE)
		return false;
	r->out->kind = INDICATOR_WALLET;
	if (check == WALLET_WRONG)
		flaw(r->out, FLAW_CHECKSUM, r->out->live);
	return true;
}

static bool read_cve(struct reading *r)
{
	struct str s = r->out->live, year = str_slice(s, 4, 8), serial = str_from(s, 9);
	if (!str_eq_nocase(str_slice(s, 0, 4), STR("CVE-")) || s.n < 13 || s.p[8] != '-')
		return false;
	if (!all_digits(year) || !all_digits(serial) || serial.n < 4 || serial.n > 7)
		return false;
	r->out->kind = INDICATOR_CVE;
	return true;
}

static bool read_asn(struct reading *r)
{
	struct str s = r->out->live;
	if (!str_eq_nocase(str_slice(s, 0, 2), STR("AS")) || s.n > 12 || !all_digits(str_from(s, 2)))
		return false;
	r->out->kind = INDICATOR_ASN;
	return true;
}

static bool read_registry(struct reading *r)
{
	if (!file_is_registry(r->out->live))
		return false;
	r->out->kind = INDICATOR_REGISTRY;
	return true;
}

/* `[.]` read as a dot where there is no host to tell that it is one. */
static struct str with_dots(struct arena *a, struct str s)
{
	if (str_find(s, 0, STR("[.]")) == s.n)
		return s;
	char *out = arena_array(a, char, s.n);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		bool dot = str_starts(str_from(s, i), STR("[.]"));
		out[n++] = dot ? '.' : s.p[i];
		i += dot ? 2 : 0;
	}
	return (struct str){out, n};
}

static bool read_path(struct reading *r)
{
	struct str live = with_dots(r->arena, r->out->live);
	if (!file_is_path(live))
		return false;
	r->out->live = live;
	r->out->kind = INDICATOR_PATH;
	return true;
}

static bool read_file(struct reading *r)
{
	enum { LONGEST_NAME = 255 };
	struct str live = with_dots(r->arena, r->out->live);
	if (live.n > LONGEST_NAME || !file_has_extension(live) || str_find_byte(live, 0, '/') < live.n ||
	    str_find(live, 0, STR("。")) < live.n || str_find(live, 0, STR("、")) < live.n)
		return false;
	r->out->live = live;
	r->out->kind = INDICATOR_FILE;
	return true;
}

/* Nothing defanged, and no top-level domain of it: a name all the same, if nothing better. */
static bool read_name(struct reading *r)
{
	struct str s = r->out->live, part;
	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]) && !is_alpha(s.p[i]) && s.p[i] != '-' && s.p[i] != '.')
			return false;
	if (!domain_shaped(s))
		return false;
	r->out->kind = INDICATOR_DOMAIN;
	r->out->host = s;
	flaw(r->out, domain_flaw(s, &part), part);
	return true;
}

/* What ends a sentence is no part of a value. */
static struct str without_stop(struct str s)
{
	static const struct str stops[] = {STR_INIT("。"), STR_INIT("、"), STR_INIT("，"), STR_INIT(",")};
	for (size_t i = 0; i < ARRAY_SIZE(stops); i++)
		if (str_ends(s, stops[i]))
			return str_trim_end(str_slice(s, 0, s.n - stops[i].n));
	return s;
}

void indicator_read(struct arena *a, struct str written, struct indicator *out)
{
	static bool (*const readers[])(struct reading *) = {
		read_url, read_email,    read_v6,   read_hash, read_wallet, read_cve,
		read_asn, read_registry, read_host, read_path, read_file,   read_name,
	};
	struct reading r = {.arena = a, .written = without_stop(str_trim(written)), .out = out};
	*out = (struct indicator){.live = r.written};
	r.spelling = refang_read(a, r.written, &out->live);
	for (size_t i = 0; out->live.n && i < ARRAY_SIZE(readers); i++)
		if (readers[i](&r))
			return;
}
