#include "core/ioc/defang.h"

#include "core/ioc/address.h"
#include "core/ioc/domain.h"
#include "core/ioc/fang.h"

enum form_kind {
	FORM_NONE,
	FORM_URL,  /* with a scheme */
	FORM_HOST, /* without: host, port and path; also \\host\share */
	FORM_V6,   /* an IPv6 address without brackets */
	FORM_EMAIL,
};

/* What a whole value is made of: an opening, what can be defanged, and the rest. */
struct form {
	enum form_kind kind;
	struct str s;
	struct opening opening;
	size_t begin, end;
	size_t at, behind_at; /* of an e-mail address */
};

static struct tokens tokens_of(const struct form *f)
{
	return (struct tokens){.s = str_slice(f->s, 0, f->end), .i = f->begin, .whole = true, .inside = f->kind == FORM_V6};
}

enum sign { DOT, COLON, AT, SIGNS };

/* What there is in an authority. */
struct tally {
	size_t all[SIGNS], defanged[SIGNS];
	bool exotic[SIGNS], literal;
	bool pair; /* `[::]`, not in a literal: only an address without brackets has one */
	size_t end;
};

static struct tally take_stock(struct tokens t)
{
	struct tally sum = {0};
	struct token k;
	while (token_next(&t, &k)) {
		if (!k.live)
			continue;
		enum sign sign = *k.live == '.' ? DOT : *k.live == ':' ? COLON : AT;
		sum.all[sign] += strlen(k.live);
		sum.defanged[sign] += k.defanged ? strlen(k.live) : 0;
		sum.exotic[sign] |= k.exotic;
		sum.pair |= k.live[1] && t.i > t.literal;
	}
	sum.literal = t.literal > 0;
	sum.end = t.i;
	return sum;
}

/* A short text, live. */
enum { LONGEST_HOST = 1024 };
struct short_text {
	char p[LONGEST_HOST];
	size_t n;
};

/* False: it is too long to be the name of anything. */
static bool make_live(struct tokens t, struct short_text *out)
{
	struct token k;
	out->n = 0;
	for (size_t from = t.i; token_next(&t, &k); from = t.i) {
		struct str piece = k.live ? str_of(k.live) : str_slice(t.s, from, t.i);
		if (out->n + piece.n > LONGEST_HOST)
			return false;
		memcpy(out->p + out->n, piece.p, piece.n);
		out->n += piece.n;
	}
	return true;
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Labels of letters, digits, `-` and `_` with something that could be a top-level domain behind them. */
static bool is_name(struct str host)
{
	for (size_t i = 0; i < host.n; i++) {
		if (host.p[i] == '.' && (i == 0 || host.p[i - 1] == '.'))
			return false;
		if (!is_alnum(host.p[i]) && (unsigned char)host.p[i] < 0x80 && !strchr("-_.*", host.p[i]))
			return false;
	}
	return domain_shaped(host);
}

/* Four numbers of up to three digits, whatever their values. */
static bool is_address(struct str host)
{
	size_t dots = 0, digits = 0;
	for (size_t i = 0; i < host.n; i++) {
		bool dot = host.p[i] == '.';
		if (dot ? !digits : digits == 3 || host.p[i] < '0' || host.p[i] > '9')
			return false;
		digits = dot ? 0 : digits + 1;
		dots += dot;
	}
	return dots == 3 && digits;
}

static bool read_url(struct form *f)
{
	f->opening = opening_read(f->s, true);
	f->begin = f->opening.length;
	f->kind = FORM_URL;
	f->end = f->s.n;
	if (f->begin)
		f->end = take_stock(tokens_of(f)).end;
	return f->begin && f->end > f->begin;
}

static bool is_local(char c)
{
	return is_alnum(c) || (c && strchr("._%+-", c));
}

static size_t find_at(struct str s, size_t *behind)
{
	for (size_t i = 0; i < s.n;) {
		struct token k = mark_around(s, i, true);
		if (s.p[i] == '@' || str_starts(str_from(s, i), STR("＠")))
			k = (struct token){.n = s.p[i] == '@' ? 1 : STR("＠").n, .live = "@"};
		*behind = i + k.n;
		if (k.n && *k.live == '@')
			return i;
		if (k.n ? *k.live != '.' : !is_local(s.p[i]))
			return 0;
		i += k.n ? k.n : 1;
	}
	return 0;
}

/* A quick no for what holds neither `@` nor a word "at" in brackets. */
static bool may_be_email(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '@' || str_starts(str_from(s, i), STR("＠")) ||
		    (i && (s.p[i] | 0x20) == 'a' && !is_alnum(s.p[i - 1])))
			return true;
	return false;
}

static bool read_email(struct form *f)
{
	struct short_text live;
	if (!may_be_email(f->s))
		return false;
	f->kind = FORM_EMAIL;
	f->at = find_at(f->s, &f->behind_at);
	if (!f->at)
		return false;
	f->begin = f->behind_at;
	f->end = f->s.n;
	struct tally sum = take_stock(tokens_of(f));
	return sum.end == f->s.n && !sum.all[AT] && !sum.all[COLON] && sum.all[DOT] && make_live(tokens_of(f), &live) &&
	       is_name((struct str){live.p, live.n});
}

