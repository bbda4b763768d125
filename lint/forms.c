#include "lint/forms.h"

#include "core/base/unicode.h"
#include "core/base/utf8.h"
#include "core/digest/dress.h"

/* As keys: see unicode_key. */
static const char *const nothing[] = {
	"無", "無い", "ない", "n/a", "na",      "n.a", "n.a.", "none",          "-",      "ー",
	"―",  "–",    "—",    "--",  "nothing", "nil", "null", "notapplicable", "非該当", "該当せず"};

/* "… なし": how a form of words ends that says so, longest first, and what may stand before that. */
static const char *const none_endings[] = {"はありません",
                                           "がありません",
                                           "はありませんでした",
                                           "は特になし",
                                           "特になし",
                                           "は特に無し",
                                           "特に無し",
                                           "は特にありません",
                                           "特にありません",
                                           "はなし",
                                           "は無し",
                                           "ありません",
                                           "の記載なし",
                                           "なしなし",
                                           "なし",
                                           "無し",
                                           "ナシ",
                                           "なしです",
                                           "なしと記載",
                                           "がない",
                                           "が無い",
                                           "はない",
                                           "は無い",
                                           "がなし",
                                           "がなかった",
                                           "はなかった",
                                           "がありませんでした",
                                           "は存在しない",
                                           "は見当たらない",
                                           "は確認されていない",
                                           "は確認されていません",
                                           "は含まれていない",
                                           "は含まれていません",
                                           "は示されていない",
                                           "は公表されていない",
                                           "は公開されていない",
                                           "は公開されていません",
                                           "は記載されていない",
                                           "は記載されていません"};
static const char *const none_heads[] = {"",
                                         "特に",
                                         "とくに",
                                         "該当",
                                         "該当情報",
                                         "該当事項",
                                         "情報",
                                         "特定",
                                         "記載",
                                         "特記事項",
                                         "ioc",
                                         "ioc情報",
                                         "iocの列挙",
                                         "推奨事項",
                                         "推奨",
                                         "その他",
                                         "関連情報",
                                         "該当する情報",
                                         "該当するもの",
                                         "該当するioc",
                                         "該当するioc情報",
                                         "該当する推奨事項",
                                         "その他の情報",
                                         "その他情報",
                                         "追加情報",
                                         "追記",
                                         "補足",
                                         "特筆事項",
                                         "iocの情報",
                                         "ioc関連情報",
                                         "iocに関する情報",
                                         "iocの記載",
                                         "推奨事項の記載",
                                         "chatgptの推奨事項",
                                         "具体的なioc",
                                         "具体的なioc情報",
                                         "具体的な推奨事項",
                                         "関連するioc",
                                         "該当箇所",
                                         "言及"};
static const char *const none_places[] = {"記事内に", "記事中に", "記事には", "記事に", "本記事に", "本文に"};

static struct str without_stop(struct str s)
{
	static const struct str stops[] = {STR_INIT("。"), STR_INIT("."), STR_INIT("、")};
	for (size_t i = 0; i < ARRAY_SIZE(stops); i++)
		if (s.n > stops[i].n && str_ends(s, stops[i]))
			return str_slice(s, 0, s.n - stops[i].n);
	return s;
}

/* A key is only made of what could be a form: one that is doubled, or has blanks in it, is not much longer. */
static bool could_be(struct str text, size_t form)
{
	return text.n > 0 && text.n <= 2 * form + 6;
}

static size_t longest_form(const struct template_entry *entry)
{
	size_t longest = sizeof("記事内に該当する情報") - 1; /* doubled, it has room for the longest form of words */
	for (size_t i = 0; entry && i < entry->nr; i++)
		if (entry->field[i].empty_form.n > longest)
			longest = entry->field[i].empty_form.n;
	return longest;
}

static bool same_key(struct arena *a, struct str key, struct str form)
{
	return form.n && str_eq(key, without_stop(unicode_key(a, form)));
}

bool form_same(struct str empty_form, struct str text)
{
	struct arena scratch = {0};
	if (!empty_form.n || !could_be(text, empty_form.n))
		return false;
	bool same = same_key(&scratch, without_stop(unicode_key(&scratch, text)), empty_form);
	arena_release(&scratch);
	return same;
}

static bool is_one_of(struct str s, const char *const *words, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (str_eqz(s, words[i]))
			return true;
	return false;
}

