#include "lint/links/shown.h"

#include "core/base/buf.h"
#include "core/base/percent.h"

static bool is_secret(struct str name)
{
	static const char *const words[] = {"token",       "secret",    "password",  "passwd",     "pwd",        "apikey",
	                                    "api_key",     "api-key",   "signature", "session",    "credential", "auth",
	                                    "jwt",         "sharedkey", "accesskey", "access-key", "privatekey", "authkey",
	                                    "signkey",     "phpsessid", "hmac",      "bearer",     "passphrase", "saml",
	                                    "key-pair-id", "otp"};
	static const char *const names[] = {"key", "sig", "code", "sid", "access_key", "pass"};
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return true;
	for (size_t i = 0; i < name.n; i++)
		for (size_t k = 0; k < ARRAY_SIZE(words); k++)
			if (str_eq_nocase(str_slice(name, i, i + strlen(words[k])), str_of(words[k])))
				return true;
	return false;
}

/* A ticket (JSON Web Token), or an address that has a key itself. */
static bool is_secret_value(struct arena *a, struct str value)
{
	struct str decoded = percent_decode(a, value);
	size_t equals = str_find_byte(decoded, 0, '=');
	return str_starts(value, STR("eyJ")) || (equals + 1 < decoded.n && is_secret(str_slice(decoded, 0, equals)));
}

static bool is_separator(char c)
{
	return c && strchr("?&;#", c);
}

/* Parameters stand behind any of these: `;jsessionid=…` in a path, `#access_token=…` in a fragment. */
static void add_parameters(struct buf *out, struct arena *a, struct str rest)
{
	for (size_t i = 0, end; i < rest.n; i = end) {
		end = i + is_separator(rest.p[i]);
		while (end < rest.n && !is_separator(rest.p[end]))
			end++;
		struct str piece = str_slice(rest, i, end);
		size_t equals = str_find_byte(piece, 0, '=');
		bool parameter = is_separator(*piece.p) && equals + 1 < piece.n;
		bool secret = parameter && (is_secret(percent_decode(a, str_slice(piece, 1, equals))) ||
		                            is_secret_value(a, str_from(piece, equals + 1)));
		if (secret) {
			buf_add(out, str_slice(piece, 0, equals));
			buf_addz(out, "=***");
		} else {
			buf_add(out, piece);
		}
	}
}

struct str link_shown(struct arena *a, struct str url)
{
	struct buf b = {0};
	size_t scheme = str_find(url, 0, STR("://")), from = scheme < url.n ? scheme + 3 : 0, end = from;
	while (end < url.n && !strchr("/?#", url.p[end]))
		end++;
	size_t user = from;
	for (size_t i = from; i < end; i++)
		if (url.p[i] == '@')
			user = i;
	buf_add(&b, str_slice(url, 0, from));
	buf_addz(&b, user > from ? "***" : "");
	buf_add(&b, str_slice(url, user, end));
	add_parameters(&b, a, str_from(url, end));
	struct str out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}

bool link_has_secret(struct str url)
{
	struct arena scratch = {0};
	bool secret = !str_eq(link_shown(&scratch, url), url);
	arena_release(&scratch);
	return secret;
}
