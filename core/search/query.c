#include "core/search/query.h"

#include "core/base/unicode_host.h"
#include "core/base/utf8.h"
#include "core/ioc/address.h"
#include "core/ioc/canonical.h"
#include "core/ioc/indicator.h"
#include "core/ioc/url.h"
#include "core/search/fold.h"

static struct str folded(struct arena *a, struct str s, bool live)
{
	struct folded plain = {0}, out = {0};
	fold_text(&plain, s);
	if (live)
		fold_live(&out, &plain);
	struct str text = str_trim(arena_str(a, folded_str(live ? &out : &plain)));
	folded_release(&plain);
	folded_release(&out);
	return text;
}

/* ---- what a text must hold ---- */

static bool is_sign(char c)
{
	return c == '.' || c == ':' || c == '@';
}

/* Blanks and punctuation may be written in many ways. */
static bool is_loose(char c)
{
	return (unsigned char)c < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
}

/* The longest part that stands in each text in the same way. */
static struct anchor longest_part(struct str needle)
{
	struct anchor best = {.text = {"", 0}};
	for (size_t i = 0, from = 0; i <= needle.n; i++) {
		if (i < needle.n && !is_loose(needle.p[i]))
			continue;
		if (i - from > best.text.n) {
			best.text = str_slice(needle, from, i);
			best.sign_before = from && is_sign(needle.p[from - 1]);
			best.sign_behind = i < needle.n && is_sign(needle.p[i]);
		}
		from = i + 1;
	}
	return best;
}

static void choose_anchors(struct query *q)
{
	if (q->kind == QUERY_V6)
		return;
	if (!q->nr)
		q->anchor[q->anchors++] = longest_part(q->plain);
	for (size_t i = 0; i < q->nr; i++)
		q->anchor[q->anchors++] = longest_part(q->live[i]);
	if (!q->anchor[0].text.n)
		q->anchors = 0;
}

/* ---- what it is ---- */

/* Signs alone are meant as they stand: `[.]` is not every dot. */
static void add_live(struct query *q, struct str needle)
{
	if (longest_part(needle).text.n && q->nr < MOST_NEEDLES && !(q->nr && str_eq(q->live[0], needle)))
		q->live[q->nr++] = needle;
}

static void read_word(struct arena *a, struct str written, struct query *q)
{
	*q = (struct query){.written = written, .kind = QUERY_WORD, .plain = folded(a, written, false)};
	struct str live = folded(a, written, true);
	if (strpbrk(live.p, ".:@"))
		add_live(q, live);
}

/* The beginning of a URL: whatever its scheme. */
static void read_beginning(struct arena *a, struct str url, struct query *q)
{
	struct url_parts parts;
	if (!url_split(url, &parts))
		return;
	q->nr = 0;
	add_live(q, folded(a, str_from(url, span_end(parts.scheme)), true));
}

/* A host as it is looked up and as it is shown, in that order. */
static void add_hosts(struct arena *a, struct query *q, struct str host, struct str behind)
{
	struct str ascii = unicode_host_ascii(a, host), text = unicode_host_text(a, host);
	if (!ascii.n)
		ascii = host;
	add_live(q, folded(a, arena_printf(a, "%.*s%.*s", STR_ARG(ascii), STR_ARG(behind)), false));
	if (text.n)
		add_live(q, folded(a, arena_printf(a, "%.*s%.*s", STR_ARG(text), STR_ARG(behind)), false));
}

static bool read_host(struct arena *a, struct str host, struct str behind, struct query *q)
{
	if (str_starts(host, STR("*.")))
		host = str_from(host, 2);
	if (str_ends(host, STR(".")))
		host.n--;
	if (str_find_byte(host, 0, '.') >= host.n || str_starts(host, STR(".")))
		return false;
	q->kind = QUERY_HOST;
	add_hosts(a, q, host, behind);
	return true;
}

/* The scheme does not matter, whichever it is. */
static struct str canonical_of(struct arena *a, struct str written, struct str live)
{
	struct url_parts parts;
	struct str web = url_canonical(a, written);
	if (!web.n && url_split(live, &parts))
		web = url_canonical(a, arena_printf(a, "https:%.*s", STR_ARG(str_from(live, span_end(parts.scheme) + 1))));
	return web;
}

