#include "core/base/utf8.h"
#include "lint/check.h"

/* Characters of three bytes each, which all that is looked at here are. */
enum script { NO_SCRIPT, HAN, HIRAGANA, KATAKANA };

static inline enum script script_of(const char *p)
{
	unsigned char first = (unsigned char)p[0], second = (unsigned char)p[1], third = (unsigned char)p[2];
	if (first >= 0xE4)
		return first <= 0xE9 ? HAN : NO_SCRIPT;
	if (second == 0x81 || (second == 0x82 && third <= 0x96))
		return HIRAGANA;
	/* No middle dot. */
	if (second == 0x82 || second == 0x83)
		return second == 0x83 && third == 0xBB ? NO_SCRIPT : KATAKANA;
	return second >= 0x90 ? HAN : NO_SCRIPT;
}

static inline bool is_same(const char *p, const char *q)
{
	return p[2] == q[2] && p[1] == q[1] && p[0] == q[0];
}

/* Characters that a word has to have before its double is no accident: オンライン・インフラ. */
static const size_t least[] = {[HAN] = 2, [HIRAGANA] = 4, [KATAKANA] = 4};
enum { MOST = 12 };
static const size_t most[] = {[HAN] = 6, [HIRAGANA] = 8, [KATAKANA] = MOST};

/* ---- words that are meant twice ---- */

static bool is_one_of(const char *character, const char *list)
{
	for (; *list; list += 3)
		if (is_same(character, list))
			return true;
	return false;
}

static bool all_of(struct str word, const char *list)
{
	for (size_t i = 0; i < word.n; i += 3)
		if (!is_one_of(word.p + i, list))
			return false;
	return true;
}

/* アアアアアアアア, ドキドキドキドキ: a sound, not a word. */
static bool is_sound(struct str word)
{
	size_t n = word.n % 6 == 0 && str_eq(str_slice(word, 0, word.n / 2), str_from(word, word.n / 2)) ? word.n / 2 : 3;
	return n > 3 || !memcmp(word.p, word.p + 3, word.n - 3);
}

/* 一人一人, 毎日毎日, 二十二十, ひとつひとつ */
static bool is_legit(struct str word, enum script script)
{
	if (is_sound(word))
		return true;
	if (script == HAN && word.n == 6 && is_one_of(word.p, "一"))
		return is_one_of(word.p + 3,
		                 "人個件日回字台社言行枚点歩本冊頭軒名票語句段章項節文問手瞬刻秒分年月週代家戸目国");
	if (script == HAN && word.n == 6 && is_one_of(word.p, "毎何幾"))
		return true;
	if (script == HIRAGANA)
		return str_starts(word, STR("ひと")) || str_starts(word, STR("ふた"));
	return script == HAN && all_of(word, "一二三四五六七八九十百千万億兆零");
}

/* 株式会社会社法研究所: the kind of company, and a name that begins as it ends. */
static bool is_company(struct str text, size_t at, struct str word)
{
	static const struct str kinds[] = {STR_INIT("株式"), STR_INIT("合同"), STR_INIT("有限"), STR_INIT("合資")};
	struct str before = str_slice(text, 0, at);
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (str_ends(before, kinds[i]))
			return str_eq(word, STR("会社"));
	return false;
}

/* ---- particles ---- */

/*
 * A particle that stands twice, but for words that begin or end with it: 患者ががんを, これまでで, ものの, よりははるかに.
 */
static const struct particle {
	const char *is, *before, *behind; /* of these characters one before, or one behind, makes it right */
} particles[] = {
	{"が", "が", "がんっれらけち"},
	{"を", "を", "を"},
	{"に", "になく", "にぎじわせっゅ"},
	{"で", "でま", "できもすてるたしょ"},
	{"は", "はあ", "はるじっいげくかやたさみりれずがばんめぎ"},
	{"の", "のも", "のちどしろ"},
};

