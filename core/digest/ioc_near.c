#include "core/digest/ioc_near.h"

#include "core/base/unicode.h"
#include "core/base/utf8.h"

/* What stands for katakana by mistake; on both sides it is read so. */
static const struct {
	uint32_t written;
	struct str meant;
} look_alikes[] = {
	{U'へ', STR_INIT("ヘ")}, {U'べ', STR_INIT("ベ")}, {U'ぺ', STR_INIT("ペ")}, {U'り', STR_INIT("リ")},
	{U'一', STR_INIT("ー")}, {U'二', STR_INIT("ニ")}, {U'八', STR_INIT("ハ")}, {U'力', STR_INIT("カ")},
	{U'千', STR_INIT("チ")}, {U'口', STR_INIT("ロ")}, {U'夕', STR_INIT("タ")}, {U'卜', STR_INIT("ト")},
	{U'工', STR_INIT("エ")}, {U'才', STR_INIT("オ")},
};

static bool is_katakana(uint32_t c)
{
	return (c >= 0x30A1 && c <= 0x30FA) || c == U'ー';
}

static bool is_han(uint32_t c)
{
	return c >= 0x3400 && c <= 0x9FFF;
}

static bool is_dash(uint32_t c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == U'─' || c == U'━' || c == U'−' || c == '~' || c == U'〜';
}

/* Brackets, commas, stops: nothing that says something. `?` does. */
static bool is_mark(uint32_t c)
{
	if (c < 0x80)
		return c && strchr("()[]{}<>\"'`.,:;_*!|^-~/\\", (int)c);
	return (c >= 0x2010 && c <= 0x205E) || (c >= 0x3001 && c <= 0x3003) || (c >= 0x3008 && c <= 0x301F) || c == U'・' ||
	       c == U'·' || c == U'─' || c == U'━' || c == U'−';
}

/* A word as its letters. */
enum { MOST_LETTERS = 32 };
struct letters {
	uint32_t v[MOST_LETTERS];
	size_t nr;
	size_t han;
	char text[MOST_LETTERS * 4];
	size_t bytes;
};

static struct str letter_meant(struct str written, uint32_t c, uint32_t before, struct str behind)
{
	if (is_dash(c) && is_katakana(before))
		return STR("ー");
	/* 以外, by another word of the same sound. */
	if (c == U'意' && str_starts(behind, STR("外")))
		return STR("以");
	for (size_t i = 0; i < ARRAY_SIZE(look_alikes); i++)
		if (look_alikes[i].written == c)
			return look_alikes[i].meant;
	return is_mark(c) ? STR("") : written;
}

/* False: it is too long to be one of the words, or has no letters at all. */
static bool read_letters(struct str key, struct letters *out)
{
	uint32_t before = 0;
	*out = (struct letters){0};
	for (size_t i = 0; i < key.n;) {
		size_t from = i, k = 0;
		uint32_t c = utf8_next(key, &i);
		struct str letter = letter_meant(str_slice(key, from, i), c, before, str_from(key, i));
		if (str_starts(str_from(key, from), STR("ノレ"))) {
			letter = STR("ル");
			i = from + STR("ノレ").n;
		}
		if (!letter.n)
			continue;
		if (out->nr == MOST_LETTERS || letter.n > 4)
			return false;
		memcpy(out->text + out->bytes, letter.p, letter.n);
		out->bytes += letter.n;
		c = utf8_next(letter, &k);
		/* 名名 is no more than 名. */
		out->han += is_han(c) && c != before;
		before = out->v[out->nr++] = c;
	}
	return out->nr > 0;
}

struct str ioc_word_letters(struct arena *a, struct str word)
{
	struct letters l;
	enum { LONGEST_WORD = 128 };
	if (word.n > LONGEST_WORD || !read_letters(unicode_key(a, word), &l))
		return STR("");
	return arena_str(a, (struct str){l.text, l.bytes});
}

static struct str text_of(const struct letters *l)
{
	return (struct str){l->text, l->bytes};
}

static bool has(const struct letters *l, struct str part)
{
	return str_find(text_of(l), 0, part) < l->bytes;
}

static bool has_letter(const struct letters *l, uint32_t c)
{
	for (size_t i = 0; i < l->nr; i++)
		if (l->v[i] == c)
			return true;
	return false;
}

