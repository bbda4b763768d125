#include "tests/unit/model.h"

#define FRONT MODEL_FRONT
#define TITLE FRONT "# 題\n"
#define NEWS TITLE "## ニュース <!-- sdi: entries -->\n"
#define ENTRY NEWS "### {title}\n{url}\n"
#define FIELD ENTRY "- 要約\n    - {text}\n"

static const struct {
	const char *text, *mistakes;
} mistakes[] = {
	/* front matter */
	{"", "1:1: a template begins with front matter: `---`, `path: …`, `---`\n"
         "1:1: a template shows at least one section: a heading below the title\n"},
	{"# 題\n## 一\n", "1:1: a template begins with front matter: `---`, `path: …`, `---`\n"},
	{"\n" FRONT "## 一\n", "1:1: a template begins with front matter: `---`, `path: …`, `---`\n"},
	{"---\npath: \"{yyyy-MM-dd}.md\"\n## 一\n",
     "1:1: the front matter is not closed by a second `---`\n"
     "3:1: a template shows at least one section: a heading below the title\n"},
	{"---\n---\n## 一\n", "1:1: the front matter has no `path`\n"},
	{"---\n- path\n---\n## 一\n", "2:1: the front matter must hold keys and values\n"},
	{"---\npath: [a]\n---\n## 一\n", "2:7: `path` must be a text such as \"{yyyy}/{MM}/{yyyy-MM-dd}.md\"\n"},
	{"---\npath: \"{yyyy}/日/{tt}.md\"\n---\n## 一\n", "2:18: unknown pattern letter\n"},
	{"---\npath: '{yyyy-MM-dd}.md}'\n---\n## 一\n", "2:23: a closing brace without an opening one\n"},
	{"---\npath: \"{yyyy-MM}.md\"\n---\n## 一\n",
     "2:7: `path` must hold year, month and day, so that a path tells its date\n"},
	{"---\npath: \"/{yyyy-MM-dd}.md\"\n---\n## 一\n", "2:7: `path` must stay inside the repository\n"},
	{"---\npath: \"../{yyyy-MM-dd}.md\"\n---\n## 一\n", "2:7: `path` must stay inside the repository\n"},
	{"---\npath: \"a/../../{yyyy-MM-dd}.md\"\n---\n## 一\n", "2:7: `path` must stay inside the repository\n"},
	{"---\npath: \"{yyyy-MM-dd}.txt\"\n---\n## 一\n", "2:7: `path` must end in `.md`\n"},
	{"---\npath: \"{yyyy-MM-dd}.md\"\nfrom: 2024-02-30\n---\n## 一\n",
     "3:7: `2024-02-30` is no date such as 2024-01-15\n"},
	{"---\npath: \"{yyyy-MM-dd}.md\"\nuntil: [2024]\n---\n## 一\n", "3:8: `` is no date such as 2024-01-15\n"},
	{"---\npath: \"{yyyy-MM-dd}.md\"\nuntil: 2024-01-01\nfrom: 2024-01-02\n---\n## 一\n",
     "3:8: `until` is before `from`\n"},
	{"---\npath: \"{yyyy-MM-dd}.md\"\nform: 2024-01-01\n---\n## 一\n",
     "3:1: unknown key `form`; did you mean `from`?\n"},
	{"---\npath: \"{yyyy-MM-dd}.md\"\n題: 一\n---\n## 一\n", "3:1: unknown key `題`; there are path, from and until\n"},
	/* headings */
	{TITLE, "4:1: a template shows at least one section: a heading below the title\n"},
	{FRONT "# 題 {tt}\n## 一\n",
     "4:5: unknown hole `{tt}`; there are {title}, {url}, {text} and dates such as {yyyy-MM-dd}\n"
     "4:6: unknown pattern letter\n"},
	{FRONT "# 題 {yyyy\n## 一\n", "4:5: a brace that is not closed\n"},
	{TITLE "## 一\n## 二\n## 一\n", "7:4: the section `一` is shown twice\n"},
	{NEWS "## 一\n",
     "5:1: the section `ニュース` is marked `entries`, but shows no entry: `#### {title}` or `1. {url}`\n"},
	{NEWS, "5:1: the section `ニュース` is marked `entries`, but shows no entry: `#### {title}` or `1. {url}`\n"},
	{TITLE "## 一\n### {title}\n", "6:5: an entry stands in a section that is not marked `<!-- sdi: entries -->`\n"},
	{TITLE "### {title}\n## 一\n", "5:5: an entry stands in a section that is not marked `<!-- sdi: entries -->`\n"},
	{ENTRY "### {title}\n", "8:5: a section shows one entry; this is the second\n"},
	{NEWS "1. {url}\n\n1. {url}\n", "8:4: an entry shows `{url}` once; this is the second\n"},
	{ENTRY "\n<{url}>\n", "9:1: an entry shows `{url}` once; this is the second\n"},
	/* entries */
	{NEWS "### {title}\n題の説明\n", "7:1: an entry shows `{url}` and fields; this is neither\n"},
	{FIELD "- 要約\n", "10:3: the field `要約` is shown twice\n"},
	{FIELD "- 要約：{text}\n", "10:3: the field `要約` is shown twice\n"},
	{ENTRY "- {text}\n", "8:1: a field needs a label\n"},
	{ENTRY "- {title}\n", "8:1: a field needs a label\n"},
	{ENTRY "- : {title}\n", "8:1: a field needs a label\n"},
	{ENTRY "- 要約\n    - {texts}\n",
     "9:7: unknown hole `{texts}`; there are {title}, {url}, {text} and dates such as {yyyy-MM-dd}\n"},
	/* marks */
	{TITLE "## 一 <!-- sdi: entires -->\n### {title}\n{url}\n- 要約 <!-- sdi: max-items=3 -->\n",
     "5:16: unknown mark `entires`; did you mean `entries`?\n"},
	{TITLE "## 一 <!-- sdi: 必須 -->\n", "5:16: unknown mark `必須`\n"},
	{TITLE "## 一 <!-- sdi: max-items=3 -->\n", "5:16: `max-items` has no meaning on this line\n"},
	{TITLE "## 一 <!-- sdi: links links -->\n", "5:22: `links` stands here twice\n"},
	{TITLE "## 一 <!-- sdi: links=3 -->\n", "5:16: `links` takes no value\n"},
	{TITLE "## 一 <!-- sdi: alias -->\n", "5:16: `alias` needs a value: `alias=…`\n"},
	{TITLE "## 一 <!-- sdi: alias=\"\" -->\n", "5:16: `alias` needs a value: `alias=…`\n"},
	{TITLE "## 一 <!-- sdi: alias=\"二 -->\n", "5:16: the quotation mark of `alias` is not closed\n"},
	{TITLE "## 一 <!-- sdi: links\n", "5:6: the comment is not closed on its line by `-->`\n"},
	{NEWS "### {title} <!-- sdi: optional -->\n", "6:23: `optional` has no meaning on this line\n"},
	{ENTRY "- 要約 <!-- sdi: links -->\n", "8:16: `links` has no meaning on this line\n"},
	{ENTRY "- 要約 <!-- sdi: max-items=0 -->\n", "8:26: `0` is no whole number from 1 to 999999\n"},
	{ENTRY "- 要約 <!-- sdi: max-chars=ten -->\n", "8:26: `ten` is no whole number from 1 to 999999\n"},
	{ENTRY "- 要約 <!-- sdi: max-chars=99999999 -->\n", "8:26: `99999999` is no whole number from 1 to 999999\n"},
	{ENTRY "- 要約\n    - {text} <!-- sdi: max-chars=3 -->\n", ""},
	{ENTRY "- 要約\n    - {text} <!-- sdi: optional -->\n", "9:24: `optional` has no meaning on this line\n"},
	{FRONT "# 題 <!-- sdi: optional -->\n## 一\n", "4:15: `optional` has no meaning on this line\n"},
	{TITLE "<!-- sdi: entries -->\n## 一\n", "5:1: an `sdi:` comment stands at the end of the line that it is about\n"},
	{TITLE "## 一 <!-- sdi: entries links -->\n### {title}\n",
     "5:6: a section is marked `entries` or `links`, not both\n"},
	/* right */
	{FIELD, ""},
	{TITLE "<!-- 説明 -->\n## 一 <!-- 説明 -->\nN/A <!-- 説明 -->\n", ""},
	{TITLE "## 一\n{Host Name} {yyyy-MM-dd} {\n", ""},
};

