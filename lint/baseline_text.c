/* Baselines as text. */
#include "core/base/utf8.h"
#include "lint/baseline_order.h"

enum { MAX_COUNT = 1000000 };

static const struct str head = STR_INIT("# sdi baseline 1");

static bool parse_context(struct str s, uint64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';
		if (!digit && (s.p[i] < 'a' || s.p[i] > 'f'))
			return false;
		*out = *out << 4 | (uint64_t)(digit ? s.p[i] - '0' : s.p[i] - 'a' + 10);
	}
	return s.n == 16;
}

static bool parse_count(struct str s, uint32_t *out)
{
	*out = 0;
	if (!s.n || s.n > 7 || s.p[0] == '0')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		*out = *out * 10 + (uint32_t)(s.p[i] - '0');
	}
	return *out <= MAX_COUNT;
}

static bool is_place(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F)
			return false;
	return s.n > 0;
}

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] < 'a' || s.p[i] > 'z') && s.p[i] != '-')
			return false;
	return s.n > 0;
}

static bool parse_line(struct str rest, struct baseline_line *out)
{
	struct str context, count;
	bool four = str_split(&rest, ' ', &out->where) && str_split(&rest, ' ', &out->rule) &&
	            str_split(&rest, ' ', &context) && str_split(&rest, ' ', &count) && !rest.p;
	return four && is_place(out->where) && is_name(out->rule) && parse_context(context, &out->context) &&
	       parse_count(count, &out->count);
}

static int check_head(const char *path, struct str line, struct err *err)
{
	if (str_eq(line, head))
		return 0;
	if (str_starts(line, str_slice(head, 0, head.n - 1)))
		return err_set(err, "%.800s:1: a baseline of another version of sdi", path);
	return err_set(err, "%.800s:1: no baseline: it begins with `%.*s`", path, STR_ARG(head));
}

int baseline_parse(struct arena *a, const char *path, struct str text, struct baseline *out, struct err *err)
{
	struct str rest = text, line;
	size_t cap = 0, at = 2;
	*out = (struct baseline){0};
	if (utf8_check(text) < text.n)
		return err_set(err, "%.800s: no baseline: not UTF-8", path);
	if (!str_split(&rest, '\n', &line))
		line = STR("");
	if (check_head(path, line, err) < 0)
		return -1;
	if (!rest.p)
		return err_set(err, "%.800s:%zu: the last line does not end", path, at - 1);
	for (; rest.n; at++) {
		struct baseline_line l = {0};
		str_split(&rest, '\n', &line);
		if (!rest.p)
			return err_set(err, "%.800s:%zu: the last line does not end", path, at);
		if (!parse_line(line, &l))
			return err_set(err, "%.800s:%zu: not `DIGEST RULE HASH COUNT`", path, at);
		if (out->nr && baseline_compare(&out->v[out->nr - 1], &l) >= 0)
			return err_set(err, "%.800s:%zu: not in order, or there twice", path, at);
		out->v = arena_grow(a, out->v, out->nr, &cap, sizeof(*out->v));
		out->v[out->nr++] = l;
	}
	return 0;
}

void baseline_print(const struct baseline *b, struct buf *out)
{
	buf_add(out, head);
	buf_addc(out, '\n');
	for (size_t i = 0; i < b->nr; i++) {
		const struct baseline_line *l = &b->v[i];
		buf_printf(out, "%.*s %.*s %016llx %u\n", STR_ARG(l->where), STR_ARG(l->rule), (unsigned long long)l->context,
		           (unsigned)l->count);
	}
}
