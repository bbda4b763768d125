#include "lint/forms.h"

#include "core/base/unicode.h"

/* As keys: see unicode_key. */
static const char *const nothing[] = {
    "なし",     "無し",   "無",       "特になし", "特に無し", "とくになし", "該当なし", "該当無し", "該当情報なし", "該当事項なし",
    "情報なし", "ナシ",   "特定なし", "記載なし", "n/a",      "na",         "none",     "-",        "ー",           "―",
    "n.a.",     "nothing", "nil",     "なしなし",
};

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
	size_t longest = sizeof("該当事項なし") - 1;
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

static bool is_nothing_word(struct str key)
{
	for (size_t i = 0; i < ARRAY_SIZE(nothing); i++)
		if (str_eqz(key, nothing[i]))
			return true;
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
	if (!could_be(text, longest_form(entry)))
		return false;
	struct str key = without_stop(unicode_key(&scratch, text));
	struct str once = is_doubled(key) ? str_slice(key, 0, key.n - STR("なし").n) : key;
	bool says = is_nothing_word(key) || is_nothing_word(once);
	for (size_t i = 0; !says && entry && i < entry->nr; i++)
		says = same_key(&scratch, key, entry->field[i].empty_form) || same_key(&scratch, once, entry->field[i].empty_form);
	arena_release(&scratch);
	return says;
}

/* Whole phrases that no article holds. */
static const char *const residue[] = {
    "場合は、推奨事項なしと記載",
    "ない場合は、IOC情報なしと記載",
    "ない場合は推奨事項なしと記載",
    "ない場合はIOC情報なしと記載",
    "ない場合は「IOC情報なし」と",
    "ない場合は「推奨事項なし」と",
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
    "I'm sorry, but I can't",
    "I cannot browse",
    "turn0search",
};

/* "… なければ、なしと記載", "…と記載してください。": how an instruction ends that begins with a condition. */
static bool is_instruction(struct str s)
{
	static const struct str conditions[] = {STR_INIT("ない場合は"), STR_INIT("無い場合は"), STR_INIT("なければ")};
	static const struct str endings[] = {STR_INIT("と記載"),       STR_INIT("と記載する"),     STR_INIT("と記載すること"),
	                                     STR_INIT("と記載してください"), STR_INIT("と出力"), STR_INIT("と出力してください"),
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

/* Every residue holds one of these. Looking for them in a whole text is cheaper than looking at each of its lines. */
static const struct str residue_signs[] = {
    STR_INIT("場合は"),   STR_INIT("なければ"), STR_INIT("形式で出力"), STR_INIT("フォーマットで出力"), STR_INIT("要約し"),
    STR_INIT("[記事"),    STR_INIT("のURLを記載"), STR_INIT("oaicite"),    STR_INIT("言語モデル"),         STR_INIT("language model"),
    STR_INIT("I'm sorry"), STR_INIT("I cannot"), STR_INIT("turn0"),      STR_INIT("†"),
};

size_t form_next_sign(struct str text, size_t sign, size_t from)
{
	return sign < ARRAY_SIZE(residue_signs) ? str_find(text, from, residue_signs[sign]) : SIZE_MAX;
}

bool form_is_residue(struct str text)
{
	for (size_t i = 0; i < ARRAY_SIZE(residue); i++)
		if (str_find(text, 0, str_of(residue[i])) < text.n)
			return true;
	return is_instruction(text) || has_citation_mark(text);
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

bool form_is_hole(struct str text)
{
	static const char *const holes[] = {"{title}", "{url}", "{text}", "<{url}>"};
	text = str_trim(text);
	for (size_t i = 0; i < ARRAY_SIZE(holes); i++)
		if (str_eqz(text, holes[i]))
			return true;
	size_t scheme = str_starts(text, STR("https://")) ? 8 : str_starts(text, STR("http://")) ? 7 : 0;
	return is_all_x(str_from(text, scheme));
}