static bool all_of(struct str s, const char *chars)
{
	for (size_t i = 0; i < s.n; i++)
		if (!s.p[i] || !strchr(chars, s.p[i]))
			return false;
	return s.n > 0;
}

/* `[::]` and `[::]:80` are the address in the brackets of a URL; in `[::]1` they defang. */
static bool is_unspecified_literal(struct str s)
{
	struct str rest = str_from(s, STR("[::]").n);
	return str_starts(s, STR("[::]")) && (!rest.n || strchr("/:?#", *rest.p));
}

static bool read_v6(struct form *f)
{
	unsigned char bytes[16];
	struct short_text live;
	if (str_find_byte(f->s, 0, ':') == f->s.n || is_unspecified_literal(f->s))
		return false;
	f->kind = FORM_V6;
	f->begin = 0;
	f->end = f->s.n;
	struct tally sum = take_stock(tokens_of(f));
	f->end = sum.end;
	if (sum.all[COLON] < 2 || sum.all[AT] || !make_live(tokens_of(f), &live))
		return false;
	struct str address = {live.p, live.n}, rest = str_from(f->s, f->end);
	if (rest.n && (*rest.p != '/' || rest.n > 4 || !all_of(str_from(rest, 1), "0123456789")))
		return false;
	/* What somebody defanged is meant to be one, even if it is wrong. */
	return address_v6(address, bytes) || (sum.defanged[COLON] && all_of(address, "0123456789abcdefABCDEF:."));
}

/* Is it an address or a name with nothing defanged? */
static bool is_live_host(const struct form *f)
{
	struct short_text live;
	if (!make_live(tokens_of(f), &live))
		return false;
	struct authority part = authority_split((struct str){live.p, live.n}, 0, live.n);
	struct str host = str_at((struct str){live.p, live.n}, part.host);
	return is_address(host) || (is_name(host) && domain_has_tld(host));
}

static bool read_host(struct form *f)
{
	f->kind = FORM_HOST;
	f->begin = str_starts(f->s, STR("\\\\")) ? 2 : 0;
	f->end = f->s.n;
	struct tally sum = take_stock(tokens_of(f));
	f->end = sum.end;
	if (f->end < f->s.n && (!f->s.p[f->end] || !strchr("/?#\\", f->s.p[f->end])))
		return false;
	if (sum.pair || (!sum.all[DOT] && !sum.literal))
		return false;
	return sum.defanged[DOT] || sum.literal || is_live_host(f);
}

static struct form read_form(struct str s)
{
	static bool (*const readers[])(struct form *) = {read_url, read_email, read_v6, read_host};
	for (size_t i = 0; s.n && i < ARRAY_SIZE(readers); i++) {
		struct form f = {.s = s};
		if (readers[i](&f))
			return f;
	}
	return (struct form){.s = s};
}

/* hxxp as the first label of a host: what replaces `http` everywhere has been at work. */
static bool is_replaced(struct str host)
{
	static const char *const words[] = {"hxxp", "hxxps"};
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		struct str word = str_of(words[i]), behind = str_from(host, word.n);
		if (str_eq_nocase(str_slice(host, 0, word.n), word) &&
		    (str_starts(behind, STR(".")) || mark_read(behind, true, false).n))
			return true;
	}
	return false;
}

static void read_mail_at(const struct form *f, struct spelling *s)
{
	struct str at = str_slice(f->s, f->at, f->behind_at);
	s->at = true;
	s->at_defanged = !str_eq(at, STR("@"));
	s->marks_exotic = s->at_defanged && !str_eq(at, STR("[@]"));
}

static struct spelling spelling_of(const struct form *f)
{
	struct spelling s = {0};
	if (!f->kind)
		return s;
	const struct opening *opening = &f->opening;
	struct authority part = authority_split(f->s, f->begin, f->end);
	s.scheme = f->kind == FORM_URL;
	s.separator_exotic = opening->exotic;
	s.scheme_defanged = opening->live && !str_eq_nocase(str_slice(f->s, 0, opening->scheme), str_of(opening->live));
	s.host = f->kind == FORM_V6 ? span_make(f->begin, f->end) : part.host;
	struct form host = {.kind = f->kind, .s = f->s, .begin = s.host.off, .end = span_end(s.host)};
	struct tally sum = take_stock(tokens_of(&host));
	s.dots = (uint32_t)sum.all[DOT];
	s.live_dots = (uint32_t)(sum.all[DOT] - sum.defanged[DOT]);
	s.dots_exotic = sum.exotic[DOT];
	s.colons = f->kind == FORM_V6 || sum.literal;
	s.colons_defanged = s.colons && sum.defanged[COLON] == sum.all[COLON];
	s.over = is_replaced(str_at(f->s, s.host));
	s.marks_exotic = take_stock(tokens_of(f)).exotic[COLON];
	if (f->kind == FORM_EMAIL)
		read_mail_at(f, &s);
	return s;
}

