#include "lint/links/landing.h"

#include "core/ioc/indicator.h"

static bool is_one_of(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (str_eq_nocase(s, str_of(*words)))
			return true;
	return false;
}

/* Without the query, and without the slash it begins with. */
static struct str path_of(const struct link_target *t)
{
	size_t from = str_find_byte(t->key, strlen("https://"), '/');
	return str_slice(t->key, from + 1, str_find_byte(t->key, from, '?'));
}

static struct str without_extension(struct str segment)
{
	return str_slice(segment, 0, str_find_byte(segment, 0, '.'));
}

/* Is any part of the path, without its extension, one of these words? */
static bool path_names(const struct link_target *t, const char *const *words)
{
	struct str rest = path_of(t), segment;
	while (str_split(&rest, '/', &segment))
		if (is_one_of(without_extension(segment), words))
			return true;
	return false;
}

static bool is_login(const struct link_target *t)
{
	static const char *const words[] = {"login",      "log-in", "logon", "signin", "sign-in", "sign_in",
	                                    "user_login", "sso",    "saml",  "oauth",  "oauth2",  NULL};
	static const char *const labels[] = {"login", "signin", "sso", "auth", "accounts", NULL};
	struct str label = str_slice(t->host, 0, str_find_byte(t->host, 0, '.'));
	return is_one_of(label, labels) || path_names(t, words);
}

static bool is_error(const struct link_target *t)
{
	static const char *const words[] = {"404",          "404error", "error404",  "error-404", "error",
	                                    "errors",       "notfound", "not-found", "not_found", "page-not-found",
	                                    "pagenotfound", "page404",  NULL};
	return path_names(t, words);
}

/* `en`, `ja`, `en-us`: the front page in a language. */
static bool is_language(struct str s)
{
	if (s.n != 2 && (s.n != 5 || (s.p[2] != '-' && s.p[2] != '_')))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (i != 2 && !((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z'))
			return false;
	return true;
}

static bool is_front(const struct link_target *t)
{
	static const char *const words[] = {"index", "home", "top", "default", NULL};
	struct str path = path_of(t);
	bool query = str_find_byte(t->key, 0, '?') < t->key.n;
	if (str_ends(path, STR("/")))
		path.n--;
	return !query && (!path.n || is_language(path) || is_one_of(without_extension(path), words));
}

static bool same_site(const struct link_target *a, const struct link_target *b)
{
	if (a->is_address || b->is_address)
		return str_eq(a->host, b->host);
	struct str site = domain_registered(a->host);
	return str_eq(a->host, b->host) || (site.n && str_eq(site, domain_registered(b->host)));
}

enum link_landing link_landing_of(const struct link_target *asked, const struct link_target *landed)
{
	if (is_login(landed) && !is_login(asked))
		return LANDING_LOGIN;
	if (is_error(landed) && !is_error(asked))
		return LANDING_ERROR;
	if (is_front(landed) && !is_front(asked) && same_site(asked, landed))
		return LANDING_FRONT;
	return LANDING_PAGE;
}
