#include "core/digest/dress.h"

#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "core/digest/scan.h"

struct pair {
	struct str open, close;
};
static const struct pair pairs[] = {
	{STR_INIT("**"), STR_INIT("**")}, {STR_INIT("__"), STR_INIT("__")}, {STR_INIT("*"), STR_INIT("*")},
	{STR_INIT("_"), STR_INIT("_")},   {STR_INIT("``"), STR_INIT("``")}, {STR_INIT("`"), STR_INIT("`")},
	{STR_INIT("~~"), STR_INIT("~~")}, {STR_INIT("「"), STR_INIT("」")}, {STR_INIT("『"), STR_INIT("』")},
	{STR_INIT("【"), STR_INIT("】")}, {STR_INIT("〔"), STR_INIT("〕")}, {STR_INIT("〈"), STR_INIT("〉")},
	{STR_INIT("《"), STR_INIT("》")}, {STR_INIT("＜"), STR_INIT("＞")}, {STR_INIT("<"), STR_INIT(">")},
	{STR_INIT("（"), STR_INIT("）")}, {STR_INIT("("), STR_INIT(")")},   {STR_INIT("［"), STR_INIT("］")},
	{STR_INIT("["), STR_INIT("]")},   {STR_INIT("｛"), STR_INIT("｝")}, {STR_INIT("\""), STR_INIT("\"")},
	{STR_INIT("'"), STR_INIT("'")},   {STR_INIT("“"), STR_INIT("”")},   {STR_INIT("‘"), STR_INIT("’")},
	{STR_INIT("＂"), STR_INIT("＂")}, {STR_INIT("〝"), STR_INIT("〟")}};

static struct str trimmed(struct str s)
{
	return str_at(s, scan_trim(s, (struct span){0, (uint32_t)s.n}));
}

/* "「一」と「二」" is not wrapped: the first bracket closes before the end. */
static bool is_pair(const struct pair *p, struct str s)
{
	if (s.n <= p->open.n + p->close.n || !str_starts(s, p->open) || !str_ends(s, p->close))
		return false;
	struct str in = str_slice(s, p->open.n, s.n - p->close.n);
	return str_find(in, 0, p->close) == in.n;
}

struct str dress_off(struct str s)
{
	size_t i = 0;
	s = trimmed(s);
	while (i < ARRAY_SIZE(pairs)) {
		bool hit = is_pair(&pairs[i], s);
		if (hit)
			s = trimmed(str_slice(s, pairs[i].open.n, s.n - pairs[i].close.n));
		i = hit ? 0 : i + 1;
	}
	return s;
}

/* Bytes of "1. ", "1）", "(1)", "①" and the like; 0 for none. */
static size_t number_length(struct str s)
{
	static const struct str stops[] = {STR_INIT("."), STR_INIT(")"), STR_INIT("．"), STR_INIT("）"), STR_INIT("、")};
	/* U+2460 to U+2473 */
	if (str_starts(s, STR("\xE2\x91")) && s.n > 3 && (unsigned char)s.p[2] >= 0xA0 && (unsigned char)s.p[2] <= 0xB3)
		return 3;
	size_t n = s.n && s.p[0] == '(' ? 1 : str_starts(s, STR("（")) ? 3 : 0, first = n;
	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	for (size_t i = 0; n > first && i < ARRAY_SIZE(stops); i++)
		if (str_starts(str_from(s, n), stops[i]))
			return n + stops[i].n;
	return 0;
}

size_t dress_symbols(struct str s)
{
	size_t i = 0;
	while (i < s.n) {
		size_t at = i;
		uint32_t c = utf8_next(s, &i);
		if ((c >= '0' && c <= '9') || unicode_is_letter(c))
			return at;
	}
	return s.n;
}

static struct str without_end(struct str s)
{
	static const struct str ends[] = {STR_INIT(":"),  STR_INIT("："), STR_INIT("…"),  STR_INIT("。"),
	                                  STR_INIT("、"), STR_INIT("．"), STR_INIT("！"), STR_INIT("・")};
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (s.n > ends[i].n && str_ends(s, ends[i]))
			return str_slice(s, 0, s.n - ends[i].n);
	return s;
}

struct str dress_name(struct str s)
{
	for (;;) {
		size_t before = s.n;
		s = without_end(dress_off(s));
		s = str_from(s, number_length(s));
		s = str_from(s, scan_false_bullet(s));
		if (s.n == before)
			return s;
	}
}
