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
	enum sign first;
};

static struct row read_row(struct str s, size_t i)
{
	enum { MOST_SHOWN = 4 };
	size_t n = 0;
	struct row r = {.alike = true, .first = sign_at(s, i, &n)};
	for (enum sign k = r.first; k != NO_SIGN; k = sign_at(s, i + r.n, &n)) {
		r.alike = r.alike && str_eq(str_slice(s, i, i + n), str_slice(s, i + r.n, i + r.n + n));
		r.n += n;
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
	if (is_sign_before(s, i))
		return;
	struct row r = read_row(s, i);
	/* Three alike are drawn out on purpose: `うーん、、、` `・・・`. */
	if (r.nr < 2 || (r.alike && r.nr > 2) || (!r.alike && r.first == DOT))
		return;
	if (r.alike && r.first == DOT && str_starts(str_from(s, i + r.n), STR("…")))
		return;
	struct finding *f = report(c, span_make(p->off + i, p->off + i + r.n), "`%.*s`: punctuation marks in a row",
	                           STR_ARG(str_slice(s, i, i + r.shown)));
	/* A sigh at the end of a sentence. */
	if (r.alike && r.first == STOP && ends_line(s, i + r.n))
		weigh(c, f, SEVERITY_INFO);
}

/* Looks wherever byte `back` of a sign is `probe`; of all that fits best are the rare ones. */
static void look_for(struct check *c, const struct prose *p, char probe, size_t back)
{
	struct str s = p->text;
	for (size_t i = str_find_byte(s, back, probe); i < s.n; i = str_find_byte(s, i + 1, probe)) {
		size_t n, then;
		if (sign_at(s, i - back, &n) != NO_SIGN && sign_at(s, i - back + n, &then) != NO_SIGN)
			look(c, p, i - back);
	}
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_PROSE(d, p)
	{
		if (prose_leads(p, 0xE3)) {
			look_for(c, p, '\x80', 1); /* 、 and 。 */
			look_for(c, p, '\xBB', 2); /* ・ */
		}
		if (prose_leads(p, 0xEF))
			look_for(c, p, '\xEF', 0);
		look_for(c, p, ',', 0);
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
