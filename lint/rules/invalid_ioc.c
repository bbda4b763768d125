#include "core/base/unicode.h"
#include "core/base/unicode_host.h"
#include "lint/check.h"
#include "lint/ioc_cell.h"

/* Names that are resolved in other ways than by the root servers. */
static bool is_other_root(struct str tld)
{
	static const struct str names[] = {
		STR_INIT("onion"),  STR_INIT("i2p"),     STR_INIT("eth"),      STR_INIT("sol"),       STR_INIT("bit"),
		STR_INIT("crypto"), STR_INIT("bazar"),   STR_INIT("coin"),     STR_INIT("emc"),       STR_INIT("lib"),
		STR_INIT("hns"),    STR_INIT("ton"),     STR_INIT("loki"),     STR_INIT("nft"),       STR_INIT("wallet"),
		STR_INIT("x"),      STR_INIT("local"),   STR_INIT("internal"), STR_INIT("lan"),       STR_INIT("home"),
		STR_INIT("corp"),   STR_INIT("arpa"),    STR_INIT("intra"),    STR_INIT("private"),   STR_INIT("test"),
		STR_INIT("tld"),    STR_INIT("example"), STR_INIT("invalid"),  STR_INIT("localhost"), STR_INIT("localdomain"),
	};
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (str_eq_nocase(tld, names[i]))
			return true;
	return false;
}

/* The types in whose cells each flaw is one. In others the value may be right as it is: a version, a package, a session. */
static bool is_flaw_of_type(const struct ioc_cell *cell)
{
	enum ioc_word type = cell->type;
	bool none = !cell->row->type.len, url = type == IOC_TYPE_URL && cell->is.kind == INDICATOR_URL;
	bool dotted = cell->spelling.dots > cell->spelling.live_dots || cell->spelling.scheme;
	switch (cell->is.flaw) {
	case FLAW_OCTET:
	case FLAW_PREFIX:
		return type == IOC_TYPE_ADDRESS || url || (none && dotted);
	case FLAW_PORT:
		return type == IOC_TYPE_ADDRESS || type == IOC_TYPE_DOMAIN || type == IOC_TYPE_URL || (none && dotted);
	case FLAW_TLD:
		return (type == IOC_TYPE_DOMAIN || url || type == IOC_TYPE_EMAIL) && !is_other_root(cell->is.part);
	case FLAW_LABEL:
		return type == IOC_TYPE_DOMAIN || url || type == IOC_TYPE_EMAIL;
	case FLAW_LENGTH:
		return type == IOC_TYPE_HASH;
	case FLAW_CHECKSUM:
		return type == IOC_TYPE_WALLET;
	case FLAW_NONE:
		break;
	}
	return false;
}

/* A slip of one letter, or a name that nobody ever meant to resolve: a forged sender, a package. */
static bool is_slip(struct str tld)
{
	static const struct str common[] = {
		STR_INIT("com"),   STR_INIT("net"),     STR_INIT("org"),   STR_INIT("info"),    STR_INIT("biz"),
		STR_INIT("xyz"),   STR_INIT("top"),     STR_INIT("site"),  STR_INIT("online"),  STR_INIT("shop"),
		STR_INIT("store"), STR_INIT("club"),    STR_INIT("live"),  STR_INIT("cloud"),   STR_INIT("space"),
		STR_INIT("tech"),  STR_INIT("website"), STR_INIT("app"),   STR_INIT("dev"),     STR_INIT("social"),
		STR_INIT("icu"),   STR_INIT("fun"),     STR_INIT("work"),  STR_INIT("link"),    STR_INIT("life"),
		STR_INIT("world"), STR_INIT("email"),   STR_INIT("click"), STR_INIT("digital"), STR_INIT("host"),
	};
	for (size_t i = 0; i < ARRAY_SIZE(common); i++)
		if (unicode_distance(tld, common[i], 1) <= 1)
			return true;
	return false;
}

