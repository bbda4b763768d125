#include "core/digest/label.h"
#include "tests/unit/model.h"

static const char daily[] = MODEL_FRONT
	"# 日報\n\n## Tools\n\n## malware campaign\n\n## 日本のインシデント事例 <!-- sdi: alias=\"日本の侵害事例|JP\" -->\n\n"
	"## ニュース <!-- sdi: entries -->\n\n### {title}\n{url}\n\n- 要約 <!-- sdi: alias=\"概要|サマリー\" -->\n"
	"- IOCの列挙\n- 推奨事項\n- その他\n- ChatGPTの推奨事項\n- 追記\n";

static void test_split(void **state)
{
	static const struct {
		const char *text, *label, *value;
	} cases[] = {
		{"要約", "要約", ""},
		{"要約:", "要約", ""},
		{"要約：", "要約", ""},
		{"要約: 一", "要約", "一"},
		{"要約：一", "要約", "一"},
		{"要約 ： 一 ", "要約", "一"},
		{"要約　:　一　", "要約", "一"},
		{"要約：一: 二", "要約", "一: 二"},
		{"要約: 一：二", "要約", "一：二"},
		{"**要約**", "要約", ""},
		{"**要約**: 一", "要約", "一"},
		{"**要約:**", "要約", ""},
		{"**要約：** 一", "要約", "一"},
		{"**要約: 一**", "要約", "一"},
		{"**要約", "**要約", ""},
		{"****", "****", ""},
		{":", "", ""},
		{"https://a.example", "https", "//a.example"},
		{"", "", ""},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct str text = str_of(cases[i].text);
		struct span value, label = label_split(text, span_make(0, text.n), &value);
		if (!str_eqz(str_at(text, label), cases[i].label) || !str_eqz(str_at(text, value), cases[i].value))
			fail_msg("%s: `%.*s` and `%.*s`", cases[i].text, STR_ARG(str_at(text, label)),
			         STR_ARG(str_at(text, value)));
		assert_true(span_end(label) <= text.n && span_end(value) <= text.n);
	}
}

static const struct name {
	const char *text, *meant;
	enum label_match match;
} fields[] = {
	{"要約", "要約", LABEL_EXACT},
	{"サマリー", "要約", LABEL_EXACT},
	{"推奨事項", "推奨事項", LABEL_EXACT},
	{"ChatGPTの推奨事項", "ChatGPTの推奨事項", LABEL_EXACT},
	/* the same but for width, case and blanks */
	{"要 約", "要約", LABEL_NEAR},
	{"要　約", "要約", LABEL_NEAR},
	{"ｻﾏﾘｰ", "要約", LABEL_NEAR},
	{"iocの列挙", "IOCの列挙", LABEL_NEAR},
	{"ＩＯＣの列挙", "IOCの列挙", LABEL_NEAR},
	{"ChatG PTの推奨事項", "ChatGPTの推奨事項", LABEL_NEAR},
	{"chatgptの推奨事項", "ChatGPTの推奨事項", LABEL_NEAR},
	/* slips */
	{"要訳", "要約", LABEL_NEAR},
	{"約要", "要約", LABEL_NEAR},
	{"要", "要約", LABEL_NEAR},
	{"推奨事もも", "推奨事項", LABEL_NEAR},
	{"推奨事", "推奨事項", LABEL_NEAR},
	{"推薦事項", "推奨事項", LABEL_NEAR},
	{"IOCの列拳", "IOCの列挙", LABEL_NEAR},
	{"IOCの列", "IOCの列挙", LABEL_NEAR},
	{"そのた", "その他", LABEL_NEAR},
	{"ChatGTPの推奨事項", "ChatGPTの推奨事項", LABEL_NEAR},
	{"ChatGPT", "ChatGPTの推奨事項", LABEL_NEAR},
	{"追加", "追記", LABEL_NEAR},
	/* a few characters more */
	{"推奨事項を記載", "推奨事項", LABEL_NEAR},
	{"推奨事項の記載", "推奨事項", LABEL_NEAR},
	{"要約文", "要約", LABEL_NEAR},
	{"主な推奨事項", "推奨事項", LABEL_NEAR},
	{"ChatGPTの推奨事項を記載", "ChatGPTの推奨事項", LABEL_NEAR},
	/* something else */
	{"", NULL, LABEL_UNKNOWN},
	{"感想", NULL, LABEL_UNKNOWN},
	{"摘要記事", NULL, LABEL_UNKNOWN},
	{"推奨事項に関する補足説明", NULL, LABEL_UNKNOWN},
	{"影響を受ける製品", NULL, LABEL_UNKNOWN},
};

