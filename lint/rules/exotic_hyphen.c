#include "core/base/utf8.h"
#include "lint/character.h"
#include "lint/check.h"

/* Look-alikes of the hyphen-minus, and where they are wrong. */
enum where {
	NEVER_A_HYPHEN,
	BESIDE_ASCII, /* no keyboard makes it: wrong wherever a hyphen-minus may stand */
	WITHIN_ASCII, /* has a use of its own elsewhere: wrong between two letters or digits */
	WITHIN_WORDS, /* drawn as a line: wrong between two letters, too */
	WITHIN_NAMES, /* a dash: wrong in what a program reads only */
};

static const struct {
	uint32_t codepoint;
	enum where where;
} hyphens[] = {
	{0x02D7, WITHIN_ASCII}, /* MODIFIER LETTER MINUS SIGN */
	{0x2010, BESIDE_ASCII}, /* HYPHEN */
	{0x2011, BESIDE_ASCII}, /* NON-BREAKING HYPHEN */
	{0x2012, WITHIN_ASCII}, /* FIGURE DASH */
	{0x2013, WITHIN_NAMES}, /* EN DASH */
	{0x2014, WITHIN_NAMES}, /* EM DASH */
	{0x2015, WITHIN_NAMES}, /* HORIZONTAL BAR */
	{0x2043, WITHIN_ASCII}, /* HYPHEN BULLET */
	{0x2212, WITHIN_ASCII}, /* MINUS SIGN */
	{0x2500, WITHIN_WORDS}, /* BOX DRAWINGS LIGHT HORIZONTAL */
	{0xFE58, WITHIN_ASCII}, /* SMALL EM DASH */
	{0xFE63, BESIDE_ASCII}, /* SMALL HYPHEN-MINUS */
	{0xFF0D, WITHIN_ASCII}, /* FULLWIDTH HYPHEN-MINUS */
};

static enum where where_wrong(uint32_t codepoint)
{
	for (size_t i = 0; i < ARRAY_SIZE(hyphens); i++)
		if (hyphens[i].codepoint == codepoint)
			return hyphens[i].where;
	return NEVER_A_HYPHEN;
}

static bool is_hyphen(const struct digest *d, const struct odd *o)
{
	(void)d;
	return where_wrong(o->codepoint) != NEVER_A_HYPHEN;
}

