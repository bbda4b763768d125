#include "lint/forms.h"
#include "tests/unit/model.h"

static const char template_text[] =
	MODEL_FRONT "## ニュース <!-- sdi: entries -->\n\n### {title}\n\n- 要約\n    - {text}\n"
				"- 影響\n    - 大きな影響なし\n";

static void test_says_nothing(void **state)
{
	static const struct {
		const char *text;
		bool alone, in_entry; /* without an entry's shape, and with it */
	} cases[] = {
		{"なし", true, true},
		{"無し", true, true},
		{"無", true, true},
		{"なし。", true, true},
		{"該当なし", true, true},
		{"特に なし", true, true},
		{"特記事項は特になし", true, true},
		{"　なし　", true, true},
		{"N/A", true, true},
		{"n/a", true, true},
		{"Ｎ／Ａ", true, true},
		{"NA", true, true},
		{"None.", true, true},
		{"-", true, true},
		{"ー", true, true},
		{"なしなし", true, true},
		{"ﾅｼ", true, true},
		{"IOC情報なし", true, true},
		{"ioc情報なし", true, true},
		{"ＩＯＣ情報なし。", true, true},
		{"IOC情報なしなし", true, true},
		{"推奨 事項 なし", true, true},
		{"記事に記載なし", true, true},
		{"記事内に該当する情報はありませんでした。", true, true},
		{"本文には、特になし", false, false},
		{"大きな影響なし", false, true},
		{"大きな影響なしなし", false, true},
		{"大きな 影響 なし。", false, true},
		{"小さな影響なし", false, false},
		{"", false, false},
		{"不明", false, false},
		{"なしと報告", false, false},
		{"情報なしという回答", false, false},
		{"IOC", false, false},
		{"0", false, false},
		{"なし,URL,知られていない", false, false},
	};
	const struct template *t = model_template(*state, template_text);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct str text = str_of(cases[i].text);
		if (form_says_nothing(NULL, text) != cases[i].alone ||
		    form_says_nothing(&t->section[0].entry, text) != cases[i].in_entry)
			fail_msg("%s", cases[i].text);
	}
}

static void test_same(void **state)
{
	static const struct {
		const char *form, *text;
		bool same;
	} cases[] = {
		{"IOC情報なし", "IOC情報なし", true},
		{"IOC情報なし", "ioc情報なし", true},
		{"IOC情報なし", "ＩＯＣ 情報なし", true},
		{"IOC情報なし", "IOC情報なし。", true},
		{"なし。", "なし", true},
		{"IOC情報なし", "なし", false},
		{"IOC情報なし", "IOC情報", false},
		{"N/A", "n/a", true},
		{"N/A", "NA", false},
		{"", "", false},
		{"", "なし", false},
		{"なし", "", false},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (form_same(str_of(cases[i].form), str_of(cases[i].text)) != cases[i].same)
			fail_msg("%s and %s", cases[i].form, cases[i].text);
}

static const struct {
	const char *text;
	bool residue;
} residues[] = {
	{"推奨事項が１つもない場合は、推奨事項なしと記載", true},
	{"IOC情報がない場合は「IOC情報なし」と記載してください。", true},
	{"なければ、なしと出力", true},
	{"無い場合はN/Aと書く", true},
	{"以下の形式で出力します", true},
	{"この記事を要約してください", true},
	{"[記事のURL](https://a.example)", true},
	{"[記事タイトル]", true},
	{":contentReference[oaicite:3]{index=3}", true},
	{"AI言語モデルとして、", true},
	{"As an AI language model, ", true},
	{"I'm sorry, but I can't help", true},
	{"一【12†source】", true},
	{"一【4:0†source】", true},
	{"turn0search3", true},
	{"", false},
	{"対策がない場合は被害が広がる", false},
	{"パッチがなければ回避策を取ると記載されている", false},
	{"【速報】†", false},
	{"【†】", false},
	{"【12】†", false},
	{"oaicite という文字列", false},
	{"言語モデルの脆弱性", false},
	{"形式で出力する機能", false},
};

/* form_next_sign may not be blind for what form_is_residue finds. */
static bool has_sign(struct str text)
{
	return form_next_sign(text, 0) < text.n;
}

static void test_residue(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(residues); i++) {
		struct str text = str_of(residues[i].text);
		if (form_is_residue(text) != residues[i].residue)
			fail_msg("%s", residues[i].text);
		if (residues[i].residue && !has_sign(text))
			fail_msg("%s: no sign", residues[i].text);
	}
	struct str twice = STR("要約し要約し");
	assert_int_equal(form_next_sign(twice, 0), 0);
	assert_int_equal(form_next_sign(twice, 1), 9);
	assert_int_equal(form_next_sign(twice, 10), twice.n);
}

static void test_hole(void **state)
{
	static const struct {
		const char *text;
		bool hole;
	} cases[] = {
		{"{title}", true},
		{"{url}", true},
		{"<{url}>", true},
		{" {text} ", true},
		{"{ texts }", true},
		{"{{summary}}", true},
		{"{要約}", true},
		{"｛要約｝", true},
		{"{text}。", true},
		{"TODO", true},
		{"○○○", true},
		{"…", true},
		{"xxxx", true},
		{"xXxXx", true},
		{"ｘｘｘｘ", true},
		{"xＸxＸ", true},
		{"https://xxxxx", true},
		{"http://xxxx", true},
		{"xxx", false},
		{"https://xxx", false},
		{"", false},
		{"{}", false},
		{"{", false},
		{"{a}{b}", false},
		{"{\"a\": 1}", false},
		{"{text} と", false},
		{"xxxx と", false},
		{"TODO: 後で", false},
		{"https://", false},
		{"https://xxxx/", false},
		{"ftp://xxxx", false},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (form_is_hole(str_of(cases[i].text)) != cases[i].hole)
			fail_msg("%s", cases[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_says_nothing),
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_residue),
		cmocka_unit_test(test_hole),
	};
	return cmocka_run_group_tests(tests, model_setup, model_teardown);
}
