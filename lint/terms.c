#include "lint/terms.h"

#include "core/base/unicode_text.h"
#include "core/base/utf8.h"

/* ---- running text ---- */

static void hide_line(bool *hidden, const struct digest *d, uint32_t line)
{
	if (line < d->lines)
		hidden[line] = true;
}

static void hide_structure(const struct digest *d, bool *hidden, bool titles)
{
	hide_line(hidden, d, d->title_line);
	for (size_t i = 0; i < d->nr; i++)
		hide_line(hidden, d, d->section[i].line);
	FOR_EACH_ENTRY (d, e) {
		if (!titles)
			hide_line(hidden, d, e->line);
		FOR_EACH_FIELD (e, f)
			if (!f->value.len)
				hide_line(hidden, d, f->line);
	}
}

static void hide_links(const struct digest *d, const struct prose *p, char *text, size_t *link)
{
	while (*link < d->links && d->link[*link].line < p->line)
		++*link;
	for (; *link < d->links && d->link[*link].line == p->line; ++*link) {
		struct span at = d->link[*link].text;
		if (at.off >= p->off && span_end(at) <= p->off + p->raw.n)
			memset(text + at.off - p->off, PROSE_HOLE, at.len);
	}
}

struct term_text term_text_of(struct arena *a, const struct digest *d, bool titles)
{
	bool *hidden = arena_array(a, bool, d->lines + 1);
	struct term_text t = {.line = arena_array(a, struct term_line, d->proses)};
	char *text = arena_raw(a, d->source->text.n + d->proses + 1);
	size_t link = 0;
	hide_structure(d, hidden, titles);
	FOR_EACH_PROSE (d, p) {
		if (hidden[p->line])
			continue;
		t.line[t.lines++] = (struct term_line){t.text.n, p->off};
		memcpy(text + t.text.n, p->text.p, p->text.n);
		hide_links(d, p, text + t.text.n, &link);
		t.text.n += p->text.n;
		text[t.text.n++] = '\n';
	}
	t.text.p = text;
	return t;
}