static struct str without_place(struct str s)
{
	for (size_t i = 0; i < ARRAY_SIZE(none_places); i++)
		if (str_starts(s, str_of(none_places[i])))
			return str_from(s, strlen(none_places[i]));
	return s;
}

/* `なし(記事に記載なし)`: what a note behind it stands behind; the text itself without one. */
static struct str without_note(struct str key, struct str *note)
{
	size_t open = str_find_byte(key, 0, '(');
	*note = STR("");
	if (!open || open >= key.n || key.p[key.n - 1] != ')')
		return key;
	*note = str_slice(key, open + 1, key.n - 1);
	return str_slice(key, 0, open);
}

/* "IOC:", "IOC-": without what parts it from "なし". */
static struct str without_mark(struct str s)
{
	static const struct str marks[] = {STR_INIT(":"), STR_INIT("-"),  STR_INIT("="),
	                                   STR_INIT("→"), STR_INIT("、"), STR_INIT(",")};
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (s.n > marks[i].n && str_ends(s, marks[i]))
			return str_slice(s, 0, s.n - marks[i].n);
	return s;
}

static bool is_nothing_word(struct str key)
{
	if (is_one_of(key, nothing, ARRAY_SIZE(nothing)))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(none_endings); i++) {
		struct str ending = str_of(none_endings[i]);
		if (!str_ends(key, ending))
			continue;
		struct str head = without_mark(without_place(str_slice(key, 0, key.n - ending.n)));
		if (is_one_of(head, none_heads, ARRAY_SIZE(none_heads)))
			return true;
	}
	return false;
}

/* "IOC情報なしなし" */
static bool is_doubled(struct str key)
{
	static const struct str none = STR_INIT("なし");
	return str_ends(key, none) && str_ends(str_slice(key, 0, key.n - none.n), none);
}

bool form_says_nothing(const struct template_entry *entry, struct str text)
{
	struct arena scratch = {0};
	text = dress_off(text);
	if (!could_be(text, longest_form(entry)))
		return false;
	struct str key = without_stop(unicode_key(&scratch, text));
	struct str note, bare = without_note(key, &note);
	if (is_nothing_word(note))
		key = bare;
	struct str once = is_doubled(key) ? str_slice(key, 0, key.n - STR("なし").n) : key;
	bool says = is_nothing_word(key) || (once.n < key.n && is_nothing_word(once));
	for (size_t i = 0; !says && entry && i < entry->nr; i++)
		says =
			same_key(&scratch, key, entry->field[i].empty_form) || same_key(&scratch, once, entry->field[i].empty_form);
	arena_release(&scratch);
	return says;
}

/* Whole phrases that no article holds. */
static const char *const residue[] = {
	"以下の形式で出力",
	"以下のフォーマットで出力",
	"次の形式で出力",
	"以下の記事を要約し",
	"この記事を要約してください",
	"記事のURLを記載",
	"[記事のURL]",
	"[記事タイトル]",
	":contentReference[oaicite",
	"AI言語モデルとして",
	"言語モデルであるため",
	"As an AI language model",
	"as a large language model",
	"turn0search",
	"お気軽にお申し付けください",
	"ご不明な点があればお知らせください",
	"ご不明な点がございましたら",
};

/* What a model says before it does what it was told, or instead of it; only at the start of a line. */
static const char *const residue_starts[] = {
	"はい、承知",
	"承知しました",
	"承知いたしました",
	"以下は記事の要約",
	"以下に要約",
	"以下が要約",
	"申し訳ありませんが、",
	"申し訳ございませんが、",
	"I'm sorry, but I can't",
	"I cannot browse",
	"もちろんです！以下",
	"もちろんです。以下",
	"以上が記事の要約",
	"以上が要約",
	"ご提示いただいた記事",
	"ご提示いただいたURL",
	"ご提示いただいた内容",
	"他に必要な情報があれば",
	"Sure, here",
	"Sure! Here",
	"Certainly! Here",
	"Here is the summary",
	"Here's the summary",
	"Here is a summary",
	"Here's a summary",
};

