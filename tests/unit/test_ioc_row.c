#include "core/digest/ioc_near.h"
#include "core/digest/ioc_row.h"
#include "tests/unit/model.h"

#define HEAD MODEL_FRONT "# N\n\n## ニュース <!-- sdi: entries -->\n\n### {title}\n{url}\n\n- 要約\n    - {text}\n"
#define TEMPLATE(columns) HEAD "- IOC <!-- sdi: ioc" columns " -->\n    - IOC情報なし\n"
#define COLUMNS " columns=\"value|type|known|context|scope\" type=\"IPアドレス|URL|FQDN名\""
#define TOP "# N\n\n## ニュース\n\n### 題\nhttps://example.com/1\n\n- 要約\n    - 一行\n- IOC\n"

/* "kind columns value|type|known|context|scope" of each row. */
static const char *rows_of(struct model *m, const char *template, const char *field)
{
	static const char *const kinds[] = {"empty", "values", "pointer", "prose"};
	struct str text = arena_printf(&m->arena, TOP "%s", field);
	const struct digest *d = model_digest(m, model_template(m, template), text);
	struct buf out = {0};
	size_t nr;
	const struct ioc_row *row = ioc_rows(&m->arena, d, &nr);
	for (size_t i = 0; i < nr; i++) {
		const struct ioc_row *r = &row[i];
		assert_non_null(r->item);
		assert_int_equal(r->line, r->item->line);
		buf_printf(&out, "%s%s %zu", i ? "\n" : "", kinds[r->kind], r->columns);
		if (r->kind == IOC_ROW_VALUES)
			buf_printf(&out, " %.*s|%.*s|%.*s|%.*s|%.*s", STR_ARG(digest_str(d, r->value)),
			           STR_ARG(digest_str(d, r->type)), STR_ARG(digest_str(d, r->known)),
			           STR_ARG(digest_str(d, r->context)), STR_ARG(digest_str(d, r->scope)));
	}
	const char *all = arena_str(&m->arena, buf_str(&out)).p;
	buf_release(&out);
	return all;
}

static void test_kinds(void **state)
{
	static const struct {
		const char *row, *told;
	} cases[] = {
		{"evil[.]com,FQDN名,知られていない,C2サーバー,NA(IP以外)",
	     "values 5 evil[.]com|FQDN名|知られていない|C2サーバー|NA(IP以外)"},
		{"evil[.]com , FQDN名 ,知られていない, C2 , NA", "values 5 evil[.]com|FQDN名|知られていない|C2|NA"},
		/* the context holds commas */
		{"evil[.]com,FQDN名,知られていない,28,900回, 1,024KB,NA",
	     "values 8 evil[.]com|FQDN名|知られていない|28,900回, 1,024KB|NA"},
		/* the value does */
		{"hxxps://a[.]com/b#c,Appendix,-d, URL, よく知られている, 報告, NA",
	     "values 5 hxxps://a[.]com/b#c,Appendix,-d|URL|よく知られている|報告|NA"},
		{"Mozilla/5.0 (a, like b),URL,知られていない,c,NA", "values 5 Mozilla/5.0 (a, like b)|URL|知られていない|c|NA"},
		{"a,b,アプリ名,知られていない,c,NA", "values 6 a|b|アプリ名|知られていない,c|NA"},
		/* too short */
		{"evil[.]com,FQDN名,知られていない,NA", "values 4 evil[.]com|FQDN名|知られていない|NA|"},
		{"evil[.]com,FQDN名", "values 2 evil[.]com|FQDN名|||"},
		{"evil[.]com", "values 1 evil[.]com||||"},
		{"hxxps[:]//evil[.]com/a", "values 1 hxxps[:]//evil[.]com/a||||"},
		{"https://github.com/a", "values 1 https://github.com/a||||"},
		{"`evil[.]com`", "values 1 `evil[.]com`||||"},
		{"「Pterodo」,マルウェア名,知られていない,a,NA", "values 5 「Pterodo」|マルウェア名|知られていない|a|NA"},
		{"\"evil[.]com\",FQDN名,知られていない,a,NA", "values 5 \"evil[.]com\"|FQDN名|知られていない|a|NA"},
		{"名前のない何か,社名,知られていない,a,NA", "values 5 名前のない何か|社名|知られていない|a|NA"},
		/* other commas */
		{"evil[.]com、FQDN名、知られていない、a、NA", "values 1 evil[.]com||||"},
		{"evil[.]com，FQDN名，知られていない，a，NA", "values 1 evil[.]com||||"},
		/* nothing */
		{"IOC情報なし", "empty 1"},
		{"なし", "empty 1"},
		{"該当情報なし。", "empty 1"},
		{"IOC情報なしなし", "empty 1"},
		{"N/A", "empty 1"},
		{"不明", "empty 1"},
		/* where they are */
		{"IOCはこちら: https://github.com/a/b", "pointer 1"},
		{"詳細は報告にあり。( https://example.com/a?b=c )", "pointer 1"},
		{"[IOC一覧](https://example.com/a)", "pointer 1"},
		{"A, Bの詳細: https://example.com/a,b", "pointer 3"},
		/* sentences */
		{"偽アプリに注意し、信頼できないものを使わない。", "prose 1"},
		{"evil[.]comと通信する、危険なもの", "prose 1"},
		{"A, Bを利用する", "prose 2"},
		{"SolarWinds", "prose 1"},
		{"hxxpリンクに注意", "prose 1"},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *field = arena_printf(&m->arena, "    - %s\n", cases[i].row).p;
		const char *got = rows_of(m, TEMPLATE(COLUMNS), field);
		if (strcmp(got, cases[i].told) != 0)
			fail_msg("%s:\n%s\nnot\n%s", cases[i].row, got, cases[i].told);
	}
}