static void test_field(void **state)
{
	const struct template *t = model_template(*state, daily);
	const struct template_entry *e = &label_entries(t)->entry;
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		enum label_match match = LABEL_EXACT;
		const struct template_field *f = label_field(e, str_of(fields[i].text), &match);
		struct str name = f ? f->label : STR("-");
		if (match != fields[i].match || !str_eqz(name, fields[i].meant ? fields[i].meant : "-"))
			fail_msg("%s: %.*s, %d", fields[i].text, STR_ARG(name), match);
		assert_ptr_equal(label_field_exact(e, str_of(fields[i].text)), match == LABEL_EXACT ? f : NULL);
	}
}

static const struct name sections[] = {
	{"Tools", "Tools", LABEL_EXACT},
	{"JP", "日本のインシデント事例", LABEL_EXACT},
	{"日本の侵害事例", "日本のインシデント事例", LABEL_EXACT},
	{"tools", "Tools", LABEL_NEAR},
	{"Tool", "Tools", LABEL_NEAR},
	{"Toolz", "Tools", LABEL_NEAR},
	{"Ｔｏｏｌｓ", "Tools", LABEL_NEAR},
	{"Malware Campaign", "malware campaign", LABEL_NEAR},
	{"malware campaigns", "malware campaign", LABEL_NEAR},
	{"日本のインシンデト事例", "日本のインシデント事例", LABEL_NEAR},
	{"目本のインシデソト事列", "日本のインシデント事例", LABEL_NEAR},
	{"日本の侵害", "日本のインシデント事例", LABEL_NEAR},
	{"ﾆｭｰｽ", "ニュース", LABEL_NEAR},
	{"ニュ一ス", "ニュース", LABEL_NEAR},
	{"ニュース一覧", "ニュース", LABEL_NEAR},
	{"海外のできごと", NULL, LABEL_UNKNOWN},
	{"ニュースを読む前に知っておくこと", NULL, LABEL_UNKNOWN},
	{"新聞", NULL, LABEL_UNKNOWN},
	{"", NULL, LABEL_UNKNOWN},
};

static void test_section(void **state)
{
	const struct template *t = model_template(*state, daily);
	for (size_t i = 0; i < ARRAY_SIZE(sections); i++) {
		enum label_match match = LABEL_EXACT;
		const struct template_section *s = label_section(t, str_of(sections[i].text), &match);
		struct str name = s ? s->name : STR("-");
		if (match != sections[i].match || !str_eqz(name, sections[i].meant ? sections[i].meant : "-"))
			fail_msg("%s: %.*s, %d", sections[i].text, STR_ARG(name), match);
		assert_ptr_equal(label_section_exact(t, str_of(sections[i].text)), match == LABEL_EXACT ? s : NULL);
	}
	assert_str_equal(label_entries(t)->name, "ニュース");
	assert_null(label_entries(model_template(*state, MODEL_FRONT "## 一\n")));
}

/* Of two names that a text is like, the one that it is more like. */
static void test_nearest(void **state)
{
	const struct template *t =
		model_template(*state, MODEL_FRONT "## 二月の記事一覧\n\n## 一月の記事一覧\n\n## 一月の記事\n");
	enum label_match match;
	assert_str_equal(label_section(t, STR("一月の記事一蘭"), &match)->name, "一月の記事一覧");
	assert_int_equal(match, LABEL_NEAR);
	assert_str_equal(label_section(t, STR("一月の 記事"), &match)->name, "一月の記事");
	assert_int_equal(match, LABEL_NEAR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_field),
		cmocka_unit_test(test_section),
		cmocka_unit_test(test_nearest),
	};
	return cmocka_run_group_tests(tests, model_setup, model_teardown);
}
