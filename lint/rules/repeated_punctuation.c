#include "core/base/utf8.h"
#include "lint/check.h"

enum sign { NO_SIGN, COMMA, STOP, DOT, ASCII_COMMA };

/* The sign at byte `i`, and its bytes. */
static enum sign sign_at(struct str s, size_t i, size_t *n)
{
	static const struct {
		struct str text;
		enum sign is;
	} signs[] = {
		{STR_INIT("、"), COMMA}, {STR_INIT("。"), STOP}, {STR_INIT("，"), COMMA},
		{STR_INIT("．"), STOP},  {STR_INIT("・"), DOT},  {STR_INIT(","), ASCII_COMMA},
	};
	struct str rest = str_from(s, i);
	for (size_t k = 0; k < ARRAY_SIZE(signs); k++)
		if (str_starts(rest, signs[k].text)) {
			*n = signs[k].text.n;
			return signs[k].is;
		}
	return NO_SIGN;
}

static bool is_sign_before(struct str s, size_t i)
{
	size_t n;
	return (i && s.p[i - 1] == ',') || (i >= 3 && sign_at(s, i - 3, &n) != NO_SIGN && n == 3);
}

/* Signs in a row. */
struct row {
	size_t n;     /* bytes */
	size_t nr;    /* signs */
	size_t shown; /* bytes of those that a message shows */
	bool alike;
	enum sign first, last;
};

static struct row read_row(struct str s, size_t i)
{
	enum { MOST_SHOWN = 4 };
	size_t n = 0;
	struct row r = {.alike = true, .first = sign_at(s, i, &n)};
	for (enum sign k = r.first; k != NO_SIGN; k = sign_at(s, i + r.n, &n)) {
		r.alike = r.alike && str_eq(str_slice(s, i, i + n), str_slice(s, i + r.n, i + r.n + n));
		r.n += n;
		r.last = k;
		r.shown = r.nr++ < MOST_SHOWN ? r.n : r.shown;
	}
	return r;
}

/* Only closing marks come after `i`. */
static bool ends_line(struct str s, size_t i)
{
	static const struct str marks[] = {STR_INIT("」"), STR_INIT("』"), STR_INIT("）"), STR_INIT(")"), STR_INIT(" ")};
	for (size_t k = 0; k < ARRAY_SIZE(marks); k++)
		while (str_starts(str_from(s, i), marks[k])) {
			i += marks[k].n;
			k = 0;
		}
	return i == s.n;
}

static void look(struct check *c, const struct prose *p, size_t i)
{
	struct str s = p->text;
	/* The first one speaks for all of them. */
	if (is_sign_before(s, i))
		return;
	struct row r = read_row(s, i);
	/* Three alike are drawn out on purpose: `うーん、、、` `・・・`. */
	bool drawn_out = r.alike ? r.nr > 2 : r.first == DOT && (r.nr > 2 || r.last != COMMA);
	if (r.nr < 2 || drawn_out)
		return;
	if (r.alike && r.first == DOT && str_starts(str_from(s, i + r.n), STR("…")))
		return;
	struct finding *f = report(c, span_make(p->off + i, p->off + i + r.n), "`%.*s`: punctuation marks in a row",
	                           STR_ARG(str_slice(s, i, i + r.shown)));
	/* A sigh at the end of a sentence. */
	if (r.alike && r.first == STOP && ends_line(s, i + r.n))
		weigh(c, f, SEVERITY_INFO);
}

static bool is_wide_sign(const char *s)
{
	unsigned char a = (unsigned char)s[0], b = (unsigned char)s[1], c = (unsigned char)s[2];
	switch (b) {
	case 0x80:
		return a == 0xE3 && (c == 0x81 || c == 0x82);
	case 0x83:
		return a == 0xE3 && c == 0xBB;
	case 0xBC:
		return a == 0xEF && (c == 0x8C || c == 0x8E);
	default:
		return false;
	}
}

static void check_wide(struct check *c, const struct prose *p)
{
	struct str s = p->text;
	for (size_t i = 0; i + 6 <= s.n; i += utf8_step((unsigned char)s.p[i]))
		if (is_wide_sign(s.p + i) && is_wide_sign(s.p + i + 3))
			look(c, p, i);
}

static void check_narrow(struct check *c, const struct prose *p)
{
	for (size_t i = str_find_byte(p->text, 0, ','); i < p->text.n; i = str_find_byte(p->text, i + 1, ','))
		look(c, p, i);
}

static bool is_mark_at(struct str s, size_t i)
{
	size_t n;
	enum sign sign = sign_at(s, i, &n);
	return sign == COMMA || sign == STOP;
}

/* `。.`, `、.`, `.。`; but `Inc.。`, `、.NET`, `。...`. */
static bool is_double_stop(struct str s, size_t dot)
{
	unsigned char before = dot ? (unsigned char)s.p[dot - 1] : ' ',
				  behind = dot + 1 < s.n ? (unsigned char)s.p[dot + 1] : ' ';
	if (dot >= 3 && is_mark_at(s, dot - 3))
		return behind == ' ' || (behind >= 0x80 && !is_mark_at(s, dot + 1));
	return before >= 0x80 && behind >= 0x80 && is_mark_at(s, dot + 1) && !is_mark_at(s, dot + 4);
}

static void check_stops(struct check *c, const struct prose *p)
{
	enum { MARK = 3 };
	struct str s = p->text;
	for (size_t i = str_find_byte(s, 0, '.'); i < s.n; i = str_find_byte(s, i + 1, '.')) {
		if (!is_double_stop(s, i))
			continue;
		size_t from = i >= MARK && is_mark_at(s, i - MARK) ? i - MARK : i, to = from + MARK + 1;
		report(c, span_make(p->off + from, p->off + to), "`%.*s`: punctuation marks in a row",
		       STR_ARG(str_slice(s, from, to)));
	}
}

/* `、 、`: what stood between them is gone. */
static void check_parted(struct check *c, const struct prose *p)
{
	enum { MARK = 3 };
	struct str s = p->text, parted = STR("、 、"), second = str_from(parted, MARK);
	for (size_t i = str_find(s, 0, second); i < s.n; i = str_find(s, i + 1, second))
		if (i >= MARK && str_starts(str_from(s, i - MARK), parted))
			report(c, span_make(p->off + i - MARK, p->off + i + second.n), "`%.*s`: punctuation marks in a row",
			       STR_ARG(parted));
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_PROSE (d, p) {
		if (p->leads) {
			check_wide(c, p);
			check_stops(c, p);
			check_parted(c, p);
		}
		check_narrow(c, p);
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_repeated_punctuation = {
	.name = "repeated-punctuation",
	.group = "text",
	.severity = SEVERITY_WARNING,
	.summary = "Punctuation marks follow one another",
	.why =
		"Where `、、` or `。、` stands, a word was deleted, or two sentences were joined in a hurry. `。。` at the end of a line "
		"may be the author's tone, and weighs less.",
	.bad = {.text = TOP "    - 攻撃者は、、検証用の頁を使う\n" END},
	.good = {.text = TOP "    - 攻撃者は、検証用の頁を使う\n" END},
	.check = check,
};
