#include "core/search/match.h"

#include <stdlib.h>

#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "core/ioc/address.h"
#include "core/ioc/canonical.h"
#include "core/ioc/fang.h"
#include "core/ioc/url.h"

void line_view_release(struct line_view *v)
{
	folded_release(&v->plain);
	folded_release(&v->live);
}

void line_view_set(struct line_view *v, struct str line)
{
	v->text = line;
	fold_text(&v->plain, line);
	v->has_live = false;
}

static struct folded *live_of(struct line_view *v)
{
	if (!v->has_live)
		fold_live(&v->live, &v->plain);
	v->has_live = true;
	return &v->live;
}

/* ---- a quick no ---- */

static bool holds(struct str text, const struct anchor *a)
{
	for (size_t at = 0;; at++) {
		const char *hit = memmem(text.p + at, text.n - at, a->text.p, a->text.n);
		if (!hit)
			return false;
		at = (size_t)(hit - text.p);
		if ((!a->sign_before || fold_sign_before(text, at)) && (!a->sign_behind || fold_sign_at(text, at + a->text.n)))
			return true;
	}
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

static bool holds_encoded(struct str text)
{
	for (size_t i = str_find_byte(text, 0, '%'); i + 2 < text.n; i = str_find_byte(text, i + 1, '%'))
		if (is_hex(text.p[i + 1]) && is_hex(text.p[i + 2]))
			return true;
	return false;
}

static bool holds_piece(struct str text, struct str piece)
{
	return !piece.n || memmem(text.p, text.n, piece.p, piece.n) || holds_encoded(text);
}

bool query_may_match(const struct query *q, struct str folded)
{
	for (size_t i = 0; i < q->anchors; i++)
		if (holds(folded, &q->anchor[i]))
			return holds_piece(folded, q->piece);
	return !q->anchors;
}

/* ---- what may stand around a value ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z');
}

static char at(struct str s, size_t i)
{
	return i < s.n ? s.p[i] : ' ';
}

/* `i - 1` of 0 is behind every text. */
static bool token_begins(struct str s, size_t i)
{
	return !is_alnum(at(s, i - 1));
}

static bool token_ends(struct str s, size_t i)
{
	return !is_alnum(at(s, i));
}

static bool is_name_char(char c)
{
	return is_alnum(c) || c == '-' || c == '_';
}

static bool host_begins(struct str s, size_t i)
{
	return !is_name_char(at(s, i - 1));
}

static bool host_ends(struct str s, size_t i)
{
	return !is_name_char(at(s, i)) && !(at(s, i) == '.' && is_name_char(at(s, i + 1)));
}

static bool v4_begins(struct str s, size_t i)
{
	return token_begins(s, i) && !(at(s, i - 1) == '.' && is_alnum(at(s, i - 2)));
}

static bool v4_ends(struct str s, size_t i)
{
	return token_ends(s, i) && !(at(s, i) == '.' && is_alnum(at(s, i + 1)));
}

static bool email_begins(struct str s, size_t i)
{
	char c = at(s, i - 1);
	return !is_name_char(c) && !(c && strchr(".%+", c));
}

static bool anything(struct str s, size_t i)
{
	(void)s, (void)i;
	return true;
}

/* A URL is its host's only, not that of a host below it; `www.` is none. */
static bool page_begins(struct str s, size_t i)
{
	if (i >= 4 && str_starts(str_from(s, i - 4), STR("www.")))
		return host_begins(s, i - 4) && at(s, i - 5) != '.';
	return host_begins(s, i) && at(s, i - 1) != '.';
}

static const struct {
	bool (*begins)(struct str s, size_t i), (*ends)(struct str s, size_t i);
} edges[] = {
	[QUERY_WORD] = {anything, anything},       [QUERY_TOKEN] = {token_begins, token_ends},
	[QUERY_HOST] = {host_begins, host_ends},   [QUERY_V4] = {v4_begins, v4_ends},
	[QUERY_EMAIL] = {email_begins, host_ends}, [QUERY_URL] = {page_begins, host_ends},
};

/* ---- places ---- */

struct places {
	const struct query *q;
	struct line_view *view;
	struct arena *scratch;
	struct span *v;
	size_t nr, room;
};

static void add(struct places *p, size_t from, size_t to)
{
	if (p->nr < p->room)
		p->v[p->nr++] = span_make(from, to);
}

/* The URL whose host is at `host` of the line: where it ends, when it is the one; 0 otherwise. */
static size_t page_end(const struct places *p, struct span host, size_t end)
{
	const struct query *q = p->q;
	struct str page = url_canonical(p->scratch, str_slice(p->view->text, host.off, end)), wanted = q->canonical;
	bool same = str_eq_nocase(str_slice(page, 0, wanted.n), wanted) &&
	            (page.n == wanted.n || strchr("/?&#,;:", page.p[wanted.n]));
	arena_reset(p->scratch);
	return same ? end : 0;
}

/* In running text a URL may also hold letters that are no ASCII. */
static size_t foreign_end(struct str s, size_t i)
{
	size_t next = i;
	while (i < s.n) {
		uint32_t c = utf8_next(s, &next);
		if (c < 0x80 ? ends_url((char)c) : !unicode_is_letter(c))
			break;
		i = next;
	}
	return i;
}

static size_t behind_port(struct str s, size_t host)
{
	struct tokens t = {.s = s, .i = host, .inside = true};
	struct token k;
	while (token_next(&t, &k))
		;
	return t.i;
}

static void add_page(struct places *p, struct span host)
{
	enum { LONGEST_URL = 2048 };
	struct str s = str_slice(p->view->text, 0, (size_t)host.off + LONGEST_URL);
	size_t comma = behind_port(s, span_end(host)), end = url_end(s, comma);
	while (comma < end && s.p[comma] != ',')
		comma++;
	size_t found = page_end(p, host, comma);
	if (!found && comma < end)
		found = page_end(p, host, end);
	if (!found && end < s.n && (unsigned char)s.p[end] >= 0x80)
		found = page_end(p, host, foreign_end(s, end));
	if (found)
		add(p, host.off, found);
}

static void find_text(struct places *p, const struct folded *f, struct str needle)
{
	struct str s = folded_str(f);
	enum query_kind kind = p->q->kind;
	for (size_t i = 0; p->nr < p->room; i++) {
		const char *hit = memmem(s.p + i, s.n - i, needle.p, needle.n);
		if (!hit)
			return;
		i = (size_t)(hit - s.p);
		size_t end = i + needle.n;
		if (!edges[kind].begins(s, i) || !edges[kind].ends(s, end))
			continue;
		struct span place = span_make(f->from[i], f->to[end - 1]);
		if (kind == QUERY_URL)
			add_page(p, place);
		else
			add(p, place.off, span_end(place));
		i = end - 1;
	}
}

static void find_cve(struct places *p)
{
	const struct folded *f = &p->view->plain;
	struct str s = folded_str(f), letters = STR("cve"), year = p->q->year, number = p->q->plain;
	for (size_t from = str_find(s, 0, letters); from < s.n; from = str_find(s, from + 1, letters)) {
		size_t i = query_cve_gap(s, from + letters.n);
		if (!token_begins(s, from) || !str_starts(str_from(s, i), year))
			continue;
		i = query_cve_gap(s, i + year.n);
		if (str_starts(str_from(s, i), number) && !is_digit(at(s, i + number.n)))
			add(p, f->from[from], f->to[i + number.n - 1]);
	}
}

static bool is_address(struct str s, const unsigned char wanted[16])
{
	unsigned char bytes[16];
	/* The end of a sentence. */
	while (s.n && (str_ends(s, STR(".")) || (str_ends(s, STR(":")) && !str_ends(s, STR("::")))))
		s.n--;
	return address_v6(s, bytes) && memcmp(bytes, wanted, sizeof(bytes)) == 0;
}

static bool is_address_char(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
}

static void find_v6(struct places *p)
{
	const struct folded *f = live_of(p->view);
	struct str s = folded_str(f);
	for (size_t i = 0, end; i < s.n; i = end + 1) {
		end = i;
		while (end < s.n && is_address_char(s.p[end]))
			end++;
		if (end > i && token_begins(s, i) && token_ends(s, end) && is_address(str_slice(s, i, end), p->q->address))
			add(p, f->from[i], f->to[end - 1]);
	}
}

static int by_place(const void *x, const void *y)
{
	const struct span *a = x, *b = y;
	if (a->off != b->off)
		return a->off < b->off ? -1 : 1;
	return (a->len > b->len) - (a->len < b->len);
}

size_t places_settle(struct span *at, size_t nr)
{
	size_t kept = 0;
	if (nr)
		qsort(at, nr, sizeof(*at), by_place);
	for (size_t i = 0; i < nr; i++) {
		struct span *last = &at[kept ? kept - 1 : 0];
		if (!kept || at[i].off >= span_end(*last))
			at[kept++] = at[i];
		else if (span_end(at[i]) > span_end(*last))
			last->len = span_end(at[i]) - last->off;
	}
	return kept;
}

size_t query_find(const struct query *q, struct line_view *v, struct arena *scratch, struct span *out, size_t room)
{
	struct places p = {q, v, scratch, out, 0, room};
	if (q->kind == QUERY_CVE)
		find_cve(&p);
	else if (q->kind == QUERY_V6)
		find_v6(&p);
	else if (q->kind == QUERY_WORD)
		find_text(&p, &v->plain, q->plain);
	for (size_t i = 0; i < q->nr; i++)
		find_text(&p, live_of(v), q->live[i]);
	return places_settle(out, p.nr);
}