static bool is_doubled(struct str s, size_t i)
{
	for (size_t k = 0; k < ARRAY_SIZE(particles); k++) {
		const struct particle *p = &particles[k];
		if (!is_same(s.p + i, p->is))
			continue;
		bool before = i >= 3 && is_one_of(s.p + i - 3, p->before);
		bool behind = i + 9 <= s.n && is_one_of(s.p + i + 6, p->behind);
		return !before && !behind;
	}
	return false;
}

static void report_double(struct check *c, const struct prose *p, size_t at, size_t n)
{
	report(c, span_make(p->off + at, p->off + at + 2 * n), "`%.*s` stands twice",
	       STR_ARG(str_slice(p->text, at, at + n)));
}

/* `攻撃者がはこの脆弱性を`: one of the two was to go. But がはじまる. */
static bool is_changed_mind(struct str s, size_t i)
{
	return is_same(s.p + i, "が") && is_same(s.p + i + 3, "は") && i >= 3 && script_of(s.p + i - 3) != HIRAGANA &&
	       i + 9 <= s.n && script_of(s.p + i + 6) == HIRAGANA &&
	       !is_one_of(s.p + i + 6, "はるじっいげくかやたさみりれずがばんめぎ");
}

static void check_particles(struct check *c, const struct prose *p, size_t from, size_t to)
{
	struct str s = p->text;
	for (size_t i = from; i + 6 <= to; i += 3)
		if (is_changed_mind(s, i))
			report(c, span_make(p->off + i, p->off + i + 6), "two particles, one behind the other");
	for (size_t i = from; i + 6 <= to; i += 3)
		if (is_same(s.p + i, s.p + i + 3) && is_doubled(s, i))
			report_double(c, p, i, 3);
}

/* ---- function words ---- */

enum where {
	ANYWHERE,
	BEHIND_NOUN, /* where the hiragana begin, behind a letter: `喉がからから`, `ではでは、` */
	BETWEEN,     /* nothing else in hiragana, and a letter on either side: `すもももも`, `〜ととらえる` */
	AT_THE_END,  /* of a sentence, behind hiragana: `増えますます。` */
};

/* Too short to tell by their length; よりより may be meant: 従来よりより高度な. */
static const struct function_word {
	struct str is;
	enum where where;
	const char *behind; /* of these characters one behind makes it right: するすると, ことこと煮る */
} function_words[] = {
	{STR_INIT("と"), BETWEEN, ""},
	{STR_INIT("も"), BETWEEN, "肉裏部"},
	{STR_INIT("から"), BEHIND_NOUN, "にとのかっげ"},
	{STR_INIT("まで"), ANYWHERE, ""},
	{STR_INIT("への"), ANYWHERE, "も"},
	{STR_INIT("では"), BEHIND_NOUN, ""},
	{STR_INIT("する"), BEHIND_NOUN, "とっり"},
	{STR_INIT("した"), BEHIND_NOUN, "がたいし"},
	{STR_INIT("こと"), ANYWHERE, "煮とんに"},
	{STR_INIT("です"), ANYWHERE, "で"},
	{STR_INIT("ます"), AT_THE_END, ""},
	{STR_INIT("され"), ANYWHERE, ""},
	{STR_INIT("および"), ANYWHERE, ""},
	{STR_INIT("または"), ANYWHERE, ""},
	{STR_INIT("として"), ANYWHERE, ""},
	{STR_INIT("という"), ANYWHERE, ""},
	{STR_INIT("ための"), ANYWHERE, ""},
	{STR_INIT("により"), ANYWHERE, ""},
	{STR_INIT("になる"), ANYWHERE, ""},
	{STR_INIT("である"), ANYWHERE, ""},
	{STR_INIT("ている"), ANYWHERE, ""},
	{STR_INIT("ことが"), ANYWHERE, ""},
	{STR_INIT("に対して"), ANYWHERE, ""},
	{STR_INIT("に対する"), ANYWHERE, ""},
};

