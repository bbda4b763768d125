#include "core/digest/mark.h"

#include "core/base/message.h"
#include "core/config/config.h"
#include "core/digest/scan.h"

enum mark_value { NO_VALUE, NUMBER, NAMES };

static const struct {
	const char *name;
	unsigned where;
	enum mark_value value;
} words[] = {
	{"alias", MARK_NAMED | MARK_TITLE, NAMES},
	{"columns", MARK_FIELD, NAMES},
	{"entries", MARK_SECTION, NO_VALUE},
	{"ioc", MARK_FIELD, NO_VALUE},
	{"known", MARK_FIELD, NAMES},
	{"links", MARK_SECTION, NO_VALUE},
	{"max-chars", MARK_FIELD, NUMBER},
	{"max-items", MARK_FIELD, NUMBER},
	{"optional", MARK_NAMED, NO_VALUE},
	{"scope", MARK_FIELD, NAMES},
	{"type", MARK_FIELD, NAMES},
};

void mistake_add(struct mistakes *m, struct span at, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	struct str text = arena_vprintf(m->arena, message(fmt), ap);
	va_end(ap);
	m->v = arena_grow(m->arena, m->v, m->nr, &m->cap, sizeof(*m->v));
	m->v[m->nr++] = (struct template_mistake){at, text};
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Reads one mark at `*i`; false when its value's quote does not close. */
static bool read_mark(struct str s, size_t *i, uint32_t base, struct mark *out)
{
	size_t start = *i;
	while (*i < s.n && !is_blank(s.p[*i]) && s.p[*i] != '=')
		++*i;
	out->name = span_make(base + start, base + *i);
	out->value = span_make(base + *i, base + *i);
	out->has_value = *i < s.n && s.p[*i] == '=';
	if (!out->has_value)
		return true;
	size_t from = ++*i;
	if (from < s.n && s.p[from] == '"') {
		size_t close = str_find_byte(s, from + 1, '"');
		out->value = span_make(base + from + 1, base + close);
		*i = close + 1;
		return close < s.n;
	}
	while (*i < s.n && !is_blank(s.p[*i]))
		++*i;
	out->value = span_make(base + from, base + *i);
	return true;
}

static struct span find_comment(struct str text, struct span at)
{
	struct str s = str_at(text, at);
	size_t open = 0, last = s.n;
	while ((open = str_find(s, open, STR("<!--"))) < s.n)
		last = open++;
	return span_make(at.off + last, span_end(at));
}

struct marks marks_read(struct str text, struct span at, struct mistakes *m)
{
	struct marks out = {0};
	struct span comment = find_comment(text, scan_trim(text, at));
	struct str s = str_at(text, comment);
	size_t i = 4, cap = 0;
	while (i < s.n && is_blank(s.p[i]))
		i++;
	if (!s.n || !str_starts(str_from(s, i), STR("sdi:")))
		return out;
	out.comment = comment;
	size_t close = str_find(s, i, STR("-->"));
	if (close == s.n)
		mistake_add(m, comment, "the comment is not closed on its line by `-->`");
	i += 4;
	struct str inside = str_slice(s, 0, close);
	for (;;) {
		while (i < inside.n && is_blank(inside.p[i]))
			i++;
		if (i >= inside.n)
			return out;
		struct mark mark = {0};
		if (!read_mark(inside, &i, comment.off, &mark))
			mistake_add(m, mark.name, "the quotation mark of `%.*s` is not closed", STR_ARG(str_at(text, mark.name)));
		out.v = arena_grow(m->arena, out.v, out.nr, &cap, sizeof(*out.v));
		out.v[out.nr++] = mark;
	}
}

static void check_mark(struct str text, struct mark *mark, unsigned allowed, struct mistakes *m)
{
	struct str name = str_at(text, mark->name);
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (!str_eqz(name, words[i].name))
			continue;
		if (!(words[i].where & allowed))
			mistake_add(m, mark->name, "`%.*s` has no meaning on this line", STR_ARG(name));
		else if (words[i].value == NO_VALUE && mark->has_value)
			mistake_add(m, mark->name, "`%.*s` takes no value", STR_ARG(name));
		else if (words[i].value != NO_VALUE && mark->value.len == 0)
			mistake_add(m, mark->name, "`%.*s` needs a value: `%.*s=…`", STR_ARG(name), STR_ARG(name));
		return;
	}
	const char *names[ARRAY_SIZE(words) + 1] = {NULL};
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		names[i] = words[i].name;
	const char *near = mark->meant = nearest_name(name, names);
	if (near)
		mistake_add(m, mark->name, "unknown mark `%.*s`; did you mean `%s`?", STR_ARG(name), near);
	else
		mistake_add(m, mark->name, "unknown mark `%.*s`", STR_ARG(name));
}

void marks_check(struct str text, struct marks *marks, unsigned allowed, struct mistakes *m)
{
	for (size_t i = 0; i < marks->nr; i++) {
		check_mark(text, &marks->v[i], allowed, m);
		for (size_t k = 0; k < i; k++)
			if (str_eq(str_at(text, marks->v[i].name), str_at(text, marks->v[k].name)))
				mistake_add(m, marks->v[i].name, "`%.*s` stands here twice", STR_ARG(str_at(text, marks->v[i].name)));
	}
}

const struct mark *marks_find(struct str text, const struct marks *marks, const char *name)
{
	for (size_t i = 0; i < marks->nr; i++)
		if (str_eqz(marks->v[i].meant ? str_of(marks->v[i].meant) : str_at(text, marks->v[i].name), name))
			return &marks->v[i];
	return NULL;
}

struct name_set marks_names(struct arena *a, struct str text, const struct mark *mark)
{
	struct name_set out = {0};
	size_t cap = 0;
	if (!mark)
		return out;
	struct str rest = str_at(text, mark->value), part;
	while (str_split(&rest, '|', &part)) {
		part = str_trim(part);
		if (!part.n)
			continue;
		out.v = arena_grow(a, out.v, out.nr, &cap, sizeof(*out.v));
		out.v[out.nr++] = part;
	}
	return out;
}

uint32_t marks_number(struct str text, const struct mark *mark, struct mistakes *m)
{
	uint32_t value = 0;
	if (!mark || !mark->value.len)
		return 0;
	struct str s = str_at(text, mark->value);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || value > 100000) {
			value = 0;
			break;
		}
		value = value * 10 + (uint32_t)(s.p[i] - '0');
	}
	if (!value)
		mistake_add(m, mark->value, "`%.*s` is no whole number from 1 to 999999", STR_ARG(s));
	return value;
}
