#include "fix/facts.h"

#include <stdlib.h>

#include "core/base/message.h"
#include "core/digest/code_span.h"
#include "core/digest/ioc_row.h"
#include "core/digest/scan.h"
#include "core/ioc/defang.h"
#include "lint/blank.h"

struct collector {
	struct arena *a;
	const struct digest *d;
	struct facts f;
	size_t cap;
	size_t unknown; /* labels */
};

static void add(struct collector *c, enum fact kind, uint32_t line, struct str key)
{
	struct facts *f = &c->f;
	f->v = arena_grow(c->a, f->v, f->nr, &c->cap, sizeof(*f->v));
	f->v[f->nr++] = (struct fact_at){kind, line, key};
}

/* ---- words ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Bytes of one marker or blank where a line begins; 0: its words begin here. */
static size_t marker_at(struct str s)
{
	size_t digits = 0;
	if (!s.n)
		return 0;
	if (memchr("-*+>#", s.p[0], 5))
		return 1;
	if (blank_prefix(s))
		return blank_prefix(s);
	if (str_starts(s, STR("\uFEFF")))
		return STR("\uFEFF").n;
	while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9')
		digits++;
	if (digits && digits + 1 < s.n && (s.p[digits] == '.' || s.p[digits] == ')') && is_blank(s.p[digits + 1]))
		return digits + 1;
	return scan_false_bullet(s);
}

/* Without markers where it begins, hashes and blanks where it ends, and with one space for each run of blanks. */
static struct str words_of(struct arena *a, struct str s)
{
	size_t n, kept = 0;
	while ((n = marker_at(s)))
		s = str_from(s, n);
	while ((n = s.n && s.p[s.n - 1] == '#' ? 1 : blank_suffix(s)))
		s.n -= n;
	bool plain = true;
	for (size_t i = 0; plain && i + 1 < s.n; i++)
		plain = s.p[i] != '\t' && !(s.p[i] == ' ' && s.p[i + 1] == ' ');
	if (plain)
		return s;
	char *out = arena_raw(a, s.n);
	for (size_t i = 0; i < s.n; i++)
		if (!is_blank(s.p[i]))
			out[kept++] = s.p[i];
		else if (kept && out[kept - 1] != ' ')
			out[kept++] = ' ';
	return (struct str){out, kept};
}

static struct str words_at(const struct collector *c, struct span at)
{
	return words_of(c->a, digest_str(c->d, at));
}

/* Of a form: how deep, which level. More than the parser takes reads as the last. */
static struct str number(uint32_t n)
{
	static const char digits[] = "0001020304050607080910111213141516171819202122232425262728293031"
								 "3233343536373839404142434445464748495051525354555657585960616263";
	return (struct str){digits + 2 * (size_t)(n < 64 ? n : 63), 2};
}

/* ---- Markdown ---- */

static void add_code_spans(struct collector *c, uint32_t line)
{
	struct str s = digest_str(c->d, c->d->line[line].at);
	for (size_t i = 0; (i = str_find_byte(s, i, '`')) < s.n;) {
		bool closed;
		size_t end = code_span_end(s, i, &closed);
		if (closed)
			add(c, FACT_CODE, line, str_slice(s, i, end));
		i = end;
	}
}

/* How far it stands in from the block's first line: that is a part of the code, the rest is the list's around it. */
static void add_code_line(struct collector *c, uint32_t line)
{
	const struct line *l = &c->d->line[line];
	struct str text = str_trim_end(digest_str(c->d, l->at));
	size_t blanks = 0;
	while (blanks < text.n && is_blank(text.p[blanks]))
		blanks++;
	int base = l->block == BLOCK_NONE ? 0 : c->d->line[c->d->blocks->v[l->block].first].indent;
	int inside = l->indent > base ? l->indent - base : 0;
	text = str_from(text, blanks);
	add(c, FACT_CODE, line, inside ? arena_printf(c->a, "%d %.*s", inside, STR_ARG(text)) : text);
}

static void add_lines(struct collector *c)
{
	for (uint32_t i = 0; i < c->d->lines; i++) {
		const struct line *l = &c->d->line[i];
		if (l->kind == LINE_BLANK)
			continue;
		struct str words = words_at(c, l->at);
		if (words.n)
			add(c, FACT_WORDS, i, words);
		if (l->kind == LINE_HEADING && !l->glued && !l->disguised)
			add(c, FACT_HEADING, i, number(l->level));
		if (l->kind == LINE_CODE)
			add_code_line(c, i);
		else if (l->block != BLOCK_NONE && c->d->blocks->v[l->block].kind == BLOCK_CODE)
			add(c, FACT_CODE, i, STR(""));
		else if (l->kind != LINE_HTML)
			add_code_spans(c, i);
	}
}

static void add_blocks(struct collector *c)
{
	const struct blocks *b = c->d->blocks;
	uint32_t *nest = arena_array(c->a, uint32_t, b->nr);
	for (size_t i = 0; i < b->nr; i++) {
		const struct block *v = &b->v[i];
		bool is_item = v->kind == BLOCK_ITEM;
		nest[i] = (v->parent == BLOCK_NONE ? 0 : nest[v->parent]) + is_item;
		if (is_item) {
			bool ordered = v->parent != BLOCK_NONE && b->v[v->parent].ordered;
			add(c, FACT_BULLET, v->first, ordered ? arena_printf(c->a, "%u.", nest[i]) : number(nest[i]));
		} else if (v->kind == BLOCK_QUOTE) {
			add(c, FACT_QUOTE, v->first, STR(""));
		}
	}
}