static void test_layouts(void **state)
{
	static const struct {
		const char *columns, *row, *told;
	} cases[] = {
		{"", "a[.]com,FQDN名,知られていない,b,c,NA", "values 6 a[.]com|FQDN名|知られていない|b,c|NA"},
		{" columns=\"type|value\"", "FQDN名,a[.]com,b", "values 3 a[.]com,b|FQDN名|||"},
		{" columns=\"value|context\"", "a[.]com,b,c", "values 3 a[.]com|||b,c|"},
		{" columns=\"context|value|scope\"", "b,c,a[.]com,NA", "values 4 a[.]com|||b,c|NA"},
		{" columns=\"value|家族|type\"", "a[.]com,X,FQDN名", "values 3 a[.]com|FQDN名|||"},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *template = arena_printf(&m->arena, TEMPLATE("%s"), cases[i].columns).p;
		const char *field = arena_printf(&m->arena, "    - %s\n", cases[i].row).p;
		assert_string_equal(rows_of(m, template, field), cases[i].told);
	}
}

static void test_places(void **state)
{
	struct model *m = *state;
	assert_string_equal(rows_of(m, TEMPLATE(COLUMNS), ""), "");
	assert_string_equal(rows_of(m, TEMPLATE(COLUMNS), "    - a[.]com\n        - b[.]com\n    - なし\n"),
	                    "values 1 a[.]com||||\nvalues 1 b[.]com||||\nempty 1");
}

static void test_words(void **state)
{
	static const struct {
		const char *word;
		enum ioc_word meaning;
	} words[] = {
		{"IPアドレス", IOC_TYPE_ADDRESS},
		{"ＩＰ アドレス", IOC_TYPE_ADDRESS},
		{"ipv4", IOC_TYPE_ADDRESS},
		{"URL", IOC_TYPE_URL},
		{"FQDN", IOC_TYPE_DOMAIN},
		{"ﾄﾞﾒｲﾝ名", IOC_TYPE_DOMAIN},
		{"Host Name", IOC_TYPE_DOMAIN},
		{"メール", IOC_TYPE_EMAIL},
		{"SHA-256", IOC_TYPE_HASH},
		{"ファイル", IOC_TYPE_FILE},
		{"ファイルパス", IOC_TYPE_PATH},
		{"Bitcoin Address", IOC_TYPE_WALLET},
		{"レジストリ", IOC_TYPE_REGISTRY},
		{"AS番号", IOC_TYPE_ASN},
		{"知られている", IOC_KNOWN_WELL},
		{"よく知られていない", IOC_KNOWN_NOT},
		{"グローバル", IOC_SCOPE_GLOBAL},
		{"private", IOC_SCOPE_PRIVATE},
		{"NA", IOC_SCOPE_NONE},
		{"N/A（IP以外）", IOC_SCOPE_NONE},
		{"-", IOC_SCOPE_NONE},
		{"グローバル(ただし別の話)", IOC_WORD_UNKNOWN},
		{"社名", IOC_WORD_UNKNOWN},
		{"", IOC_WORD_UNKNOWN},
	};
	static struct str listed[] = {STR_INIT("名前"), STR_INIT("FQDN名"), STR_INIT("ドメイン"), STR_INIT("NA(IP以外)")};
	static const struct name_set vocabulary = {listed, ARRAY_SIZE(listed)};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (ioc_word_read(str_of(words[i].word)) != words[i].meaning)
			fail_msg("%s", words[i].word);
	assert_str_equal(ioc_word_of(&vocabulary, IOC_TYPE_DOMAIN), "FQDN名");
	assert_str_equal(ioc_word_of(&vocabulary, IOC_SCOPE_NONE), "NA(IP以外)");
	assert_str_equal(ioc_word_of(&vocabulary, IOC_TYPE_URL), "");
	assert_str_equal(ioc_word_of(&vocabulary, IOC_WORD_UNKNOWN), "");
}

