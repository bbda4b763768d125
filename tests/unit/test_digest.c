#include "tests/unit/digest_dump.h"

#define U "https://example.com/"

static const char news[] = MODEL_FRONT "# 日報\n\n### ニュース <!-- sdi: entries -->\n\n#### {title}\n{url}\n\n"
									   "- 要約 <!-- sdi: alias=\"概要\" -->\n    - {text}\n- IOC <!-- sdi: ioc -->\n"
									   "    - IOC情報なし\n- その他 <!-- sdi: optional -->\n    - なし\n\n"
									   "### メモ <!-- sdi: links alias=\"覚え書き\" -->\nN/A\n";
static const char numbered[] = MODEL_FRONT "# 日報\n\n### ニュース <!-- sdi: entries -->\n\n1. {url}\n\n"
										   "- タイトル: {title}\n- 要約\n    - {text}\n\n### メモ\nN/A\n";
static const char levels[] =
	MODEL_FRONT "# 日報\n\n## 概要\nN/A\n\n## ニュース <!-- sdi: entries -->\n\n### {title}\n{url}\n\n"
				"- 要約\n    - {text}\n\n### 事例 <!-- sdi: links -->\nN/A\n";
static const char no_entries[] = MODEL_FRONT "# 日報\n\n## 概要\nN/A\n\n## メモ\nN/A\n";

