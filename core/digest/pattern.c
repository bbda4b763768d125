#include "core/digest/pattern_part.h"

#include "core/base/buf.h"
#include "core/base/unicode.h"

static int quarter_begin(int month)
{
	return (month - 1) / 3 * 3 + 1;
}

static void fill_part(struct buf *b, const struct pattern_part *part, struct date d)
{
	struct arena scratch = {0};
	struct str other;
	switch (part->kind) {
	case PART_LITERAL:
		buf_add(b, part->text);
		break;
	case PART_YEAR:
		buf_printf(b, "%04d", d.year);
		break;
	case PART_MONTH2:
		buf_printf(b, "%02d", d.month);
		break;
	case PART_MONTH:
		buf_printf(b, "%d", d.month);
		break;
	case PART_DAY2:
		buf_printf(b, "%02d", d.day);
		break;
	case PART_DAY:
		buf_printf(b, "%d", d.day);
		break;
	case PART_QUARTER:
		buf_printf(b, "%02d-%02d", quarter_begin(d.month), quarter_begin(d.month) + 2);
		break;
	case PART_OTHER:
		if (unicode_format_date(&scratch, part->text, d, &other) == 0)
			buf_add(b, other);
		arena_release(&scratch);
		break;
	}
}

struct str pattern_fill(struct arena *a, const struct pattern *p, struct date d)
{
	struct buf b = {0};
	for (size_t i = 0; i < p->nr; i++)
		fill_part(&b, &p->part[i], d);
	struct str out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}

enum { UNKNOWN = -1 };

/* What a text has told so far. */
struct reading {
	int year, month, day, quarter; /* quarter: its first month */
};

static const struct reading nothing_read = {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN};

struct matcher {
	const struct pattern_part *part;
	size_t nr;
	struct str text;
	bool any_day; /* also one that no calendar has */
	struct reading found;
};

static const struct {
	size_t field; /* in struct reading */
	size_t least, most;
} forms[] = {
	[PART_YEAR] = {offsetof(struct reading, year), 4, 4},   [PART_MONTH2] = {offsetof(struct reading, month), 2, 2},
	[PART_MONTH] = {offsetof(struct reading, month), 1, 2}, [PART_DAY2] = {offsetof(struct reading, day), 2, 2},
	[PART_DAY] = {offsetof(struct reading, day), 1, 2},
};

static bool match_from(struct matcher *m, size_t i, size_t at, struct reading r);

/* `digits` digits at `at`; UNKNOWN where they are none. */
static int digits_at(struct str text, size_t at, size_t digits)
{
	int value = 0;
	if (text.n - at < digits)
		return UNKNOWN;
	for (size_t i = at; i < at + digits; i++) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return UNKNOWN;
		value = value * 10 + (text.p[i] - '0');
	}
	return value;
}

/* The same thing twice must be the same: a folder's year and a name's. */
static bool learn(struct reading *r, size_t field, int value)
{
	int *known = (int *)(void *)((char *)r + field);
	if (*known != UNKNOWN && *known != value)
		return false;
	*known = value;
	return true;
}

/* The same without a leading zero, where the length is free. */
static int number_at(struct str text, size_t at, size_t digits, bool padded)
{
	int value = digits_at(text, at, digits);
	return value != UNKNOWN && !padded && digits > 1 && text.p[at] == '0' ? UNKNOWN : value;
}

static bool match_number(struct matcher *m, size_t i, size_t at, struct reading before)
{
	size_t least = forms[m->part[i].kind].least, most = forms[m->part[i].kind].most;
	for (size_t digits = most; digits >= least; digits--) {
		struct reading r = before;
		int value = number_at(m->text, at, digits, least == most);
		if (value != UNKNOWN && learn(&r, forms[m->part[i].kind].field, value) && match_from(m, i + 1, at + digits, r))
			return true;
	}
	return false;
}

static bool match_quarter(struct matcher *m, size_t i, size_t at, struct reading r)
{
	int first = digits_at(m->text, at, 2);
	if (m->text.n - at < 5 || m->text.p[at + 2] != '-' || first < 1 || first > 10 || quarter_begin(first) != first)
		return false;
	return digits_at(m->text, at + 3, 2) == first + 2 && learn(&r, offsetof(struct reading, quarter), first) &&
	       match_from(m, i + 1, at + 5, r);
}