/* The longest run of letters and digits that is none of a percent-encoded character. */
static struct str longest_piece(struct str canonical, size_t host)
{
	enum { LEAST = 4 };
	struct str best = {"", 0};
	for (size_t i = host, from = host; i <= canonical.n; i++) {
		char c = i < canonical.n ? canonical.p[i] : '%';
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			continue;
		if (i - from >= LEAST && i - from > best.n)
			best = str_slice(canonical, from, i);
		from = i + (c == '%' ? 3 : 1);
		i = from - 1;
	}
	return best;
}

static bool read_url(struct arena *a, const struct indicator *is, struct query *q)
{
	struct str web = canonical_of(a, q->written, is->live);
	size_t host = 0;
	if (!web.n)
		return false;
	while (host < web.n && !strchr("/?#", web.p[host]))
		host++;
	if (host == web.n && !is->host_is_address)
		return read_host(a, web, STR(""), q);
	q->kind = QUERY_URL;
	q->canonical = folded(a, web, false);
	q->piece = longest_piece(q->canonical, host);
	size_t port = *web.p == '[' ? host : str_find_byte(web, 0, ':');
	add_hosts(a, q, str_slice(web, 0, port < host ? port : host), STR(""));
	return q->nr > 0;
}

static bool read_v6(const struct indicator *is, struct query *q)
{
	q->kind = QUERY_V6;
	return address_v6(is->host, q->address);
}

size_t query_cve_gap(struct str folded, size_t i)
{
	enum { MOST = 3 };
	for (int k = 0; k < MOST && i < folded.n; k++) {
		if (folded.p[i] && strchr(" -_:", folded.p[i]))
			i++;
		else if (str_starts(str_from(folded, i), STR("ー")))
			i += STR("ー").n;
		else
			break;
	}
	return i;
}

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

/* As people write them: `CVE 2024 1234`. */
static bool read_cve(struct str plain, struct query *q)
{
	enum { YEAR = 4, LEAST = 4, MOST = 7 };
	size_t year = query_cve_gap(plain, 3), number = query_cve_gap(plain, year + YEAR);
	if (!str_starts(plain, STR("cve")))
		return false;
	struct str years = str_slice(plain, year, year + YEAR), digits = str_from(plain, number);
	if (!all_digits(years) || !all_digits(digits) || digits.n < LEAST || digits.n > MOST)
		return false;
	q->kind = QUERY_CVE;
	q->year = years;
	q->plain = digits;
	return true;
}

static bool read_domain(struct arena *a, const struct indicator *is, struct query *q)
{
	size_t end = (size_t)(is->host.p - is->live.p) + is->host.n;
	return read_host(a, is->host, str_from(is->live, end), q);
}

static bool read_token(struct arena *a, const struct indicator *is, enum query_kind kind, struct query *q)
{
	q->kind = kind;
	add_live(q, folded(a, is->live, false));
	return q->nr > 0;
}

static bool read_indicator(struct arena *a, const struct indicator *is, struct query *q)
{
	switch (is->kind) {
	case INDICATOR_IPV4:
		return read_token(a, is, QUERY_V4, q);
	case INDICATOR_IPV6:
		return read_v6(is, q);
	case INDICATOR_DOMAIN:
		return read_domain(a, is, q);
	case INDICATOR_URL:
		return read_url(a, is, q);
	case INDICATOR_EMAIL:
		return read_token(a, is, QUERY_EMAIL, q);
	case INDICATOR_HASH:
	case INDICATOR_ASN:
		return read_token(a, is, QUERY_TOKEN, q);
	default:
		return false;
	}
}

int query_read(struct arena *a, struct str written, bool substring, struct query *out, struct err *err)
{
	struct indicator is;
	written = str_trim(written);
	read_word(a, written, out);
	if (utf8_check(written) < written.n)
		return err_set(err, "what is looked for is no text in UTF-8");
	if (memchr(written.p, '\n', written.n) || memchr(written.p, '\r', written.n))
		return err_set(err, "what is looked for must be one line");
	if (!out->plain.n)
		return err_set(err, "what is looked for is blank");
	struct query word = *out, value = {.written = written};
	indicator_read(a, word.plain, &is);
	if (!substring && (read_cve(word.plain, &value) || read_indicator(a, &is, &value)))
		*out = value;
	if (out->kind == QUERY_WORD && is.kind == INDICATOR_URL)
		read_beginning(a, is.live, out);
	choose_anchors(out);
	return 0;
}
