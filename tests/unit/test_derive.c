#include "fix/derive.h"
#include "tests/unit/model.h"

#define LIKE                                                                                       \
	MODEL_FRONT                                                                                    \
	"# 題\n\n### 記事 <!-- sdi: entries -->\n\n#### {title}\n{url}\n\n- 要約\n    - {text}\n" \
	"- IOCの列挙 <!-- sdi: ioc type=\"URL|FQDN名\" -->\n    - なし\n\n### リンク <!-- sdi: links -->\nN/A\n"
#define FRONT "---\npath: \"{yyyyMMdd}.md\"\n---\n"
#define ENTRY(n) "### 題" n "\nhttps://example.com/" n "\n\n- 要約\n    - 一行\n- 備考\n    - なし\n"

static const struct {
	const char *name, *text, *template; /* the template without its front matter; or the error */
} cases[] = {
	{"what is there is demanded, in its order", "# 題\n\n## 甲\nN/A\n\n## 記事\n\n" ENTRY("1") "\n## 乙\n",
     "# 題\n\n## 甲\nN/A\n\n## 記事 <!-- sdi: entries -->\n\n### {title}\n{url}\n\n- 要約\n    - {text}\n- 備考\n    - "
     "なし\n\n## 乙\n"},
	{"the day of the title", "# 日報 2026-11-22 号\n## 記事\n" ENTRY("1"),
     "# 日報 {yyyy-MM-dd} 号\n\n## 記事 <!-- sdi: entries -->\n\n### {title}\n{url}\n\n- 要約\n    - {text}\n- 備考\n    - "
     "なし\n"},
	{"a field of some entries", "# 題\n## 記事\n" ENTRY("1") "- 追記\n    - 一\n" ENTRY("2"),
     "# 題\n\n## 記事 <!-- sdi: entries -->\n\n### {title}\n{url}\n\n- 要約\n    - {text}\n- 備考\n    - なし\n- 追記 "
     "<!-- sdi: optional -->\n    - {text}\n"},
	{"a slip, and another spelling that is usual",
     "# 題\n## 記事\n" ENTRY("1") ENTRY("2")
         ENTRY("3") "### 題4\nhttps://example.com/4\n\n- 要約文\n    - 一行\n- 備考欄\n    - なし\n"
                    "### 題5\nhttps://example.com/5\n\n- 要約\n    - 一行\n- 備考欄\n    - なし\n",
     "# 題\n\n## 記事 <!-- sdi: entries -->\n\n### {title}\n{url}\n\n- 要約\n    - {text}\n- 備考 <!-- sdi: "
     "alias=\"備考欄\" -->\n    - なし\n"},
	{"indicators in the words of the other template",
     "# 題\n## 記事\n### 一\nhttps://example.com/1\n\n- IOCの列挙\n    - IOC情報なし\n- 要約\n    - 一\n",
     "# 題\n\n## 記事 <!-- sdi: entries -->\n\n### {title}\n{url}\n\n- IOCの列挙 <!-- sdi: ioc type=\"URL|FQDN名\" "
     "-->\n    - IOC情報なし\n- 要約\n    - {text}\n"},
	{"lists of links",
     "# 題\n## 甲\n- [一](https://example.com/a)\n    - 説明\n- https://example.com/b\n## 記事\n" ENTRY(
		 "1") "## リンク\n文章\n## 丙\nなし\n",
     "# 題\n\n## 甲 <!-- sdi: links -->\nなし\n\n## 記事 <!-- sdi: entries -->\n\n### {title}\n{url}\n\n- 要約\n    - "
     "{text}\n- 備考\n    - なし\n\n## リンク <!-- sdi: links -->\nなし\n\n## 丙\nなし\n"},
	{"the habits of its blanks",
     "# 題\n\n## 記事\n\n### 一\n\nhttps://example.com/1\n\n* 要約\n\n  * 一\n\n* 備考\n\n  * なし\n\n## 乙\n\nN/A\n",
     "# 題\n\n## 記事 <!-- sdi: entries -->\n\n### {title}\n\n{url}\n\n* 要約\n  * {text}\n\n* 備考\n  * なし\n\n## 乙\n\nN/A\n"},
	{"numbered entries",
     "# 題\n\n## 記事\n\n1. https://example.com/1\n\n- タイトル: 一\n- 要約\n    - 一行\n\n2. https://example.com/2\n\n- "
     "タイトル: 二\n- 要約\n    - なし\n",
     "# 題\n\n## 記事 <!-- sdi: entries -->\n\n1. {url}\n\n- タイトル: {title}\n- 要約\n    - なし\n"},
	{"sections beside entries",
     "# 題\n## 記事\n" ENTRY("1") ENTRY("2") "### リンク\n- [一](https://example.com/a)\n### 覚書\nN/A\n",
     "# 題\n\n## 記事 <!-- sdi: entries -->\n\n### {title}\n{url}\n\n- 要約\n    - {text}\n- 備考\n    - なし\n\n### リンク "
     "<!-- sdi: links -->\nN/A\n\n### 覚書\nN/A\n"},
	{"an entry that is still bare", "# 題\n## 記事\n" ENTRY("1") "### まだ\n" ENTRY("2"),
     "# 題\n\n## 記事 <!-- sdi: entries -->\n\n### {title}\n{url}\n\n- 要約\n    - {text}\n- 備考\n    - なし\n"},
	{"a section twice", "# 題\n## 甲\nN/A\n## 記事\n" ENTRY("1") "## 甲\nN/A\n",
     "# 題\n\n## 甲\nN/A\n\n## 記事 <!-- sdi: entries -->\n\n### {title}\n{url}\n\n- 要約\n    - {text}\n- 備考\n    - なし\n"},
	{"no title", "## 記事\n" ENTRY("1"), "!`d.md` has no title: a heading of level 1"},
	{"no entry", "# 題\n## 記事\nN/A\n",
     "!`d.md` shows no entry: a heading, the address of an article, and named fields; take another day"},
	{"nothing", "", "!`d.md` has no title: a heading of level 1"},
	{"no text", "# \x80", "!`d.md` cannot be read as a digest: `sdi lint` says why"},
};