static const struct view {
	const char *template, *text, *dump;
} views[] = {
	/* titles */
	{news, "", ""},
	{news, "# 日報\n\n### ニュース\n\n### メモ\nN/A\n", "T 1 日報\nS 3-4 =ニュース\nS 5-6 =メモ\n"},
	{news, "前文\n\n日報\n===\n\n# もう一つ\n", "T 3 日報\nS 6 ?もう一つ\n"},
	{news, "## 日報\n", "T 1 日報\n"},
	{news, "### メモ\n\n# 日報\n", "S 1-3 =メモ\n"},
	/* sections */
	{news, "### ﾒﾓ\n\n### 天気\n\n#### 細目\n\n## はじめに\n\n###### 深い\n",
     "S 1-2 ~メモ (ﾒﾓ)\nS 3-6 ?天気\nS 7-9 ?はじめに\n"},
	{news, "### メモメモ\n\n### 覚え書き\n", "S 1-2 ?メモメモ\nS 3 =メモ (覚え書き)\n"},
	{news, "### メモメモ\n\n### めも\n", "S 1-2 ~メモ (メモメモ)\nS 3 ?めも\n"},
	{news, "### メモメモ\n\n### メモです\n", "S 1-2 ~メモ (メモメモ)\nS 3 ?メモです\n"},
	{news, "ニュース\n---\n\n> ### メモ\n\n- ### メモ\n\n###メモ\n\n    ### メモ\n", "S 1-7 =ニュース\nS 8-10 =メモ\n"},
	{levels, "# 日報\n\n## 概要\nN/A\n\n## ニュース\n\n### 題\n" U "1\n\n### 事例\nN/A\n\n### 題だけ\n",
     "T 1 日報\nS 3-5 =概要\nS 6-10 =ニュース\n  E 8-10 題 <" U "1> 9\nS 11-14 =事例\n"},
	{levels, "## ニュース\n\n### 事例\n" U "1\n\n- 要約\n    - 一\n\n### 事例\nN/A\n\n## 終わり\n",
     "S 1-8 =ニュース\n  E 3-8 事例 <" U "1> 4\n    F 6-8 =要約\n      I 7 一\nS 9-11 =事例\nS 12 ?終わり\n"},
	/* entries */
	{news,
     "### ニュース\n\n#### 一\n" U "1\n\n- 要約\n    - 一\n- IOC\n    - IOC情報なし\n\n#### 二\n" U "2\n\n### メモ\n"
     "N/A\n",
     "S 1-13 =ニュース\n  E 3-10 一 <" U "1> 4\n    F 6-7 =要約\n      I 7 一\n    F 8-10 =IOC\n"
     "      I 9 IOC情報なし\n  E 11-13 二 <" U "2> 12\nS 14-15 =メモ\n"},
	{news, "### ニュース\n\n## 一\n" U "1\n\n###### 二\n\n- 要約\n    - 二\n\n#### 三\n\n##### 補足\n文\n\n### 四\n",
     "S 1-15 =ニュース\n  E 3-5 一 <" U "1> 4\n  E 6-10 二\n    F 8-10 =要約\n      I 9 二\n  E 11-15 三\n"
     "    stray 14\nS 16 ?四\n"},
	{news, "### ニュース\n\n####\n" U "1\n\n ####  二 ####\n\n#### {title}\n{url}\n",
     "S 1-9 =ニュース\n  E 3-5  <" U "1> 4\n  E 6-7 二\n  E 8-9 {title} <{url}> 9\n"},
	{news, "### メモ\n\n#### 一\n" U "1\n\n- 要約\n    - 一\n- IOC\n    - なし\n\n#### 二\n" U "2\n\n### 天気\n晴れ\n",
     "S 1-13 =メモ\n  E 3-13 一 <" U "1> 4\n    F 6-7 =要約\n      I 7 一\n    F 8-13 =IOC\n"
     "      I 9-11 なし\n    stray 12\nS 14-15 ?天気\n"},
	{news, "### メモ\n\n### 一\n" U "1\n\n- 要約\n    - 一\n- IOC\n    - なし\n",
     "S 1-9 =メモ\n  E 3-9 一 <" U "1> 4\n    F 6-7 =要約\n      I 7 一\n    F 8-9 =IOC\n      I 9 なし\n"},
	{news, "### ニュース\n\n### メモ\n\n#### 一\n" U "1\n\n- 要約\n- IOC\n", "S 1-2 =ニュース\nS 3-9 =メモ\n"},
	{no_entries, "## 概要\n\n### 一\n" U "1\n\n- 要約\n- IOC\n\n## 天気\n", "S 1-8 =概要\nS 9 ?天気\n"},
	/* numbered entries */
	{numbered,
     "### ニュース\n前文\n\n1. " U "1\n\n- タイトル: 一\n- 要約\n    - 一\n\n2) <" U "2>\n\n- タイトル：二\n\n3. 三\n"
     "4. {url}\n\n- タイトル:\n  四\n\n### メモ\n1. " U "5\n",
     "S 1-19 =ニュース\n  E 4-9 一 <" U "1> 4\n    F 6 =タイトル: 一\n    F 7-9 =要約\n      I 8 一\n"
     "  E 10-14 二 <" U
     "2> 10, not alone\n    F 12-14 ~タイトル (タイトル：): 二\n      I 14 三\n  E 15-19 四 <{url}> 15\n"
     "    F 17-19 =タイトル: 四\nS 20-21 =メモ\n"},
	{numbered, "### ニュース\n\n1. [一](" U "1)\n  1. " U "2\n\n10. 見よ " U "3\n\n#### 題\n" U "4\n",
     "S 1-9 =ニュース\n  E 3-7  <" U "1> 3, not alone\n    stray 4\n    stray 6\n  E 8-9 題 <" U "4> 9\n"},
	/* URLs */
	{news,
     "### ニュース\n\n#### 一\n\n<" U "1>\n\n#### 二\n[題](" U "2)\n\n#### 三\n- " U "3\n\n#### 四\n"
     "見よ " U "4\n\n#### 五\nhxxps://example[.]com/5\n\n#### 六\n" U "6 <!-- x -->\n" U "7\n",
     "S 1-21 =ニュース\n  E 3-6 一 <" U "1> 5, not alone\n  E 7-9 二 <" U "2> 8, not alone\n"
     "  E 10-12 三 <" U "3> 11, not alone\n  E 13-15 四 <" U "4> 14, not alone\n"
     "  E 16-18 五 <hxxps://example[.]com/5> 17\n  E 19-21 六 <" U "6> 20\n    stray 21\n"},
	{news,
     "### ニュース\n\n#### 一\nttps://example.com/\n\n#### 二\nwww.example.com\n\n#### 三\n[上](#題)\n\n"
     "#### 四\n`" U "4`\n\n#### 五\n<{url}>\n\n#### 六 " U "6\n",
     "S 1-18 =ニュース\n  E 3-5 一 no URL: 4\n  E 6-8 二 no URL: 7\n  E 9-11 三\n    stray 10\n"
     "  E 12-14 四 no URL: 13\n  E 15-17 五\n    stray 16\n  E 18 六 " U "6\n"},
	{news, "### ニュース\n\n#### 一\n- 要約\n    - 一\n\n" U "1\n",
     "S 1-7 =ニュース\n  E 3-7 一\n    F 4-7 =要約\n      I 5 一\n    stray 7\n"},
	/* labels */
	{news, "### ニュース\n\n#### 題\n- **要約**\n    - 一\n- IOC：なし\n- **その他:** 二 <!-- x -->\n",
     "S 1-7 =ニュース\n  E 3-7 題\n    F 4-5 ~要約 (**要約**)\n      I 5 一\n    F 6 =IOC: なし\n"
     "    F 7 ~その他 (**その他): 二\n"},
	{news, "### ニュース\n\n#### 題\n- 概要\n    - 一\n- 要約\n- ＩＯＣ\n    - なし\n",
     "S 1-8 =ニュース\n  E 3-8 題\n    F 4-5 =要約 (概要)\n      I 5 一\n    F 6 =要約\n    F 7-8 ~IOC (ＩＯＣ)\n"
     "      I 8 なし\n"},
	{news, "### ニュース\n\n#### 題\n- 要 約\n    - 一\n- 要訳\n    - 二\n- 感想\n    - 三\n- 感想\n- IOO: 四\n",
     "S 1-11 =ニュース\n  E 3-11 題\n    F 4-5 ~要約 (要 約)\n      I 5 一\n    F 6-7 ?要訳\n      I 7 二\n"
     "    F 8-11 ?感想\n      I 9 三\n      I 10 感想\n      I 11 IOO: 四\n"},
	{news, "### ニュース\n\n#### 題\n 要約\n    - 一\nIOC：\n    - なし\n-その他\n    - なし\n",
     "S 1-9 =ニュース\n  E 3-9 題\n    F 4-5 =要約, no bullet, indented\n      I 5 一\n"
     "    F 6-7 ~IOC (IOC：), no bullet\n      I 7 なし\n    F 8-9 =その他, no bullet\n      I 9 なし\n"},
	{news, "### ニュース\n\n#### 題\n- 要約\n    - 一\n    - IOC\n        - なし\n        - その他\n",
     "S 1-8 =ニュース\n  E 3-8 題\n    F 4-5 =要約\n      I 5 一\n    F 6-8 =IOC, indented\n      I 7 なし\n"
     "      I 8 その他\n"},
	{news, "### ニュース\n\n#### 題\n- 要約\n    - 一\n    - IOC\n        - なし\n- IOC\n  - その他: 二\n",
     "S 1-9 =ニュース\n  E 3-9 題\n    F 4-7 =要約\n      I 5 一\n      I 6 IOC\n        I 7 なし\n"
     "    F 8 =IOC\n    F 9 =その他: 二, indented\n"},
	{news, "### ニュース\n\n#### 題\n　要約\n- 　IOC　:　なし　\n",
     "S 1-5 =ニュース\n  E 3-5 題\n    F 4 =要約, no bullet\n    F 5 =IOC: なし\n"},
	/* items */
	{news,
     "### ニュース\n\n#### 題\n- 要約\n    - 一\n      続き\n        - 深い\n          - 深くない\n"
     "            - もっと\n    二\n     三\n    -四\n    1. 五\n    -\n",
     "S 1-14 =ニュース\n  E 3-14 題\n    F 4-14 =要約\n      I 5-6 一\n        I 7 深い\n          I 8 深くない\n"
     "          I 9 もっと\n      I 10 二, no bullet\n      I 11 三, no bullet\n      I 12 四, no bullet\n"
     "      I 13 五\n      I 14 \n"},
	{news,
     "### ニュース\n\n#### 題\n- 要約\n- 一\n - 二\n  - 三\n\n    - 四\n\n      ```\n      - 五\n      ```\n\n"
     "    | 六 |\n    |---|\n",
     "S 1-16 =ニュース\n  E 3-16 題\n    F 4 =要約\n    F 5-16 @IOC (一)\n      I 6 二\n      I 7 三\n"
     "      I 9-16 四\n"},
	{news, "### ニュース\n\n#### 題\n- IOC\n    -\n- その他\n    - ===\n      ===\n",
     "S 1-8 =ニュース\n  E 3-8 題\n    F 4-5 =IOC\n      I 5 \n    F 6-8 =その他\n      I 7-8 ===\n"},
	{news,
     "### ニュース\n\n#### 題\n- 要約\n\n    ```\n    - IOC\n    ```\n\n    <!-- - IOC -->\n    ---\n- IOC\n"
     "\t- なし\n\t\t- 深い\n",
     "S 1-14 =ニュース\n  E 3-14 題\n    F 4-11 =要約\n      I 6-11 ```\n    F 12-14 =IOC\n      I 13 なし\n"
     "        I 14 深い\n"},
	/* strays */
	{news,
     "### ニュース\n\n#### 題\n題の続き\n" U
     "1\n- 一つ\n\n文\n\n- 要約\n    - 一\n文\n\n-\n> 引用\n- IOC\n    - なし\n\n"
     "文\n",
     "S 1-19 =ニュース\n  E 3-19 題 <" U "1> 5\n    F 10-15 =要約\n      I 11 一\n    F 16-19 =IOC\n"
     "      I 17 なし\n    stray 4\n    stray 6\n    stray 8\n    stray 12\n    stray 14\n"
     "    stray 15\n    stray 19\n"},
	{news, "### ニュース\n\n#### 題\n\n　\n- 要約\n    - 一\n    　\n<!-- 文 -->\n",
     "S 1-9 =ニュース\n  E 3-9 題\n    F 6-9 =要約\n      I 7 一\n"},
	/* headings that only readers see */
	{news,
     "日報\n\n- ### ニュース\n\n＃＃＃＃題\n" U "1\n\n二\n" U "2\n\n- 要約\n    - ## 三\n- IOC\n    - なし\n\n"
     "> ### メモ\n\n```\n### メモ\n```\n",
     "T 1 日報\nS 3-15 =ニュース\n  E 5-7 題 <" U "1> 6\n  E 8-15 二 <" U "2> 9\n    F 11-12 =要約\n"
     "      I 12 ## 三\n    F 13-15 =IOC\n      I 14 なし\nS 16-20 =メモ\n"},
	/* fields by their place */
	{news, "### ニュース\n\n#### 題\n- 感想\n    - 一\n- IOC\n    - なし\n- 補足\n    - 二\n",
     "S 1-9 =ニュース\n  E 3-9 題\n    F 4-5 @要約 (感想)\n      I 5 一\n    F 6-7 =IOC\n      I 7 なし\n"
     "    F 8-9 ?補足\n      I 9 二\n"},
	{news, "### ニュース\n\n#### 題\n- 要約 一\n- IOC IOC情報なし\n- その他\nなし\n",
     "S 1-7 =ニュース\n  E 3-7 題\n    F 4 ~要約: 一\n    F 5 ~IOC: IOC情報なし\n    F 6-7 =その他\n"
     "      I 7 なし, no bullet\n"},
	/* bytes */
	{news,
     "\xEF\xBB\xBF"
     "# 日報\r\n\r\n### ニュース\r\n\r\n#### 題\r\n" U "1\r\n\r\n- 要約\r\n    - 一",
     "T 1 日報\nS 3-9 =ニュース\n  E 5-9 題 <" U "1> 6\n    F 8-9 =要約\n      I 9 一\n"},
	{news, "# 日報\r### ニュース\r#### 題\r" U "1\r- 要約\r    - 一",
     "T 1 日報\nS 2-6 =ニュース\n  E 3-6 題 <" U "1> 4\n    F 5-6 =要約\n      I 6 一\n"},
	{news, "---\nlayout: x\n---\n\n# 日報\n\n### ニュース\n", "T 5 日報\nS 7 =ニュース\n"},
};