struct spelling spelling_read(struct str written)
{
	struct form f = read_form(written);
	return spelling_of(&f);
}

bool spelling_is_live(const struct spelling *s)
{
	if (!s->host.len || s->scheme_defanged || s->separator_exotic || s->at_defanged)
		return false;
	return s->live_dots == s->dots && !s->dots_exotic && !s->colons_defanged;
}

/* The canonical spelling of a scheme; the others have none of their own. */
static const char *defanged_scheme(const char *live)
{
	static const struct {
		const char *live, *defanged;
	} schemes[] = {{"http", "hxxp"}, {"https", "hxxps"}, {"ftp", "fxp"}, {"ftps", "fxps"},
	               {"sftp", "sfxp"}, {"ws", "wx"},       {"wss", "wxs"}};
	for (size_t i = 0; i < ARRAY_SIZE(schemes); i++)
		if (strcmp(schemes[i].live, live) == 0)
			return schemes[i].defanged;
	return live;
}

/* Text being made. No piece of the original becomes longer than three times its length. */
struct out {
	char *p;
	size_t n;
};

static void put(struct out *o, struct str s)
{
	memcpy(o->p + o->n, s.p, s.n);
	o->n += s.n;
}

static void put_opening(struct out *o, const struct form *f, bool live)
{
	const struct opening *p = &f->opening;
	if (f->kind != FORM_URL) {
		put(o, str_slice(f->s, 0, f->kind == FORM_HOST ? f->begin : 0));
		return;
	}
	if (p->live)
		put(o, str_of(live ? p->live : defanged_scheme(p->live)));
	for (size_t i = 0; !p->live && i < p->scheme; i++)
		o->p[o->n++] = f->s.p[i] >= 'A' && f->s.p[i] <= 'Z' ? (char)(f->s.p[i] | 0x20) : f->s.p[i];
	put(o, STR("://"));
}

static void put_tokens(struct out *o, struct tokens t, bool all_colons, bool live)
{
	struct token k;
	for (size_t from = t.i; token_next(&t, &k); from = t.i) {
		bool colons = k.live && *k.live == ':' && (all_colons || from < t.literal);
		if (!k.live)
			put(o, str_slice(t.s, from, t.i));
		else if (live || (*k.live != '.' && !colons))
			put(o, str_of(k.live));
		else if (*k.live == '.')
			put(o, STR("[.]"));
		else
			for (size_t i = strlen(k.live); i; i--)
				put(o, STR("[:]"));
	}
}

/* The index from which on the rest is a path: it may begin with what no host can hold. */
static size_t path_begin(struct str s, size_t i)
{
	for (; i < s.n; i++)
		if ((s.p[i] && strchr("/?#", s.p[i])) || (s.p[i] == '\\' && i + 1 < s.n && is_alnum(s.p[i + 1])))
			break;
	return i;
}

/* A path with each `[.]` read as a dot, also one that comes about by that. */
static void put_path(struct out *o, struct str path)
{
	size_t from = o->n;
	for (size_t i = 0; i < path.n; i++) {
		if (path.p[i] == ']' && o->n >= from + 2 && memcmp(o->p + o->n - 2, "[.", 2) == 0)
			o->p[--o->n - 1] = '.';
		else
			o->p[o->n++] = path.p[i];
	}
}

static void put_local(struct out *o, const struct form *f, bool live)
{
	struct token k;
	for (size_t i = 0; i < f->at; i += k.n) {
		k = mark_around(f->s, i, false);
		if (!k.n)
			k.n = 1;
		put(o, k.live ? str_of(k.live) : str_slice(f->s, i, i + 1));
	}
	put(o, live ? STR("@") : STR("[@]"));
}

static struct str render(struct arena *a, const struct form *f, bool live)
{
	struct out o = {arena_array(a, char, f->s.n * 3 + 8), 0};
	put_opening(&o, f, live);
	if (f->kind == FORM_EMAIL)
		put_local(&o, f, live);
	put_tokens(&o, tokens_of(f), f->kind == FORM_V6, live);
	size_t path = path_begin(f->s, f->end);
	put(&o, str_slice(f->s, f->end, path));
	put_path(&o, str_from(f->s, path));
	struct str made = {o.p, o.n};
	return str_eq(made, f->s) ? f->s : made;
}

/* What comes about by reading one mark may be another. */
static struct str settle(struct arena *a, struct str written, bool live)
{
	enum { MOST_ROUNDS = 8 };
	for (int i = 0; i < MOST_ROUNDS; i++) {
		struct form f = read_form(written);
		struct str made = f.kind ? render(a, &f, live) : written;
		if (made.p == written.p)
			break;
		written = made;
	}
	return written;
}

struct str refang(struct arena *a, struct str written)
{
	return settle(a, written, true);
}

struct str defang(struct arena *a, struct str value)
{
	return settle(a, value, false);
}

struct spelling refang_read(struct arena *a, struct str written, struct str *live)
{
	struct form f = read_form(written);
	*live = settle(a, written, true);
	return spelling_of(&f);
}
