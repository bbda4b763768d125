#include "lint/url_flaw.h"

#include "core/base/unicode.h"
#include "core/ioc/address.h"
#include "core/ioc/domain.h"
#include "core/ioc/url.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_hex(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* ---- hosts ---- */

/* Numbers with dots between them. */
static bool is_numeric(struct str host)
{
	for (size_t i = 0; i < host.n; i++)
		if (!is_digit(host.p[i]) && host.p[i] != '.')
			return false;
	return host.n > 0;
}

/* Browsers read 1.2.3 and 017.0.0.1 as addresses, but not these. */
static bool is_no_address(struct str host)
{
	struct str octet;
	unsigned octets = 0;
	bool large = false;
	while (str_split(&host, '.', &octet)) {
		octets++;
		large = large || octet.n > 3 || (octet.n == 3 && memcmp(octet.p, "255", 3) > 0);
	}
	return octets > 4 || (octets == 4 && large);
}

/* Networks of one's own, and names that programs look up in other ways. */
static bool is_special(struct str tld)
{
	static const char *const special[] = {"local", "localhost", "internal", "intranet", "corp",    "home",
	                                      "lan",   "private",   "test",     "example",  "invalid", "onion",
	                                      "i2p",   "bit",       "eth",      "alt"};
	for (size_t i = 0; i < ARRAY_SIZE(special); i++)
		if (str_eq_nocase(tld, str_of(special[i])))
			return true;
	return false;
}

/* `-example.com`: no name that can be registered begins or ends with a hyphen. */
static bool has_loose_hyphen(struct str host, struct str *part)
{
	struct str label;
	while (str_split(&host, '.', &label)) {
		*part = label;
		if (label.n && (label.p[0] == '-' || label.p[label.n - 1] == '-'))
			return true;
	}
	return false;
}

static enum url_flaw host_flaw(struct str host, bool meant, struct str *part)
{
	enum { LONGEST_LABEL = 63 };
	*part = host;
	/* Names in other scripts are for lookalike-link, and exotic hyphens for the rule about them. */
	for (size_t i = 0; i < host.n; i++)
		if ((unsigned char)host.p[i] >= 0x80 || host.p[i] == '[')
			return URL_SOUND;
	if (is_numeric(host))
		return is_no_address(host) ? URL_OCTETS : URL_SOUND;
	if (str_find_byte(host, 0, '.') == host.n)
		return meant && !is_special(host) ? URL_NO_DOT : URL_SOUND;
	switch (domain_flaw(host, part)) {
	case FLAW_LABEL:
		return meant || !part->n || part->n > LONGEST_LABEL ? URL_LABEL : URL_SOUND;
	case FLAW_TLD:
		return is_special(*part) ? URL_SOUND : URL_TLD;
	default:
		return meant && has_loose_hyphen(host, part) ? URL_LABEL : URL_SOUND;
	}
}

/* ---- what surrounds the host ---- */

static bool begins_twice(struct str rest)
{
	static const struct str again[] = {STR_INIT("https://"), STR_INIT("http://"), STR_INIT("https//"),
	                                   STR_INIT("http//")};
	for (size_t i = 0; i < ARRAY_SIZE(again); i++)
		if (str_eq_nocase(str_slice(rest, 0, again[i].n), again[i]))
			return true;
	return false;
}

static bool is_bad_port(struct str port, bool meant)
{
	unsigned long value = 0;
	for (size_t i = 0; i < port.n; i++) {
		if (!is_digit(port.p[i]))
			return meant;
		value = value > 65535 ? value : value * 10 + (unsigned long)(port.p[i] - '0');
	}
	return value > 65535;
}

/* The first `%` that begins no escape; s.n without one. */
static size_t bad_escape(struct str s)
{
	for (size_t i = str_find_byte(s, 0, '%'); i < s.n; i = str_find_byte(s, i + 1, '%'))
		if (i + 2 >= s.n || !is_hex(s.p[i + 1]) || !is_hex(s.p[i + 2]))
			return i;
	return s.n;
}

enum url_flaw url_flaw_of(struct str url, bool meant, struct span *part)
{
	struct url_parts parts;
	struct str label;
	if (!url_split(url, &parts))
		return URL_SOUND;
	struct str host = str_at(url, parts.host), path = str_at(url, parts.path);
	*part = parts.host;
	if (host.n && *host.p == '[' && str_find_byte(host, 0, ']') == host.n)
		return URL_LABEL;
	if (begins_twice(str_from(url, span_end(parts.scheme) + 3)))
		return URL_TWICE;
	enum url_flaw flaw = host_flaw(host, meant, &label);
	if (flaw != URL_SOUND) {
		/* An empty label is no place to point at. */
		if (label.n)
			*part = span_make((size_t)(label.p - url.p), (size_t)(label.p - url.p) + label.n);
		return flaw;
	}
	*part = parts.port;
	if (is_bad_port(str_at(url, parts.port), meant))
		return URL_PORT;
	size_t escape = bad_escape(path);
	*part = span_make(parts.path.off + escape, parts.path.off + (escape + 3 < path.n ? escape + 3 : path.n));
	return escape < path.n ? URL_ESCAPE : URL_SOUND;
}

/* ---- schemes ---- */