static void test_views(void **state)
{
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(views); i++) {
		const struct template *t = model_template(m, views[i].template);
		const char *got = digest_dump(m, model_digest(m, t, str_of(views[i].text)));
		if (strcmp(got, views[i].dump) != 0)
			fail_msg("%s\nwanted:\n%sgot:\n%s", views[i].text, views[i].dump, got);
	}
}

static void test_lines(void **state)
{
	static const struct {
		const char *text; /* its last line is looked at */
		uint8_t kind, level, marker;
		uint16_t indent;
		bool glued, lazy;
		const char *says;
	} lines[] = {
		{"", LINE_BLANK, 0, 0, 0, false, false, ""},
		{" \t", LINE_BLANK, 0, 0, 4, false, false, ""},
		{"　", LINE_BLANK, 0, 0, 0, false, false, ""},
		{"文  ", LINE_TEXT, 0, 0, 0, false, false, "文"},
		{"文 <!-- x -->", LINE_TEXT, 0, 0, 0, false, false, "文"},
		{"文 --> 文", LINE_TEXT, 0, 0, 0, false, false, "文 --> 文"},
		{"# 題", LINE_HEADING, 1, 0, 0, false, false, "題"},
		{"  ### 題 ### ", LINE_HEADING, 3, 0, 2, false, false, "題"},
		{"### C#", LINE_HEADING, 3, 0, 0, false, false, "C#"},
		{"### 題 <!-- x -->", LINE_HEADING, 3, 0, 0, false, false, "題"},
		{"###　題　", LINE_HEADING, 3, 0, 0, true, false, "題"},
		{"####題", LINE_HEADING, 4, 0, 0, true, false, "題"},
		{"#題", LINE_TEXT, 0, 0, 0, false, false, "#題"},
		{"##StopRansomware", LINE_TEXT, 0, 0, 0, false, false, "##StopRansomware"},
		{"#######題", LINE_TEXT, 0, 0, 0, false, false, "#######題"},
		{"題\n---", LINE_OTHER, 2, 0, 0, false, false, "---"},
		{"- 一", LINE_ITEM, 0, '-', 0, false, false, "一"},
		{"  *   一 ", LINE_ITEM, 0, '*', 2, false, false, "一"},
		{"12) 一", LINE_ITEM, 0, '1', 0, false, false, "一"},
		{"-", LINE_ITEM, 0, '-', 0, false, false, ""},
		{"-　一", LINE_ITEM, 0, '-', 0, true, false, "一"},
		{"-一", LINE_ITEM, 0, '-', 0, true, false, "一"},
		{"--一", LINE_TEXT, 0, 0, 0, false, false, "--一"},
		{"-1 度", LINE_TEXT, 0, 0, 0, false, false, "-1 度"},
		{"文\n2. 一", LINE_TEXT, 0, 0, 0, false, false, "2. 一"},
		{"文\n    - 一", LINE_ITEM, 0, '-', 4, false, true, "一"},
		{"- 一\n    -", LINE_ITEM, 0, '-', 4, false, true, ""},
		{"- # 一", LINE_ITEM, 0, '-', 0, false, false, "# 一"},
		{"    コード", LINE_CODE, 0, 0, 4, false, false, "コード"},
		{"```\n- 一", LINE_CODE, 0, 0, 0, false, false, "- 一"},
		{"```\n", LINE_CODE, 0, 0, 0, false, false, "```"},
		{"<!-- 一\n- 二 -->", LINE_HTML, 0, 0, 0, false, false, "- 二 -->"},
		{"> - 一", LINE_TEXT, 0, 0, 0, false, false, "> - 一"},
		{"> # 題", LINE_TEXT, 0, 0, 0, false, false, "> # 題"},
		{"| a |\n|---|", LINE_TABLE, 0, 0, 0, false, false, "|---|"},
		{"一\n\n---", LINE_OTHER, 0, 0, 0, false, false, "---"},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		const struct digest *d = model_digest(m, NULL, str_of(lines[i].text));
		const struct line *l = &d->line[d->lines - 1];
		if (l->kind != lines[i].kind || l->level != lines[i].level || l->marker != lines[i].marker ||
		    l->indent != lines[i].indent || l->glued != lines[i].glued || l->lazy != lines[i].lazy ||
		    (l->kind != LINE_BLANK && !str_eqz(digest_str(d, l->text), lines[i].says)))
			fail_msg("%s: kind %d, level %d, marker %d, indent %d%s%s, `%.*s`", lines[i].text, l->kind, l->level,
			         l->marker, l->indent, l->glued ? ", glued" : "", l->lazy ? ", lazy" : "",
			         STR_ARG(digest_str(d, l->text)));
	}
}

static void test_in_code(void **state)
{
	static const struct {
		const char *text;
		uint32_t off;
		bool code;
	} cases[] = {
		{"a `b` c", 3, true},     {"a `b` c", 6, false},   {"a ` b", 4, false},
		{"```\nb\n```", 4, true}, {"<!-- b -->", 5, true}, {"`a` b `c`", 4, false},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct digest *d = model_digest(m, NULL, str_of(cases[i].text));
		uint32_t line = lines_at(&d->source->lines, cases[i].off);
		assert_int_equal(digest_in_code(d, line, cases[i].off), cases[i].code);
	}
}

static void test_heading_end(void **state)
{
	struct model *m = *state;
	const struct digest *d = model_digest(m, model_template(m, news), STR("### ニュース\n\n#### 一\n文\n"));
	assert_int_equal(digest_heading_end(d, 0), 1);
	d = model_digest(m, NULL, STR("一\n二\n---\n三\n"));
	assert_int_equal(digest_heading_end(d, 0), 3);
	assert_int_equal(digest_heading_end(d, 3), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_views),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_in_code),
		cmocka_unit_test(test_heading_end),
	};
	return cmocka_run_group_tests(tests, model_setup, model_teardown);
}
