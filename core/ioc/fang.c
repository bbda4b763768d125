#include "core/ioc/fang.h"

#include "core/base/str.h"

/* A run of brackets or blanks that is longer belongs to nothing. */
enum { LONGEST_RUN = 8 };

/* The live spelling stands beside each; `text`: read in running text, too. */
static const struct {
	struct str written;
	const char *live;
	bool text;
} schemes[] = {
	{STR_INIT("https"), "https", true},  {STR_INIT("hxxps"), "https", true},   {STR_INIT("http"), "http", true},
	{STR_INIT("hxxp"), "http", true},    {STR_INIT("h**ps"), "https", true},   {STR_INIT("h**p"), "http", true},
	{STR_INIT("hxtps"), "https", true},  {STR_INIT("hxtp"), "http", true},     {STR_INIT("htxps"), "https", true},
	{STR_INIT("htxp"), "http", true},    {STR_INIT("ftp"), "ftp", true},       {STR_INIT("fxp"), "ftp", true},
	{STR_INIT("ftps"), "ftps", true},    {STR_INIT("fxps"), "ftps", true},     {STR_INIT("h[tt]ps"), "https", false},
	{STR_INIT("h[tt]p"), "http", false}, {STR_INIT("meow"), "http", false},    {STR_INIT("meows"), "https", false},
	{STR_INIT("sftp"), "sftp", false},   {STR_INIT("sfxp"), "sftp", false},    {STR_INIT("ws"), "ws", false},
	{STR_INIT("wx"), "ws", false},       {STR_INIT("wss"), "wss", false},      {STR_INIT("wxs"), "wss", false},
	{STR_INIT("hxxxp"), "http", false},  {STR_INIT("hxxxps"), "https", false}, {STR_INIT("hxx"), "http", false},
	{STR_INIT("hxxs"), "https", false},  {STR_INIT("xxp"), "http", false},     {STR_INIT("xxps"), "https", false},
	{STR_INIT("ttp"), "http", false},    {STR_INIT("ttps"), "https", false},
};
/* Longest first. Without its slashes it is a slip, which is read where a host follows. */
static const struct str separators[] = {STR_INIT("://"),   STR_INIT("[:]\\/\\/"), STR_INIT("[://]"), STR_INIT("[:]//"),
                                        STR_INIT("[:/]/"), STR_INIT(":[//]"),     STR_INIT("[:]")};

/* What a byte is to an authority: HIGH ends it in running text. */
enum { PLAIN, STOP, MARK, SIGN, HIGH };
/* clang-format off */
static const unsigned char ascii_class[128] = {
	['<'] = STOP, ['>'] = STOP, ['"'] = STOP, ['`'] = STOP, ['|'] = STOP, ['^'] = STOP, ['}'] = STOP,
	['/'] = STOP, ['?'] = STOP, ['#'] = STOP, [')'] = STOP, [']'] = STOP, [','] = STOP, [';'] = STOP, ['\''] = STOP,
	['['] = MARK, ['('] = MARK, ['{'] = MARK, ['\\'] = MARK, ['.'] = SIGN, [':'] = SIGN, ['@'] = SIGN,
};
/* clang-format on */

static unsigned char class_of(char c)
{
	unsigned char byte = (unsigned char)c;
	if (byte <= ' ' || byte == 0x7F)
		return STOP;
	return byte >= 0x80 ? HIGH : ascii_class[byte];
}

