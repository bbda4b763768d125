#include "lint/tracker.h"

#include "core/ioc/url.h"

/* An address that carries a signature opens only as it was signed; where a query names a branch, `ref` is no tracker. */
static bool may_change(struct str host, struct str query)
{
	static const struct str signatures[] = {STR_INIT("signature="), STR_INIT("x-amz-"), STR_INIT("hmac="),
	                                        STR_INIT("sig=")};
	struct str part;
	while (str_split(&query, '&', &part))
		for (size_t i = 0; i < ARRAY_SIZE(signatures); i++)
			if (str_eq_nocase(str_slice(part, 0, signatures[i].n), signatures[i]))
				return false;
	return host.n > 0;
}

static bool is_forge(struct str host)
{
	static const struct str names[] = {STR_INIT("git"), STR_INIT("bitbucket"), STR_INIT("codeberg")};
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (str_find(host, 0, names[i]) < host.n)
			return true;
	return false;
}

static bool is_wanted(const struct word_list *more, struct str parameter)
{
	struct str name = str_slice(parameter, 0, str_find_byte(parameter, 0, '='));
	for (size_t i = 0; i < more->nr; i++)
		if (str_eq_nocase(name, more->v[i].key))
			return true;
	return false;
}

/* "amp;utm_source=x": the ampersand was written as `&amp;`. */
static struct str without_entity(struct str part)
{
	return str_starts(part, STR("amp;")) ? str_from(part, 4) : part;
}

void tracked_query_read(struct str host, struct str query, const struct word_list *more, struct tracked_query *out)
{
	struct str part;
	bool forge = is_forge(host);
	*out = (struct tracked_query){0};
	if (!may_change(host, query))
		return;
	while (str_split(&query, '&', &part)) {
		struct str parameter = without_entity(part);
		bool branch = forge && str_starts(parameter, STR("ref="));
		if ((url_is_tracker(parameter) && !branch) || is_wanted(more, parameter)) {
			if (!out->nr++)
				out->first = str_slice(parameter, 0, str_find_byte(parameter, 0, '='));
			continue;
		}
		buf_addz(&out->kept, out->kept.n ? "&" : "?");
		buf_add(&out->kept, out->kept.n > 1 ? part : parameter);
	}
}
