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

bool url_is_tracker(struct str parameter)
{
	static const char *const prefixes[] = {"utm_", "fbclid", "gclid",  "mc_cid", "mc_eid",
	                                       "ref=", "igshid", "_hsenc", "_hsmi"};
	for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++)
		if (str_starts(parameter, str_of(prefixes[i])))
			return true;
	return false;
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
