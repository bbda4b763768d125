#include "core/ioc/plain.h"

#include "core/base/buf.h"
#include "core/base/percent.h"
#include "core/base/unicode_text.h"
#include "core/base/utf8.h"

static bool is_alnum(uint32_t c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* ---- references ---- */

static const struct {
	struct str name;
	uint32_t c;
} references[] = {
	{STR_INIT("lsqb"), '['},    {STR_INIT("lbrack"), '['}, {STR_INIT("rsqb"), ']'},   {STR_INIT("rbrack"), ']'},
	{STR_INIT("lpar"), '('},    {STR_INIT("rpar"), ')'},   {STR_INIT("lcub"), '{'},   {STR_INIT("lbrace"), '{'},
	{STR_INIT("rcub"), '}'},    {STR_INIT("rbrace"), '}'}, {STR_INIT("lt"), '<'},     {STR_INIT("gt"), '>'},
	{STR_INIT("period"), '.'},  {STR_INIT("colon"), ':'},  {STR_INIT("commat"), '@'}, {STR_INIT("sol"), '/'},
	{STR_INIT("bsol"), '\\'},   {STR_INIT("nbsp"), ' '},   {STR_INIT("shy"), 0xAD},   {STR_INIT("zwj"), 0x200D},
	{STR_INIT("zwnj"), 0x200C}, {STR_INIT("amp"), '&'},    {STR_INIT("hyphen"), '-'}, {STR_INIT("NoBreak"), 0x2060},
};

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

/* `#46` or `#x2E`; 0: it is none. */
static uint32_t read_number(struct str s)
{
	bool hex = s.n > 1 && (s.p[1] | 0x20) == 'x';
	int base = hex ? 16 : 10;
	uint32_t value = 0;
	for (size_t i = hex ? 2 : 1; i < s.n; i++) {
		if (digit_of(s.p[i]) >= base)
			return 0;
		value = value * (uint32_t)base + (uint32_t)digit_of(s.p[i]);
		if (value > 0x10FFFF)
			return 0;
	}
	return value;
}

/* At the ampersand `*i`; moves behind it, or returns 0. */
static uint32_t read_reference(struct str s, size_t *i)
{
	enum { LONGEST_REFERENCE = 12 };
	struct str name = str_slice(s, *i + 1, *i + 1 + LONGEST_REFERENCE);
	name.n = str_find_byte(name, 0, ';');
	uint32_t c = 0;
	if (*i + 1 + name.n >= s.n || s.p[*i + 1 + name.n] != ';' || !name.n)
		return 0;
	if (*name.p == '#')
		c = read_number(name);
	for (size_t k = 0; !c && k < ARRAY_SIZE(references); k++)
		if (str_eq(references[k].name, name))
			c = references[k].c;
	*i += c ? name.n + 2 : 0;
	return c;
}

/* ---- characters ---- */

static bool is_unseen(uint32_t c)
{
	if (c >= 0x2E80 && c < 0xFE00)
		return false;
	return (unicode_is_invisible(c) && !unicode_is_odd_space(c)) || unicode_is_bidi_control(c);
}

/* What a character is in ASCII; itself where it is nothing. A lone bracket is a slip where it is square, so none is made. */
static uint32_t narrow(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} brackets[] = {{0x2772, 0x2773}, {0x27E6, 0x27EF}, {0x2985, 0x2986}, {0x3008, 0x3011},
	                {0x3014, 0x301B}, {0x201C, 0x201D}, {0xFE3D, 0xFE44}, {0xFF62, 0xFF63}};
	if (c == 0xFF3B || c == 0xFF1C || c == 0xAB)
		return '{';
	if (c == 0xFF3D || c == 0xFF1E || c == 0xBB)
		return '}';
	if (c >= 0xFF01 && c < 0xFF5E)
		return c - 0xFF01 + '!';
	if (c == 0x3000 || (c < 0x3000 && unicode_is_odd_space(c)))
		return ' ';
	for (size_t i = 0; i < ARRAY_SIZE(brackets); i++)
		if (c >= brackets[i].first && c <= brackets[i].last)
			return (c - brackets[i].first) & 1 ? '}' : '{';
	if (c == 0x301C || c == 0xFF5E || (c >= 0x2010 && c <= 0x2015) || c == 0x2212)
		return '-';
	return c == 0x2024 || c == 0xFE52 ? '.' : c;
}

/* ---- the text ---- */

static bool is_one_of(const char *few, char c)
{
	return c && strchr(few, c);
}

