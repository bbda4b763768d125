#include "core/ioc/indicator.h"
#include "core/ioc/fang.h"
#include "core/ioc/harvest_text.h"

static size_t skip_blanks(struct str s, size_t i)
{
	enum { MOST_BLANKS = 8 };
	size_t from = i;
	while (i < s.n && i - from < MOST_BLANKS && s.p[i] == ' ')
		i++;
	return i;
}

/* Does what stands there look like the rest of a name or of an address whose dot stands apart? */
static bool is_followed(struct str s, char before, size_t i)
{
	size_t end = i;
	while (end < s.n && (is_alnum(s.p[end]) || is_one_of("-.", s.p[end])))
		end++;
	struct str word = trim(str_slice(s, i, end), ".-");
	size_t behind = skip_blanks(s, end);
	if (!word.n)
		return false;
	if (is_digit(*word.p))
		return is_digit(before);
	return domain_has_tld(word) || mark_read(str_from(s, behind), true, false).n ||
	       str_eq_nocase(str_slice(s, behind, behind + 4), STR("dot "));
}

/* ` dot ` */
static struct token word_at(struct str s, size_t i)
{
	size_t from = skip_blanks(s, i), end = skip_blanks(s, from + 3);
	bool is = i && from > i && is_alnum(s.p[i - 1]) && str_eq_nocase(str_slice(s, from, from + 3), STR("dot")) &&
	          end > from + 3 && is_followed(s, s.p[i - 1], end);
	return is ? (struct token){end - i, ".", true, true} : (struct token){0};
}

/* A mark at `i`, also with blanks around it. */
static struct token mark_at(struct str s, size_t i)
{
	size_t from = skip_blanks(s, i);
	struct token m = from < s.n ? mark_read(str_from(s, from), true, true) : (struct token){0};
	if (!m.n)
		return s.p[i] == ' ' ? word_at(s, i) : m;
	size_t end = from + m.n, behind = skip_blanks(s, end);
	bool closed = is_one_of("[({", s.p[from]) && is_one_of("])}", s.p[end - 1]);
	if (from == i && behind == end)
		return m;
	if (closed && i && is_alnum(s.p[i - 1]) && (*m.live != '.' || is_followed(s, s.p[i - 1], behind)))
		m.n = behind - i;
	else if (from > i)
		m.n = 0;
	return m;
}

struct live_text live_read(struct arena *a, struct str plain, struct harvest *out)
{
	char *p = arena_alloc(a, plain.n + 1);
	size_t *mark = NULL, marks = 0, cap = 0, n = 0;
	for (size_t i = 0; i < plain.n;) {
		struct token k = {0};
		if (is_one_of("[({\\. ", plain.p[i]))
			k = mark_at(plain, i);
		if (k.n) {
			mark = arena_grow(a, mark, marks, &cap, sizeof(*mark));
			mark[marks++] = n;
		}
		struct str piece = k.n ? str_of(k.live) : str_slice(plain, i, i + 1);
		memcpy(p + n, piece.p, piece.n);
		n += piece.n;
		i += k.n ? k.n : 1;
	}
	return (struct live_text){a, {p, n}, mark, marks, out};
}

bool live_holds_mark(const struct live_text *t, struct str part)
{
	size_t from = (size_t)(part.p - t->s.p), low = 0, high = t->marks;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (t->mark[middle] < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low < t->marks && t->mark[low] < from + part.n;
}
