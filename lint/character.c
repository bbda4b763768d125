#include "lint/character.h"

#include "core/base/unicode.h"
#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "lint/blank.h"
#include "lint/ioc_cell.h"

static bool is_named(const struct odd *o, const struct odd *end, uint32_t codepoint)
{
	while (o < end && o->codepoint != codepoint)
		o++;
	return o < end;
}

struct str character_names(struct arena *a, const struct digest *d, const struct odd *o, const struct odd *end,
                           bool (*is)(const struct digest *, const struct odd *))
{
	enum { MOST = 3, FAR = 64 };
	struct str names = STR("");
	unsigned nr = 0;
	for (const struct odd *next = o; next < end && next < o + FAR; next++) {
		if (!is(d, next) || is_named(o, next, next->codepoint))
			continue;
		if (nr++ == MOST)
			return arena_printf(a, "%.*s, …", STR_ARG(names));
		struct str name = unicode_name(a, next->codepoint);
		names = arena_printf(a, "%.*s%s%.*s", STR_ARG(names), names.n ? ", " : "", STR_ARG(name));
	}
	return names;
}

struct span character_span(const struct odd *o, const struct odd *end)
{
	return span_make(o->off, span_end(odd_span(end - 1)));
}

size_t character_start(struct str s, size_t i)
{
	size_t start = i - 1;
	while (start && i - start < 4 && ((unsigned char)s.p[start] & 0xC0) == 0x80)
		start--;
	return start;
}

uint32_t character_before(struct str s, size_t i)
{
	if (!i || i > s.n)
		return 0;
	size_t start = character_start(s, i);
	return utf8_next(s, &start);
}

uint32_t character_behind(struct str s, size_t i)
{
	return i < s.n ? utf8_next(s, &i) : 0;
}

/* ---- names that other rules compare ---- */

/* The last of `nr` elements whose line, the first member found at `line_at`, is not behind `line`; NULL: none. */
static const void *last_from(const void *v, size_t nr, size_t size, size_t line_at, uint32_t line)
{
	size_t low = 0, high = nr;
	while (low < high) {
		size_t mid = (low + high) / 2;
		uint32_t at;
		memcpy(&at, (const char *)v + mid * size + line_at, sizeof(at));
		if (at <= line)
			low = mid + 1;
		else
			high = mid;
	}
	return low ? (const char *)v + (low - 1) * size : NULL;
}

static const struct section *section_at(const struct digest *d, uint32_t line)
{
	return last_from(d->section, d->nr, sizeof(struct section), offsetof(struct section, line), line);
}

bool character_in_label(const struct digest *d, uint32_t line)
{
	const struct section *s = section_at(d, line);
	if (line == d->title_line || !s)
		return line == d->title_line;
	const struct entry *e = last_from(s->entry, s->nr, sizeof(struct entry), offsetof(struct entry, line), line);
	if (!e || line >= e->end)
		return false;
	const struct field *f = last_from(e->field, e->nr, sizeof(struct field), offsetof(struct field, line), line);
	return f && f->line == line && f->match == LABEL_NEAR;
}

bool character_in_name(const struct digest *d, uint32_t line)
{
	const struct section *s = section_at(d, line);
	return (s && s->line == line && s->match == LABEL_NEAR) || character_in_label(d, line);
}

struct str character_plain(struct arena *a, struct str s)
{
	char *out = arena_array(a, char, s.n);
	size_t n = 0;
	for (size_t i = 0; i < s.n;) {
		size_t from = i;
		uint32_t c = utf8_next(s, &i);
		bool space = unicode_is_odd_space(c);
		if (!space && (unicode_is_invisible(c) || unicode_is_bidi_control(c)))
			continue;
		memcpy(out + n, space ? " " : s.p + from, space ? 1 : i - from);
		n += space ? 1 : i - from;
	}
	return str_trim(unicode_nfc(a, (struct str){out, n}));
}

static const struct ioc_cell *cell_on(struct check *c, const struct digest *d, uint32_t line)
{
	size_t nr, low = 0;
	const struct ioc_cell *v = ioc_cells(c, d, &nr);
	for (size_t high = nr; low < high;) {
		size_t mid = (low + high) / 2;
		if (v[mid].row->line < line)
			low = mid + 1;
		else
			high = mid;
	}
	return low < nr && v[low].row->line == line ? &v[low] : NULL;
}

bool character_is_text(struct check *c, const struct digest *d, const struct odd *o)
{
	enum odd_place place = odd_place(d, o);
	if (place != ODD_ROW)
		return place == ODD_TEXT;
	if (o->prose->text.p[o->off - o->prose->off] == PROSE_HOLE)
		return false;
	const struct ioc_cell *cell = cell_on(c, d, o->line);
	return !cell || o->off >= span_end(cell->row->value);
}

bool character_ends_line(const struct digest *d, const struct odd *o)
{
	enum { VT = 0x0B, FF = 0x0C, NEL = 0x85, MOST = 8 };
	const struct odd *last = d->odd + d->odds - 1;
	if ((o->codepoint != VT && o->codepoint != FF && o->codepoint != NEL) || d->line[o->line].kind == LINE_CODE)
		return false;
	/* Of several in a row the last one tells. */
	for (unsigned i = 0; i < MOST && o < last && o[1].codepoint == o->codepoint; i++, o++)
		if (o[1].line != o->line || o[1].off != span_end(odd_span(o)))
			break;
	struct str rest = str_slice(d->source->text, span_end(odd_span(o)), span_end(d->line[o->line].at));
	return blank_suffix(rest) == rest.n;
}

bool character_is_hyphen(uint32_t codepoint)
{
	return (codepoint >= 0x2010 && codepoint <= 0x2013) || codepoint == 0x2212 || codepoint == 0xFE63;
}

/* ---- quotes ---- */

static const struct {
	struct str open, close;
	bool bracket;
} pairs[] = {
	{STR_INIT("「"), STR_INIT("」"), false}, {STR_INIT("『"), STR_INIT("』"), false},
	{STR_INIT("“"), STR_INIT("”"), false},   {STR_INIT("《"), STR_INIT("》"), false},
	{STR_INIT("〈"), STR_INIT("〉"), false}, {STR_INIT("（"), STR_INIT("）"), true},
	{STR_INIT("("), STR_INIT(")"), true},    {STR_INIT("«"), STR_INIT("»"), false},
};

static void count(unsigned *open, bool opens)
{
	if (opens)
		++*open;
	else if (*open)
		--*open;
}

/* Reads one character, or byte, at `q->at`. */
static void step(struct quotes *q)
{
	struct str rest = str_from(q->text, q->at);
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		bool opens = str_starts(rest, pairs[i].open);
		if (!opens && !str_starts(rest, pairs[i].close))
			continue;
		count(pairs[i].bracket ? &q->brackets : &q->quotes, opens);
		q->at += pairs[i].open.n;
		return;
	}
	q->straight ^= rest.p[0] == '"';
	q->at++;
}

bool quotes_around(struct quotes *q, size_t i, bool brackets)
{
	while (q->at < i && q->at < q->text.n)
		step(q);
	return q->quotes || q->straight || (brackets && q->brackets);
}

bool character_in_link(const struct digest *d, uint32_t line, uint32_t off)
{
	size_t low = 0, high = d->links;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (span_end(d->link[mid].at) <= off)
			low = mid + 1;
		else
			high = mid;
	}
	const struct link *l = d->link + low;
	return low < d->links && l->line == line && l->kind == LINK_INLINE && l->text.off <= off && off < span_end(l->text);
}