static bool starts_with_residue(struct str s)
{
	for (size_t i = 0; i < ARRAY_SIZE(residue_starts); i++)
		if (str_starts(s, str_of(residue_starts[i])))
			return true;
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "1行50文字以内で", "以下の記事を5行で要約してください": how much of what is wanted. */
static bool is_order(struct str s)
{
	static const struct str ends[] = {STR_INIT("要約してください"),      STR_INIT("要約すること"),
	                                  STR_INIT("箇条書きで記載"),        STR_INIT("で記載すること"),
	                                  STR_INIT("で記載してください"),    STR_INIT("以内で要約"),
	                                  STR_INIT("以内で箇条書きにする"),  STR_INIT("以内で箇条書きにすること"),
	                                  STR_INIT("箇条書きにしてください")};
	bool ending = false, amount = false;
	s = without_stop(str_trim(s));
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		ending = ending || str_ends(s, ends[i]);
	for (size_t i = 0; ending && i + 1 < s.n; i++)
		amount = amount || (is_digit(s.p[i]) &&
		                    (str_starts(str_from(s, i + 1), STR("行")) || str_starts(str_from(s, i + 1), STR("文字"))));
	return amount;
}

/* "出力形式：Markdown": all that stands there. */
static bool is_setting(struct str s)
{
	static const char *const settings[] = {"出力形式：Markdown",     "出力形式:Markdown",  "出力形式: Markdown",
	                                       "出力形式：Markdown形式", "出力形式：箇条書き", "出力形式: 箇条書き"};
	return is_one_of(without_stop(str_trim(s)), settings, ARRAY_SIZE(settings));
}

/* "… なければ、なしと記載", "…と記載してください。": how an instruction ends that begins with a condition. */
static bool is_instruction(struct str s)
{
	static const struct str conditions[] = {STR_INIT("ない場合は"), STR_INIT("無い場合は"), STR_INIT("なければ")};
	static const struct str endings[] = {STR_INIT("と記載"),           STR_INIT("と記載する"),
	                                     STR_INIT("と記載すること"),   STR_INIT("と記載してください"),
	                                     STR_INIT("と出力"),           STR_INIT("と出力してください"),
	                                     STR_INIT("と書いてください"), STR_INIT("と書く")};
	bool condition = false, ending = false;
	s = without_stop(str_trim(s));
	for (size_t i = 0; i < ARRAY_SIZE(conditions); i++)
		condition = condition || str_find(s, 0, conditions[i]) < s.n;
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++)
		ending = ending || str_ends(s, endings[i]);
	return condition && ending;
}

/* "【12†source】" */
static bool has_citation_mark(struct str s)
{
	static const struct str open = STR_INIT("【");
	for (size_t i = 0; (i = str_find(s, i, open)) < s.n; i += open.n) {
		size_t k = i + open.n;
		while (k < s.n && ((s.p[k] >= '0' && s.p[k] <= '9') || s.p[k] == ':'))
			k++;
		if (k > i + open.n && str_starts(str_from(s, k), STR("†")))
			return true;
	}
	return false;
}

/*
 * Every residue holds one of these; looking for them in a whole text is cheaper than looking at each of its lines. None begins
 * with kana, which most characters are.
 */
static const struct str residue_signs[] = {
	STR_INIT("場合は"),
	STR_INIT("出力"),
	STR_INIT("要約"),
	STR_INIT("記載"),
	STR_INIT("書"),
	STR_INIT("[記事"),
	STR_INIT("言語モデル"),
	STR_INIT("承知"),
	STR_INIT("申し訳"),
	STR_INIT("†"),
	STR_INIT("oaicite"),
	STR_INIT("turn0"),
	STR_INIT("language model"),
	STR_INIT("I'm sorry"),
	STR_INIT("I cannot"),
	STR_INIT("Sure"),
	STR_INIT("Certainly! Here"),
	STR_INIT("Here is "),
	STR_INIT("Here's "),
	STR_INIT("提示"),
	STR_INIT("申し付け"),
	STR_INIT("不明な点"),
};

static bool begins_with_sign(struct str s)
{
	for (size_t i = 0; i < ARRAY_SIZE(residue_signs); i++)
		if (str_starts(s, residue_signs[i]))
			return true;
	return false;
}

size_t form_next_sign(struct str text, size_t from)
{
	/* A bit for each sign, by each of its first three bytes. */
	enum { BYTES = 3 };
	uint32_t may[BYTES][256] = {0};
	for (size_t i = 0; i < ARRAY_SIZE(residue_signs); i++)
		for (size_t k = 0; k < BYTES; k++)
			may[k][(unsigned char)residue_signs[i].p[k]] |= UINT32_C(1) << i;
	const unsigned char *p = (const unsigned char *)text.p;
	for (size_t i = from; i + 2 < text.n; i += utf8_step(p[i]))
		if (may[0][p[i]] & may[1][p[i + 1]] & may[2][p[i + 2]] && begins_with_sign(str_from(text, i)))
			return i;
	return text.n;
}

