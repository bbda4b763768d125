#include "cmd/export/export.h"

#include "cmd/options.h"
#include "core/base/message.h"

static const char *const names[EXPORT_TYPES] = {
	[EXPORT_IPV4] = "ipv4",         [EXPORT_IPV6] = "ipv6",     [EXPORT_DOMAIN] = "domain",
	[EXPORT_URL] = "url",           [EXPORT_EMAIL] = "email",   [EXPORT_MD5] = "md5",
	[EXPORT_SHA1] = "sha1",         [EXPORT_SHA256] = "sha256", [EXPORT_SHA512] = "sha512",
	[EXPORT_HASH] = "other-hash",   [EXPORT_WALLET] = "wallet", [EXPORT_CVE] = "cve",
	[EXPORT_ASN] = "asn",           [EXPORT_FILE] = "file",     [EXPORT_PATH] = "path",
	[EXPORT_REGISTRY] = "registry", [EXPORT_OTHER] = "other",
};

#define BIT(type) (1U << EXPORT_##type)

static const struct {
	const char *name;
	unsigned types;
} groups[] = {
	{"ip", BIT(IPV4) | BIT(IPV6)},
	{"hash", BIT(MD5) | BIT(SHA1) | BIT(SHA256) | BIT(SHA512) | BIT(HASH)},
};

const char *export_type_name(enum export_type t)
{
	return names[t];
}

/* 0: there is no such type. */
static unsigned types_of(struct str name)
{
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++)
		if (str_eqz(name, groups[i].name))
			return groups[i].types;
	for (unsigned i = 0; i < EXPORT_TYPES; i++)
		if (str_eqz(name, names[i]))
			return 1U << i;
	return 0;
}

static int unknown_type(struct arena *a, struct str name, struct err *err)
{
	const char *all[EXPORT_TYPES + ARRAY_SIZE(groups) + 1] = {0};
	struct str list = STR("");
	for (size_t i = 0; i < EXPORT_TYPES + ARRAY_SIZE(groups); i++) {
		all[i] = i < EXPORT_TYPES ? names[i] : groups[i - EXPORT_TYPES].name;
		list = arena_printf(a, "%.*s%s%s", STR_ARG(list), i ? _(", ") : "", all[i]);
	}
	const char *typed = arena_str(a, name).p;
	return err_set(err, "--%s takes %s, not `%s`%s", "type", list.p, typed, did_you_mean(a, typed, all, ""));
}

int export_types_read(struct arena *a, const struct name_list *wish, unsigned *out, struct err *err)
{
	*out = wish->nr ? 0 : (1U << EXPORT_TYPES) - 1;
	for (size_t i = 0; i < wish->nr; i++) {
		unsigned types = types_of(wish->v[i].value);
		if (!types)
			return unknown_type(a, wish->v[i].value, err);
		*out |= types;
	}
	return 0;
}