/* ---- the digest ---- */

static void add_field(struct collector *c, const struct field *f)
{
	bool known = f->def && (f->match == LABEL_EXACT || f->match == LABEL_NEAR);
	c->unknown += !f->def;
	add(c, FACT_FIELD, f->line, known ? f->def->label : words_at(c, f->label));
	if (f->value.len)
		add(c, FACT_ITEM, f->line, number(0));
	FOR_EACH_ITEM (f, i)
		add(c, FACT_ITEM, i->line, number(i->depth));
}

static void add_entries(struct collector *c)
{
	FOR_EACH_ENTRY (c->d, e) {
		if (e->title.len)
			add(c, FACT_ENTRY, e->line, STR(""));
		if (e->url.len)
			add(c, FACT_ARTICLE, e->url_line, refang(c->a, digest_str(c->d, e->url)));
		FOR_EACH_FIELD (e, f)
			add_field(c, f);
	}
}

/*
 * In a row of indicators the commas part columns, though a URL may hold them: what stands in the first is an indicator, and
 * a link behind it ends at the next.
 */
static void add_links(struct collector *c, const struct ioc_row *row, size_t rows)
{
	for (size_t i = 0, k = 0; i < c->d->links; i++) {
		const struct link *l = &c->d->link[i];
		struct str url = digest_str(c->d, l->url);
		while (k < rows && row[k].line < l->line)
			k++;
		bool in_row = k < rows && row[k].line == l->line && row[k].kind == IOC_ROW_VALUES;
		if (in_row && l->at.off < span_end(row[k].value))
			continue;
		add(c, FACT_LINK, l->line, refang(c->a, in_row ? str_slice(url, 0, str_find_byte(url, 0, ',')) : url));
	}
}

/* Without quotes around it. */
static struct str unquoted(struct str s)
{
	while (s.n && memchr("\"'`", s.p[0], 3))
		s = str_from(s, 1);
	while (s.n && memchr("\"'`", s.p[s.n - 1], 3))
		s.n--;
	return s;
}

static void add_iocs(struct collector *c, const struct ioc_row *row, size_t rows)
{
	for (size_t i = 0; i < rows; i++)
		if (row[i].kind == IOC_ROW_VALUES && row[i].value.len)
			add(c, FACT_IOC, row[i].line, refang(c->a, unquoted(digest_str(c->d, row[i].value))));
}

static bool is_digit(struct str s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

static bool is_word(struct str s, size_t i)
{
	return i < s.n && (is_digit(s, i) || (s.p[i] | 0x20) == '_' || ((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z'));
}

/* Bytes of a whole CVE number at `at`, the way programs look for them: `\bCVE-\d{4}-\d{4,}\b`; 0: there is none. */
static size_t cve_at(struct str s, size_t at)
{
	size_t i = at + 4;
	for (unsigned k = 0; k < 4; k++, i++)
		if (!is_digit(s, i))
			return 0;
	if (i >= s.n || s.p[i++] != '-')
		return 0;
	size_t number = i;
	while (is_digit(s, i))
		i++;
	bool whole = i >= number + 4 && !is_word(s, i) && !(at && is_word(s, at - 1));
	return whole ? i - at : 0;
}

static void add_cves(struct collector *c)
{
	struct str text = c->d->source->text;
	for (size_t i = 0; (i = str_find(text, i, STR("CVE-"))) < text.n; i += 4) {
		size_t n = cve_at(text, i);
		if (n)
			add(c, FACT_CVE, lines_at(&c->d->source->lines, (uint32_t)i), str_slice(text, i, i + n));
	}
}

/* ---- the list ---- */

int facts_compare(const struct fact_at *x, const struct fact_at *y)
{
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return str_cmp(x->key, y->key);
}

static int by_line(const void *x, const void *y)
{
	const struct fact_at *a = x, *b = y;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return facts_compare(a, b);
}

static void finish(struct collector *c)
{
	struct facts *f = &c->f;
	/* Nothing may be added to a NULL pointer. */
	if (!f->nr)
		f->v = arena_array(c->a, struct fact_at, 1);
	else
		qsort(f->v, f->nr, sizeof(*f->v), by_line);
	f->lines = c->d->lines;
	f->first = arena_array(c->a, uint32_t, (size_t)f->lines + 1);
	for (size_t i = 0; i < f->nr; i++) {
		f->first[f->v[i].line + 1]++;
		f->count[__builtin_ctz(f->v[i].kind)]++;
	}
	f->count[__builtin_ctz(FACT_FIELD)] -= c->unknown;
	for (uint32_t i = 0; i < f->lines; i++)
		f->first[i + 1] += f->first[i];
}

struct facts facts_read(struct arena *a, const struct digest *d)
{
	struct collector c = {.a = a, .d = d};
	add_lines(&c);
	add_blocks(&c);
	add_entries(&c);
	size_t rows;
	const struct ioc_row *row = ioc_rows(a, d, &rows);
	add_links(&c, row, rows);
	add_iocs(&c, row, rows);
	add_cves(&c);
	finish(&c);
	return c.f;
}

const char *fact_name(enum fact kind)
{
	static const char *const names[FACT_KINDS] = {
		N_("words"),   N_("a heading"),        N_("a list item"),    N_("a quote"),
		N_("code"),    N_("an entry's title"), N_("an entry's URL"), N_("a field's label"),
		N_("an item"), N_("a link"),           N_("an indicator"),   N_("a CVE number"),
	};
	return _(names[__builtin_ctz(kind)]);
}