static void test_mistakes(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(mistakes); i++) {
		const char *got = model_mistakes(*state, mistakes[i].text, model_read(*state, "", mistakes[i].text));
		if (strcmp(got, mistakes[i].mistakes) != 0)
			fail_msg("%s\nwanted:\n%sgot:\n%s", mistakes[i].text, mistakes[i].mistakes, got);
	}
}

static const char whole[] =
	"---\r\n"
	"path: \"{yyyy}_{quarter-months}/{yyyyMMdd}.md\"\r\n"
	"from: 2024-01-15\r\n"
	"until: 2026-12-31\r\n"
	"---\r\n"
	"<!-- 説明 -->\r\n"
	"# 日報 {yyyy年M月d日} <!-- sdi: alias=\"日々|  Daily  ||\" -->\r\n"
	"前文\r\n"
	"\r\n"
	"## 課題 <!-- sdi: optional alias=問題 -->\r\n"
	"\r\n"
	"- 課題\r\n"
	"    - なし <!-- 説明 -->\r\n"
	"\r\n"
	"## ニュース <!-- sdi: entries -->\r\n"
	"\r\n"
	"### {title}\r\n"
	"{url}\r\n"
	"\r\n"
	"* 要約：{text} <!-- sdi: max-items=5 max-chars=50 -->\r\n"
	"  * {text}\r\n"
	"\r\n"
	"* IOC <!-- sdi: ioc columns=\"値|型\" type=\"IP|URL\" known=\"既知\" scope=\"内|外\" -->\r\n"
	"  * IOC情報なし\r\n"
	"  * 二つ目\r\n"
	"\r\n"
	"* 追記 <!-- sdi: optional -->\r\n"
	"\r\n"
	"## 事例 <!-- sdi: links -->\r\n"
	"N/A\r\n";

