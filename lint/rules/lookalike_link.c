#include "core/base/unicode.h"
#include "core/base/unicode_host.h"
#include "core/base/unicode_spoof.h"
#include "core/base/utf8.h"
#include "core/ioc/indicator.h"
#include "core/ioc/url.h"
#include "lint/check.h"
#include "lint/link_place.h"

/* ---- names that look like others ---- */

/* The first byte that is no ASCII; s.n without one. */
static size_t first_foreign(struct str s)
{
	size_t i = 0;
	while (i < s.n && (unsigned char)s.p[i] < 0x80)
		i++;
	return i;
}

static void check_host(struct check *c, struct span at, struct str host)
{
	struct arena *a = check_arena(c);
	struct lookalike like;
	bool encoded = str_find(host, 0, STR("xn--")) < host.n;
	if (first_foreign(host) == host.n && !encoded)
		return;
	struct str shown = encoded ? unicode_host_text(a, host) : host;
	bool seems = unicode_lookalike(a, shown, &like);
	/* Accents, and Japanese beside Latin letters, fool nobody; a letter that looks like a slash does. */
	bool slash = str_find_byte(like.ascii, 0, '/') < like.ascii.n;
	if (!seems || !(like.foreign || slash))
		return;
	struct str name = unicode_name(a, like.first);
	if (like.ascii.n)
		report(c, at, "the host looks like `%.*s`, but has %.*s", STR_ARG(like.ascii), STR_ARG(name));
	else
		report(c, at, "the host mixes scripts: it has %.*s", STR_ARG(name));
}

/* ---- hosts that are another's name ---- */

static bool is_same_site(struct str a, struct str b)
{
	struct str x = domain_registered(a), y = domain_registered(b);
	return str_eq_nocase(a, b) || (x.n && str_eq_nocase(x, y));
}

/* `**https://…**`, `` `www.…` ``: without its dress. */
static struct str undressed(struct str s)
{
	while (s.n > 2 && (*s.p == '*' || *s.p == '`' || *s.p == '_') && s.p[s.n - 1] == *s.p)
		s = str_slice(s, 1, s.n - 1);
	return s;
}

