#include "core/base/utf8.h"
#include "lint/check.h"

/* Brackets of one family are alike but for their width. */
enum family { ROUND, SQUARE, CURLY, CORNER, WHITE_CORNER, LENS, TORTOISE, ANGLE, DOUBLE_ANGLE, QUOTE, FAMILIES };

struct bracket {
	const char *text;
	uint8_t family;
	bool open, wide;
};

static const struct bracket brackets[] = {
	{"(", ROUND, true, false},        {")", ROUND, false, false},        {"（", ROUND, true, true},
	{"）", ROUND, false, true},       {"[", SQUARE, true, false},        {"]", SQUARE, false, false},
	{"［", SQUARE, true, true},       {"］", SQUARE, false, true},       {"{", CURLY, true, false},
	{"}", CURLY, false, false},       {"｛", CURLY, true, true},         {"｝", CURLY, false, true},
	{"「", CORNER, true, true},       {"」", CORNER, false, true},       {"｢", CORNER, true, false},
	{"｣", CORNER, false, false},      {"『", WHITE_CORNER, true, true},  {"』", WHITE_CORNER, false, true},
	{"【", LENS, true, true},         {"】", LENS, false, true},         {"〔", TORTOISE, true, true},
	{"〕", TORTOISE, false, true},    {"〈", ANGLE, true, true},         {"〉", ANGLE, false, true},
	{"《", DOUBLE_ANGLE, true, true}, {"》", DOUBLE_ANGLE, false, true}, {"“", QUOTE, true, true},
	{"”", QUOTE, false, true},
};

/* A bracket in the text. */
struct mark {
	const struct bracket *is;
	const struct prose *line;
	uint32_t at;  /* byte of the line */
	bool weak;    /* it may well stand alone: `1)`, `:)` */
	bool settled; /* it has its other half */
};

/* The brackets of one paragraph or item, and those that wait for their other half. */
struct group {
	struct mark *v;
	size_t nr, cap;
	size_t *open, opened, room;
	unsigned waiting[FAMILIES][2]; /* opened and not closed, by width */
	unsigned to_come[FAMILIES][2]; /* closers further on */
};

/* The bracket at byte `i`; NULL when there is none. */
static const struct bracket *bracket_at(struct str s, size_t i)
{
	const char *p = s.p + i;
	bool ascii = (unsigned char)*p < 0x80;
	for (size_t k = 0; k < ARRAY_SIZE(brackets); k++) {
		const char *q = brackets[k].text;
		if (p[0] == q[0] && ((ascii && !q[1]) || (!ascii && i + 3 <= s.n && p[1] == q[1] && p[2] == q[2])))
			return &brackets[k];
	}
	return NULL;
}

/* May a character of three bytes be a bracket? 、。 and most full-width signs stand beside them. */
static bool may_be_bracket(const char *p)
{
	unsigned char second = (unsigned char)p[1], third = (unsigned char)p[2];
	switch ((unsigned char)p[0]) {
	case 0xE2:
		return second == 0x80 && (third == 0x9C || third == 0x9D);
	case 0xE3:
		return second == 0x80 && third >= 0x88 && third <= 0x95;
	case 0xEF:
		return (second == 0xBC && (third == 0x88 || third == 0x89 || third >= 0xBB)) ||
		       (second == 0xBD && third >= 0x9B);
	default:
		return false;
	}
}

/* Where the next bracket stands, at or after `i`, and which it is. */
static size_t next_bracket(struct str s, size_t i, const struct bracket **is)
{
	static const bool ascii[128] = {['('] = true, [')'] = true, ['['] = true, [']'] = true, ['{'] = true, ['}'] = true};
	while (i < s.n) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < 0x80) {
			if (ascii[c]) {
				*is = bracket_at(s, i);
				return i;
			}
			i++;
		} else if (c >= 0xE4 && c <= 0xE9) {
			i += 3;
		} else if (i + 3 <= s.n && may_be_bracket(s.p + i) && (*is = bracket_at(s, i))) {
			return i;
		} else {
			i += utf8_step(c);
		}
	}
	return s.n;
}

static bool is_alnum(unsigned char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Does `what`, a part of the line that ends at `end`, stand at its beginning or behind a blank or a mark? */
static bool stands_alone(struct str s, size_t start)
{
	static const struct str marks[] = {STR_INIT(" "),  STR_INIT("　"), STR_INIT("、"), STR_INIT("。"), STR_INIT("："),
	                                   STR_INIT("，"), STR_INIT(","),  STR_INIT("「"), STR_INIT("（"), STR_INIT("・")};
	struct str before = str_slice(s, 0, start);
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (str_ends(before, marks[i]))
			return true;
	return start == 0;
}

/* `1)`, `a)`, `例)`, `①)` count or name what follows. */
static bool counts(struct str s, size_t close)
{
	enum { MOST = 3 };
	static const struct str words[] = {STR_INIT("例"), STR_INIT("注"), STR_INIT("※"), STR_INIT("補足"),
	                                   STR_INIT("参考")};
	size_t start = close;
	struct str before = str_slice(s, 0, close);
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_ends(before, words[i]) && stands_alone(s, close - words[i].n))
			return true;
	while (start && close - start < MOST && is_alnum((unsigned char)s.p[start - 1]))
		start--;
	if (start == close)
		return close >= 3 && (unsigned char)s.p[close - 3] == 0xE2 && stands_alone(s, close - 3);
	bool number = s.p[close - 1] <= '9';
	return stands_alone(s, start) && (number || close - start == 1 || strchr("ivxIVX", s.p[close - 1]));
}

