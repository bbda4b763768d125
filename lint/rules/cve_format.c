#include "core/base/utf8.h"
#include "lint/check.h"

/* CVE numbers (https://www.cve.org): since 1999; programs look for CVE-\d{4}-\d{4,7}. */
enum { FIRST_YEAR = 1999, LEAST_DIGITS = 4, MOST_DIGITS = 7, MOST_READ = 20 };

/* What parts the letters from the year, and the year from the number. */
struct gap {
	bool any, hyphen, blank, sign;
};

struct digits {
	char v[MOST_READ + 1]; /* the first of them, as ASCII */
	size_t n;
};

struct reading {
	struct str s;
	size_t at;    /* where to read on */
	bool exotic;  /* one of its hyphens is another rule's business */
	size_t start; /* of all that was read */
	size_t end;
	struct gap first, second;
	struct digits year, number;
};

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* ASCII for full-width letters, digits and signs, blanks and hyphens of all kinds; 0 at the end. */
static uint32_t peek(const struct reading *r, size_t at, size_t *next)
{
	*next = at;
	if (at >= r->s.n)
		return 0;
	uint32_t c = utf8_next(r->s, next);
	if (c >= 0xFF01 && c <= 0xFF5E)
		return c - 0xFEE0;
	return c == 0x3000 ? ' ' : c == 0x30FC ? '-' : c;
}

static uint32_t peek_at(const struct reading *r, size_t at)
{
	size_t next;
	return peek(r, at, &next);
}

/* HYPHEN to HORIZONTAL BAR, HYPHEN BULLET, MINUS SIGN, BOX DRAWINGS LIGHT HORIZONTAL, SMALL HYPHEN-MINUS */
static bool is_exotic(uint32_t c)
{
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2043 || c == 0x2212 || c == 0x2500 || c == 0xFE63;
}

/* `CVE:2024-1234`, `CVE-2024.1234`, `CVE\-2024`: another sign for the hyphen, or one before it. */
static bool is_sign(const struct reading *r, uint32_t c, size_t next, bool first)
{
	uint32_t behind = peek_at(r, next);
	switch (c) {
	case '\\':
		return behind == '-';
	case ':':
		return is_digit(behind) || (first && behind == ' ');
	case '#':
		return first && is_digit(behind);
	case '.':
	case '/':
		return is_digit(behind);
	case ',':
		return !first && is_digit(behind);
	default:
		return false;
	}
}

static struct gap read_gap(struct reading *r, bool first)
{
	enum { LONGEST = 3 };
	struct gap gap = {0};
	bool exotic = false;
	for (unsigned i = 0; i < LONGEST; i++) {
		size_t next;
		uint32_t c = peek(r, r->at, &next);
		bool sign = !gap.any && is_sign(r, c, next, first);
		if (c != '-' && c != ' ' && c != '_' && !is_exotic(c) && !sign)
			break;
		exotic = exotic || is_exotic(c);
		gap.any = true;
		gap.sign = gap.sign || sign;
		gap.blank = gap.blank || c == ' ';
		gap.hyphen = gap.hyphen || (c != ' ' && !sign);
		r->at = next;
	}
	/* exotic-hyphen looks at those between letters and digits only. */
	r->exotic = r->exotic || (exotic && !gap.blank && !gap.sign);
	return gap;
}

/* The digit that a letter was typed for. */
static uint32_t meant(const struct reading *r, uint32_t c, size_t next, size_t before)
{
	uint32_t behind = peek_at(r, next);
	bool zero = c == 'O' || c == 'o', one = c == 'l' || c == 'I';
	bool within = is_digit(behind), last = before && before < LEAST_DIGITS && !is_letter(behind);
	return !within && !last ? c : zero ? '0' : one ? '1' : c;
}

static struct digits read_digits(struct reading *r)
{
	struct digits d = {0};
	for (;;) {
		size_t next;
		uint32_t c = peek(r, r->at, &next);
		c = meant(r, c, next, d.n);
		if (!is_digit(c))
			return d;
		if (d.n < MOST_READ)
			d.v[d.n++] = (char)c;
		r->at = next;
	}
}