/* Anything inside a component at first; the date then tells what it must be. */
static bool match_other(struct matcher *m, size_t i, size_t at, struct reading r)
{
	for (size_t end = at; end <= m->text.n && end - at <= LONGEST_OTHER; end++) {
		if (end > at && m->text.p[end - 1] == '/')
			return false;
		if (match_from(m, i + 1, end, r))
			return true;
	}
	return false;
}

static bool month_fits_quarter(const struct reading *r)
{
	bool both = r->quarter != UNKNOWN && r->month >= 1 && r->month <= 12;
	return !both || quarter_begin(r->month) == r->quarter;
}

static bool has_other(const struct matcher *m)
{
	for (size_t i = 0; i < m->nr; i++)
		if (m->part[i].kind == PART_OTHER)
			return true;
	return false;
}

/* With a whole date, everything in the text is known. */
static bool date_agrees(const struct matcher *m, const struct reading *r)
{
	struct date d = {r->year, r->month, r->day};
	struct buf b = {0};
	if (!has_other(m) || !date_valid(d))
		return true;
	for (size_t i = 0; i < m->nr; i++)
		fill_part(&b, &m->part[i], d);
	bool same = str_eq(buf_str(&b), m->text);
	buf_release(&b);
	return same;
}

/* What is not known is taken for what fits best: a leap year, a month of 31 days. */
static bool is_possible(const struct reading *r)
{
	return date_valid((struct date){
		.year = r->year == UNKNOWN ? 2000 : r->year,
		.month = r->month == UNKNOWN ? 1 : r->month,
		.day = r->day == UNKNOWN ? 1 : r->day,
	});
}

static bool match_from(struct matcher *m, size_t i, size_t at, struct reading r)
{
	if (i == m->nr) {
		m->found = r;
		return at == m->text.n && (m->any_day || is_possible(&r)) && month_fits_quarter(&r) && date_agrees(m, &r);
	}
	const struct pattern_part *part = &m->part[i];
	switch (part->kind) {
	case PART_LITERAL:
		return str_starts(str_from(m->text, at), part->text) && match_from(m, i + 1, at + part->text.n, r);
	case PART_QUARTER:
		return match_quarter(m, i, at, r);
	case PART_OTHER:
		return match_other(m, i, at, r);
	default:
		return match_number(m, i, at, r);
	}
}

static bool match_parts(const struct pattern_part *part, size_t nr, struct str text, struct date *date,
                        bool *impossible)
{
	struct matcher m = {.part = part, .nr = nr, .text = text};
	bool possible = match_from(&m, 0, 0, nothing_read);
	/* Numbers may be read in more than one way: the impossible ones come last. */
	m.any_day = true;
	bool matched = possible || match_from(&m, 0, 0, nothing_read);
	bool whole = m.found.year != UNKNOWN && m.found.month != UNKNOWN && m.found.day != UNKNOWN;
	if (date)
		*date = possible && whole ? (struct date){m.found.year, m.found.month, m.found.day} : (struct date){0};
	if (impossible)
		*impossible = matched && !possible;
	return matched;
}

bool pattern_tells_date(const struct pattern *p)
{
	bool year = false, month = false, day = false;
	for (size_t i = 0; i < p->nr; i++) {
		enum part_kind kind = p->part[i].kind;
		year |= kind == PART_YEAR;
		month |= kind == PART_MONTH || kind == PART_MONTH2;
		day |= kind == PART_DAY || kind == PART_DAY2;
	}
	return year && month && day;
}

bool pattern_match(struct arena *a, const struct pattern *p, struct str text, struct date *date, bool *impossible)
{
	(void)a;
	return match_parts(p->part, p->nr, text, date, impossible);
}

bool pattern_match_name(struct arena *a, const struct pattern *p, struct str name, struct date *date, bool *impossible)
{
	size_t first = p->nr;
	(void)a;
	while (first > 0 && (p->part[first - 1].kind != PART_LITERAL || !str_ends(p->part[first - 1].text, STR("/"))))
		first--;
	return match_parts(p->part + first, p->nr - first, name, date, impossible);
}