static void check_names(const struct name_set *set, const char *joined)
{
	struct buf b = {0};
	for (size_t i = 0; i < set->nr; i++)
		buf_printf(&b, "%s%.*s", i ? "|" : "", STR_ARG(set->v[i]));
	assert_str_equal(buf_str(&b), joined);
	buf_release(&b);
}

static void test_sections(void **state)
{
	const struct template *t = model_template(*state, whole);
	assert_string_equal(t->name, "template.md");
	assert_false(t->builtin);
	assert_str_equal(t->path.text, "{yyyy}_{quarter-months}/{yyyyMMdd}.md");
	assert_string_equal(date_text(t->from).z, "2024-01-15");
	assert_string_equal(date_text(t->until).z, "2026-12-31");
	assert_str_equal(t->title_line_text, "日報 {yyyy年M月d日}");
	assert_true(pattern_tells_date(&t->title));
	check_names(&t->title_alias, "日々|Daily");
	assert_int_equal(t->bullet, '*');
	assert_int_equal(t->indent, 2);
	assert_int_equal(t->nr, 3);

	static const struct {
		const char *name, *alias, *empty_form;
		enum section_kind kind;
		bool optional;
		unsigned blank;
	} wanted[] = {
		{"課題", "問題", "- 課題\n    - なし", SECTION_FREE, true, 1},
		{"ニュース", "", "", SECTION_ENTRIES, false, UINT32_MAX},
		{"事例", "", "N/A", SECTION_LINKS, false, 0},
	};
	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
		const struct template_section *s = &t->section[i];
		assert_str_equal(s->name, wanted[i].name);
		check_names(&s->alias, wanted[i].alias);
		assert_str_equal(s->empty_form, wanted[i].empty_form);
		assert_int_equal(s->kind, wanted[i].kind);
		assert_int_equal(s->optional, wanted[i].optional);
		assert_int_equal(s->level, 2);
		if (wanted[i].blank != UINT32_MAX)
			assert_int_equal(s->blank_before_content, wanted[i].blank);
	}
}

static void test_entry(void **state)
{
	const struct template *t = model_template(*state, whole);
	const struct template_entry *e = &t->section[1].entry;
	assert_int_equal(e->shape, ENTRY_HEADING);
	assert_int_equal(e->level, 3);
	assert_true(e->has_url);
	assert_int_equal(e->blank_before_url, 0);
	assert_int_equal(e->blank_before_fields, 1);
	assert_int_equal(e->blank_between, 1);
	assert_int_equal(e->nr, 3);
	const struct template_field *summary = &e->field[0], *ioc = &e->field[1], *more = &e->field[2];
	assert_str_equal(summary->label, "要約");
	assert_int_equal(summary->max_items, 5);
	assert_int_equal(summary->max_chars, 50);
	assert_str_equal(summary->empty_form, "");
	assert_false(summary->ioc || summary->optional || summary->title);
	assert_str_equal(ioc->label, "IOC");
	assert_str_equal(ioc->empty_form, "IOC情報なし");
	assert_true(ioc->ioc);
	assert_int_equal(ioc->max_items, 0);
	check_names(&ioc->columns, "値|型");
	check_names(&ioc->types, "IP|URL");
	check_names(&ioc->known, "既知");
	check_names(&ioc->scopes, "内|外");
	assert_str_equal(more->label, "追記");
	assert_true(more->optional);
}