/* 知られていない, 未知, unknown: with such a part a word says that something is not so. */
static bool denies(const struct letters *l)
{
	static const struct str signs[] = {STR_INIT("な"), STR_INIT("ませ"), STR_INIT("せん"), STR_INIT("ず"),
	                                   STR_INIT("未"), STR_INIT("無"),   STR_INIT("不"),   STR_INIT("非"),
	                                   STR_INIT("否"), STR_INIT("un"),   STR_INIT("not")};
	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (has(l, signs[i]))
			return true;
	return false;
}

/* Do both say that it is so, or both that it is not? What breaks off before its end says neither. */
static bool same_sense(const struct letters *word, const struct letters *known, enum ioc_word meaning)
{
	if (meaning == IOC_KNOWN_NOT)
		return denies(word);
	return meaning != IOC_KNOWN_WELL || (!denies(word) && word->v[word->nr - 1] == known->v[known->nr - 1]);
}

/* 非グローバル, グローバル国内: Chinese characters are no slips of kana; they say something. */
static bool same_han(const struct letters *word, const struct letters *known)
{
	size_t shared = 0;
	if (word->han > known->han)
		return false;
	for (size_t i = 0; i < known->nr; i++)
		shared += is_han(known->v[i]) && has_letter(word, known->v[i]);
	return known->han < 2 || shared;
}

/* SHA3-256 is not SHA-256. */
static bool same_digits(const struct letters *word, const struct letters *known)
{
	size_t i = 0, k = 0;
	do {
		while (i < word->nr && !(word->v[i] >= '0' && word->v[i] <= '9'))
			i++;
		while (k < known->nr && !(known->v[k] >= '0' && known->v[k] <= '9'))
			k++;
		if ((i < word->nr ? word->v[i] : 0) != (k < known->nr ? known->v[k] : 0))
			return false;
	} while (i++ < word->nr && k++ < known->nr);
	return true;
}

/* A type is held against the value as well. */
static size_t most_slips(const struct letters *word, const struct letters *known, bool type)
{
	size_t n = word->nr < known->nr ? word->nr : known->nr;
	return n < (type ? 3 : 4) ? 0 : n < 6 ? 1 : n < 9 ? 2 : 3;
}

static bool has_bracket(struct str key)
{
	for (size_t i = 1; i + 1 < key.n; i++)
		if (strchr("([{", key.p[i]))
			return true;
	return false;
}

/* The words are compared; `opposite` is how far it is to one that says what the word does not. */
struct search {
	const struct letters *word;
	bool bracket;
	struct ioc_near near;
	size_t opposite;
	bool cut; /* it is the beginning of the nearest */
};

static void compare(struct search *s, struct str known, enum ioc_word meaning)
{
	struct letters theirs;
	if (!read_letters(known, &theirs))
		return;
	/* What stands in brackets is a remark, if it is nothing that the word itself has there. */
	size_t limit = s->bracket && !has_bracket(known) ? 0 : most_slips(s->word, &theirs, meaning < IOC_KNOWN_WELL);
	size_t distance = unicode_distance(text_of(s->word), text_of(&theirs), limit);
	if (distance > limit || (distance && !(same_han(s->word, &theirs) && same_digits(s->word, &theirs))))
		return;
	if (distance && !same_sense(s->word, &theirs, meaning)) {
		s->opposite = distance < s->opposite ? distance : s->opposite;
		return;
	}
	if (distance > s->near.distance)
		return;
	if (distance == s->near.distance && s->near.meaning != meaning)
		meaning = IOC_WORD_UNKNOWN;
	s->cut = (s->cut && distance == s->near.distance) || str_starts(text_of(&theirs), text_of(s->word));
	s->near = (struct ioc_near){meaning, distance};
}

struct ioc_near ioc_word_near(struct arena *a, struct str word, enum ioc_word first, enum ioc_word last)
{
	struct letters mine;
	struct str key = unicode_key(a, word), known;
	enum ioc_word meaning;
	struct search s = {&mine, has_bracket(key), {IOC_WORD_UNKNOWN, SIZE_MAX}, SIZE_MAX, false};
	if (!read_letters(key, &mine) || str_find_byte(key, 0, '?') < key.n)
		return s.near;
	for (size_t i = 0; ioc_word_at(i, &known, &meaning); i++)
		if (meaning >= first && meaning <= last)
			compare(&s, known, meaning);
	if (s.near.distance && s.opposite <= s.near.distance && !s.cut)
		s.near.meaning = IOC_WORD_UNKNOWN;
	return s.near;
}