static void test_near(void **state)
{
	static const struct {
		const char *word;
		enum ioc_word first, last, meaning;
	} words[] = {
		{"FQDM名", IOC_TYPE_ADDRESS, IOC_TYPE_ASN, IOC_TYPE_DOMAIN},
		{"グロ―バル。", IOC_SCOPE_GLOBAL, IOC_SCOPE_NONE, IOC_SCOPE_GLOBAL},
		{"プライベー卜", IOC_SCOPE_GLOBAL, IOC_SCOPE_NONE, IOC_SCOPE_PRIVATE},
		{"NAIP意外", IOC_SCOPE_GLOBAL, IOC_SCOPE_NONE, IOC_SCOPE_NONE},
		{"知らていない", IOC_KNOWN_WELL, IOC_KNOWN_NOT, IOC_KNOWN_NOT},
		{"知られていな", IOC_KNOWN_WELL, IOC_KNOWN_NOT, IOC_KNOWN_NOT},
		{"よくしられている", IOC_KNOWN_WELL, IOC_KNOWN_NOT, IOC_KNOWN_WELL},
		/* of another column, too short, a doubt, a remark, the opposite, neither, nothing */
		{"グローバル", IOC_TYPE_ADDRESS, IOC_TYPE_ASN, IOC_WORD_UNKNOWN},
		{"FQ", IOC_TYPE_ADDRESS, IOC_TYPE_ASN, IOC_WORD_UNKNOWN},
		{"グローバル?", IOC_SCOPE_GLOBAL, IOC_SCOPE_NONE, IOC_WORD_UNKNOWN},
		{"知られていない(US)", IOC_KNOWN_WELL, IOC_KNOWN_NOT, IOC_WORD_UNKNOWN},
		{"非グローバル", IOC_SCOPE_GLOBAL, IOC_SCOPE_NONE, IOC_WORD_UNKNOWN},
		{"知られていなる", IOC_KNOWN_WELL, IOC_KNOWN_NOT, IOC_WORD_UNKNOWN},
		{"知られてい", IOC_KNOWN_WELL, IOC_KNOWN_NOT, IOC_WORD_UNKNOWN},
		{"グローカル", IOC_SCOPE_GLOBAL, IOC_SCOPE_NONE, IOC_WORD_UNKNOWN},
		{"。", IOC_SCOPE_GLOBAL, IOC_SCOPE_NONE, IOC_WORD_UNKNOWN},
		{"", IOC_SCOPE_GLOBAL, IOC_SCOPE_NONE, IOC_WORD_UNKNOWN},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (ioc_word_near(&m->arena, str_of(words[i].word), words[i].first, words[i].last).meaning != words[i].meaning)
			fail_msg("%s", words[i].word);
}

static void test_hostile(void **state)
{
	static const char *const pieces[] = {",", "a,", "URL,", "、", "[.]", "なし", "a[.]com,"};
	enum { SIZE = 1 << 20 };
	struct model *m = *state;
	char *row = xmalloc(SIZE + 1);
	for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
		size_t n = strlen(pieces[i]);
		for (size_t k = 0; k < SIZE; k++)
			row[k] = pieces[i][k % n];
		row[SIZE - SIZE % n] = 0;
		assert_non_null(rows_of(m, TEMPLATE(COLUMNS), arena_printf(&m->arena, "    - %s\n", row).p));
		arena_reset(&m->arena);
	}
	free(row);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds), cmocka_unit_test(test_layouts), cmocka_unit_test(test_places),
		cmocka_unit_test(test_words), cmocka_unit_test(test_near),    cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests(tests, model_setup, model_teardown);
}
