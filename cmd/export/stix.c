/* STIX 2.1 (OASIS): a bundle of indicators. */
#include "cmd/export/export.h"

#include "cmd/report/json.h"

/* The property that a value is compared with; NULL: there is none. */
static const char *const properties[EXPORT_TYPES] = {
	[EXPORT_IPV4] = "ipv4-addr:value",         [EXPORT_IPV6] = "ipv6-addr:value",
	[EXPORT_DOMAIN] = "domain-name:value",     [EXPORT_URL] = "url:value",
	[EXPORT_EMAIL] = "email-addr:value",       [EXPORT_MD5] = "file:hashes.MD5",
	[EXPORT_SHA1] = "file:hashes.'SHA-1'",     [EXPORT_SHA256] = "file:hashes.'SHA-256'",
	[EXPORT_SHA512] = "file:hashes.'SHA-512'",
};

/* Nobody can meet the other side of an address that it cannot have. */
static bool has_place(const struct exported *r)
{
	return properties[r->type] && !r->nobodys;
}

/* A string of the pattern language. */
static void add_literal(struct buf *out, struct str s)
{
	buf_addc(out, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\'' || s.p[i] == '\\')
			buf_addc(out, '\\');
		buf_addc(out, s.p[i]);
	}
	buf_addc(out, '\'');
}

static void add_traffic(struct buf *out, const struct exported *r)
{
	static const char ref[] = "network-traffic:dst_ref";
	struct str kind = str_of(properties[r->type]);
	kind = str_slice(kind, 0, str_find_byte(kind, 0, ':'));
	buf_printf(out, "[%s.type = '%.*s' AND %s.value = ", ref, STR_ARG(kind), ref);
	add_literal(out, r->host);
	buf_printf(out, " AND network-traffic:dst_port = %.*s]", STR_ARG(r->port));
}

/* A URL without a scheme is met with either. */
static void add_schemeless(struct arena *a, struct buf *out, const struct exported *r)
{
	buf_addz(out, "[url:value = ");
	add_literal(out, arena_printf(a, "http://%.*s", STR_ARG(r->live)));
	buf_addz(out, " OR url:value = ");
	add_literal(out, arena_printf(a, "https://%.*s", STR_ARG(r->live)));
	buf_addc(out, ']');
}

static struct str make_pattern(struct arena *a, const struct exported *r)
{
	struct buf out = {0};
	if (r->port.n) {
		add_traffic(&out, r);
	} else if (r->type == EXPORT_URL && str_find(r->live, 0, STR("://")) == r->live.n) {
		add_schemeless(a, &out, r);
	} else {
		buf_printf(&out, "[%s %s ", properties[r->type], r->prefix ? "ISSUBSET" : "=");
		add_literal(&out, r->live);
		buf_addc(&out, ']');
	}
	struct str pattern = arena_str(a, buf_str(&out));
	buf_release(&out);
	return pattern;
}

static bool is_same_article(const struct exported *x, const struct exported *y)
{
	return x->url.n || y->url.n ? str_eq(x->url, y->url)
	                            : str_eq(x->title, y->title) && date_cmp(x->date, y->date) == 0;
}

static bool referred_before(const struct exported *const *v, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (is_same_article(v[k], v[i]))
			return true;
	return false;
}

static void add_references(struct arena *a, struct buf *out, const struct exported *const *v, size_t nr)
{
	buf_addz(out, ",\n     \"external_references\": [");
	for (size_t i = 0; i < nr; i++) {
		if (referred_before(v, i))
			continue;
		json_member(out, i ? ", {" : "{", "source_name", v[i]->title.n ? v[i]->title : STR("digest"));
		if (v[i]->url.n)
			json_member(out, ", ", "url", export_url(a, v[i]->url));
		else
			json_member(out, ", ", "description", str_of(date_text(v[i]->date).z));
		buf_addc(out, '}');
	}
	buf_addc(out, ']');
}

static void add_time(struct buf *out, const char *key, struct date d)
{
	buf_printf(out, ", \"%s\": \"%sT00:00:00.000Z\"", key, date_text(d).z);
}

/* The rows are of one indicator, the oldest first. */
static void add_indicator(struct arena *a, struct buf *out, const struct exported *const *v, size_t nr)
{
	struct str pattern = make_pattern(a, v[0]), context = export_contexts(a, v, nr, "\n");
	bool known = export_is_known(v, nr);
	buf_printf(out, "{\"type\": \"indicator\", \"spec_version\": \"2.1\", \"id\": \"indicator--%s\"",
	           export_uuid(a, "indicator", pattern).z);
	add_time(out, "created", v[0]->date);
	add_time(out, "modified", v[nr - 1]->date);
	json_member(out, ",\n     ", "name", v[0]->live);
	if (context.n)
		json_member(out, ", ", "description", context);
	buf_printf(out, ", \"indicator_types\": [\"%s\"]", known ? "benign" : "malicious-activity");
	json_member(out, ",\n     ", "pattern", pattern);
	buf_addz(out, ", \"pattern_type\": \"stix\", \"pattern_version\": \"2.1\"");
	add_time(out, "valid_from", v[0]->date);
	if (known)
		buf_addz(out, ", \"labels\": [\"well-known\"]");
	add_references(a, out, v, nr);
	buf_addc(out, '}');
}

size_t export_stix(struct arena *a, const struct exports *e, struct buf *out)
{
	const struct exported *const *v = export_sort(a, e);
	struct buf objects = {0};
	size_t left_out = 0;
	for (size_t i = 0, end; i < e->nr; i = end) {
		end = export_same(v, e->nr, i);
		if (!has_place(v[i])) {
			left_out += end - i;
			continue;
		}
		buf_addz(&objects, objects.n ? ",\n    " : "\n    ");
		add_indicator(a, &objects, v + i, end - i);
	}
	buf_printf(out, "{\"type\": \"bundle\", \"id\": \"bundle--%s\"", export_uuid(a, "bundle", buf_str(&objects)).z);
	/* No list of STIX may be empty. */
	if (objects.n)
		buf_printf(out, ", \"objects\": [%s]", objects.p);
	buf_addz(out, "}\n");
	buf_release(&objects);
	return left_out;
}