bool form_is_residue(struct str text)
{
	enum { SHORTEST = 12 };
	if (text.n < SHORTEST)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(residue); i++)
		if (str_find(text, 0, str_of(residue[i])) < text.n)
			return true;
	return starts_with_residue(text) || is_instruction(text) || is_order(text) || is_setting(text) ||
	       has_citation_mark(text);
}

static bool is_all_x(struct str s)
{
	static const struct str wide[] = {STR_INIT("ｘ"), STR_INIT("Ｘ")};
	size_t count = 0;
	while (s.n) {
		bool narrow = s.p[0] == 'x' || s.p[0] == 'X';
		bool full = str_starts(s, wide[0]) || str_starts(s, wide[1]);
		if (!narrow && !full)
			return false;
		s = str_from(s, narrow ? 1 : 3);
		count++;
	}
	return count >= 4;
}

/* "{text}", "{ title }", "{{summary}}", "{要約}": braces around one word. */
static bool is_braced_word(struct str s)
{
	while (s.n > 2 && s.p[0] == '{' && s.p[s.n - 1] == '}') {
		s = str_trim(str_slice(s, 1, s.n - 1));
		if (!s.n)
			return false;
		bool word = true;
		for (size_t i = 0; i < s.n; i++)
			word = word && ((unsigned char)s.p[i] >= 0x80 || (s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '_');
		if (word)
			return true;
	}
	return false;
}

/* "[タイトル]", "<要約>", "（要約をここに記入）": what is to be put there, in brackets, and nothing else. */
static bool is_bracketed_order(struct str s)
{
	static const struct {
		struct str open, close;
	} pairs[] = {{STR_INIT("["), STR_INIT("]")}, {STR_INIT("<"), STR_INIT(">")},   {STR_INIT("（"), STR_INIT("）")},
	             {STR_INIT("("), STR_INIT(")")}, {STR_INIT("【"), STR_INIT("】")}, {STR_INIT("＜"), STR_INIT("＞")}};
	static const char *const words[] = {"タイトル",   "題名", "見出し", "記事タイトル", "記事の題名", "要約",
	                                    "記事の要約", "本文", "title",  "text",         "summary",    "url"};
	static const struct str orders[] = {STR_INIT("記入"), STR_INIT("記載"), STR_INIT("入力"), STR_INIT("書く"),
	                                    STR_INIT("挿入")};
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		if (s.n < 5 || !str_starts(s, pairs[i].open) || !str_ends(s, pairs[i].close))
			continue;
		struct str in = str_slice(s, pairs[i].open.n, s.n - pairs[i].close.n);
		/* A round bracket may be a remark. */
		if (i != 2 && i != 3 && is_one_of(in, words, ARRAY_SIZE(words)))
			return true;
		for (size_t k = 0; k < ARRAY_SIZE(orders); k++)
			if (str_ends(in, orders[k]) && str_find(in, 0, STR("ここに")) < in.n)
				return true;
	}
	return false;
}

static bool is_marker(struct str s)
{
	enum { LONGEST = 9 };
	static const char *const markers[] = {"TODO",   "TBD", "FIXME", "○○", "○○○", "〇〇",
	                                      "〇〇〇", "◯◯◯", "...",   "…",  "……",  "<{url}>"};
	return s.n <= LONGEST && is_one_of(s, markers, ARRAY_SIZE(markers));
}

bool form_is_hole(struct str text)
{
	struct arena scratch = {0};
	text = str_trim(text);
	size_t scheme = str_starts(text, STR("https://")) ? 8 : str_starts(text, STR("http://")) ? 7 : 0;
	if (is_all_x(str_from(text, scheme)) || is_marker(text) || is_bracketed_order(text))
		return true;
	static const struct str wide_brace = STR_INIT("｛");
	if (!str_starts(text, STR("{")) && !str_starts(text, wide_brace))
		return false;
	bool hole = is_braced_word(without_stop(unicode_key(&scratch, text)));
	arena_release(&scratch);
	return hole;
}