static void test_templates(void **state)
{
	struct model *m = *state;
	const struct template *like = model_template(m, LIKE);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct derive_wish wish = {like, STR("{yyyyMMdd}.md"), {2026, 11, 22}, "d.md"};
		struct derived out;
		struct err err;
		bool made = derive_template(&m->arena, m->parser, &wish, str_of(cases[i].text), &out, &err) == 0;
		const char *got = made ? out.text.p : arena_printf(&m->arena, "!%s", err.text).p;
		const char *wanted = made ? arena_printf(&m->arena, "%s%s", FRONT, cases[i].template).p : cases[i].template;
		if (strcmp(got, wanted) != 0)
			fail_msg("%s:\n%s\nnot:\n%s", cases[i].name, got, wanted);
	}
}

static void test_parts(void **state)
{
	struct model *m = *state;
	struct derive_wish wish = {model_template(m, LIKE), STR("{yyyyMMdd}.md"), {0}, "d.md"};
	struct derived out;
	struct str text =
		STR("# 題\n## 甲\n文章\n## 記事\n" ENTRY("1") ENTRY("2") "- 追記\n    - 一\n- 一度だけ\n## 丙\nN/A\n## 甲\n");
	assert_int_equal(derive_template(&m->arena, m->parser, &wish, text, &out, NULL), 0);
	assert_int_equal(out.parts, 7);
	assert_int_equal(out.part[0].kind, DERIVED_TITLE);
	assert_str_equal(out.part[1].empty_form, "N/A");
	assert_true(out.part[1].guessed);
	assert_int_equal(out.part[2].section, SECTION_ENTRIES);
	assert_str_equal(out.part[5].name, "追記");
	assert_true(out.part[5].optional);
	assert_int_equal(out.part[5].in, 1);
	assert_int_equal(out.part[5].entries, 2);
	assert_int_equal(out.rests, 2);
	assert_int_equal(out.rest[0].why, DERIVED_CONTENT);
	assert_str_equal(out.rest[0].text, "一度だけ");
	assert_int_equal(out.rest[1].why, DERIVED_TWICE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_templates), cmocka_unit_test(test_parts)};
	return cmocka_run_group_tests(tests, model_setup, model_teardown);
}
