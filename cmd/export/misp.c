/* MISP core format: one event. */
#include "cmd/export/export.h"

#include <stdlib.h>

#include "cmd/report/json.h"
#include "core/ioc/indicator.h"

struct kind {
	const char *type, *category;
};

static const char network[] = "Network activity", payload[] = "Payload delivery", fraud[] = "Financial fraud";

static const struct kind kinds[EXPORT_TYPES] = {
	[EXPORT_IPV4] = {"ip-dst", network},
	[EXPORT_IPV6] = {"ip-dst", network},
	[EXPORT_DOMAIN] = {"hostname", network},
	[EXPORT_URL] = {"url", network},
	[EXPORT_EMAIL] = {"email-src", payload},
	[EXPORT_MD5] = {"md5", payload},
	[EXPORT_SHA1] = {"sha1", payload},
	[EXPORT_SHA256] = {"sha256", payload},
	[EXPORT_SHA512] = {"sha512", payload},
	[EXPORT_CVE] = {"vulnerability", "External analysis"},
	[EXPORT_ASN] = {"AS", network},
	[EXPORT_FILE] = {"filename", payload},
	[EXPORT_PATH] = {"filename", "Artifacts dropped"},
	[EXPORT_REGISTRY] = {"regkey", "Persistence mechanism"},
};

/* Hashes and wallets that have a type in MISP. */
static const struct {
	const char *what;
	struct kind kind;
} particular[] = {
	{"SHA-224", {"sha224", payload}}, {"SHA-384", {"sha384", payload}}, {"ssdeep", {"ssdeep", payload}},
	{"TLSH", {"tlsh", payload}},      {"Bitcoin", {"btc", fraud}},      {"Monero", {"xmr", fraud}},
};

/* Without a type where MISP has none. */
static struct kind kind_of(const struct exported *r)
{
	if (r->port.n)
		return (struct kind){r->type == EXPORT_DOMAIN ? "hostname|port" : "ip-dst|port", network};
	if (r->type == EXPORT_DOMAIN && str_eq(domain_registered(r->live), r->live))
		return (struct kind){"domain", network};
	for (size_t i = 0; r->what && !kinds[r->type].type && i < ARRAY_SIZE(particular); i++)
		if (strcmp(r->what, particular[i].what) == 0)
			return particular[i].kind;
	return kinds[r->type];
}

static struct str value_of(struct arena *a, const struct exported *r)
{
	if (r->port.n)
		return arena_printf(a, "%.*s|%.*s", STR_ARG(r->host), STR_ARG(r->port));
	return r->live;
}

struct attribute {
	struct kind kind;
	struct str value, comment;
	bool to_ids;
};

struct event {
	struct arena *arena;
	struct uuid_text uuid;
	struct buf attributes;
};

static void add_attribute(struct event *e, struct attribute x)
{
	struct arena *a = e->arena;
	struct str name = arena_printf(a, "%s|%s|%s|%.*s", e->uuid.z, x.kind.category, x.kind.type, STR_ARG(x.value));
	buf_addz(&e->attributes, e->attributes.n ? ",\n    {" : "\n    {");
	json_member(&e->attributes, "", "uuid", str_of(export_uuid(a, "attribute", name).z));
	json_member(&e->attributes, ", ", "type", str_of(x.kind.type));
	json_member(&e->attributes, ", ", "category", str_of(x.kind.category));
	json_member(&e->attributes, ",\n     ", "value", x.value);
	buf_printf(&e->attributes, ", \"to_ids\": %s", x.to_ids ? "true" : "false");
	json_member(&e->attributes, ", ", "comment", x.comment);
	buf_addc(&e->attributes, '}');
}

/* What would alarm at what everybody uses, or nobody can meet, is no signature. */
static bool is_signature(const struct exported *const *v, size_t nr)
{
	return v[0]->type != EXPORT_CVE && v[0]->type != EXPORT_ASN && !v[0]->nobodys && !export_is_known(v, nr);
}

static size_t add_indicators(struct event *event, const struct exports *e)
{
	const struct exported *const *v = export_sort(event->arena, e);
	size_t left_out = 0;
	for (size_t i = 0, end; i < e->nr; i = end) {
		end = export_same(v, e->nr, i);
		struct kind kind = kind_of(v[i]);
		if (!kind.type) {
			left_out += end - i;
			continue;
		}
		add_attribute(event, (struct attribute){
								 .kind = kind,
								 .value = value_of(event->arena, v[i]),
								 .comment = export_contexts(event->arena, v + i, end - i, "; "),
								 .to_ids = is_signature(v + i, end - i),
							 });
	}
	return left_out;
}

static int compare_articles(const void *x, const void *y)
{
	const struct exported *a = *(const struct exported *const *)x, *b = *(const struct exported *const *)y;
	int order = str_cmp(a->url, b->url);
	if (!order)
		order = date_cmp(a->date, b->date);
	return order ? order : str_cmp(a->title, b->title);
}

static void add_articles(struct event *event, const struct exports *e)
{
	const struct exported **v = export_sort(event->arena, e);
	if (e->nr)
		qsort(v, e->nr, sizeof(*v), compare_articles);
	for (size_t i = 0; i < e->nr; i++)
		if (v[i]->url.n && (!i || !str_eq(v[i]->url, v[i - 1]->url)))
			add_attribute(
				event,
				(struct attribute){.kind = {"link", "External analysis"}, .value = v[i]->url, .comment = v[i]->title});
}

static struct str dates_of(struct arena *a, const struct exports *e, struct date *last)
{
	struct date first = e->v[0].date;
	*last = first;
	for (size_t i = 1; i < e->nr; i++) {
		first = date_cmp(e->v[i].date, first) < 0 ? e->v[i].date : first;
		*last = date_cmp(e->v[i].date, *last) > 0 ? e->v[i].date : *last;
	}
	struct date_text from = date_text(first), to = date_text(*last);
	return date_cmp(first, *last) ? arena_printf(a, " %s to %s", from.z, to.z) : arena_printf(a, " %s", from.z);
}

size_t export_misp(struct arena *a, const struct exports *e, struct buf *out)
{
	/* An event has to have a day. */
	struct date last = date_from_number(0);
	struct str info = STR("Security digests");
	if (e->nr)
		info = arena_printf(a, "Security digests%.*s", STR_ARG(dates_of(a, e, &last)));
	struct event event = {.arena = a, .uuid = export_uuid(a, "event", info)};
	size_t left_out = add_indicators(&event, e);
	add_articles(&event, e);
	json_member(out, "{\"Event\": {", "uuid", str_of(event.uuid.z));
	json_member(out, ", ", "info", info);
	buf_printf(out, ", \"date\": \"%s\", \"timestamp\": \"%ld\"", date_text(last).z, date_number(last) * 86400);
	buf_addz(out, ",\n \"published\": false, \"publish_timestamp\": \"0\", \"distribution\": \"0\"");
	buf_addz(out, ", \"threat_level_id\": \"4\", \"analysis\": \"0\",\n ");
	buf_printf(out, "\"Orgc\": {\"uuid\": \"%s\", \"name\": \"sdi\"},\n ",
	           export_uuid(a, "organisation", STR("sdi")).z);
	buf_printf(out, "\"Attribute\": [%s]}}\n", buf_str(&event.attributes).p);
	buf_release(&event.attributes);
	return left_out;
}
