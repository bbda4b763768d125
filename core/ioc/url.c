#include "core/ioc/url.h"

#include "core/ioc/defang.h"

static bool ends_url(char c)
{
	return (unsigned char)c <= ' ' || (unsigned char)c >= 0x7F || strchr("<>\"`|\\^{}", c);
}

/* Longest first. The live spelling stands beside each. */
static const struct {
	const char *written, *live;
} schemes[] = {
	{"https", "https"}, {"hxxps", "https"}, {"hXXps", "https"}, {"http", "http"}, {"hxxp", "http"},
	{"hXXp", "http"},   {"h**ps", "https"}, {"h**p", "http"},   {"ftp", "ftp"},   {"fxp", "ftp"},
};
static const char *const separators[] = {"://", "[://]", "[:]//", "[:/]/", ":[//]", "[:]\\/\\/"};
static const struct {
	const char *written, *live;
} dots[] = {
	{"[.]", "."}, {"(.)", "."}, {"{.}", "."}, {"[dot]", "."}, {"(dot)", "."}, {"[:]", ":"}, {"[@]", "@"},
};

struct opening {
	size_t scheme, length; /* bytes of the scheme, and with its separator; 0: none */
	const char *live;
	bool defanged;
};

static struct opening read_opening(struct str s)
{
	struct opening o = {0};
	for (size_t i = 0; i < ARRAY_SIZE(schemes); i++) {
		struct str scheme = str_of(schemes[i].written);
		if (!str_eq_nocase(str_slice(s, 0, scheme.n), scheme))
			continue;
		for (size_t k = 0; k < ARRAY_SIZE(separators); k++) {
			struct str sep = str_of(separators[k]);
			if (!str_starts(str_from(s, scheme.n), sep))
				continue;
			o.scheme = scheme.n;
			o.length = scheme.n + sep.n;
			o.live = schemes[i].live;
			o.defanged = k > 0 || !str_eq_nocase(str_of(schemes[i].live), scheme);
			return o;
		}
	}
	return o;
}

/* Bytes of a defanged dot at the start; 0 for none. `*live` is what it stands for. */
static size_t read_dot(struct str s, const char **live)
{
	if (!s.n || (*s.p != '[' && *s.p != '(' && *s.p != '{'))
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(dots); i++) {
		if (!str_starts(s, str_of(dots[i].written)))
			continue;
		*live = dots[i].live;
		return strlen(dots[i].written);
	}
	return 0;
}

static size_t host_end(struct str s, size_t from, bool *defanged)
{
	size_t i = from;
	const char *live;
	while (i < s.n) {
		size_t dot = read_dot(str_from(s, i), &live);
		if (dot)
			*defanged = true;
		else if (ends_url(s.p[i]) || strchr("/?#()[],;'", s.p[i]))
			break;
		i += dot ? dot : 1;
	}
	return i;
}

struct brackets {
	size_t round_open, round_close, square_open, square_close;
};

static struct brackets count_brackets(struct str s, size_t start, size_t end)
{
	struct brackets b = {0};
	for (size_t i = start; i < end; i++) {
		b.round_open += s.p[i] == '(';
		b.round_close += s.p[i] == ')';
		b.square_open += s.p[i] == '[';
		b.square_close += s.p[i] == ']';
	}
	return b;
}

/* Punctuation that belongs to the sentence, and brackets that the URL did not open (as GitHub's autolinks). */
static size_t without_tail(struct str s, size_t start, size_t end)
{
	struct brackets b = count_brackets(s, start, end);
	for (; end > start; end--) {
		char last = s.p[end - 1];
		if (strchr(".,:;!?'*_~", last))
			continue;
		if (last == '(')
			b.round_open--;
		else if (last == '[')
			b.square_open--;
		else if (last == ')' && b.round_close > b.round_open)
			b.round_close--;
		else if (last == ']' && b.square_close > b.square_open)
			b.square_close--;
		else
			break;
	}
	return end;
}

size_t url_length(struct str s, bool *defanged)
{
	struct opening o = read_opening(s);
	*defanged = o.defanged;
	if (!o.length)
		return 0;
	size_t host = host_end(s, o.length, defanged);
	size_t end = host;
	while (host > o.length && end < s.n && !ends_url(s.p[end]))
		end++;
	if (host < s.n && !strchr("/?#", s.p[host]))
		end = host;
	end = without_tail(s, host, end);
	if (end == host)
		end = without_tail(s, o.length, host);
	return end > o.length ? end : 0;
}

struct str refang(struct arena *a, struct str url)
{
	struct opening o = read_opening(url);
	bool defanged = false;
	if (!o.length)
		return url;
	size_t host = host_end(url, o.length, &defanged);
	char *out = arena_array(a, char, url.n + 8);
	size_t n = strlen(o.live);
	memcpy(out, o.defanged ? o.live : url.p, n);
	memcpy(out + n, "://", 3);
	n += 3;
	for (size_t i = o.length; i < host;) {
		const char *live;
		size_t dot = read_dot(str_from(url, i), &live);
		out[n++] = dot ? *live : url.p[i];
		i += dot ? dot : 1;
	}
	memcpy(out + n, url.p + host, url.n - host);
	return (struct str){out, n + url.n - host};
}