/* `www.example.com`, `example.co.jp`: a host and nothing else. Of names like Booking.com, which are those of companies, none. */
static bool is_host(struct str s)
{
	size_t dots = 0;
	for (size_t i = 0; i < s.n; i++) {
		bool fine =
			(s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-' || s.p[i] == '.';
		if (!fine)
			return false;
		dots += s.p[i] == '.';
	}
	struct str name = domain_registered(s);
	bool deep = str_find_byte(name, str_find_byte(name, 0, '.') + 1, '.') < name.n;
	return dots > 1 && name.n && (deep || str_starts(s, STR("www.")));
}

/* The host that a link's text shows; empty without one. */
static struct str shown_host(struct str text)
{
	struct url_parts shown;
	text = undressed(str_trim(text));
	if (is_host(text))
		return text;
	return link_is_address(text) && url_split(text, &shown) ? str_at(text, shown.host) : STR("");
}

/* `[https://a.example](https://b.example)`; but an archive's copy of a page bears the page's name. */
static void check_shown(struct check *c, const struct digest *d, const struct link *l, struct str url, struct str host)
{
	if (l->kind != LINK_INLINE)
		return;
	struct str name = shown_host(digest_str(d, l->text));
	if (!name.n || is_same_site(name, host) || str_find(url, 0, name) < url.n)
		return;
	report(c, l->text, "the link shows `%.*s`, but leads to `%.*s`", STR_ARG(name), STR_ARG(host));
}

/* `https://example.com@evil.example`: what looks like the host is a user's name. */
static void check_user(struct check *c, uint32_t off, struct str url, const struct url_parts *parts)
{
	struct str user = str_at(url, parts->user);
	if (str_find_byte(user, 0, '.') < user.n)
		report(c, (struct span){off + parts->user.off, parts->user.len}, "the link leads to `%.*s`, not to `%.*s`",
		       STR_ARG(str_at(url, parts->host)), STR_ARG(user));
}

/* Most links have nothing of what is looked for: a cheap no for them. */
static bool may_mislead(const struct digest *d, const struct link *l)
{
	struct str url = digest_str(d, l->url), text = undressed(str_trim(digest_str(d, l->text)));
	return str_find_byte(url, 0, '@') < url.n || first_foreign(url) < url.n || str_find(url, 0, STR("xn--")) < url.n ||
	       (l->kind == LINK_INLINE && text.n && (unsigned char)*text.p < 0x80 && str_find_byte(text, 0, '.') < text.n);
}

static void check_link(struct check *c, const struct digest *d, const struct link *l)
{
	struct str url = digest_str(d, l->url);
	struct url_parts parts;
	if (!link_is_followed(d, l) || !url_split(url, &parts))
		return;
	struct str host = str_at(url, parts.host);
	check_user(c, l->url.off, url, &parts);
	check_shown(c, d, l, url, host);
	check_host(c, (struct span){l->url.off + parts.host.off, parts.host.len}, host);
}

/* ---- hosts that are not ASCII, in running text ---- */

/* Behind `://`: up to what ends a host, or to the Japanese text that follows it. */
static size_t host_length(struct str s)
{
	for (size_t i = 0; i < s.n;) {
		size_t from = i;
		uint32_t c = utf8_next(s, &i);
		bool japanese = (c >= 0x3000 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xFF00 && c <= 0xFFEF);
		if (c <= ' ' || japanese || (c < 0x80 && strchr("/?#:<>\"'()[],;`|", (int)c)))
			return from;
	}
	return s.n;
}

static void check_prose(struct check *c, const struct prose *p)
{
	static const struct str opening = STR_INIT("://");
	for (size_t i = str_find(p->raw, 0, opening); i < p->raw.n; i = str_find(p->raw, i, opening)) {
		bool web = str_ends(str_slice(p->raw, 0, i), STR("http")) || str_ends(str_slice(p->raw, 0, i), STR("https"));
		i += opening.n;
		struct str host = str_slice(p->raw, i, i + host_length(str_from(p->raw, i)));
		uint32_t off = p->off + (uint32_t)i;
		size_t foreign = first_foreign(host);
		/* What no bare URL can hold is a hole where it is a link's target, or code. */
		bool bare = foreign < host.n && p->text.p[i + foreign] != PROSE_HOLE;
		if (web && bare && str_find_byte(host, 0, '.') < host.n)
			check_host(c, (struct span){off, (uint32_t)host.n}, host);
	}
}

/* Lines with letters that are neither Latin nor Japanese begin with these bytes: from U+00C0 to U+1FFF. */
static bool may_hold_foreign(const struct prose *p)
{
	const uint64_t first = 0xC3 - 0xC0, last = 0xE1 - 0xC0;
	return p->leads & ((UINT64_C(2) << last) - (UINT64_C(1) << first));
}

static void check(struct check *c, const struct digest *d)
{
	for (size_t i = 0; i < d->links; i++)
		if (!d->link[i].defanged && may_mislead(d, &d->link[i]))
			check_link(c, d, &d->link[i]);
	FOR_EACH_PROSE (d, p)
		if (may_hold_foreign(p))
			check_prose(c, p);
}

#define TOP     \
	EXAMPLE_IOC \
	"    - IOC情報なし\n\n### メモ\n"

const struct rule rule_lookalike_link = {
	.name = "lookalike-link",
	.group = "link",
	.severity = SEVERITY_WARNING,
	.summary = "A link leads elsewhere than it seems to",
	.why =
		"A link that shows one host and leads to another is how readers are led astray. In a digest it mostly is an address "
		"that was copied from an attack and not defanged, or two that were mixed up.",
	.bad = {.text = TOP "- [https://www.example.com/a](https://www.example.net/a)\n"},
	.good = {.text = TOP "- [https://www.example.com/a](https://www.example.com/a)\n"},
	.check = check,
};