static bool is_smiley(struct str s, size_t at)
{
	size_t nose = at && s.p[at - 1] == '-' ? at - 1 : at;
	if (!nose || (s.p[nose - 1] != ':' && s.p[nose - 1] != ';'))
		return false;
	return nose == 1 || s.p[nose - 2] == ' ' || (unsigned char)s.p[nose - 2] >= 0x80;
}

/* The middle of a torn link, which malformed-url tells of: `題]](https://…)`, `[題](https://…`. */
static bool is_torn_link(struct str s, size_t at)
{
	return (s.p[at] == ']' && at + 2 < s.n && s.p[at + 1] == '(' && s.p[at + 2] == PROSE_HOLE) ||
	       (s.p[at] == '(' && at && s.p[at - 1] == ']' && at + 1 < s.n && s.p[at + 1] == PROSE_HOLE);
}

static bool is_weak(struct str s, size_t at, const struct bracket *b)
{
	if (!b->wide && is_torn_link(s, at))
		return true;
	if (b->family != ROUND)
		return false;
	return (!b->open && counts(s, at)) || (!b->wide && is_smiley(s, at));
}

static void add(struct check *c, struct group *g, struct mark m)
{
	g->v = arena_grow(check_arena(c), g->v, g->nr, &g->cap, sizeof(*g->v));
	g->v[g->nr++] = m;
	g->to_come[m.is->family][m.is->wide] += !m.is->open;
}

/*
 * A hole may have swallowed a bracket of the text around it: `（C2: evil[.]example)`. What pairs within the hole is left out, and
 * nothing in it is reported. Code and what is no text of a reader's is left out as a whole.
 */
static void add_hole(struct check *c, struct group *g, const struct prose *p, size_t from, size_t to)
{
	struct str hole = str_slice(p->raw, 0, to);
	const struct bracket *b = NULL;
	size_t first = g->nr;
	if (p->raw.p[from] == '`' || p->raw.p[from] == '<')
		return;
	for (size_t i = next_bracket(hole, from, &b); i < to; i = next_bracket(hole, i + 1, &b)) {
		const struct bracket *before = g->nr > first ? g->v[g->nr - 1].is : NULL;
		if (before && before->open && !b->open && before->family == b->family) {
			g->nr--;
			continue;
		}
		add(c, g, (struct mark){b, p, (uint32_t)i, .weak = true});
	}
}

static void add_line(struct check *c, struct group *g, const struct prose *p)
{
	struct str s = p->text;
	size_t hole = s.p == p->raw.p ? s.n : str_find_byte(s, 0, PROSE_HOLE);
	const struct bracket *b = NULL;
	for (size_t i = next_bracket(s, 0, &b);; i = next_bracket(s, i, &b)) {
		while (hole < i) {
			size_t end = hole;
			while (end < s.n && s.p[end] == PROSE_HOLE)
				end++;
			add_hole(c, g, p, hole, end);
			hole = str_find_byte(s, end, PROSE_HOLE);
		}
		if (i >= s.n)
			return;
		add(c, g, (struct mark){b, p, (uint32_t)i, is_weak(s, i, b), false});
		i += strlen(b->text);
	}
}

static void push(struct check *c, struct group *g, size_t mark)
{
	g->open = arena_grow(check_arena(c), g->open, g->opened, &g->room, sizeof(*g->open));
	g->open[g->opened++] = mark;
	g->waiting[g->v[mark].is->family][g->v[mark].is->wide]++;
}

static struct mark *top(const struct group *g)
{
	return g->opened ? &g->v[g->open[g->opened - 1]] : NULL;
}

static struct mark *pop(struct group *g)
{
	struct mark *m = top(g);
	g->waiting[m->is->family][m->is->wide]--;
	g->opened--;
	return m;
}

static struct span place(const struct mark *m)
{
	return (struct span){m->line->off + m->at, (uint32_t)strlen(m->is->text)};
}

static void report_wrong(struct check *c, const struct mark *open, const struct mark *close)
{
	struct finding *f = report(c, place(close), "`%s` is closed by `%s`", open->is->text, close->is->text);
	if (open->line != close->line)
		relate(c, f, open->line->line, "opened here");
}