static int year_of(const char *v)
{
	return (v[0] - '0') * 1000 + (v[1] - '0') * 100 + (v[2] - '0') * 10 + v[3] - '0';
}

static bool has_year(const struct digits *d, int last)
{
	return d->n >= 4 && year_of(d->v) >= FIRST_YEAR && year_of(d->v) <= last;
}

/* Counted things: `CVE 2024 1234件` is no number. */
static bool is_counter(uint32_t c)
{
	static const uint32_t counters[] = {U'件', U'個', U'種', U'年', U'月', U'日', U'万', U'億', U'社', U'台', U'%'};
	for (size_t i = 0; i < ARRAY_SIZE(counters); i++)
		if (counters[i] == c)
			return true;
	return false;
}

/* Does the text go on as a file's name, a path or a placeholder does? */
static bool goes_on(const struct reading *r)
{
	size_t next, then;
	uint32_t c = peek(r, r->at, &next), d = peek(r, next, &then);
	/* `**CVE 2024-1234**` */
	if (c == '*' && r->start && r->s.p[r->start - 1] == '*')
		return false;
	if (is_letter(c) || c == '_' || c == '*' || c == '?' || c == '#' || c == U'…' || c == PROSE_HOLE)
		return true;
	if (c == '/' && (d | 0x20) == 'c')
		return false;
	return (c == '-' || c == '.' || c == '/' || c == '\\') && (is_letter(d) || d == '_' || d == '.');
}

/* Digits in a row: the hyphen behind the year is missing, or the year. */
static bool read_single(struct reading *r, int last)
{
	struct digits *all = &r->year;
	r->second = (struct gap){0};
	r->number = (struct digits){0};
	if (goes_on(r) || is_counter(peek_at(r, r->at)))
		return false;
	if (all->n >= 4 + LEAST_DIGITS && all->n <= 4 + MOST_DIGITS && has_year(all, last)) {
		r->number.n = all->n - 4;
		memcpy(r->number.v, all->v + 4, r->number.n);
		all->n = 4;
		all->v[4] = '\0';
		return true;
	}
	bool no_year = r->first.hyphen && !r->first.blank && all->n >= LEAST_DIGITS && all->n <= MOST_DIGITS;
	return no_year && !(all->n == 4 && has_year(all, last));
}

/* Two rows of digits: are they meant as a year and a number? */
static bool is_meant(const struct reading *r, int last)
{
	uint32_t behind = peek_at(r, r->at);
	bool plain = r->year.n == 4 && has_year(&r->year, last) && r->number.n >= LEAST_DIGITS;
	if (!r->second.hyphen && (!plain || r->number.n > MOST_DIGITS || is_counter(behind)))
		return false;
	/* "CVE 2024-2025": from one year to another. */
	bool years = (r->first.blank || r->first.sign) && r->number.n == 4 && has_year(&r->number, last) &&
	             (year_of(r->number.v) >= year_of(r->year.v) || is_counter(behind));
	if (!r->first.hyphen && (!plain || years))
		return false;
	if (r->number.n < LEAST_DIGITS)
		return r->year.n == 4 && behind != '-';
	return true;
}

/* `CVE-2024-12,345`: no number has so few digits, so the comma is one of thousands. */
static void read_thousands(struct reading *r)
{
	enum { GROUP = 3 };
	if (!r->second.hyphen || !r->number.n || r->number.n > GROUP)
		return;
	size_t next;
	while (r->number.n + GROUP <= MOST_DIGITS && peek(r, r->at, &next) == ',') {
		struct reading behind = {.s = r->s, .at = next};
		struct digits group = read_digits(&behind);
		if (group.n != GROUP || is_counter(peek_at(&behind, behind.at)))
			return;
		memcpy(r->number.v + r->number.n, group.v, GROUP);
		r->number.n += GROUP;
		r->number.v[r->number.n] = '\0';
		r->at = behind.at;
	}
}

/* At the letters. False: it is not meant as a CVE number. */
static bool read_cve(struct reading *r, int last)
{
	r->first = read_gap(r, true);
	if (!is_digit(peek_at(r, r->at)))
		return false;
	r->year = read_digits(r);
	size_t behind_year = r->at;
	r->second = read_gap(r, false);
	r->number = read_digits(r);
	read_thousands(r);
	bool exotic = r->exotic;
	if (r->number.n && !goes_on(r) && is_meant(r, last))
		return true;
	if (r->number.n && r->second.hyphen)
		return false;
	r->at = behind_year;
	r->exotic = exotic && r->first.any;
	return read_single(r, last);
}

