#include "core/digest/link.h"

#include "core/base/utf8.h"
#include "core/digest/code_span.h"
#include "core/ioc/url.h"

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool link_is_web(const struct digest *d, const struct link *l)
{
	bool defanged;
	return l->kind != LINK_INLINE || url_length(digest_str(d, l->url), &defanged) > 0;
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
	url_length(str_slice(s, from, to), &defanged);
	l.defanged = defanged;
	add(a, out, l);
	return end;
}

static size_t read_bare(struct arena *a, struct str text, struct span at, size_t i, uint32_t line,
                        struct link_list *out)
{
	struct str s = str_at(text, at);
	bool defanged, angle = i > 0 && s.p[i - 1] == '<';
	size_t n = url_length(str_from(s, i), &defanged);
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

/* The next byte that may begin a link, code or an escape. */
static size_t next_opening(struct str s, size_t i)
{
	static const bool opens[256] = {
		['`'] = true, ['\\'] = true, ['['] = true, ['h'] = true, ['H'] = true, ['f'] = true, ['F'] = true};
	while (i < s.n && !opens[(unsigned char)s.p[i]])
		i += utf8_step((unsigned char)s.p[i]);
	return i < s.n ? i : s.n;
}

void link_scan(struct arena *a, struct str text, struct span at, uint32_t line, struct link_list *out)
{
	struct str s = str_at(text, at);
	size_t target = 0, close = 0;
	bool closed;
	for (size_t i = next_opening(s, 0); i < s.n;) {
		size_t next = 0;
		char c = s.p[i];
		/* Without these two nearby a bracket is not worth a look. */
		if (c == '[' && target <= i)
			target = str_find(s, i, STR("]("));
		if (c == '[' && close <= i)
			close = str_find_byte(s, i, ')');
		bool may_close = target < s.n && target - i < longest_part && close < s.n && close - i < 2 * longest_part;
		if (c == '`')
			next = code_span_end(s, i, &closed);
		else if (c == '\\')
			next = i + 2;
		else if (c == '[' && may_close)
			next = read_inline(a, text, at, i, line, out);
		else if ((c == 'h' || c == 'H' || c == 'f' || c == 'F') && (i == 0 || !is_alnum(s.p[i - 1])))
			next = read_bare(a, text, at, i, line, out);
		i = next_opening(s, next ? next : i + 1);
	}
}
