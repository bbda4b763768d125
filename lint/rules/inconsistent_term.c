#include "lint/check.h"
#include "lint/terms.h"

/* The spellings of one word: a line of the list. */
struct word_set {
	size_t first, nr; /* among all spellings */
};

struct spellings {
	struct str *v;
	size_t *count, *first; /* how often each was found, and where first */
	size_t nr;
	struct word_set *word;
	size_t words;
};

static size_t count_spellings(struct word_list list)
{
	size_t nr = 0;
	for (size_t i = 0; i < list.nr; i++) {
		nr++;
		for (size_t k = str_find_byte(list.v[i].key, 0, '|'); k < list.v[i].key.n; nr++)
			k = str_find_byte(list.v[i].key, k + 1, '|');
	}
	return nr;
}

static struct spellings read_list(struct arena *a, struct word_list list)
{
	size_t room = count_spellings(list);
	struct spellings s = {
		.v = arena_array(a, struct str, room),
		.count = arena_array(a, size_t, room),
		.first = arena_array(a, size_t, room),
		.word = arena_array(a, struct word_set, list.nr),
		.words = list.nr,
	};
	for (size_t i = 0; i < list.nr; i++) {
		struct str rest = list.v[i].key, part;
		s.word[i].first = s.nr;
		while (str_split(&rest, '|', &part))
			s.v[s.nr++] = str_trim(part);
		s.word[i].nr = s.nr - s.word[i].first;
	}
	return s;
}

static void count(struct spellings *s, const struct term_index *index, struct str text)
{
	size_t at = 0;
	for (size_t i = term_find(index, text, &at); i < s->nr; i = term_find(index, text, &at)) {
		if (!s->count[i]++)
			s->first[i] = at;
		at += s->v[i].n;
	}
}

/* A name has one right spelling, however often it is spelled otherwise: macOS. */
static bool is_name(struct str word)
{
	return (unsigned char)word.p[0] < 0x80;
}

/* The most frequent spelling, and the least frequent that is there at all; of equals the one that is listed first is the better. */
static void judge(struct check *c, const struct spellings *s, const struct word_set *w, const struct term_text *t)
{
	size_t often = w->first, rare = s->nr;
	for (size_t i = w->first; i < w->first + w->nr && !(is_name(s->v[often]) && s->count[often]); i++)
		if (s->count[i] > s->count[often])
			often = i;
	for (size_t i = w->first; i < w->first + w->nr; i++)
		if (i != often && s->count[i] && (rare == s->nr || s->count[i] <= s->count[rare]))
			rare = i;
	if (rare == s->nr)
		return;
	report(c, term_place(t, s->first[rare], s->v[rare].n),
	       "`%.*s` (%zu×) is spelled `%.*s` (%zu×) elsewhere in the text", STR_ARG(s->v[rare]), s->count[rare],
	       STR_ARG(s->v[often]), s->count[often]);
}

static void check(struct check *c, const struct digest *d)
{
	struct arena *scratch = check_scratch(c);
	struct spellings s = read_list(scratch, option_words(c, "words"));
	struct term_text t = term_text_of(scratch, d, false);
	count(&s, term_index_make(scratch, s.v, s.nr), t.text);
	for (size_t i = 0; i < s.words; i++)
		judge(c, &s, &s.word[i], &t);
}

/* Two spellings at least, each of them a word. */
static bool accept(const struct word *w, struct err *err)
{
	enum { SHORTEST = 2 };
	struct str rest = w->key, part;
	size_t nr = 0, enough = 0;
	for (; str_split(&rest, '|', &part); nr++)
		enough += str_trim(part).n >= SHORTEST;
	if (nr > 1 && enough == nr)
		return true;
	err_set(err, "`%.*s` must hold spellings of two characters or more, as in `this|that`", STR_ARG(w->key));
	return false;
}

/* A pair stands here when both spellings are right, and one digest had both. */
static const struct rule_option options[] = {
	{.name = "words",
     .doc = "spellings of one word, as in `this|that`",
     .kind = VALUE_WORDS,
     .words = "サーバー|サーバ\n"
              "ユーザー|ユーザ\n"
              "ブラウザ|ブラウザー\n"
              "コンピューター|コンピュータ\n"
              "プロバイダー|プロバイダ\n"
              "ベンダー|ベンダ\n"
              "ルーター|ルータ\n"
              "ドライバー|ドライバ\n"
              "コントローラー|コントローラ\n"
              "フォルダー|フォルダ\n"
              "フィルター|フィルタ\n"
              "メモリ|メモリー\n"
              "ライブラリ|ライブラリー\n"
              "リポジトリ|レポジトリ\n"
              "セキュリティ|セキュリティー\n"
              "インターフェース|インターフェイス\n"
              "ソフトウェア|ソフトウエア\n"
              "マルウェア|マルウエア\n"
              "ランサムウェア|ランサムウエア\n"
              "ファームウェア|ファームウエア\n"
              "ウイルス|ウィルス\n"
              "漏洩|漏えい\n"
              "なりすまし|成りすまし\n"
              "乗っ取り|乗っとり|乗取り\n"
              "問い合わせ|問合せ|問合わせ\n"
              "引き続き|引続き\n"
              "取り組み|取組み\n"
              "既に|すでに\n"
              "か月|ヶ月|カ月|ヵ月|ケ月\n"
              "Wi-Fi|WiFi|Wifi\n"
              "PoC|POC\n"
              "macOS|MacOS\n"
              "GitHub|Github\n"
              "PowerShell|Powershell\n"
              "JavaScript|Javascript\n"
              "WordPress|Wordpress\n"
              "LinkedIn|Linkedin\n"
              "YouTube|Youtube\n",
     .accept = accept},
	{0},
};

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_inconsistent_term = {
	.name = "inconsistent-term",
	.group = "text",
	.severity = SEVERITY_INFO,
	.summary = "A word is spelled in two ways within one digest",
	.why =
		"Both spellings are right, but whoever searches for one does not find the other. Titles and texts of links are not "
		"looked at: they quote others.",
	.bad = {.text = TOP "    - サーバーは止まり、別のサーバも止まる\n" END},
	.good = {.text = TOP "    - サーバーは止まり、別のサーバーも止まる\n" END},
	.options = options,
	.check = check,
};
