#include "core/digest/pattern_part.h"

#include "core/base/buf.h"
#include "core/base/message.h"
#include "core/base/unicode.h"

/* They bound in how many ways a text can be matched, and how deep. */
enum { MAX_LETTERS = 9, MAX_OTHERS = 2, MAX_BYTES = 4096 };

struct parser {
	struct arena *a;
	struct str text;
	size_t i;
	struct pattern_part *part;
	size_t nr, cap;
	struct buf literal; /* not yet a part */
	size_t others;
	bool week_year, week, day_of_year, month;
	size_t week_year_at, day_of_year_at;
	size_t mistake_at;
	struct err *err;
};

static int mistake(struct parser *p, size_t at, const char *text)
{
	p->mistake_at = at;
	return err_set(p->err, "%s", _(text));
}

static void add_part(struct parser *p, enum part_kind kind, struct str text)
{
	p->part = arena_grow(p->a, p->part, p->nr, &p->cap, sizeof(*p->part));
	p->part[p->nr++] = (struct pattern_part){.kind = kind, .text = text};
}

static void end_literal(struct parser *p)
{
	if (p->literal.n == 0)
		return;
	add_part(p, PART_LITERAL, arena_str(p->a, buf_str(&p->literal)));
	p->literal.n = 0;
}

/* A '/' ends its part, so that the part of a file's name can be told from that of its folder. */
static void add_literal(struct parser *p, char c)
{
	buf_addc(&p->literal, c);
	if (c == '/')
		end_literal(p);
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* A number without leading zeros, right behind another, could be cut in two places. */
static bool runs_together(const struct parser *p, enum part_kind kind)
{
	if (p->nr == 0 || p->literal.n > 0 || (kind != PART_MONTH && kind != PART_DAY))
		return false;
	return p->part[p->nr - 1].kind == PART_MONTH || p->part[p->nr - 1].kind == PART_DAY;
}

static const struct {
	struct str letters;
	enum part_kind kind;
} numbers[] = {
	{STR_INIT("yyyy"), PART_YEAR}, {STR_INIT("uuuu"), PART_YEAR}, {STR_INIT("y"), PART_YEAR},
	{STR_INIT("u"), PART_YEAR},    {STR_INIT("MM"), PART_MONTH2}, {STR_INIT("LL"), PART_MONTH2},
	{STR_INIT("M"), PART_MONTH},   {STR_INIT("L"), PART_MONTH},   {STR_INIT("dd"), PART_DAY2},
	{STR_INIT("d"), PART_DAY},
};

static bool find_number(struct str letters, enum part_kind *kind)
{
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		if (!str_eq(letters, numbers[i].letters))
			continue;
		*kind = numbers[i].kind;
		return true;
	}
	return false;
}

/* Letters that ICU takes, but that no date can fill or nobody can read back. */
static const char *refused(struct str letters)
{
	static const char years[] = "yYu", dates[] = "GyYuUrQqMLwWdDFgEec", times[] = "abBhHkKmsSAzZOvVxX";
	if (letters.n == 2 && strchr(years, letters.p[0]))
		return "a year of two digits is ambiguous: write `yyyy`";
	if (strchr(times, letters.p[0]))
		return "a time of day: a digest only has a date";
	if (!strchr(dates, letters.p[0]))
		return N_("unknown pattern letter");
	return letters.n > MAX_LETTERS ? N_("too many pattern letters in a row") : NULL;
}

/* What is easily mistaken for something else, and judged when all is read. */
static void note_traps(struct parser *p, struct str letters, size_t at)
{
	char c = letters.p[0];
	if (c == 'Y') {
		p->week_year = true;
		p->week_year_at = at;
	} else if (c == 'D') {
		p->day_of_year = true;
		p->day_of_year_at = at;
	}
	p->week |= c == 'w';
	p->month |= c == 'M' || c == 'L';
}

static int add_other(struct parser *p, struct str letters, size_t at)
{
	struct str filled;
	const struct date any = {2000, 1, 1};
	if (++p->others > MAX_OTHERS)
		return mistake(p, at, "too many parts of a date that are no plain number");
	if (unicode_format_date(p->a, letters, any, &filled) < 0 || filled.n > LONGEST_OTHER)
		return mistake(p, at, "unknown pattern letter");
	add_part(p, PART_OTHER, arena_str(p->a, letters));
	return 0;
}

