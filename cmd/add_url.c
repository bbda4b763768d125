#include "cmd/add_url.h"

#include "core/base/message.h"
#include "core/ioc/url.h"
#include "lint/links/target.h"
#include "lint/sighting.h"
#include "lint/tracker.h"

static const struct {
	const char *reason, *says;
} refusals[] = {
	{"malformed", N_("it cannot be read as one")},
	{"long", N_("it is too long")},
	{"control", N_("it holds a blank or a control character")},
	{"hidden", N_("its host holds characters that are not seen")},
	{"backslash", N_("it holds a backslash")},
	{"scheme", N_("it begins with neither http:// nor https://")},
	{"userinfo", N_("it holds a user name or a password")},
	{"host", N_("there can be no such host")},
	{"port", N_("there can be no such port")},
};

static int refuse(const char *arg, const char *reason, struct err *err)
{
	if (strcmp(reason, "defanged") == 0)
		return err_set(err, "`%s` is defanged: what an entry is about is written as a real address, as in the browser",
		               arg);
	for (size_t i = 0; i < ARRAY_SIZE(refusals); i++)
		if (strcmp(refusals[i].reason, reason) == 0)
			return err_set(err, "`%s` is no address of an article: %s", arg, _(refusals[i].says));
	return err_set(err, "`%s` is no address of an article: %s", arg, reason);
}

static bool is_whole(struct str url)
{
	bool defanged = false;
	return url_length(url, &defanged) == url.n && !defanged;
}

/* A digest's reader takes punctuation at the end for the sentence's; a question mark there asks for nothing anyway. */
static struct str end_encoded(struct arena *a, struct str url)
{
	for (size_t i = url.n; i-- > 0 && !is_whole(url);) {
		struct str last = STR("");
		if (url.p[i] != '?')
			last = arena_printf(a, "%%%02X", (unsigned char)url.p[i]);
		url = arena_printf(a, "%.*s%.*s%.*s", STR_ARG(str_slice(url, 0, i)), STR_ARG(last),
		                   STR_ARG(str_from(url, i + 1)));
	}
	return url;
}

/* As it was given, where a digest can hold it like that; else as it is asked for. */
static struct str as_written(struct arena *a, struct str given, const struct link_target *t)
{
	if (is_whole(given))
		return given;
	struct str whole = arena_printf(a, "%.*s#%.*s", STR_ARG(t->request), STR_ARG(t->fragment));
	return t->fragment.n && is_whole(whole) ? whole : end_encoded(a, t->request);
}

static struct str without_trackers(struct arena *a, struct str url, const struct lint_plan *plan, struct str *tracker)
{
	static const struct str name = STR_INIT("tracking-parameter");
	const struct rule *rule = rule_find(name);
	const struct rule_state *state = rule ? &plan->state[rule_index(rule)] : NULL;
	struct url_parts parts;
	struct tracked_query k;
	if (!state || state->severity == SEVERITY_OFF || !url_split(url, &parts) || !parts.query.len)
		return url;
	tracked_query_read(str_at(url, parts.host), str_at(url, parts.query), &state->option->words, &k);
	if (k.nr) {
		*tracker = k.first;
		url = arena_printf(a, "%.*s%.*s%.*s", STR_ARG(str_slice(url, 0, parts.query.off - 1)),
		                   STR_ARG(buf_str(&k.kept)), STR_ARG(str_from(url, span_end(parts.query))));
	}
	buf_release(&k.kept);
	return url;
}

int add_url_read(struct arena *a, const char *arg, const struct lint_plan *plan, struct add_url *out, struct err *err)
{
	struct link_target t;
	struct str given = str_trim(str_of(arg));
	const char *reason = link_target_read(a, given, &t);
	*out = (struct add_url){.tracker = STR("")};
	if (reason)
		return refuse(arg, reason, err);
	out->text = without_trackers(a, as_written(a, given, &t), plan, &out->tracker);
	out->name = sighting_article(a, out->text);
	return 0;
}
