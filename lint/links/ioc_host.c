#include "lint/links/ioc_host.h"

#include <stdlib.h>

#include "core/ioc/url.h"
#include "lint/ioc_cell.h"
#include "lint/links/target.h"

static const char *const dots[] = {"[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}", "[.", ".]", "\\."};

static void add_host(struct arena *a, struct str host, struct ioc_hosts *out)
{
	struct link_target t;
	bool v6 = str_find_byte(host, 0, ':') < host.n;
	struct str url = arena_printf(a, v6 ? "http://[%.*s]/" : "http://%.*s/", STR_ARG(host));
	if (!host.n || link_target_read(a, url, &t))
		return;
	if (out->nr && str_eq(out->v[out->nr - 1], t.host))
		return;
	out->v = arena_grow(a, out->v, out->nr, &out->cap, sizeof(*out->v));
	out->v[out->nr++] = t.host;
}

/* Of a value that is an address, a name or a URL. */
static void add_value(struct arena *a, struct str written, struct ioc_hosts *out)
{
	struct indicator is;
	indicator_read(a, written, &is);
	if (is.kind == INDICATOR_DOMAIN || is.kind == INDICATOR_URL || is.kind == INDICATOR_IPV4 ||
	    is.kind == INDICATOR_IPV6)
		add_host(a, is.host, out);
}

/* ---- running text ---- */

static bool is_host_byte(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '_' || c == '.';
}

/* Bytes of a defanged dot at `i`; 0: there is none. */
static size_t dot_at(struct str s, size_t i)
{
	for (size_t k = 0; k < ARRAY_SIZE(dots); k++)
		if (str_eq_nocase(str_slice(s, i, i + strlen(dots[k])), str_of(dots[k])))
			return strlen(dots[k]);
	return 0;
}

static size_t dot_before(struct str s, size_t i)
{
	for (size_t k = 0; k < ARRAY_SIZE(dots); k++) {
		size_t n = strlen(dots[k]);
		if (i >= n && str_eq_nocase(str_slice(s, i - n, i), str_of(dots[k])))
			return n;
	}
	return 0;
}

/* The name around a defanged dot; returns where it ends. */
static size_t add_name_around(struct arena *a, struct str s, size_t dot, struct ioc_hosts *out)
{
	size_t from = dot, to = dot, n;
	while (from > 0 && (is_host_byte(s.p[from - 1]) || dot_before(s, from)))
		from -= is_host_byte(s.p[from - 1]) ? 1 : dot_before(s, from);
	while (to < s.n && ((n = dot_at(s, to)) || is_host_byte(s.p[to])))
		to += n ? n : 1;
	struct str live = refang(a, str_slice(s, from, to));
	while (live.n && strchr(".-_", live.p[live.n - 1]))
		live.n--;
	/* A word in brackets, and no name. */
	if (str_find_byte(live, 0, '.') < live.n && str_find_byte(live, 0, '[') == live.n)
		add_host(a, live, out);
	return to;
}

static size_t add_url_at(struct arena *a, struct str s, size_t i, struct ioc_hosts *out)
{
	bool defanged = false;
	size_t n = url_length(str_from(s, i), &defanged);
	if (n && defanged)
		add_value(a, str_slice(s, i, i + n), out);
	return n ? i + n : i + 1;
}

/* Where a scheme may begin that somebody made unusable. */
static bool may_be_scheme(struct str s, size_t i)
{
	return (s.p[i] | 0x20) == 'h' && i + 4 < s.n &&
	       (str_eq_nocase(str_slice(s, i, i + 4), STR("hxxp")) || str_eq_nocase(str_slice(s, i, i + 4), STR("http")) ||
	        str_eq_nocase(str_slice(s, i, i + 4), STR("h**p")) || str_eq_nocase(str_slice(s, i, i + 4), STR("hxtp")) ||
	        str_eq_nocase(str_slice(s, i, i + 4), STR("htxp")) || str_eq_nocase(str_slice(s, i, i + 4), STR("h[tt")));
}

void ioc_hosts_of_text(struct arena *a, struct str text, struct ioc_hosts *out)
{
	for (size_t i = 0; i < text.n; i++)
		if (may_be_scheme(text, i))
			i = add_url_at(a, text, i, out) - 1;
	for (size_t i = 0; i < text.n;) {
		bool dot = strchr("[({.\\", text.p[i]) && text.p[i] && dot_at(text, i);
		i = dot ? add_name_around(a, text, i, out) : i + 1;
	}
}

/* ---- digests ---- */

/* Is it all that the line says, with a scheme in front? */
static bool is_address_alone(const struct digest *d, uint32_t line)
{
	struct str text = digest_str(d, d->line[line].text);
	bool alone = text.n && (*text.p | 0x20) == 'h' && str_find(text, 0, STR("//")) < text.n;
	for (size_t i = 0; i < text.n && alone; i++)
		alone = text.p[i] > ' ' && text.p[i] < 0x7F;
	return alone && d->line[line].kind == LINE_TEXT;
}

static bool is_article(const struct digest *d, uint32_t line)
{
	const struct entry *e = digest_entry_at(d, line);
	return e && line != e->line &&
	       (line == e->url_line || (e->url_line == e->line && e->strays && e->stray[0] == line));
}

/* Right under a heading, where the digest has none of its template's entries; who warns of a host breaks the scheme, too. */
static bool is_under_heading(const struct digest *d, uint32_t line)
{
	uint32_t above = line ? line - 1 : 0;
	if (above && d->line[above].kind == LINE_BLANK)
		above--;
	return line && d->line[above].kind == LINE_HEADING && str_starts(digest_str(d, d->line[line].text), STR("http"));
}

static void add_cells(struct arena *a, const struct digest *d, struct ioc_hosts *out)
{
	size_t cells;
	const struct ioc_cell *cell = ioc_cells_read(a, d, &cells);
	for (size_t i = 0; i < cells; i++) {
		/* A live URL says where indicators are, more often than that it is one. */
		bool live = spelling_is_live(&cell[i].spelling);
		if (!live || (cell[i].is.kind != INDICATOR_URL && ioc_is_network(&cell[i])))
			add_value(a, cell[i].written, out);
	}
}

void ioc_hosts_of_digest(struct arena *a, const struct digest *d, struct ioc_hosts *out)
{
	struct str text = d->source->text;
	size_t from = 0;
	for (uint32_t i = 0; i < d->lines; i++) {
		const struct span at = d->line[i].at;
		if (!is_address_alone(d, i) || !(is_under_heading(d, i) || is_article(d, i)))
			continue;
		ioc_hosts_of_text(a, str_slice(text, from, at.off), out);
		from = span_end(at);
	}
	ioc_hosts_of_text(a, str_from(text, from), out);
	add_cells(a, d, out);
}

static int by_text(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

void ioc_hosts_settle(struct ioc_hosts *hosts)
{
	size_t kept = 0;
	if (hosts->nr)
		qsort(hosts->v, hosts->nr, sizeof(*hosts->v), by_text);
	for (size_t i = 0; i < hosts->nr; i++)
		if (!kept || !str_eq(hosts->v[kept - 1], hosts->v[i]))
			hosts->v[kept++] = hosts->v[i];
	hosts->nr = kept;
}