/* May an identifier begin at byte `at`? Not within a name or a path. */
static bool may_begin(struct str s, size_t at)
{
	unsigned char c = at ? (unsigned char)s.p[at - 1] : ' ';
	if (c == '/')
		return at > 1 && (is_digit((unsigned char)s.p[at - 2]) || (unsigned char)s.p[at - 2] >= 0x80);
	return !is_letter(c) && !is_digit(c) && !(c && strchr("_-.@=#%&?+\\$~\x1A", c));
}

/* The letters around a V, which is at byte `v` and `n` bytes long. */
static bool read_letters(struct reading *r, size_t v, size_t n)
{
	size_t start = v;
	while (start && v - start < 3 && (start == v || ((unsigned char)r->s.p[start] & 0xC0) == 0x80))
		start--;
	size_t next;
	uint32_t c = peek(r, start, &next), e = peek(r, v + n, &r->at);
	r->start = start;
	return next == v && (c | 0x20) == 'c' && (e | 0x20) == 'e' && may_begin(r->s, start);
}

static void report_digits(struct check *c, struct span at, const struct reading *r, int last)
{
	struct str text = str_slice(r->s, r->start, r->end);
	size_t nr = r->number.n;
	if (!nr)
		report(c, at, "`%.*s` is no CVE number: the year is missing", STR_ARG(text));
	else if (r->year.n != 4 || !has_year(&r->year, last))
		report(c, at, "`%.*s` is no CVE number: there are none of the year `%s`", STR_ARG(text), r->year.v);
	else if (nr < LEAST_DIGITS)
		report(c, at, "`%.*s` is no CVE number: at least four digits stand behind the year", STR_ARG(text));
	else if (nr > MOST_DIGITS)
		report(c, at, "`CVE-%s-%s` is no CVE number: at most seven digits stand behind the year", r->year.v,
		       r->number.v);
	else
		report(c, at, "`%.*s` is no CVE number: more than four digits do not begin with 0", STR_ARG(text));
}

static bool is_canonical(struct str text, const struct digits *year, const struct digits *number)
{
	return text.n == 9 + number->n && str_starts(text, STR("CVE-")) && !memcmp(text.p + 4, year->v, 4) &&
	       text.p[8] == '-' && !memcmp(text.p + 9, number->v, number->n);
}

static void judge(struct check *c, const struct prose *p, struct reading *r, int last)
{
	const struct digits *y = &r->year, *n = &r->number;
	r->end = r->at;
	struct span at = span_make(p->off + r->start, p->off + r->end);
	bool right = y->n == 4 && has_year(y, last) && n->n >= LEAST_DIGITS && n->n <= MOST_DIGITS &&
	             (n->n == LEAST_DIGITS || n->v[0] != '0');
	if (r->exotic)
		return;
	if (!right) {
		report_digits(c, at, r, last);
		return;
	}
	struct str text = str_slice(r->s, r->start, r->end);
	if (is_canonical(text, y, n))
		return;
	struct str wanted = arena_printf(check_arena(c), "CVE-%s-%s", y->v, n->v);
	struct finding *f = report(c, at, "`%.*s` is not written as programs look for it", STR_ARG(text));
	suggest(c, f, "write `%.*s`", STR_ARG(wanted));
	edit_replace(c, f, at, wanted);
}