bool ends_url(char c)
{
	static const bool ends[128] = {['<'] = true, ['>'] = true,  ['"'] = true, ['`'] = true, ['|'] = true,
	                               ['^'] = true, ['\\'] = true, ['{'] = true, ['}'] = true};
	unsigned char byte = (unsigned char)c;
	return byte <= ' ' || byte >= 0x7F || ends[byte];
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool is_alnum(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9');
}

/* 、。「」（） and their like: part of the sentence, never of a name. */
static bool is_stop(struct str s)
{
	static const struct str stops[] = {STR_INIT("、"), STR_INIT("。"), STR_INIT("　"), STR_INIT("「"), STR_INIT("」"),
	                                   STR_INIT("『"), STR_INIT("』"), STR_INIT("（"), STR_INIT("）"), STR_INIT("，")};
	for (size_t i = 0; i < ARRAY_SIZE(stops); i++)
		if (*s.p == *stops[i].p && str_starts(s, stops[i]))
			return true;
	return false;
}

static bool begins_name(struct str s, size_t i)
{
	return i < s.n && (is_alnum(s.p[i]) || ((unsigned char)s.p[i] >= 0x80 && !is_stop(str_from(s, i))));
}

static size_t read_separator(struct str s)
{
	if (str_starts(s, separators[0]))
		return separators[0].n;
	for (size_t i = 1; i < ARRAY_SIZE(separators); i++)
		if (str_starts(s, separators[i]) && (separators[i].n > 3 || begins_name(s, separators[i].n)))
			return separators[i].n;
	return 0;
}

static size_t skip_blanks(struct str s, size_t i)
{
	size_t from = i;
	while (i < s.n && i - from < LONGEST_RUN && s.p[i] == ' ')
		i++;
	return i;
}

static size_t skip_one_of(struct str s, size_t i, const struct str *what, size_t nr)
{
	for (size_t k = 0; k < nr; k++)
		if (str_starts(str_from(s, i), what[k]))
			return i + what[k].n;
	return i;
}

/* `：//`, `;//`, ` ://`, `:\\`, `:/`, `:// `: slips, read in a whole value between a scheme of the table and a name. */
static size_t read_slip(struct str s)
{
	static const struct str colons[] = {STR_INIT(":"),   STR_INIT("："),     STR_INIT("[:]"), STR_INIT("(:)"),
	                                    STR_INIT("{:}"), STR_INIT("［：］"), STR_INIT(";"),   STR_INIT("；")};
	static const struct str slashes[] = {STR_INIT("/"), STR_INIT("／"), STR_INIT("\\")};
	enum { MOST_SLASHES = 3 };
	size_t blank = skip_blanks(s, 0), colon = skip_one_of(s, blank, colons, ARRAY_SIZE(colons));
	size_t i = skip_blanks(s, colon), from = i;
	for (size_t k = 0; k < MOST_SLASHES; k++)
		i = skip_one_of(s, i, slashes, ARRAY_SIZE(slashes));
	if (colon == blank || i == from)
		return 0;
	i = skip_blanks(s, i);
	return begins_name(s, i) ? i : 0;
}

/* Can a separator begin there? */
static bool begins_separator(struct str s, size_t i, bool whole)
{
	if (i >= s.n)
		return false;
	return s.p[i] == ':' || s.p[i] == '[' ||
	       (whole &&
	        (strchr(" ({;", s.p[i]) || str_starts(str_from(s, i), STR("：")) || str_starts(str_from(s, i), STR("［"))));
}

/* The bytes of what can only be a scheme: as far as a colon or a bracket. */
static size_t scheme_run(struct str s, bool whole)
{
	enum { LONGEST_SCHEME = 16 };
	size_t n = 0;
	if (whole && str_eq_nocase(str_slice(s, 1, 5), STR("[tt]")))
		n = 5;
	for (; n < s.n && n <= LONGEST_SCHEME; n++)
		if (!is_letter(s.p[n]) && s.p[n] != '*' &&
		    !(whole && n && (is_alnum(s.p[n]) || s.p[n] == '+' || s.p[n] == '-')))
			break;
	return n >= 2 && n <= LONGEST_SCHEME && begins_separator(s, n, whole) ? n : 0;
}

struct opening opening_read(struct str s, bool whole)
{
	struct opening o = {0};
	size_t n = scheme_run(s, whole);
	size_t separator = n ? read_separator(str_from(s, n)) : 0, slip = 0;
	if (n && whole && (!separator || (n + separator < s.n && (s.p[n + separator] == ' ' || s.p[n + separator] == '/'))))
		slip = read_slip(str_from(s, n));
	if (!separator && !slip)
		return o;
	struct str scheme = str_slice(s, 0, n);
	for (size_t i = 0; i < ARRAY_SIZE(schemes); i++) {
		if ((!whole && !schemes[i].text) || !str_eq_nocase(schemes[i].written, scheme))
			continue;
		o.exotic = !str_starts(str_from(s, n), separators[0]) || slip;
		o.scheme = n;
		o.length = n + (slip ? slip : separator);
		o.live = schemes[i].live;
		o.defanged = o.exotic || !str_eqz(schemes[i].written, o.live);
		return o;
	}
	if (whole && separator && s.p[n] == ':' && str_find_byte(scheme, 0, '*') == n && is_letter(*s.p)) {
		o.scheme = n;
		o.length = n + separator;
	}
	return o;
}

/* What may stand between the brackets, longest first. */
static const struct {
	struct str written;
	const char *live;
	bool whole, plain;
} inners[] = {
	{STR_INIT("dot"), ".", false, false}, {STR_INIT("::"), "::", true, true}, {STR_INIT("."), ".", false, true},
	{STR_INIT(":"), ":", false, true},    {STR_INIT("@"), "@", false, true},  {STR_INIT("．"), ".", true, false},
	{STR_INIT("。"), ".", true, false},   {STR_INIT("＠"), "@", true, false}, {STR_INIT("："), ":", true, false},
};
static const struct {
	struct str open, close;
	bool whole;
} brackets[] = {
	{STR_INIT("["), STR_INIT("]"), false},  {STR_INIT("("), STR_INIT(")"), false},
	{STR_INIT("{"), STR_INIT("}"), false},  {STR_INIT("［"), STR_INIT("］"), true},
	{STR_INIT("（"), STR_INIT("）"), true}, {STR_INIT("｛"), STR_INIT("｝"), true},
};

static size_t skip_all(struct str s, size_t i, struct str what, size_t *nr)
{
	for (*nr = 0; *nr < LONGEST_RUN && str_starts(str_from(s, i), what); ++*nr)
		i += what.n;
	return i;
}

/* Both sides alike, as they should be; or a whole value, where one may be missing: `evil[.example`. */
static size_t mark_end(struct str s, size_t close, size_t closes, size_t opens, struct str bracket, bool whole)
{
	size_t surplus = closes > opens ? closes - opens : 0;
	if (opens == closes)
		return close;
	if (whole && *bracket.p == ']' && begins_name(s, close))
		return close;
	return opens && surplus ? close - surplus * bracket.n : 0;
}

/* `[.)`: the index behind a bracket of another kind; 0: there is none. */
static size_t other_close(struct str s, size_t i)
{
	for (size_t kind = 0; kind < ARRAY_SIZE(brackets); kind++)
		if (str_starts(str_from(s, i), brackets[kind].close))
			return i + brackets[kind].close.n;
	return 0;
}

static struct token read_between(struct str s, size_t kind, bool whole)
{
	struct token m = {.defanged = true};
	size_t opens, closes;
	size_t i = skip_blanks(s, skip_all(s, 0, brackets[kind].open, &opens));
	for (size_t k = 0; k < ARRAY_SIZE(inners); k++) {
		struct str inner = inners[k].written;
		if ((inners[k].whole && !whole) || !str_eq_nocase(str_slice(s, i, i + inner.n), inner))
			continue;
		/* A lone bracket is no more than a slip, and beside a word or a colon not even that. */
		bool dot = *inners[k].live == '.';
		size_t close = skip_all(s, skip_blanks(s, i + inner.n), brackets[kind].close, &closes);
		size_t other = whole && opens == 1 && !closes ? other_close(s, close) : 0;
		bool loose = whole && dot && (inners[k].plain || (opens && closes));
		if ((closes || loose) && (dot || opens == 1))
			m.n = mark_end(s, close, closes, opens, brackets[kind].close, loose);
		m.n = other ? other : m.n;
		m.live = inners[k].live;
		m.exotic = kind || other || !inners[k].plain || m.n != inner.n + 2;
		return m;
	}
	return m;
}

/* "[at]", with any brackets; 0: it is none. */
static size_t at_word(struct str s, size_t kind)
{
	size_t i = skip_blanks(s, brackets[kind].open.n);
	if (!str_eq_nocase(str_slice(s, i, i + 2), STR("at")))
		return 0;
	i = skip_blanks(s, i + 2);
	return str_starts(str_from(s, i), brackets[kind].close) ? i + brackets[kind].close.n : 0;
}

static bool begins_mark(char c)
{
	return c == '[' || c == '(' || c == '{' || c == '.' || c == '\\' || c == '\xEF';
}

/* `\[.\]`: editors of Markdown escape brackets. */
static struct token escaped_mark(struct str s)
{
	static const struct {
		struct str written;
		const char *live;
	} marks[] = {
		{STR_INIT("\\[.\\]"), "."}, {STR_INIT("\\[.]"), "."}, {STR_INIT("[.\\]"), "."},
		{STR_INIT("\\[@\\]"), "@"}, {STR_INIT("\\[@]"), "@"}, {STR_INIT("\\[:\\]"), ":"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (str_starts(s, marks[i].written))
			return (struct token){marks[i].written.n, marks[i].live, true, true};
	return (struct token){0};
}

struct token mark_read(struct str s, bool whole, bool at)
{
	static const struct token canonical = {.n = 3, .live = ".", .defanged = true};
	struct token m = {0};
	if (s.n < 2 || !begins_mark(*s.p))
		return m;
	if (s.n > 2 && memcmp(s.p, "[.]", 3) == 0 && (s.n == 3 || s.p[3] != ']'))
		return canonical;
	if (whole && (m = escaped_mark(s)).n)
		return m;
	if (*s.p == '.')
		return whole && s.p[1] == ']' ? read_between(s, 0, whole) : m;
	/* With a bracket behind it there would be another one left. */
	if (*s.p == '\\')
		return whole && s.p[1] == '.' && (s.n == 2 || s.p[2] != ']') ? (struct token){2, ".", true, true} : m;
	for (size_t kind = 0; kind < ARRAY_SIZE(brackets); kind++) {
		if (*s.p != *brackets[kind].open.p || (brackets[kind].whole && !whole) || !str_starts(s, brackets[kind].open))
			continue;
		m = read_between(s, kind, whole);
		if (!m.n && at)
			m = (struct token){at_word(s, kind), "@", true, true};
		break;
	}
	return m;
}

struct token mark_around(struct str s, size_t i, bool at)
{
	size_t from = skip_blanks(s, i), end;
	if (from > i && (from >= s.n || !strchr("[({\xEF", s.p[from])))
		return (struct token){0};
	struct token m = mark_read(str_from(s, from), true, at);
	if (!m.n)
		return m;
	end = skip_blanks(s, from + m.n);
	if (from == i)
		return m;
	m.exotic = true;
	m.n = end < s.n && is_alnum(s.p[end]) ? end - i : 0;
	return m;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'f');
}

/* The index behind an IPv6 address in brackets at `i`; 0: there is none. */
static size_t literal_end(struct str s, size_t i, bool whole)
{
	enum { LONGEST_LITERAL = 100 }; /* live, so that it is one in any spelling */
	size_t colons = 0, live = 0;
	bool dot = false; /* with a dot before it the bracket may be a part of that */
	for (i++; i < s.n && live < LONGEST_LITERAL;) {
		if (s.p[i] == ']')
			return colons >= 2 && !dot ? i + 1 : 0;
		struct token m = {.n = 1};
		if (s.p[i] == '[')
			m = mark_read(str_from(s, i), whole, false);
		else if (s.p[i] == ':')
			m.live = ":";
		else if (!is_hex(s.p[i]) && s.p[i] != '.')
			return 0;
		if (!m.n || (m.live && *m.live == '@'))
			return 0;
		dot = s.p[i] == '.' || (m.live && *m.live == '.');
		colons += m.live && *m.live == ':' ? strlen(m.live) : 0;
		live += m.live ? strlen(m.live) : m.n;
		i += m.n;
	}
	return 0;
}

static bool is_mark(struct tokens *t, struct token *out)
{
	*out = t->whole ? mark_around(t->s, t->i, false) : mark_read(str_from(t->s, t->i), false, false);
	return out->n > 0;
}

bool token_next(struct tokens *t, struct token *out)
{
	static const char *const signs[256] = {['.'] = ".", [':'] = ":", ['@'] = "@"};
	size_t i = t->i;
	struct str s = t->s;
	*out = (struct token){0};
	if (i >= s.n)
		return false;
	if (s.p[i] == '[' && !t->inside)
		t->literal = literal_end(s, i, t->whole);
	bool edge = t->literal && ((s.p[i] == '[' && !t->inside) || i + 1 == t->literal);
	t->inside = true;
	unsigned char class = class_of(s.p[i]);
	if (edge) {
		out->n = 1;
	} else if (class == SIGN) {
		if (s.p[i] != '.' || !t->whole || i < t->literal || !is_mark(t, out))
			*out = (struct token){.n = 1, .live = signs[(unsigned char)s.p[i]]};
	} else if (class == MARK || (class == HIGH && t->whole)) {
		if (!is_mark(t, out))
			*out = (struct token){.n = class == HIGH && !is_stop(str_from(s, i))};
	} else if (s.p[i] == ' ' && t->whole) {
		is_mark(t, out);
	} else {
		while (i + out->n < s.n && class_of(s.p[i + out->n]) == PLAIN)
			out->n++;
	}
	if (out->live && *out->live == '@')
		t->inside = false;
	t->i += out->n;
	return out->n > 0;
}

static bool is_port(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n >= 1 && s.n <= 5;
}

/* `host@SSL@8443` and `host@80`, as WebDAV has it: what stands behind the at sign is no host. */
static bool is_webdav(struct str behind)
{
	struct str ssl = str_slice(behind, 0, 3), rest = str_from(behind, 3);
	struct token mark = mark_around(rest, 0, false);
	bool at = str_starts(rest, STR("@")) || (mark.n && *mark.live == '@');
	return is_port(behind) || (str_eq_nocase(ssl, STR("SSL")) && (!rest.n || at));
}

struct authority authority_split(struct str s, size_t from, size_t end)
{
	struct authority part = {0};
	struct tokens t = {.s = str_slice(s, 0, end), .i = from, .whole = true};
	size_t user_end = 0, host = from, colon = 0, behind_colon = end, first_at = 0, behind_first = 0;
	bool dots = false;
	struct token k;
	for (size_t i = from; token_next(&t, &k); i = t.i) {
		if (k.live && *k.live == '@') {
			if (!first_at && dots)
				first_at = i, behind_first = t.i;
			user_end = i;
			host = t.i;
			colon = 0;
		} else if (k.live && *k.live == ':' && i >= t.literal) {
			colon = i;
			behind_colon = t.i;
		} else if (k.live) {
			dots = true;
		}
	}
	if (first_at && is_webdav(str_slice(s, behind_first, end))) {
		part.host = span_make(from, first_at);
		part.port = is_port(str_slice(s, behind_first, end)) ? span_make(behind_first, end) : part.port;
		return part;
	}
	part.user = span_make(from, host > from ? user_end : from);
	part.host = span_make(host, colon ? colon : end);
	part.port = colon ? span_make(behind_colon, end) : part.port;
	return part;
}