/* Is byte `i` at a Latin letter, a digit, a katakana or a kanji? */
static bool is_letter_at(struct str s, size_t i)
{
	unsigned char first = i < s.n ? (unsigned char)s.p[i] : 0;
	if (first < 0x80)
		return (first >= '0' && first <= '9') || ((first | 0x20) >= 'a' && (first | 0x20) <= 'z');
	return i + 3 <= s.n && first >= 0xE3 && first <= 0xE9 && script_of(s.p + i) != NO_SCRIPT;
}

static bool is_behind_letter(struct str s, size_t i)
{
	return i && ((unsigned char)s.p[i - 1] < 0x80 ? is_letter_at(s, i - 1) : i >= 3 && is_letter_at(s, i - 3));
}

static bool ends_sentence(struct str s, size_t i)
{
	return i == s.n || (i + 3 <= s.n && is_one_of(s.p + i, "。！？）」』"));
}

/* In hiragana that begin at `from` and end at `to`; the word's double ends at `end`. */
static bool stands_where(enum where where, struct str s, size_t i, size_t from, size_t to, size_t end)
{
	switch (where) {
	case BEHIND_NOUN:
		return i == from && is_behind_letter(s, i);
	case BETWEEN:
		return i == from && end == to && is_behind_letter(s, i) && is_letter_at(s, end);
	case AT_THE_END:
		return i > from && ends_sentence(s, end);
	default:
		return true;
	}
}

static const struct function_word *find_function_word(struct str s, size_t i, size_t from, size_t to)
{
	for (size_t k = 0; k < ARRAY_SIZE(function_words); k++) {
		const struct function_word *w = &function_words[k];
		size_t n = w->is.n, end = i + 2 * n;
		if (end > s.n || !str_starts(str_from(s, i), w->is) || !str_starts(str_from(s, i + n), w->is))
			continue;
		bool right = end + 3 <= s.n && is_one_of(s.p + end, w->behind);
		if (!right && stands_where(w->where, s, i, from, to, end))
			return w;
	}
	return NULL;
}

/* Does a character stand again where the double of a function word would begin? */
static bool may_double(struct str s, size_t i)
{
	enum { LONGEST = 12 };
	const char *p = s.p + i;
	/* By the last bytes first, all at once. */
	if (s.n - i >= LONGEST + 3 && !((p[2] == p[5]) | (p[2] == p[8]) | (p[2] == p[11]) | (p[2] == p[14])))
		return false;
	for (size_t n = 3; n <= LONGEST && i + n + 3 <= s.n; n += 3)
		if (is_same(p, p + n))
			return true;
	return false;
}

static void check_function_words(struct check *c, const struct prose *p, size_t from, size_t to)
{
	struct str s = p->text;
	for (size_t i = from; i + 3 <= to; i += 3) {
		const struct function_word *w = may_double(s, i) ? find_function_word(s, i, from, to) : NULL;
		if (!w)
			continue;
		report_double(c, p, i, w->is.n);
		i += 2 * w->is.n - 3;
	}
}

/* ---- words ---- */

/* A word that stands twice brings each of its characters again; told by their last bytes, so that few runs are looked at. */
static bool may_repeat(const struct prose *p, size_t from, size_t to, size_t characters)
{
	uint64_t seen = 0;
	size_t again = 0;
	for (size_t i = from; i < to; i += 3) {
		uint64_t bit = UINT64_C(1) << (p->text.p[i + 2] & 63);
		again += (seen & bit) != 0;
		seen |= bit;
	}
	return again >= characters;
}

/* All lengths are looked for at once, so that a run is read once. */
static void check_run(struct check *c, const struct prose *p, size_t from, size_t to, enum script script)
{
	size_t same[MOST + 1] = {0}; /* by length: how many characters are as those so much further on */
	for (size_t i = from; i < to; i += 3) {
		for (size_t n = least[script]; n <= most[script] && i + 3 * n < to; n++) {
			same[n] = is_same(p->text.p + i, p->text.p + i + 3 * n) ? same[n] + 1 : 0;
			if (same[n] < n)
				continue;
			size_t at = i + 3 - 3 * n;
			struct str word = str_slice(p->text, at, at + 3 * n);
			if (!is_legit(word, script) && !is_company(p->text, at, word))
				report_double(c, p, at, 3 * n);
			memset(same, 0, sizeof(same));
			i = at + 6 * n - 3;
			break;
		}
	}
}