static int add_letters(struct parser *p, size_t end)
{
	size_t at = p->i;
	enum part_kind kind;
	while (p->i < end && p->text.p[p->i] == p->text.p[at])
		p->i++;
	struct str letters = str_slice(p->text, at, p->i);
	const char *why = refused(letters);
	if (why)
		return mistake(p, at, why);
	note_traps(p, letters, at);
	if (find_number(letters, &kind)) {
		if (runs_together(p, kind))
			return mistake(p, at, "two numbers without leading zeros run together: write `MM` and `dd`");
		end_literal(p);
		add_part(p, kind, STR(""));
		return 0;
	}
	end_literal(p);
	return add_other(p, letters, at);
}

/* 'text', with '' for a quote inside; '' alone is a quote. `end` is where the brace closes. */
static int add_quoted(struct parser *p, size_t end)
{
	size_t at = p->i++;
	bool empty = p->i < end && p->text.p[p->i] == '\'';
	if (empty) {
		add_literal(p, '\'');
		p->i++;
		return 0;
	}
	for (; p->i < end; p->i++) {
		bool quote = p->text.p[p->i] == '\'', doubled = p->i + 1 < end && p->text.p[p->i + 1] == '\'';
		if (quote && !doubled)
			break;
		p->i += quote;
		add_literal(p, p->text.p[p->i]);
	}
	if (p->i >= end)
		return mistake(p, at, "a quote that is not closed");
	p->i++;
	return 0;
}

/* The closing brace's offset: quotes may hold braces. text.n without one. */
static size_t find_close(struct str text, size_t i)
{
	bool quoted = false;
	for (; i < text.n; i++) {
		quoted ^= text.p[i] == '\'';
		if (!quoted && text.p[i] == '}')
			break;
	}
	return i;
}

static int add_inside(struct parser *p, size_t end)
{
	while (p->i < end) {
		char c = p->text.p[p->i];
		if (c == '{')
			return mistake(p, p->i, "a brace inside braces");
		if (c == '\'' ? add_quoted(p, end) < 0 : is_letter(c) && add_letters(p, end) < 0)
			return -1;
		if (c != '\'' && !is_letter(c))
			add_literal(p, p->text.p[p->i++]);
	}
	return 0;
}

static int add_braces(struct parser *p)
{
	size_t open = p->i, close = find_close(p->text, open + 1);
	struct str inside = str_slice(p->text, open + 1, close);
	if (close == p->text.n)
		return mistake(p, open,
		               str_find_byte(inside, 0, '}') < inside.n ? N_("a quote that is not closed")
		                                                        : N_("a brace that is not closed"));
	if (str_trim(inside).n == 0)
		return mistake(p, open, "nothing between the braces");
	p->i = open + 1;
	if (str_eqz(inside, "quarter-months")) {
		end_literal(p);
		add_part(p, PART_QUARTER, STR(""));
		p->i = close;
	} else if (add_inside(p, close) < 0) {
		return -1;
	}
	p->i = close + 1;
	return 0;
}

static int add_all(struct parser *p)
{
	if (p->text.n > MAX_BYTES)
		return mistake(p, MAX_BYTES, "too long for a pattern");
	while (p->i < p->text.n) {
		char c = p->text.p[p->i];
		if (c == '}')
			return mistake(p, p->i, "a closing brace without an opening one");
		if (c == '{' && add_braces(p) < 0)
			return -1;
		if (c != '{')
			add_literal(p, p->text.p[p->i++]);
	}
	end_literal(p);
	if (p->week_year && !p->week)
		return mistake(p, p->week_year_at, "`Y` is the year of the week, another one around New Year: write `yyyy`");
	if (p->day_of_year && p->month)
		return mistake(p, p->day_of_year_at, "`D` is the day of the year: write `dd`");
	return 0;
}

int pattern_parse(struct arena *a, struct str text, struct pattern *out, size_t *at, struct err *err)
{
	/* Room from the start: an empty pattern has parts, too, none. */
	struct parser p = {.a = a, .text = text, .cap = 8, .part = arena_array(a, struct pattern_part, 8), .err = err};
	int rc = add_all(&p);
	if (at)
		*at = p.mistake_at;
	buf_release(&p.literal);
	*out = (struct pattern){.text = text, .part = p.part, .nr = rc == 0 ? p.nr : 0};
	return rc;
}