static void tell(struct check *c, struct span at, struct str value, const struct indicator *is)
{
	struct str part = is->part;
	struct finding *f;
	switch (is->flaw) {
	case FLAW_OCTET:
		if (part.n == is->host.n)
			report(c, at, "`%.*s` is no IP address", STR_ARG(value));
		else
			report(c, at, "`%.*s` is no IP address: `%.*s` cannot be a part of one", STR_ARG(value), STR_ARG(part));
		return;
	case FLAW_PORT:
		report(c, at, "there is no port `%.*s`", STR_ARG(part));
		return;
	case FLAW_PREFIX:
		report(c, at, "no network has a prefix of `%.*s` bits", STR_ARG(part));
		return;
	case FLAW_TLD:
		f = report(c, at, "`%.*s` is no host: there is no top-level domain `%.*s`", STR_ARG(is->host), STR_ARG(part));
		if (!is_slip(part))
			weigh(c, f, SEVERITY_WARNING);
		return;
	case FLAW_LABEL:
		if (!part.n)
			report(c, at, "`%.*s` is no host: a part of its name is empty", STR_ARG(is->host));
		else
			report(c, at, "`%.*s` is no host: `%.*s` cannot be a part of a name", STR_ARG(is->host), STR_ARG(part));
		return;
	case FLAW_LENGTH:
		report(c, at, "no hash has %zu hexadecimal digits; MD5 has 32, SHA-1 40, SHA-256 64", is->live.n);
		return;
	case FLAW_CHECKSUM:
		report(c, at, "there is no such address: its checksum is wrong");
		return;
	case FLAW_NONE:
		break;
	}
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* As long as a hash, and nearly one: the index of the digit that is none. s.n: it is nothing of the kind. */
static size_t bad_digit(struct str s)
{
	size_t bad = s.n;
	if (s.n != 32 && s.n != 40 && s.n != 64 && s.n != 128)
		return s.n;
	for (size_t i = 0; i < s.n; i++) {
		if (is_hex(s.p[i]))
			continue;
		/* More than one, and it is a name in another alphabet. */
		if (bad < s.n || !((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z'))
			return s.n;
		bad = i;
	}
	return bad;
}

/* `evil sample[.]com`: without its blanks it would be the address that the type says. */
static bool is_torn(struct arena *a, const struct ioc_cell *cell)
{
	struct str s = cell->written;
	char *joined = arena_array(a, char, s.n + 1);
	struct indicator is;
	size_t n = 0;
	if (str_find_byte(s, 0, ' ') == s.n || str_find(s, 0, STR("[.]")) == s.n)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		/* Words between two addresses. */
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
		if (s.p[i] != ' ')
			joined[n++] = s.p[i];
	}
	indicator_read(a, (struct str){joined, n}, &is);
	return !is.flaw && ((cell->type == IOC_TYPE_DOMAIN && is.kind == INDICATOR_DOMAIN) ||
	                    (cell->type == IOC_TYPE_URL && is.kind == INDICATOR_URL) ||
	                    (cell->type == IOC_TYPE_ADDRESS && is.kind == INDICATOR_IPV4));
}

/* `185[.]0xA1[.]0xFB[.]58`, `192[.]0[.]2[.]X`, `192[.]0[.]2[.]1-9`: numbers, meant as they are. */
static bool is_disguised(struct str s)
{
	bool marked = false;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_hex(s.p[i]) && !strchr("xX.[](){}*-~:/?", s.p[i]))
			return false;
		marked = marked || strchr("xX*-~?", s.p[i]);
	}
	return marked && str_find_byte(s, 0, '.') < s.n;
}

/* Is a value of this type one that programs read, and nothing else? */
static bool is_for_programs(enum ioc_word type)
{
	return type == IOC_TYPE_ADDRESS || type == IOC_TYPE_URL || type == IOC_TYPE_DOMAIN || type == IOC_TYPE_EMAIL ||
	       type == IOC_TYPE_HASH || type == IOC_TYPE_WALLET;
}

/* There are more coins than programs know: an address of one that nobody listed is none that is wrong. */
static bool may_be_wallet(struct str s)
{
	enum { SHORTEST = 24, BITCOIN_LONGEST = 35, MONERO = 95 };
	bool base58 = true;
	for (size_t i = 0; i < s.n; i++) {
		bool letter = (s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z';
		if (!letter && !(s.p[i] >= '0' && s.p[i] <= '9') && !strchr("_-:", s.p[i]))
			return false;
		base58 = base58 && !strchr("0OIl", s.p[i]);
	}
	if (s.n < SHORTEST || str_find(s, 0, STR("0x")) == 0)
		return false;
	/* Those of Bitcoin and Monero are known by their first digit and their length. */
	bool bitcoin = strchr("13", *s.p) && s.n <= BITCOIN_LONGEST, monero = *s.p == '4' && s.n + 1 == MONERO;
	return !monero && (base58 || !bitcoin);
}

/* JA4, base64, a name in front, nothing but digits: programs that make such hashes read them. */
static bool may_be_hash(struct str s)
{
	enum { SHORTEST = 24 };
	bool other = str_ends(s, STR("=")), hex = true;
	for (size_t i = 0; i < s.n; i++) {
		bool letter = (s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z';
		if (!letter && !(s.p[i] >= '0' && s.p[i] <= '9') && !strchr("_-:+/=", s.p[i]))
			return false;
		other = other || strchr("_:-", s.p[i]);
		hex = hex && is_hex(s.p[i]);
	}
	return s.n >= SHORTEST && (other || hex);
}

/* Neither what its type says nor anything else that can be named. */
static bool is_unreadable(const struct ioc_cell *cell)
{
	if (!is_for_programs(cell->type) || ioc_is_machine(cell) || ioc_is_stand_in(cell) || ioc_is_link(cell))
		return false;
	if (cell->type == IOC_TYPE_HASH && may_be_hash(cell->written))
		return false;
	if (cell->type == IOC_TYPE_WALLET && may_be_wallet(cell->written))
		return false;
	/* A path may be a URL's. */
	if (cell->type == IOC_TYPE_URL && *cell->written.p == '/')
		return false;
	return ioc_type_fit(cell) == IOC_FITS && !(cell->type == IOC_TYPE_ADDRESS && is_disguised(cell->written));
}

static void tell_unreadable(struct check *c, const struct ioc_cell *cell)
{
	struct finding *f = report(c, cell->at, "programs cannot read this as `%.*s`", STR_ARG(cell->type_word));
	weigh(c, f, SEVERITY_WARNING);
}

static void check_unknown(struct check *c, const struct ioc_cell *cell)
{
	size_t bad = cell->type == IOC_TYPE_HASH ? bad_digit(cell->written) : cell->written.n;
	if (bad < cell->written.n)
		report(c, cell->at, "no hash holds `%.*s`", 1, cell->written.p + bad);
	else if (is_torn(check_arena(c), cell))
		report(c, cell->at, "a blank stands within it");
	else if (is_unreadable(cell))
		tell_unreadable(c, cell);
}

/* `45[.]7O[.]12[.]9`: an address by its type, a host that cannot be by its letters. */
static bool is_unknown(const struct ioc_cell *cell)
{
	return cell->is.kind == INDICATOR_UNKNOWN ||
	       (cell->is.flaw && cell->type == IOC_TYPE_ADDRESS && cell->is.kind == INDICATOR_DOMAIN);
}

/* hxxpps, xxps, hxxxps: one letter from what everybody writes. */
static bool has_odd_scheme(const struct ioc_cell *cell)
{
	static const struct str known[] = {STR_INIT("http"), STR_INIT("https"), STR_INIT("hxxp"), STR_INIT("hxxps")};
	struct str s = cell->is.live, scheme = str_slice(s, 0, str_find(s, 0, STR("://")));
	if (scheme.n == s.n || scheme.n > 7 || str_eq_nocase(scheme, known[0]) || str_eq_nocase(scheme, known[1]))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (unicode_distance(scheme, known[i], 1) <= 1)
			return true;
	return false;
}

/* `-evil[.]com`: nobody can register a name that begins or ends in a hyphen. */
static bool has_outer_hyphen(const struct ioc_cell *cell)
{
	struct str name = domain_registered(cell->is.host);
	size_t dot = str_find_byte(name, 0, '.');
	return dot && dot < name.n && (*name.p == '-' || name.p[dot - 1] == '-');
}

/* It reads as what its type says, and still nobody gets anywhere with it. */
static void check_form(struct check *c, const struct ioc_cell *cell)
{
	bool url = cell->type == IOC_TYPE_URL && cell->is.kind != INDICATOR_PATH;
	bool host = cell->type == IOC_TYPE_DOMAIN && cell->is.kind == INDICATOR_DOMAIN;
	if (url && has_odd_scheme(cell))
		tell_unreadable(c, cell);
	else if (url && cell->is.kind == INDICATOR_URL && str_find_byte(cell->written, 0, ' ') < cell->written.n)
		weigh(c, report(c, cell->at, "a blank stands within it"), SEVERITY_WARNING);
	else if ((host || (url && !cell->is.host_is_address)) && has_outer_hyphen(cell))
		tell_unreadable(c, cell);
}

static void check_flaw(struct check *c, const struct ioc_cell *cell)
{
	if (!is_flaw_of_type(cell) || ioc_is_stand_in(cell))
		return;
	if (ioc_is_placeholder(cell))
		tell_unreadable(c, cell);
	else
		tell(c, cell->at, cell->written, &cell->is);
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_CELL (c, d, cell) {
		/* That is told as such. */
		if (unicode_host_hides(cell->written))
			continue;
		if (is_unknown(cell))
			check_unknown(c, cell);
		else if (cell->is.flaw)
			check_flaw(c, cell);
		else
			check_form(c, cell);
	}
}

const struct rule rule_invalid_ioc = {
	.name = "invalid-ioc",
	.group = "ioc",
	.severity = SEVERITY_ERROR,
	.summary = "There can be no such address, host, hash or wallet",
	.why =
		"A digit or a letter was lost on the way. The indicator matches nothing, and nobody who imports the list is told "
		"so.",
	.bad = {.text =
                EXAMPLE_IOC "    - 203[.]0[.]300[.]7,IPアドレス,知られていない,C2サーバー,グローバル\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - 9[.]9[.]30[.]7,IPアドレス,知られていない,C2サーバー,グローバル\n" EXAMPLE_END},
	.check = check,
};