/* `を回避を回避`: a word with its particle. */
static void check_phrase(struct check *c, const struct prose *p, size_t from, size_t to)
{
	struct str s = p->text;
	size_t n = to - from + 3;
	if (n < 9 || from < 3 || to + n > s.n || !is_same(s.p + from - 3, "を"))
		return;
	if (str_starts(str_from(s, to), str_slice(s, from - 3, to)))
		report_double(c, p, from - 3, n);
}

static size_t run_end(struct str s, size_t i, enum script script)
{
	if (script == HAN) {
		while (i + 3 <= s.n && (unsigned char)s.p[i] >= 0xE4 && (unsigned char)s.p[i] <= 0xE9)
			i += 3;
		return i;
	}
	while (i + 3 <= s.n && s.p[i] == '\xE3' && script_of(s.p + i) == script)
		i += 3;
	return i;
}

static void check_japanese(struct check *c, const struct prose *p)
{
	struct str s = p->text;
	for (size_t i = 0; i + 3 <= s.n;) {
		unsigned char first = (unsigned char)s.p[i];
		enum script script = first >= 0xE3 && first <= 0xE9 ? script_of(s.p + i) : NO_SCRIPT;
		if (script == NO_SCRIPT) {
			i += utf8_step(first);
			continue;
		}
		size_t end = run_end(s, i + 3, script);
		if (end - i >= 6 * least[script] && may_repeat(p, i, end, least[script]))
			check_run(c, p, i, end, script);
		if (script == HIRAGANA) {
			check_particles(c, p, i, end);
			check_function_words(c, p, i, end);
		} else if (script == HAN && end < s.n && s.p[end] == '\xE3')
			check_phrase(c, p, i, end);
		i = end;
	}
}

/* ---- English ---- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool may_stand_twice(struct str word)
{
	static const char *const words[] = {"had", "that", "bye", "so", "very", "ha", "no", "blah", "knock", "bla"};
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_eq(word, str_of(words[i])))
			return true;
	return false;
}

static bool is_word_byte(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == PROSE_HOLE;
}

/* `the the`; a name may be meant so: Duran Duran. */
static void check_english(struct check *c, const struct prose *p)
{
	struct str s = p->text;
	for (size_t blank = str_find_byte(s, 0, ' '); blank < s.n; blank = str_find_byte(s, blank + 1, ' ')) {
		size_t start = blank, n;
		while (start && is_letter(s.p[start - 1]) && blank - start < 32)
			start--;
		n = blank - start;
		size_t end = blank + 1 + n;
		if (n < 2 || end > s.n || !is_letter(s.p[blank + 1]) ||
		    !str_eq_nocase(str_slice(s, start, blank), str_slice(s, blank + 1, end)))
			continue;
		bool whole = (!start || !is_word_byte(s.p[start - 1])) && (end == s.n || !is_word_byte(s.p[end]));
		if (!whole || may_stand_twice(str_slice(s, blank + 1, end)))
			continue;
		struct finding *f = report(c, span_make(p->off + start, p->off + end), "`%.*s` stands twice",
		                           STR_ARG(str_slice(s, start, blank)));
		if (s.p[blank + 1] < 'a')
			weigh(c, f, SEVERITY_INFO);
	}
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_PROSE (d, p) {
		if (p->leads)
			check_japanese(c, p);
		check_english(c, p);
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_repeated_word = {
	.name = "repeated-word",
	.group = "text",
	.severity = SEVERITY_WARNING,
	.summary = "A word or a particle stands twice in a row",
	.why =
		"It was typed twice, or two versions of a sentence were put together. A reader stops there and asks what is missing.",
	.bad = {.text = TOP "    - 誤った署名署名が原因で、更新がが止まる\n" END},
	.good = {.text = TOP "    - 誤った署名が原因で、更新が止まる\n" END},
	.check = check,
};
