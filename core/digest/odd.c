#include "core/digest/odd.h"

#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "core/digest/digest.h"

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* Eight bytes of ASCII without controls: subtracting a blank borrows into a high bit where a byte is less than that. */
static bool plain8(const char *p)
{
	uint64_t w;
	memcpy(&w, p, sizeof(w));
	return ((w | (w - ONES * ' ') | (w + ONES)) & HIGHS) == 0;
}

static bool plain(unsigned char c)
{
	return c >= ' ' ? c < 0x7F : c == '\n' || c == '\t' || c == '\r';
}

/* Signs of UTF-8 that was read as Shift_JIS: what the first bytes of kana turn into. Hardly ever meant. */
static bool is_garbled_kana(uint32_t c)
{
	return c == 0x7E3A || c == 0x7E67 || c == 0x7E5D;
}

/* Runs of characters that no rule has to look at. */
static const struct {
	uint32_t first, last;
} everyday[] = {
	{0x2018, 0x201F},                                     /* quotes, bullets, … ※ */
	{0x2020, 0x2027}, {0x2030, 0x203F}, {0x2190, 0x21FF}, /* arrows */
	{0x2460, 0x24FF},                                     /* ① */
	{0x2501, 0x26FF},                                     /* lines, boxes, signs */
	{0x3000, 0x3029},                                     /* Japanese punctuation, kana */
	{0x3030, 0x3098}, {0x309D, 0x30FF}, {0xFF01, 0xFF0C}, /* （）！％ */
	{0xFF0E, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF60},
};

static bool is_everyday(uint32_t c)
{
	for (size_t i = 0; i < ARRAY_SIZE(everyday) && c >= everyday[i].first; i++)
		if (c <= everyday[i].last)
			return true;
	return false;
}

/* Kana but for combining and single sound marks, Japanese punctuation: E3 80 80 to E3 83 BF. */
static bool is_kana(const unsigned char *p)
{
	if (p[0] != 0xE3 || p[1] > 0x83)
		return false;
	bool marks = (p[1] == 0x82 && p[2] >= 0x99 && p[2] <= 0x9C) || (p[1] == 0x80 && p[2] >= 0xAA && p[2] <= 0xAF);
	return !marks;
}

/* U+4E00 to U+9FFF in windows-31j: E4 B8 80 to E9 BF BF. */
static bool is_kanji(const unsigned char *p, const uint64_t *common)
{
	if (p[0] < 0xE4 || p[0] > 0xE9 || (p[0] == 0xE4 && p[1] < 0xB8))
		return false;
	uint32_t c = (p[0] & 0xFU) << 12 | (p[1] & 0x3FU) << 6 | (p[2] & 0x3FU);
	uint32_t bit = c - UNICODE_HAN_FIRST;
	return common[bit / 64] >> (bit % 64) & 1 && (p[0] != 0xE7 || !is_garbled_kana(c));
}

/* Moves to the next odd character and reads it; false at the end. */
static bool next_odd(struct str s, size_t *i, const uint64_t *common, uint32_t *codepoint)
{
	while (*i < s.n) {
		const unsigned char *p = (const unsigned char *)s.p + *i;
		if (s.n - *i >= 3 && (is_kana(p) || is_kanji(p, common))) {
			*i += 3;
		} else if (p[0] < 0x80 && s.n - *i >= 8 && plain8(s.p + *i)) {
			*i += 8;
		} else if (plain(p[0])) {
			*i += 1;
		} else {
			size_t next = *i;
			*codepoint = utf8_next(s, &next);
			if (!is_everyday(*codepoint))
				return true;
			*i = next;
		}
	}
	return false;
}

const struct odd *odd_read(struct arena *a, const struct digest *d, size_t *nr)
{
	struct str text = str_slice(d->source->text, 0, d->source->valid);
	const uint64_t *common = unicode_common_han();
	const struct prose *p = d->prose, *end = d->prose + d->proses;
	struct odd *v = NULL;
	size_t cap = 0;
	uint32_t line = 0, codepoint;
	*nr = 0;
	for (size_t i = d->bom; next_odd(text, &i, common, &codepoint); utf8_next(text, &i)) {
		while (line + 1 < d->lines && d->source->lines.start[line + 1] <= i)
			line++;
		while (p < end && p->line < line)
			p++;
		v = arena_grow(a, v, *nr, &cap, sizeof(*v));
		v[(*nr)++] = (struct odd){(uint32_t)i, codepoint, line, p < end && p->line == line ? p : NULL};
	}
	return v;
}

struct span odd_span(const struct odd *o)
{
	uint32_t c = o->codepoint;
	return (struct span){o->off, 1U + (c >= 0x80) + (c >= 0x800) + (c >= 0x10000)};
}

enum odd_place odd_place(const struct digest *d, const struct odd *o)
{
	const struct prose *p = o->prose;
	if (p && o->off >= p->off && o->off < p->off + p->text.n) {
		if (p->ioc)
			return ODD_ROW;
		return p->text.p[o->off - p->off] == PROSE_HOLE ? ODD_HOLE : ODD_TEXT;
	}
	return d->line[o->line].kind == LINE_CODE ? ODD_CODE : ODD_OTHER;
}

const struct odd *odd_run(const struct digest *d, const struct odd *o,
                          bool (*is)(const struct digest *, const struct odd *))
{
	const struct odd *last = o, *end = d->odd + d->odds;
	for (o++; o < end && o->off == span_end(odd_span(last)) && o->line == last->line && is(d, o); o++)
		last = o;
	return last + 1;
}