/* `[0, 1)`: an interval. */
static bool is_interval(const struct mark *open, const struct mark *close)
{
	if (open->line != close->line || open->is->wide || close->is->wide || open->is->family > SQUARE ||
	    close->is->family > SQUARE)
		return false;
	for (size_t i = open->at + 1; i < close->at; i++)
		if (!strchr("0123456789.,- ", open->line->text.p[i]))
			return false;
	return true;
}

static void close_pair(struct check *c, struct group *g, struct mark *m)
{
	unsigned family = m->is->family, wide = m->is->wide;
	g->to_come[family][wide]--;
	if (!g->waiting[family][wide] && !g->waiting[family][!wide] && g->opened && is_interval(top(g), m)) {
		pop(g)->settled = m->settled = true;
		return;
	}
	if (!g->waiting[family][wide] && (m->weak || !g->waiting[family][!wide]))
		return;
	while (top(g)->is->family != family)
		pop(g);
	/* An opener of the other width that is still closed by its own kind, or never, is not this one's. */
	while (top(g)->is->wide != wide && g->waiting[family][wide] && !g->to_come[family][!wide])
		pop(g);
	struct mark *open = pop(g);
	open->settled = m->settled = true;
	if (open->is->wide != wide && !open->weak && !m->weak)
		report_wrong(c, open, m);
}

static void report_loose(struct check *c, struct group *g)
{
	for (size_t i = 0; i < g->nr; i++) {
		struct mark *m = &g->v[i], *next = i + 1 < g->nr ? m + 1 : NULL;
		if (m->settled)
			continue;
		while (next && next->settled)
			next = next + 1 < g->v + g->nr ? next + 1 : NULL;
		bool both = m->is->open && next && !next->is->open && !next->weak;
		if (both)
			next->settled = true;
		if (m->weak)
			continue;
		if (both && m->is->family != next->is->family)
			report_wrong(c, m, next);
		else if (m->is->open)
			report(c, place(m), "`%s` is not closed", m->is->text);
		else
			report(c, place(m), "`%s` closes nothing", m->is->text);
	}
}

/*
 * Some open and close with the same mark: `”盗用”`. An even number is as it should be; of an odd one that is all alike the last
 * is left. One behind a digit may be inches.
 */
static void settle_quotes(struct group *g)
{
	size_t nr = 0, opening = 0;
	for (size_t i = 0; i < g->nr; i++) {
		struct mark *m = &g->v[i];
		char before = m->at ? m->line->text.p[m->at - 1] : ' ';
		m->weak = m->weak || (m->is->family == QUOTE && !m->is->open && before >= '0' && before <= '9');
		nr += m->is->family == QUOTE && !m->weak;
		opening += m->is->family == QUOTE && m->is->open;
	}
	size_t settle = nr % 2 == 0 ? nr : !opening || opening == nr ? nr - 1 : 0;
	for (size_t i = 0; settle && i < g->nr; i++)
		if (g->v[i].is->family == QUOTE && !g->v[i].weak) {
			g->v[i].settled = true;
			settle--;
		}
}

static void judge(struct check *c, struct group *g)
{
	settle_quotes(g);
	for (size_t i = 0; i < g->nr; i++) {
		if (g->v[i].settled)
			continue;
		if (g->v[i].is->open)
			push(c, g, i);
		else
			close_pair(c, g, &g->v[i]);
	}
	report_loose(c, g);
	g->nr = g->opened = 0;
	memset(g->waiting, 0, sizeof(g->waiting));
	memset(g->to_come, 0, sizeof(g->to_come));
}

/* A pair may span the lines of a paragraph. */
static bool goes_on(const struct digest *d, const struct prose *before, const struct prose *p)
{
	const struct line *l = &d->line[p->line];
	return p->line == before->line + 1 && l->kind == LINE_TEXT && !l->lazy && l->block == d->line[before->line].block;
}

static void check(struct check *c, const struct digest *d)
{
	struct group g = {0};
	const struct prose *before = NULL;
	FOR_EACH_PROSE (d, p) {
		if (g.nr && !goes_on(d, before, p))
			judge(c, &g);
		add_line(c, &g, p);
		before = p;
	}
	judge(c, &g);
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_unbalanced_pair = {
	.name = "unbalanced-pair",
	.group = "text",
	.severity = SEVERITY_WARNING,
	.summary = "A bracket or a quotation mark lacks its other half, or has that of another kind",
	.why =
		"A reader cannot tell where the quotation or the aside ends. Often a half of a sentence went missing together with "
		"it.",
	.bad = {.text = TOP "    - 攻撃者は「検証用の頁を使い、利用者を騙した\n" END},
	.good = {.text = TOP "    - 攻撃者は「検証用」の頁を使い、利用者を騙した\n" END},
	.check = check,
};