static bool is_alnum(uint32_t c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool is_letter(uint32_t c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

/* May stand in a name that programs read: a host, a path, a number. */
static bool is_name(uint32_t c)
{
	return c > ' ' && c < 0x7F && !strchr("`\"'<>|,;(){}", (int)c);
}

/* The word around a run of hyphens: what no blank and no Japanese parts from it. */
struct token {
	struct str text;
	size_t from, to; /* of the hyphens in it */
};

enum { LONGEST = 300 };

static struct token token_around(struct str line, size_t from, size_t to)
{
	size_t start = from, end = to;
	while (start && from - start < LONGEST) {
		uint32_t c = character_before(line, start);
		if (!is_name(c) && where_wrong(c) == NEVER_A_HYPHEN)
			break;
		start = character_start(line, start);
	}
	while (end < line.n && end - to < LONGEST) {
		size_t next = end;
		uint32_t c = utf8_next(line, &next);
		if (!is_name(c) && where_wrong(c) == NEVER_A_HYPHEN)
			break;
		end = next;
	}
	return (struct token){str_slice(line, start, end), from - start, to - start};
}

static bool holds(struct str s, struct str needle)
{
	return str_find(s, 0, needle) < s.n;
}

/* Is the text behind "CVE" nothing, or a year: does the next hyphen belong to the number? */
static bool ends_in_number(struct str s)
{
	size_t i = 0, digits = 0;
	while (i < s.n && !is_alnum((unsigned char)s.p[i]))
		i++;
	while (i + digits < s.n && s.p[i + digits] >= '0' && s.p[i + digits] <= '9')
		digits++;
	return !s.n || (i && digits == 4 && i + digits == s.n);
}

static bool is_cve(const struct token *t)
{
	size_t i = t->from;
	while (i && (is_alnum((unsigned char)t->text.p[i - 1]) || (unsigned char)t->text.p[i - 1] >= 0x80 ||
	             t->text.p[i - 1] == '-'))
		i--;
	struct str head = str_slice(t->text, i, t->from);
	return head.n >= 3 && str_eq_nocase(str_slice(head, 0, 3), STR("CVE")) && ends_in_number(str_from(head, 3));
}

/* Of a URL or a host, defanged or not. */
static bool is_address(const struct token *t)
{
	struct str head = str_slice(t->text, 0, t->from);
	return holds(head, STR("://")) || holds(head, STR("[:]//")) || holds(t->text, STR("[.]"));
}

struct place {
	struct str line;
	uint32_t before, behind;
	bool code;
	bool first; /* nothing stands before it in its line: it may be meant as a bullet */
	bool alone; /* a line that is nothing but an address, or the value of a row of indicators */
	struct token token;
};

static bool is_alone(const struct digest *d, const struct odd *o, struct str token)
{
	const struct line *line = &d->line[o->line];
	struct str text = digest_str(d, line->text);
	if (o->prose && o->prose->ioc)
		return token.p == text.p;
	return line->kind == LINE_TEXT && str_eq(token, text) && str_starts(token, STR("http"));
}

static struct place place_of(const struct digest *d, const struct odd *o, const struct odd *end)
{
	/* Whoever asks for each character whether it is code asks for a line that people write. */
	enum { LONGEST_LINE = 4096 };
	struct span whole = d->line[o->line].at, at = character_span(o, end);
	struct str line = digest_str(d, whole);
	size_t from = at.off - whole.off, to = span_end(at) - whole.off;
	struct token token = token_around(line, from, to);
	return (struct place){
		.line = line,
		.before = character_before(line, from),
		.behind = character_behind(line, to),
		.code = line.n <= LONGEST_LINE && odd_place(d, o) == ODD_HOLE && digest_in_code(d, o->line, o->off),
		.first = o->off == d->line[o->line].text.off,
		.alone = is_alone(d, o, token.text),
		.token = token,
	};
}

/* `rm ‑rf`, ` ‑‑force`: what stands before an option is a blank, or opens something. */
static bool begins_option(const struct place *p)
{
	bool opens = !p->first && p->before && p->before < 0x80 && strchr(" \t`\"'([|=/", (int)p->before);
	return opens && is_alnum(p->behind);
}

/* A full-width one in a CVE number is cve-format's; what is said of a URL may follow it behind a long dash. */
static bool is_looked_up(const struct place *p, uint32_t codepoint)
{
	enum { FULL_WIDTH = 0xFF0D, EM_DASH = 0x2014, BAR = 0x2015 };
	if (is_cve(&p->token))
		return codepoint != FULL_WIDTH;
	return (p->alone || (codepoint != EM_DASH && codepoint != BAR)) && is_address(&p->token);
}

/* Of what a number is made of, and what a range has behind it: `1.5%`. */
static bool is_numeric(uint32_t c)
{
	return is_digit(c) || (c && c < 0x80 && strchr(".,:%$", (int)c));
}

/* `3−5日`: two numbers, and no more of them as in a date, a telephone number or a name: `2024−05−01`, `MS17−010`. */
static bool is_range(const struct place *p)
{
	struct str s = p->token.text;
	size_t from = p->token.from, to = p->token.to;
	while (from && is_numeric((unsigned char)s.p[from - 1]))
		from--;
	while (to < s.n && is_numeric((unsigned char)s.p[to]))
		to++;
	uint32_t before = character_before(s, from), behind = character_behind(s, to);
	bool more = before == '-' || behind == '-' || where_wrong(before) != NEVER_A_HYPHEN ||
	            where_wrong(behind) != NEVER_A_HYPHEN;
	return !p->code && is_digit(p->before) && is_digit(p->behind) && !more && !is_alnum(before) && before != '_' &&
	       before != '/';
}

/* Does the word, with hyphens for dashes, stand in a list? One a line. */
static bool is_listed(const char *list, struct str word)
{
	struct str rest = str_of(list), name;
	while (str_split(&rest, '\n', &name)) {
		size_t i = 0, k = 0;
		while (i < word.n && k < name.n) {
			uint32_t c = utf8_next(word, &i), lower = is_letter(c) ? c | 0x20 : c;
			if (lower != (unsigned char)name.p[k] && !(name.p[k] == '-' && where_wrong(c) != NEVER_A_HYPHEN))
				break;
			k++;
		}
		if (name.n && i == word.n && k == name.n)
			return true;
	}
	return false;
}

/* `BIG–IP`: what is never written with a dash. */
static bool is_hyphenated(const struct place *p)
{
	static const char names[] =
		"big-ip\nbig-iq\nios-xe\n7-zip\nwi-fi\nd-link\ntp-link\nt-mobile\nu-next\nx-force\nx-ray\ne-mail\ne-commerce\nzero-day\nzero-click\nzero-trust\n"
		"one-day\nn-day\nman-in-the-middle\nend-to-end\nuse-after-free\nout-of-bounds\nbuilt-in\nplug-in\nadd-on\nlog-in\nsign-in\nopt-in\n"
		"opt-out\nback-end\nfront-end\nopen-source\ncross-site\nside-channel\nmulti-factor\ntwo-factor\nthird-party\nreal-time\n"
		"living-off-the-land\npre-auth\ndrive-by\ncyber-attack\nhewlett-packard\ncoca-cola\n";
	struct str s = p->token.text;
	size_t from = p->token.from, to = p->token.to;
	while (from && (is_alnum(character_before(s, from)) || character_before(s, from) == '-' ||
	                where_wrong(character_before(s, from)) != NEVER_A_HYPHEN))
		from = character_start(s, from);
	while (to < s.n && (is_alnum(character_behind(s, to)) || character_behind(s, to) == '-' ||
	                    where_wrong(character_behind(s, to)) != NEVER_A_HYPHEN))
		utf8_next(s, &to);
	return is_listed(names, str_slice(s, from, to));
}

/* What begins a command whose options are words behind two hyphens. */
static const char commands[] =
	"curl\ngit\nnpm\nnpx\npip\npip3\ndocker\nwget\nkubectl\nsystemctl\nyarn\napt\napt-get\ndnf\nyum\n"
	"cargo\nhelm\nnmap\nsqlmap\n";

/* `curl —silent`, `git commit —amend`: one of the two words before it is a command. */
static bool is_behind_command(const struct place *p)
{
	size_t end = (size_t)(p->token.text.p - p->line.p) + p->token.from, seen = 0;
	if (!begins_option(p) || p->before != ' ' || !is_letter(p->behind))
		return false;
	while (end && p->line.p[end - 1] == ' ' && seen++ < 2) {
		size_t stop = --end;
		while (end && is_name((unsigned char)p->line.p[end - 1]))
			end--;
		struct str word = str_slice(p->line, end, stop);
		bool apart =
			!end || (unsigned char)p->line.p[end - 1] >= 0x80 || p->line.p[end - 1] == ' ' || p->line.p[end - 1] == '`';
		/* A name of a product has capitals: Git, Docker. */
		if (apart && word.n && word.p[0] >= 'a' && is_listed(commands, word))
			return true;
	}
	return false;
}

/* `—silent` of such a command: it had two hyphens. Short ones are many in one: `-xvf`. */
static bool is_long_option(const struct place *p)
{
	enum { LEAST = 5 };
	struct str s = str_from(p->token.text, p->token.to);
	size_t n = 0;
	while (n < s.n && ((s.p[n] >= 'a' && s.p[n] <= 'z') || (n && s.p[n] == '-')))
		n++;
	return n >= LEAST && (n == s.n || s.p[n] == '=' || (unsigned char)s.p[n] >= 0x80) && is_behind_command(p);
}

static bool is_wrong(const struct place *p, uint32_t codepoint)
{
	enum { FULL_WIDTH = 0xFF0D };
	bool within = is_alnum(p->before) && is_alnum(p->behind);
	enum where where = where_wrong(codepoint);
	if (within && is_looked_up(p, codepoint))
		return true;
	if (where == BESIDE_ASCII && (within || begins_option(p)))
		return true;
	if (where == WITHIN_ASCII && within && !is_range(p))
		return codepoint != FULL_WIDTH || !is_cve(&p->token);
	if (where == WITHIN_WORDS && is_letter(p->before) && is_letter(p->behind))
		return true;
	if (where == WITHIN_NAMES && ((within && is_hyphenated(p)) || is_behind_command(p)))
		return true;
	/* In a command a dash was a hyphen before something made it prettier. */
	return p->code && begins_option(p) && !(p->behind >= '0' && p->behind <= '9');
}

/* What a dash stood for before an option, one hyphen or two, cannot be told. */
static bool is_clear(const struct place *p, const struct odd *o, const struct odd *end)
{
	if (o + 1 == end && is_long_option(p))
		return true;
	for (; o < end; o++)
		if (where_wrong(o->codepoint) == WITHIN_NAMES && begins_option(p))
			return false;
	return true;
}

/* The wrong ones of a word: CVE‑2024‑1234 has two. */
struct slip {
	const struct odd *first, *end; /* NULL: none is */
	bool error, unclear;
};

/* Looks at each run of hyphens that begins in [o, stop); returns where the last one ends. */
static const struct odd *look(const struct digest *d, const struct odd *o, uint32_t stop, struct slip *out)
{
	const struct odd *last = d->odd + d->odds;
	while (o < last && o->off < stop && is_hyphen(d, o)) {
		const struct odd *end = odd_run(d, o, is_hyphen);
		struct place p = place_of(d, o, end);
		if (is_wrong(&p, o->codepoint)) {
			out->first = out->first ? out->first : o;
			out->end = end;
			out->error = out->error || p.code || is_looked_up(&p, o->codepoint);
			out->unclear = out->unclear || !is_clear(&p, o, end);
		}
		o = end;
	}
	return o;
}

static void mend(struct check *c, const struct digest *d, const struct slip *s, struct finding *f)
{
	suggest(c, f, "write `-`");
	for (const struct odd *o = s->first; o < s->end;) {
		const struct odd *end = odd_run(d, o, is_hyphen);
		struct place p = place_of(d, o, end);
		bool two = where_wrong(o->codepoint) == WITHIN_NAMES && o + 1 == end && is_long_option(&p);
		for (bool wrong = is_wrong(&p, o->codepoint); o < end; o++)
			if (wrong)
				edit_replace(c, f, odd_span(o), two ? STR("--") : STR("-"));
	}
}

static const struct odd *check_token(struct check *c, const struct digest *d, const struct odd *o)
{
	struct place p = place_of(d, o, odd_run(d, o, is_hyphen));
	struct str word = p.token.text;
	struct slip s = {0};
	const struct odd *next = look(d, o, (uint32_t)(word.p + word.n - d->source->text.p), &s);
	if (!s.first)
		return next;
	struct str names = character_names(check_arena(c), d, s.first, s.end, is_hyphen);
	struct finding *f =
		report(c, character_span(s.first, s.end), "`%.*s` is written with %.*s", STR_ARG(word), STR_ARG(names));
	if (s.error)
		weigh(c, f, SEVERITY_ERROR);
	if (!s.unclear)
		mend(c, d, &s, f);
	return next;
}

static bool is_checked(const struct digest *d, const struct odd *o)
{
	enum odd_place place = odd_place(d, o);
	return place != ODD_CODE && place != ODD_OTHER && !character_in_name(d, o->line);
}

static void check(struct check *c, const struct digest *d)
{
	for (const struct odd *o = d->odd, *last = o + d->odds; o < last;) {
		if (!is_hyphen(d, o))
			o++;
		else
			o = is_checked(d, o) ? check_token(c, d, o) : odd_run(d, o, is_hyphen);
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_exotic_hyphen = {
	.name = "exotic-hyphen",
	.group = "text",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_CODE | FACT_ARTICLE | FACT_LINK | FACT_IOC | FACT_CVE,
	.summary = "A word is written with a character that only looks like a hyphen",
	.why =
		"A search for the word does not find it, and a command that is copied fails. In a CVE number, a URL or a command it is "
		"an error: programs do not see the number, and the link is dead. Dashes between words and numbers are left alone.",
	.bad = {.text = TOP "    - Wi‑Fiの設定を変更\n" END},
	.good = {.text = TOP "    - Wi-Fiの設定を変更\n" END},
	.check = check,
};