/*
 * Parameters that only say which campaign, mail or page a reader came from; a star at the end stands for any rest. Others that
 * sites use for both (`source`, `cid`, `gi`) are left alone.
 */
static const char *const trackers[] = {
	"utm_*",  "fbclid",  "gclid",   "gclsrc",   "dclid",     "gbraid",       "wbraid",     "msclkid",
	"yclid",  "twclid",  "ttclid",  "li_fat_id", "igshid",   "igsh",         "mc_cid",     "mc_eid",
	"mkt_tok", "_hsenc", "_hsmi",   "__hstc",   "__hssc",    "__hsfp",       "hsctatracking", "vero_id",
	"vero_conv", "vgo_ee", "oly_enc_id", "oly_anon_id", "_openstat", "ck_subscriber_id", "sc_cid", "ref_src",
};

static bool has_name(struct str parameter, struct str name)
{
	bool open = name.n && name.p[name.n - 1] == '*';
	size_t end = open ? name.n - 1 : str_find_byte(parameter, 0, '=');
	return str_eq_nocase(str_slice(parameter, 0, end), str_slice(name, 0, name.n - open));
}

/*
 * `ref=` names a branch on one site and the page before on another: a host (`ref=blog.example`), or one of the words that feeds
 * and buttons put there.
 */
static bool is_referrer(struct str parameter)
{
	static const char *const words[] = {"rss", "twitter", "facebook", "linkedin", "newsletter", "email", "hackernews"};
	struct str value = str_from(parameter, 4);
	if (!str_starts(parameter, STR("ref=")))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_eq_nocase(value, str_of(words[i])))
			return true;
	size_t dot = value.n, letters = 0;
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		if (!letter && c != '.' && c != '-' && !(c >= '0' && c <= '9'))
			return false;
		dot = c == '.' ? i : dot;
		letters = c == '.' ? 0 : letters + letter;
	}
	return dot && dot < value.n && letters >= 2 && letters == value.n - dot - 1;
}

bool url_is_tracker(struct str parameter)
{
	for (size_t i = 0; i < ARRAY_SIZE(trackers); i++)
		if (has_name(parameter, str_of(trackers[i])))
			return true;
	return is_referrer(parameter);
}

static size_t copy_query(char *out, struct str query)
{
	size_t n = 0;
	struct str part;
	while (str_split(&query, '&', &part)) {
		if (!part.n || url_is_tracker(part))
			continue;
		out[n] = n ? '&' : '?';
		memcpy(out + n + 1, part.p, part.n);
		n += part.n + 1;
	}
	return n;
}

struct str url_key(struct arena *a, struct str url)
{
	struct str live = refang(a, url);
	struct opening o = read_opening(live);
	struct str rest = str_from(live, o.length);
	rest = str_slice(rest, 0, str_find_byte(rest, 0, '#'));
	if (str_eq_nocase(str_slice(rest, 0, 4), STR("www.")))
		rest = str_from(rest, 4);
	size_t question = str_find_byte(rest, 0, '?');
	struct str path = str_slice(rest, 0, question);
	size_t host = str_find_byte(path, 0, '/');
	while (path.n && path.p[path.n - 1] == '/')
		path.n--;
	char *key = arena_array(a, char, rest.n + 2);
	for (size_t i = 0; i < path.n; i++)
		key[i] = i < host && path.p[i] >= 'A' && path.p[i] <= 'Z' ? (char)(path.p[i] - 'A' + 'a') : path.p[i];
	size_t n = path.n;
	if (question < rest.n)
		n += copy_query(key + n, str_from(rest, question + 1));
	return (struct str){key, n};
}

/* Cuts what stands behind the first `c` of `*at` off; empty where there is none. */
static struct span cut(struct str s, struct span *at, char c)
{
	size_t i = str_find_byte(str_at(s, *at), 0, c);
	if (i == at->len)
		return (struct span){span_end(*at), 0};
	struct span behind = span_make(at->off + i + 1, span_end(*at));
	at->len = (uint32_t)i;
	return behind;
}

bool url_split(struct str s, struct url_parts *out)
{
	struct opening o = read_opening(s);
	if (!o.length)
		return false;
	struct span rest = span_make(o.length, s.n);
	out->scheme = (struct span){0, (uint32_t)o.scheme};
	out->fragment = cut(s, &rest, '#');
	out->query = cut(s, &rest, '?');
	size_t slash = str_find_byte(str_at(s, rest), 0, '/');
	out->path = span_make(rest.off + slash, span_end(rest));
	rest.len = (uint32_t)slash;
	size_t at = rest.len;
	while (at && s.p[rest.off + at - 1] != '@')
		at--;
	out->user = (struct span){rest.off, at ? (uint32_t)at - 1 : 0};
	rest = span_make(rest.off + at, span_end(rest));
	size_t colon = rest.len;
	while (colon && s.p[rest.off + colon - 1] != ':' && s.p[rest.off + colon - 1] != ']')
		colon--;
	bool port = colon && s.p[rest.off + colon - 1] == ':';
	out->port = port ? span_make(rest.off + colon, span_end(rest)) : (struct span){span_end(rest), 0};
	out->host = span_make(rest.off, port ? rest.off + colon - 1 : span_end(rest));
	return true;
}
