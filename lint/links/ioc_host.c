#include "lint/links/ioc_host.h"

#include <stdlib.h>

#include "core/ioc/harvest.h"
#include "lint/ioc_cell.h"
#include "lint/links/cidr.h"
#include "lint/links/target.h"

static void add(struct arena *a, struct str host, struct ioc_hosts *out)
{
	if (out->nr && str_eq(out->v[out->nr - 1], host))
		return;
	out->v = arena_grow(a, out->v, out->nr, &out->cap, sizeof(*out->v));
	out->v[out->nr++] = arena_str(a, host);
}

static void add_host(struct arena *a, struct str host, struct ioc_hosts *out)
{
	struct arena scratch = {0};
	struct link_target t;
	bool v6 = str_find_byte(host, 0, ':') < host.n;
	struct str url = arena_printf(&scratch, v6 ? "http://[%.*s]/" : "http://%.*s/", STR_ARG(host));
	if (host.n && !link_target_read(&scratch, url, &t))
		add(a, t.host, out);
	arena_release(&scratch);
}

/* `192.0.2.0/24`. Ranges of half the world are meant otherwise: `0.0.0.0/0` is "everybody". */
static void add_range(struct arena *a, struct str written, struct ioc_hosts *out)
{
	struct cidr range;
	char text[CIDR_TEXT];
	enum { SHORTEST_V4 = 8, SHORTEST_V6 = 16 };
	if (cidr_around(written, &range) && range.bits >= (range.v6 ? SHORTEST_V6 : SHORTEST_V4))
		add(a, cidr_text(&range, text), out);
}

static void add_found(struct arena *a, struct str found, struct ioc_hosts *out)
{
	if (str_find_byte(found, 0, '/') < found.n)
		add_range(a, found, out);
	else
		add_host(a, found, out);
}

/* Of a value that is an address, a name or a URL. */
static void add_value(struct arena *a, struct str written, struct ioc_hosts *out)
{
	struct indicator is;
	indicator_read(a, written, &is);
	if (is.kind == INDICATOR_DOMAIN || is.kind == INDICATOR_URL || is.kind == INDICATOR_IPV4 ||
	    is.kind == INDICATOR_IPV6)
		add_host(a, is.host, out);
	if (is.kind == INDICATOR_IPV4 || is.kind == INDICATOR_IPV6)
		add_range(a, is.live, out);
}

void ioc_hosts_of_text(struct arena *a, struct str text, struct ioc_hosts *out)
{
	struct arena scratch = {0};
	struct harvest found = {0};
	harvest_text(&scratch, text, &found);
	for (size_t i = 0; i < found.nr; i++)
		add_found(a, found.v[i], out);
	arena_release(&scratch);
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