/* `CEV-2024-1234`, `VCE-2024-1234`: all but the letters is as it should be. */
static void check_swapped(struct check *c, const struct prose *p, size_t v, int last)
{
	enum { LETTERS = 3 };
	bool is_last = v >= 2 && str_starts(str_from(p->text, v - 2), STR("CEV-"));
	if (!is_last && !str_starts(str_from(p->text, v), STR("VCE-")))
		return;
	struct reading r = {.s = p->text, .start = is_last ? v - 2 : v};
	r.at = r.start + LETTERS;
	if (!may_begin(r.s, r.start) || !read_cve(&r, last))
		return;
	struct str wanted = arena_printf(check_arena(c), "CVE-%s-%s", r.year.v, r.number.v);
	struct str text = str_slice(r.s, r.start, r.at);
	if (!has_year(&r.year, last) || !str_eq(str_from(text, LETTERS), str_from(wanted, LETTERS)))
		return;
	struct finding *f = report(c, span_make(p->off + r.start, p->off + r.at),
	                           "`%.*s` is not written as programs look for it", STR_ARG(text));
	suggest(c, f, "write `%.*s`", STR_ARG(wanted));
	edit_replace(c, f, span_make(p->off + r.start, p->off + r.at), wanted);
}

/* `CVE-CVE-2024-1234`, at the second V. True: it is one. */
static bool check_doubled(struct check *c, const struct prose *p, size_t v, int last)
{
	enum { LETTERS = 3 };
	struct reading r = {.s = p->text};
	if (v < LETTERS + 1 || v + 1 >= p->text.n || (p->text.p[v - 1] | 0x20) != 'c' || (p->text.p[v + 1] | 0x20) != 'e')
		return false;
	size_t twin = v - 1 - (p->text.p[v - 2] == '-');
	if (twin < LETTERS || !str_eq_nocase(str_slice(p->text, twin - LETTERS, twin), STR("CVE")))
		return false;
	r.start = twin - LETTERS;
	r.at = v + 2;
	if (!may_begin(r.s, r.start) || !read_cve(&r, last) || !has_year(&r.year, last) || r.number.n < LEAST_DIGITS ||
	    r.number.n > MOST_DIGITS || r.exotic)
		return false;
	struct str wanted = arena_printf(check_arena(c), "CVE-%s-%s", r.year.v, r.number.v);
	struct finding *f = report(c, span_make(p->off + r.start, p->off + r.at),
	                           "`%.*s` is not written as programs look for it", STR_ARG(str_slice(r.s, r.start, r.at)));
	suggest(c, f, "write `%.*s`", STR_ARG(wanted));
	edit_replace(c, f, span_make(p->off + r.start, p->off + r.at), wanted);
	return true;
}

static void look(struct check *c, const struct prose *p, size_t v, size_t n, int last)
{
	struct reading r = {.s = p->text};
	if (check_doubled(c, p, v, last))
		return;
	if (!read_letters(&r, v, n))
		check_swapped(c, p, v, last);
	else if (read_cve(&r, last))
		judge(c, p, &r, last);
}

static void check_narrow(struct check *c, const struct prose *p, char letter, int last)
{
	for (size_t v = str_find_byte(p->text, 0, letter); v < p->text.n; v = str_find_byte(p->text, v + 1, letter))
		look(c, p, v, 1, last);
}

static void check_wide(struct check *c, const struct prose *p, int last)
{
	struct str s = p->text;
	for (size_t i = str_find_byte(s, 0, '\xEF'); i < s.n; i = str_find_byte(s, i + 1, '\xEF'))
		if (str_starts(str_from(s, i), STR("Ｖ")) || str_starts(str_from(s, i), STR("ｖ")))
			look(c, p, i, 3, last);
}

static void check(struct check *c, const struct digest *d)
{
	/* Numbers of the next year are given out before it begins. */
	int last = (date_is_set(d->choice.date) ? d->choice.date : d->today).year + 1;
	FOR_EACH_RAW_LINE (d, p) {
		check_narrow(c, p, 'V', last);
		check_narrow(c, p, 'v', last);
		if (prose_leads(p, 0xEF))
			check_wide(c, p, last);
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_cve_format = {
	.name = "cve-format",
	.group = "text",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_IOC | FACT_CVE,
	.summary = "A CVE number is not written as `CVE-YYYY-NNNN`",
	.why =
		"Programs that join articles, advisories and assets by CVE number find `CVE-2024-1234` and nothing else. A number "
		"without its year, or with a digit too few, leads nobody to the vulnerability.",
	.bad = {.text = TOP "    - 脆弱性はCVE 2026_12345として追跡される\n" END},
	.good = {.text = TOP "    - 脆弱性はCVE-2026-12345として追跡される\n" END},
	.check = check,
};