static void test_numbered_entry(void **state)
{
	const struct template *t =
		model_template(*state, TITLE "## ニュース <!-- sdi: entries -->\n\n1. {url}\n\n"
	                                 "- タイトル: {title}\n- 要約 <!-- sdi: alias=\"概要\" -->\n");
	const struct template_entry *e = &t->section[0].entry;
	assert_int_equal(e->shape, ENTRY_NUMBERED);
	assert_int_equal(e->level, 0);
	assert_true(e->has_url);
	assert_int_equal(e->blank_before_fields, 1);
	assert_int_equal(e->blank_between, 0);
	assert_int_equal(e->nr, 2);
	assert_str_equal(e->field[0].label, "タイトル");
	assert_true(e->field[0].title);
	assert_false(e->field[1].title);
	check_names(&e->field[1].alias, "概要");
	assert_int_equal(t->bullet, '-');
	assert_int_equal(t->indent, 4);
}

static void test_no_url(void **state)
{
	const struct template *t = model_template(*state, NEWS "### {title}\n- 要約\n");
	assert_false(t->section[0].entry.has_url);
	assert_int_equal(t->section[0].entry.blank_before_fields, 0);
	assert_false(date_is_set(t->from) || date_is_set(t->until));
}

static const struct {
	const char *text, *filled;
} fills[] = {
	{TITLE "## 一\n", "# 題\n## 一\n"},
	{TITLE "\n\n## 一\n\n\n", "# 題\n\n\n## 一\n"},
	{FRONT "\n\n# {yyyy}年{M}月{d}日 {quarter-months}\n## 一\n{Host Name} {title} {\n",
     "# 2026年1月9日 01-03\n## 一\n{Host Name} {title} {\n"},
	{TITLE "## 一\n{yyyy-MM-dd} {EEE}\n", "# 題\n## 一\n2026-01-09 Fri\n"},
	{FRONT "# 題 <!-- sdi: alias=日々 -->\n<!-- 説明\n続き -->\n## 一 <!-- 説明 -->\nN/A <!-- 説明 -->\n",
     "# 題\n## 一\nN/A\n"},
	{FRONT "# 題   \n## 一 <!-- sdi: links -->\t\n", "# 題\n## 一\n"},
	{FIELD "- 追記 <!-- sdi: optional -->\n    - {text}\n\n    続き\n\n- その他\n    - なし\n",
     "# 題\n## ニュース\n### {title}\n{url}\n- 要約\n    - {text}\n\n- その他\n    - なし\n"},
	{FIELD "- 追記 <!-- sdi: optional -->\n\n## 二\n",
     "# 題\n## ニュース\n### {title}\n{url}\n- 要約\n    - {text}\n\n## 二\n"},
	{TITLE "## 一 <!-- sdi: optional -->\nN/A\n\n### 一の一\n\n## 二\n", "# 題\n## 二\n"},
	{TITLE "## 一 <!-- sdi: links optional -->\nN/A\n", "# 題\n"},
	{TITLE "## 一\n```\n{yyyy} <!-- x -->\n```\n", "# 題\n## 一\n```\n2026\n```\n"},
};

static void test_fill(void **state)
{
	struct model *m = *state;
	struct date day = {2026, 1, 9};
	for (size_t i = 0; i < ARRAY_SIZE(fills); i++)
		assert_str_equal(template_fill(&m->arena, model_template(m, fills[i].text), day), fills[i].filled);
	/* CRLF in a template is none of a new digest's. */
	struct str filled = template_fill(&m->arena, model_template(m, whole), day);
	assert_int_equal(str_find(filled, 0, STR("\r")), filled.n);
	assert_int_equal(str_find(filled, 0, STR("<!--")), filled.n);
	assert_int_equal(str_find(filled, 0, STR("追記")), filled.n);
	assert_true(str_starts(filled, STR("# 日報 2026年1月9日\n前文\n")));
}

static void test_deep(void **state)
{
	struct model *m = *state;
	struct buf b = {0};
	buf_addz(&b, TITLE "## 一\n");
	for (int i = 0; i < 100; i++)
		buf_addz(&b, "> ");
	buf_addz(&b, "x\n");
	const struct template *t = model_read(m, "", arena_str(&m->arena, buf_str(&b)).p);
	assert_int_equal(t->mistakes, 1);
	assert_str_equal(t->mistake[0].message, "too deeply nested to be read");
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mistakes),       cmocka_unit_test(test_sections), cmocka_unit_test(test_entry),
		cmocka_unit_test(test_numbered_entry), cmocka_unit_test(test_no_url),   cmocka_unit_test(test_fill),
		cmocka_unit_test(test_deep),
	};
	return cmocka_run_group_tests(tests, model_setup, model_teardown);
}
