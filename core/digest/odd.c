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
static const uint32_t garbled_kana[] = {0x7E3A, 0x7E67, 0x7E5D};

/* What looks like a katakana. Of interest beside katakana only. */
static const uint32_t lookalikes[] = {U'へ', U'べ', U'ぺ', U'り', U'一', U'二', U'三', U'八', U'千',
                                      U'力', U'口', U'夕', U'卜', U'工', U'才', U'丿', U'厶', U'匕'};

/* Runs of characters that no rule has to look at. */
static const struct {
	uint32_t first, last;
} everyday[] = {
	{0x2018, 0x201F},                                                       /* quotes, bullets, … ※ */
	{0x2020, 0x2023}, {0x2025, 0x2027}, {0x2030, 0x203F}, {0x2190, 0x21FF}, /* arrows */
	{0x2460, 0x24FF},                                                       /* ① */
	{0x2501, 0x26FF},                                                       /* lines, boxes, signs */
	{0x3000, 0x3029},                                                       /* Japanese punctuation, kana */
	{0x3030, 0x3098}, {0x309D, 0x30FF}, {0xFF01, 0xFF0C},                   /* （）！％ */
	{0xFF0E, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF60},
};

static bool is_everyday(uint32_t c)
{
	for (size_t i = 0; i < ARRAY_SIZE(everyday) && c >= everyday[i].first; i++)
		if (c <= everyday[i].last)
			return true;
	return false;
}

static bool is_lookalike(uint32_t c)
{
	for (size_t i = 0; i < ARRAY_SIZE(lookalikes); i++)
		if (lookalikes[i] == c)
			return true;
	return false;
}

/* U+30A1 to U+30FF: E3 82 A1 to E3 83 BF. */
static bool is_katakana(struct str s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.p + i;
	return i < s.n && s.n - i >= 3 && p[0] == 0xE3 && (p[1] == 0x83 || (p[1] == 0x82 && p[2] >= 0xA1));
}

/* Is the character at `i` worth a look? */
static bool is_odd(struct str s, size_t i, uint32_t c)
{
	if (is_lookalike(c))
		return is_katakana(s, i + 3) || (i >= 3 && is_katakana(s, i - 3));
	return !is_everyday(c);
}

/* U+3000 to U+9FFF, which is E3 80 80 to E9 BF BF: kana and kanji, most of a Japanese text. A bit is set for those of every day. */
enum { MAP_FIRST = 0x3000, MAP_WORDS = (UNICODE_HAN_END - MAP_FIRST) / 64 };

static void clear(uint64_t *map, const uint32_t *v, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		map[(v[i] - MAP_FIRST) / 64] &= ~(UINT64_C(1) << (v[i] % 64));
}

static void map_everyday(uint64_t *map)
{
	enum { HAN_WORD = (UNICODE_HAN_FIRST - MAP_FIRST) / 64 };
	memset(map, 0, HAN_WORD * sizeof(*map));
	memcpy(map + HAN_WORD, unicode_common_han(), (MAP_WORDS - HAN_WORD) * sizeof(*map));
	for (uint32_t c = MAP_FIRST; c < MAP_FIRST + 0x100; c++)
		if (is_everyday(c))
			map[(c - MAP_FIRST) / 64] |= UINT64_C(1) << (c % 64);
	clear(map, garbled_kana, ARRAY_SIZE(garbled_kana));
	clear(map, lookalikes, ARRAY_SIZE(lookalikes));
}

static bool is_mapped(const unsigned char *p, const uint64_t *map)
{
	uint32_t bit = ((p[0] & 0xFU) << 12 | (p[1] & 0x3FU) << 6 | (p[2] & 0x3FU)) - MAP_FIRST;
	return map[bit / 64] >> (bit % 64) & 1;
}

/* Moves to the next odd character and reads it; false at the end. */
static bool next_odd(struct str s, size_t *i, const uint64_t *map, uint32_t *codepoint)
{
	size_t at = *i;
	while (at < s.n) {
		const unsigned char *p = (const unsigned char *)s.p + at;
		if (p[0] >= 0xE3 && p[0] <= 0xE9 && s.n - at >= 3 && is_mapped(p, map)) {
			at += 3;
		} else if (p[0] < 0x80 && s.n - at >= 8 && plain8(s.p + at)) {
			at += 8;
		} else if (plain(p[0])) {
			at += 1;
		} else {
			size_t next = at;
			*i = at;
			*codepoint = utf8_next(s, &next);
			if (is_odd(s, at, *codepoint))
				return true;
			at = next;
		}
	}
	return false;
}

const struct odd *odd_read(struct arena *a, const struct digest *d, size_t *nr)
{
	struct str text = str_slice(d->source->text, 0, d->source->valid);
	uint64_t map[MAP_WORDS];
	const struct prose *p = d->prose, *end = d->prose + d->proses;
	struct odd *v = NULL;
	size_t cap = 0;
	uint32_t line = 0, codepoint;
	*nr = 0;
	map_everyday(map);
	for (size_t i = d->bom; next_odd(text, &i, map, &codepoint); utf8_next(text, &i)) {
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