static char last_of(const struct buf *out)
{
	struct str s = buf_str(out);
	return s.n ? s.p[s.n - 1] : ' ';
}

/* `**evil**[.]com` is `**evil[.]com`. */
static void drop_emphasis(struct buf *out)
{
	while (out->n && is_one_of("*~`", out->p[out->n - 1]))
		out->n--;
}

/* In brackets these are dots. */
static bool is_dot(uint32_t c)
{
	return c == 0x3002 || c == 0xFF61 || c == 0x30FB || c == 0xFF65 || c == 0xB7;
}

static void put_plain(struct buf *out, uint32_t c)
{
	if (c < 0x80) {
		if (is_one_of("[({", (char)c))
			drop_emphasis(out);
		if (!is_one_of("*~`", (char)c) || !is_one_of("])}", last_of(out)))
			buf_addc(out, c == '\t' ? ' ' : (char)c);
	} else if (c == 0x3001 || c == 0xFF64) {
		buf_addc(out, '\n');
	} else if (is_dot(c) && is_one_of("[({", last_of(out))) {
		buf_addc(out, '.');
	} else if (!is_unseen(c)) {
		c = narrow(c);
		if (c == '{' || c == '(')
			drop_emphasis(out);
		buf_add_char(out, c);
	}
}

static bool is_punctuation(char c)
{
	return c > ' ' && c < 0x7F && !is_alnum((unsigned char)c);
}

/* The bytes of a tag or a comment at `<` in which no name can lie; 0: it is none. */
static size_t harmless_tag(struct str s)
{
	size_t end = 1;
	while (end < s.n && (is_alnum((unsigned char)s.p[end]) || is_one_of(" !-_=\"':;#", s.p[end]) ||
	                     (s.p[end] == '/' && (end == 1 || str_starts(str_from(s, end + 1), STR(">"))))))
		end++;
	return end < s.n && s.p[end] == '>' ? end + 1 : 0;
}

/* `<.>`, or a tag that changes only how a text looks, or a comment. */
static size_t put_angle(struct buf *out, struct str s)
{
	static const struct str dots[] = {STR_INIT("<.>"), STR_INIT("< . >"), STR_INIT("<dot>")};
	static const char *const tags[] = {"b",    "strong", "i",  "em",  "u",    "s",
	                                   "span", "code",   "tt", "wbr", "font", "small"};
	for (size_t i = 0; i < ARRAY_SIZE(dots); i++)
		if (str_eq_nocase(str_slice(s, 0, dots[i].n), dots[i])) {
			drop_emphasis(out);
			buf_addz(out, "{.}");
			return dots[i].n;
		}
	size_t length = harmless_tag(s), from = 1 + str_starts(s, STR("</")), to = from;
	while (to < length && is_alnum((unsigned char)s.p[to]))
		to++;
	bool known = str_starts(s, STR("<!--"));
	for (size_t i = 0; i < ARRAY_SIZE(tags); i++)
		known |= str_eq_nocase(str_slice(s, from, to), str_of(tags[i]));
	return known ? length : 0;
}

/* An escape, a reference, or `<.>`: the bytes; 0: it is none of them. */
static size_t put_spelling(struct buf *out, struct str s, size_t i)
{
	size_t behind = i;
	uint32_t c;
	if (s.p[i] == '\\' && i + 1 < s.n && is_punctuation(s.p[i + 1])) {
		if (s.p[i + 1] == '.')
			buf_addz(out, "[.]");
		else
			put_plain(out, (unsigned char)s.p[i + 1]);
		return 2;
	}
	if (s.p[i] == '&' && (c = read_reference(s, &behind))) {
		put_plain(out, c);
		return behind - i;
	}
	int byte = percent_byte(s, i);
	if (byte > ' ' && byte < 0x7F) {
		put_plain(out, (uint32_t)byte);
		return 3;
	}
	return s.p[i] == '<' ? put_angle(out, str_from(s, i)) : 0;
}

struct str ioc_plain(struct arena *a, struct str text)
{
	struct buf out = {0};
	for (size_t i = 0; i < text.n;) {
		size_t from = i, n = put_spelling(&out, text, i);
		i += n;
		if (n)
			continue;
		uint32_t c = utf8_next(text, &i);
		if (c == 0xFFFD)
			buf_add(&out, str_slice(text, from, i));
		else
			put_plain(&out, c);
	}
	struct str plain = arena_str(a, buf_str(&out));
	buf_release(&out);
	return plain;
}
