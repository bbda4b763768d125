#include <arpa/inet.h>
#include <stdlib.h>

#include "core/base/unicode_host.h"
#include "lint/check.h"
#include "lint/ioc_cell.h"

/* What an indicator is known by. */
struct known {
	struct str key, type;
	const struct ioc_cell *cell;
};

static int by_key(const void *x, const void *y)
{
	const struct known *a = x, *b = y;
	int order = str_cmp(a->key, b->key);
	if (!order)
		order = str_cmp(a->type, b->type);
	return order ? order : (a->cell > b->cell) - (a->cell < b->cell);
}

static struct str lower(struct arena *a, struct str s, size_t end)
{
	char *out = arena_array(a, char, s.n);
	for (size_t i = 0; i < s.n; i++)
		out[i] = i < end && s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] - 'A' + 'a') : s.p[i];
	return (struct str){out, s.n};
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* `2001:db8:0:0:0:0:0:1` as `2001:db8::1`; with a port or a prefix it stays. */
static struct str short_address(struct arena *a, const struct indicator *is)
{
	char text[INET6_ADDRSTRLEN], *out = arena_array(a, char, INET6_ADDRSTRLEN);
	struct in6_addr address;
	struct str live = lower(a, is->live, is->live.n);
	if (live.n >= sizeof(text))
		return live;
	memcpy(text, live.p, live.n);
	text[live.n] = 0;
	if (inet_pton(AF_INET6, text, &address) != 1 || !inet_ntop(AF_INET6, &address, out, INET6_ADDRSTRLEN))
		return live;
	return str_of(out);
}

/* False: values of its kind are not compared. */
static bool make_key(struct arena *a, const struct ioc_cell *cell, struct known *out)
{
	const struct indicator *is = &cell->is;
	*out = (struct known){.key = cell->written, .cell = cell};
	switch (is->kind) {
	case INDICATOR_URL: {
		/* Only the path tells large letters from small ones; a slash alone is no path. */
		size_t end = (size_t)(is->host.p - is->live.p) + is->host.n;
		struct str key = lower(a, is->live, end);
		if (str_eqz(str_from(key, end), "/"))
			key.n--;
		out->key = key;
		return true;
	}
	case INDICATOR_WALLET:
		/* In an address of Ethereum the case of letters is but a checksum. */
		if (str_eq_nocase(str_slice(is->live, 0, 2), STR("0x")))
			out->key = lower(a, is->live, is->live.n);
		return true;
	case INDICATOR_IPV6:
		out->key = short_address(a, is);
		return true;
	case INDICATOR_DOMAIN: {
		struct str ascii = is_ascii(is->live) ? STR("") : unicode_host_ascii(a, is->live);
		out->key = ascii.n ? ascii : lower(a, is->live, is->live.n);
		return true;
	}
	case INDICATOR_IPV4:
	case INDICATOR_EMAIL:
	case INDICATOR_HASH:
		out->key = lower(a, is->live, is->live.n);
		return true;
	case INDICATOR_UNKNOWN:
		/* One word may be the name of two things. */
		out->type = cell->type_word;
		return out->type.n && !str_starts(cell->written, STR("同上"));
	default:
		return true;
	}
}

static void report_doubles(struct check *c, const struct known *v, size_t nr)
{
	const struct ioc_cell *first = v[0].cell;
	for (size_t i = 1; i < nr; i++) {
		const struct ioc_cell *cell = v[i].cell, *before = v[i - 1].cell;
		bool same_entry = cell->row->entry == before->row->entry;
		if (!same_entry && cell->is.kind == INDICATOR_UNKNOWN)
			continue;
		uint32_t line = same_entry ? before->row->line : first->row->line;
		struct finding *f = same_entry
		                        ? report(c, cell->at, "the entry has this indicator already, at line %u", line + 1)
		                        : report(c, cell->at, "another entry has this indicator, too, at line %u", line + 1);
		relate(c, f, line, "the first one");
		if (!same_entry)
			weigh(c, f, SEVERITY_INFO);
	}
}

static void check(struct check *c, const struct digest *d)
{
	size_t cells, nr = 0;
	struct arena *a = check_arena(c);
	const struct ioc_cell *cell = ioc_cells(c, d, &cells);
	if (cells < 2)
		return;
	struct known *v = arena_array(a, struct known, cells);
	for (size_t i = 0; i < cells; i++)
		nr += make_key(a, &cell[i], &v[nr]);
	if (nr)
		qsort(v, nr, sizeof(*v), by_key);
	for (size_t i = 0, end; i < nr; i = end) {
		for (end = i + 1; end < nr && str_eq(v[end].key, v[i].key) && str_eq(v[end].type, v[i].type);)
			end++;
		report_doubles(c, v + i, end - i);
	}
}

#define ROW "    - evil[.]example[.]com,FQDN名,知られていない,C2サーバー,NA(IP以外)\n"

const struct rule rule_duplicate_ioc = {
	.name = "duplicate-ioc",
	.group = "ioc",
	.severity = SEVERITY_WARNING,
	.summary = "An entry has the same indicator twice",
	.why =
		"One of the two is a slip: it should be another indicator, or what is said of it belongs together. Programs count "
		"it twice, or take what the first one says.",
	.bad = {.text = EXAMPLE_IOC ROW "    - evil[.]example[.]com,FQDN名,知られていない,配布元,NA(IP以外)\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC ROW EXAMPLE_END},
	.check = check,
};