/* The word that a scheme is, in letters only; too long ones are none. */
static size_t word_length(struct str s)
{
	enum { LONGEST_WORD = 8 };
	size_t n = 0;
	while (n < s.n && is_letter(s.p[n]))
		n++;
	return n <= LONGEST_WORD ? n : 0;
}

/* One slip away from `scheme`; x and * are how schemes are defanged. */
static bool is_near(struct str word, struct str scheme, bool meant)
{
	bool cut = str_eq(word, str_from(scheme, 1));
	for (size_t i = 0; i < word.n; i++)
		if ((word.p[i] | 0x20) == 'x')
			return false;
	return (meant || !cut) && unicode_distance(word, scheme, 1) <= 1;
}

/* The bytes of a separator, right or wrong; 0 for none. */
static size_t separator_length(struct str s, bool *right)
{
	static const struct {
		const char *text;
		bool right;
	} separators[] = {{"://", true},    {":://", false}, {":;//", false},   {";//", false},
	                  {"：//", false},  {":s//", false}, {"：／／", false}, {":／／", false},
	                  {":\\\\", false}, {"//", false},   {":/", false}};
	for (size_t i = 0; i < ARRAY_SIZE(separators); i++) {
		if (!str_starts(s, str_of(separators[i].text)))
			continue;
		*right = separators[i].right;
		size_t n = strlen(separators[i].text);
		if (!*right || n >= s.n || s.p[n] != '/')
			return n;
		*right = false;
		while (n < s.n && s.p[n] == '/')
			n++;
		return n;
	}
	return 0;
}

/* Does a host follow, with a dot and letters behind it? */
static bool host_follows(struct str s)
{
	size_t dot = 0, i = 0;
	for (; i < s.n && (is_letter(s.p[i]) || is_digit(s.p[i]) || s.p[i] == '-' || s.p[i] == '.'); i++)
		if (s.p[i] == '.' && i)
			dot = i;
	return dot && dot + 2 < s.n && is_letter(s.p[dot + 1]) && is_letter(s.p[dot + 2]);
}

/*
 * Beginnings that no table of separators holds, as they are without blanks and in ASCII: `http:s//`, `h ttps://`, `ｈｔｔｐｓ://`.
 * How many bytes of `s` are one; 0 for none. For the target of a link only.
 */
static size_t garbled_length(struct str s, bool *secure)
{
	static const struct {
		const char *text;
		bool right, secure;
	} fronts[] = {{"https://", true, true},      {"http://", true, false},       {"http:s//", false, true},
	              {"https.//", false, true},     {"https./", false, true},       {"httpshttps://", false, true},
	              {"httphttps://", false, true}, {"httpshttp://", false, false}, {"httphttp://", false, false},
	              {"hptts://", false, true},     {"htpts://", false, true},      {"tthps://", false, true},
	              {"thtps://", false, true},     {"htpt://", false, false},      {"httsp://", false, true},
	              {"https:", false, true},       {"http:", false, false}};
	char front[16];
	size_t ends[16], n = 0;
	for (size_t i = 0; i < s.n && n < ARRAY_SIZE(front);) {
		static const char wide[] = "\xEF\xBC", wider[] = "\xEF\xBD";
		bool in_block = i + 2 < s.n && (!memcmp(s.p + i, wide, 2) || !memcmp(s.p + i, wider, 2));
		/* U+FF01 to U+FF5E are ASCII's from `!` on. */
		unsigned code =
			in_block ? ((unsigned)((unsigned char)s.p[i + 1] - 0xBC) * 64 + (unsigned char)s.p[i + 2] - 0x80) + 0x20
					 : (unsigned char)s.p[i];
		i += in_block ? 3 : 1;
		if (code == ' ' && !n)
			break;
		if (code == ' ')
			continue;
		front[n] = (char)(code >= 'A' && code <= 'Z' ? code | 0x20 : code);
		ends[n++] = i;
	}
	for (size_t k = 0; k < ARRAY_SIZE(fronts); k++) {
		struct str text = str_of(fronts[k].text);
		if (!str_starts((struct str){front, n}, text))
			continue;
		size_t end = ends[text.n - 1];
		*secure = fronts[k].secure;
		bool same = fronts[k].right && end == text.n;
		return same || !host_follows(str_from(s, end)) ? 0 : end;
	}
	return 0;
}

size_t url_misbegun(struct str s, bool *secure)
{
	size_t n = url_mistyped(s, true, secure);
	return n ? n : garbled_length(s, secure);
}

size_t url_mistyped(struct str s, bool meant, bool *secure)
{
	size_t n = word_length(s);
	struct str word = str_slice(s, 0, n);
	bool right = false, plain = str_eq_nocase(word, STR("http"));
	size_t separator = n ? separator_length(str_from(s, n), &right) : 0;
	*secure = str_eq_nocase(word, STR("https")) || (!plain && (word.p[n - (n > 0)] | 0x20) == 's');
	*secure = *secure || (separator && s.p[n + 1] == 's');
	if (!separator || (!meant && !host_follows(str_from(s, n + separator))))
		return 0;
	if (plain || str_eq_nocase(word, STR("https")))
		return right ? 0 : n + separator;
	bool near = is_near(word, STR("https"), meant) || is_near(word, STR("http"), meant);
	return near && (right || str_find(str_slice(s, n, n + separator), 0, STR("//")) < separator) ? n + separator : 0;
}