struct span term_place(const struct term_text *t, size_t at, size_t length)
{
	size_t low = 0, high = t->lines;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (t->line[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	size_t off = t->line[low].off + (at - t->line[low].at);
	return span_make(off, off + length);
}

/* ---- words ---- */

enum { SLOTS = 1024 };

static const uint32_t NONE = UINT32_MAX;

struct term_index {
	uint64_t begins[1024]; /* a bit for what a word may begin with: its first character, or two of ASCII */
	uint32_t slot[SLOTS];  /* the first word by its first character; NONE */
	uint32_t *next;
	const struct str *word;
	size_t nr;
};

/* By the first two bytes, or three where a character has as many. */
static size_t slot_of(const char *p)
{
	unsigned char a = (unsigned char)p[0], b = (unsigned char)p[1];
	unsigned h = a * 31U + b * 131U;
	return (a >= 0xE0 ? h + (unsigned char)p[2] * 7U : h) % SLOTS;
}

/* A number below 65536 for what stands at `p`: not different for all that differs, but for most of it. */
static inline size_t beginning(const char *p)
{
	unsigned a = (unsigned char)p[0], b = (unsigned char)p[1];
	return a >= 0xE0 ? (a & 15) << 12 | (b & 63) << 6 | ((unsigned char)p[2] & 63) : a << 8 | b;
}

/* The shortest words come last, so that the first that fits is the longest. */
static void put(struct term_index *x, uint32_t i)
{
	uint32_t *at = &x->slot[slot_of(x->word[i].p)];
	while (*at != NONE && x->word[*at].n >= x->word[i].n)
		at = &x->next[*at];
	x->next[i] = *at;
	*at = i;
	size_t begin = beginning(x->word[i].p);
	x->begins[begin / 64] |= UINT64_C(1) << begin % 64;
}

struct term_index *term_index_make(struct arena *a, const struct str *word, size_t nr)
{
	struct term_index *x = arena_new(a, struct term_index);
	memset(x->slot, 0xFF, sizeof(x->slot));
	x->next = arena_array(a, uint32_t, nr);
	x->word = word;
	x->nr = nr;
	for (size_t i = 0; i < nr; i++)
		if (word[i].n >= 3 || (word[i].n == 2 && (unsigned char)word[i].p[0] < 0xE0))
			put(x, (uint32_t)i);
	return x;
}

static bool is_alnum(unsigned char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
}

/* Does an ASCII word go on beside `at`, in its direction? `a-Word.zip` is one name; `A/Word` are two. */
static bool goes_on(struct str s, size_t at, bool forward)
{
	size_t beside = forward ? at : at - 1, behind = forward ? at + 1 : at - 2;
	if (beside >= s.n)
		return false;
	unsigned char c = (unsigned char)s.p[beside];
	if (is_alnum(c))
		return true;
	return c && strchr("-.@\\", c) && behind < s.n && is_alnum((unsigned char)s.p[behind]);
}

/* U+30A1–U+30FE but for the middle dot, at byte `i`; the long vowel mark is among them. */
static bool is_katakana(struct str s, size_t i)
{
	if (i + 3 > s.n || s.p[i] != '\xE3')
		return false;
	unsigned char second = (unsigned char)s.p[i + 1], third = (unsigned char)s.p[i + 2];
	return (second == 0x82 && third >= 0xA1) || (second == 0x83 && third != 0xBB);
}

bool term_reads_on(struct str text, size_t end)
{
	enum { KATAKANA = 3 };
	static const uint32_t dashes[] = {U'-', U'\u2010', U'\u2011', U'\u2012', U'\u2013', U'—',
	                                  U'―', U'\u2212', U'─',      U'－',     U'ｰ'};
	if (end < KATAKANA || end >= text.n || !is_katakana(text, end - KATAKANA) ||
	    str_ends(str_slice(text, 0, end), STR("ー")))
		return false;
	size_t i = end, second;
	uint32_t mark = utf8_next(text, &i);
	uint32_t next = i < text.n ? utf8_next(text, &(size_t){i}) : '\n';
	/* サーバ一覧, サーバ一つ */
	if (mark == U'一')
		return next != U'つ' && !unicode_is_han(next);
	/* サーバ――つまり, サーバ-A, サーバ - 題 */
	for (second = 0; second < ARRAY_SIZE(dashes); second++)
		if (dashes[second] == mark)
			return next != mark && next != PROSE_HOLE && !(next < 0x80 && is_alnum((unsigned char)next));
	return false;
}

/*
 * サーバ is not in サーバント; but メールサーバ is one, so what stands before Katakana is only looked at for words of two
 * characters.
 */
static bool is_whole(struct str s, size_t at, struct str word)
{
	enum { SHORT = 6 };
	size_t end = at + word.n;
	if (is_alnum((unsigned char)word.p[0]) && goes_on(s, at, false))
		return false;
	if (is_alnum((unsigned char)word.p[word.n - 1]) && goes_on(s, end, true))
		return false;
	if (word.n < 3)
		return true;
	if (is_katakana(word, word.n - 3) && (is_katakana(s, end) || term_reads_on(s, end)))
		return false;
	return word.n > SHORT || !is_katakana(word, 0) || at < 3 || !is_katakana(s, at - 3);
}

static size_t word_at(const struct term_index *x, struct str text, size_t at)
{
	for (uint32_t i = x->slot[slot_of(text.p + at)]; i != NONE; i = x->next[i])
		if (x->word[i].n <= text.n - at && !memcmp(text.p + at, x->word[i].p, x->word[i].n) &&
		    is_whole(text, at, x->word[i]))
			return i;
	return x->nr;
}

size_t term_find(const struct term_index *index, struct str text, size_t *at)
{
	for (size_t i = *at; i + 2 < text.n;) {
		unsigned char c = (unsigned char)text.p[i];
		size_t begin = beginning(text.p + i), found;
		if ((index->begins[begin / 64] >> begin % 64 & 1) && (found = word_at(index, text, i)) < index->nr) {
			*at = i;
			return found;
		}
		i += utf8_step(c);
	}
	return index->nr;
}

bool term_is_within(struct str text, size_t at, struct str wrong, struct str right)
{
	for (size_t i = str_find(right, 0, wrong); i < right.n; i = str_find(right, i + 1, wrong))
		if (at >= i && str_eq(str_slice(text, at - i, at - i + right.n), right))
			return true;
	return false;
}
