#include "core/digest/link.h"

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

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

size_t link_url_length(struct str s, bool *defanged)
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

bool link_is_web(const struct digest *d, const struct link *l)
{
	bool defanged;
	return l->kind != LINK_INLINE || link_url_length(digest_str(d, l->url), &defanged) > 0;
}

struct str link_refang(struct arena *a, struct str url)
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

static bool is_tracker(struct str parameter)
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
		if (!part.n || is_tracker(part))
			continue;
		out[n] = n ? '&' : '?';
		memcpy(out + n + 1, part.p, part.n);
		n += part.n + 1;
	}
	return n;
}

struct str link_key(struct arena *a, struct str url)
{
	struct str live = link_refang(a, url);
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

static void add(struct arena *a, struct link_list *out, struct link l)
{
	out->v = arena_grow(a, out->v, out->nr, &out->cap, sizeof(*out->v));
	out->v[out->nr++] = l;
}

/* Bytes that a link's text or target may have: a bound on the work that unclosed brackets can make. */
static const size_t longest_part = 1024;

/* The index behind the bracket that closes the one at `i`; 0 where none does. */
static size_t behind_close(struct str s, size_t i, char open, char close)
{
	size_t depth = 0, end = s.n - i > longest_part ? i + longest_part : s.n;
	for (; i < end; i++) {
		if (s.p[i] == '\\') {
			i++;
			continue;
		}
		depth += s.p[i] == open;
		if (s.p[i] == close && --depth == 0)
			return i + 1;
	}
	return 0;
}

static size_t trimmed_target(struct str s, size_t *from, size_t to)
{
	while (*from < to && s.p[*from] == ' ')
		++*from;
	size_t end = *from;
	if (end < to && s.p[end] == '<') {
		++*from;
		while (end < to && s.p[end] != '>')
			end++;
		return end;
	}
	while (end < to && s.p[end] != ' ')
		end++;
	return end;
}

/* At a '['. Returns the index behind the link, 0 where there is none. */
static size_t read_inline(struct arena *a, struct str text, struct span at, size_t i, uint32_t line,
                          struct link_list *out)
{
	struct str s = str_at(text, at);
	size_t label = behind_close(s, i, '[', ']');
	if (!label || label >= s.n || s.p[label] != '(')
		return 0;
	size_t end = behind_close(s, label, '(', ')');
	if (!end)
		return 0;
	size_t from = label + 1;
	size_t to = trimmed_target(s, &from, end - 1);
	bool image = i > 0 && s.p[i - 1] == '!', defanged;
	struct link l = {.line = line, .kind = LINK_INLINE, .image = image};
	l.at = span_make(at.off + i - image, at.off + end);
	l.text = span_make(at.off + i + 1, at.off + label - 1);
	l.url = span_make(at.off + from, at.off + to);
	link_url_length(str_slice(s, from, to), &defanged);
	l.defanged = defanged;
	add(a, out, l);
	return end;
}

static size_t read_bare(struct arena *a, struct str text, struct span at, size_t i, uint32_t line,
                        struct link_list *out)
{
	struct str s = str_at(text, at);
	bool defanged, angle = i > 0 && s.p[i - 1] == '<';
	size_t n = link_url_length(str_from(s, i), &defanged);
	if (!n)
		return 0;
	struct span url = span_make(at.off + i, at.off + i + n);
	struct link l = {.at = url, .text = url, .url = url, .line = line, .kind = LINK_BARE, .defanged = defanged};
	if (angle && i + n < s.n && s.p[i + n] == '>') {
		l.kind = LINK_ANGLE;
		l.at = span_make(url.off - 1, span_end(url) + 1);
	}
	add(a, out, l);
	return i + n;
}

/* The index behind a code span that opens at `i`; behind its backticks where none closes. */
static size_t skip_code(struct str s, size_t i)
{
	/* Each length that nothing closes costs one look at the rest of the line. */
	enum { LONGEST_RUN = 32 };
	size_t run = 0;
	while (i + run < s.n && s.p[i + run] == '`')
		run++;
	if (run > LONGEST_RUN)
		return i + run;
	for (size_t k = i + run; k < s.n;) {
		size_t close = 0;
		while (k + close < s.n && s.p[k + close] == '`')
			close++;
		if (close == run)
			return k + close;
		k += close ? close : 1;
	}
	return i + run;
}

/* The next byte that may begin a link, code or an escape. */
static size_t next_opening(struct str s, size_t i)
{
	static const bool opens[256] = {
		['`'] = true, ['\\'] = true, ['['] = true, ['h'] = true, ['H'] = true, ['f'] = true, ['F'] = true};
	while (i < s.n && !opens[(unsigned char)s.p[i]])
		i++;
	return i;
}

void link_scan(struct arena *a, struct str text, struct span at, uint32_t line, struct link_list *out)
{
	struct str s = str_at(text, at);
	size_t target = str_find(s, 0, STR("](")), close = str_find_byte(s, 0, ')');
	for (size_t i = next_opening(s, 0); i < s.n;) {
		size_t next = 0;
		char c = s.p[i];
		if (target < i)
			target = str_find(s, i, STR("]("));
		if (close < i)
			close = str_find_byte(s, i, ')');
		/* Without these two nearby it is not worth a look. */
		bool may_close = target < s.n && target - i < longest_part && close < s.n && close - i < 2 * longest_part;
		if (c == '`')
			next = skip_code(s, i);
		else if (c == '\\')
			next = i + 2;
		else if (c == '[' && may_close)
			next = read_inline(a, text, at, i, line, out);
		else if ((c == 'h' || c == 'H' || c == 'f' || c == 'F') && (i == 0 || !is_alnum(s.p[i - 1])))
			next = read_bare(a, text, at, i, line, out);
		i = next_opening(s, next ? next : i + 1);
	}
}
