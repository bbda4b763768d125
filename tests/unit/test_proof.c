/* What the proof lets pass, and what not. */
#include "fix/proof.h"
#include "tests/unit/model.h"

static const char template_text[] = MODEL_FRONT "# 題\n\n### ニュース <!-- sdi: entries -->\n\n#### {title}\n{url}\n\n"
												"- 要約\n    - {text}\n- IOC <!-- sdi: ioc -->\n    - IOC情報なし\n"
												"- 推奨事項\n    - なし\n\n### メモ\nN/A\n";

static const char text[] =
	"# 題\n\n### ニュース\n\n#### 記事\nhttps://example.com/1\n\n- 要約\n    - 一\n    - 二 CVE-2026-1234\n"
	"- IOC\n    - http://evil.example/a,URL\n- 推奨事項\n    - 三\n\n#### 次\n"
	"https://example.com/2\n\n- 要約\n    - 四\n\n### メモ\n`x` と [y](https://example.com/y)\n";

/* What becomes of the text when `old` (its first place) is replaced, by a fix of a rule that changes these facts. */
static bool holds(struct model *m, unsigned changes, const char *old, const char *new, struct breach *out)
{
	struct rule *rule = arena_new(&m->arena, struct rule);
	*rule = (struct rule){.name = "some-rule", .fix = FIX_SAFE, .changes = changes};
	size_t at = str_find(STR(text), 0, str_of(old));
	assert_true(at < sizeof(text) - 1);
	struct edit edit = {{(uint32_t)at, (uint32_t)strlen(old)}, str_of(new)};
	struct finding f = {.rule = rule, .at = edit.at, .fix = {.safety = FIX_SAFE, .edit = &edit, .nr = 1}};
	const struct finding *fixes[] = {&f};
	struct patch all = {.fix = fixes, .nr = 1}, p = patch_part(&m->arena, &all, 0, 1);
	const struct template *t = model_template(m, template_text);
	const struct digest *before = model_digest(m, t, STR(text));
	const struct digest *after = model_digest(m, t, patch_apply(&m->arena, STR(text), &p));
	return proof_holds(&m->arena, before, after, &p, out);
}

static void passes(struct model *m, unsigned changes, const char *old, const char *new)
{
	struct breach b;
	if (!holds(m, changes, old, new, &b))
		fail_msg("`%s` → `%s`: line %u: %s %s `%.*s`", old, new, b.line + 1, b.lost ? "lost" : "made",
		         fact_name(b.kind), STR_ARG(b.key));
}

static void breaks(struct model *m, unsigned changes, const char *old, const char *new, enum fact kind)
{
	struct breach b;
	assert_false(holds(m, changes, old, new, &b));
	if (b.kind != kind)
		fail_msg("`%s` → `%s`: %s, not %s", old, new, fact_name(b.kind), fact_name(kind));
}

static void test_blanks(void **state)
{
	passes(*state, 0, "    - 一\n", "    -  一  \n");
	passes(*state, 0, "- IOC\n", "* IOC\n");
	passes(*state, 0, "\n\n#### 次", "\n\n\n\n#### 次");
	passes(*state, 0, "# 題\n", "# 題\r\n");
	passes(*state, 0, "### メモ\n", "### メモ ###\n");
}

static void test_words(void **state)
{
	breaks(*state, 0, "    - 一\n", "    - 壱\n", FACT_WORDS);
	passes(*state, FACT_WORDS, "    - 一\n", "    - 壱\n");
	breaks(*state, 0, "    - 一\n", "", FACT_WORDS);
	breaks(*state, FACT_WORDS, "    - 一\n", "", FACT_BULLET);
	breaks(*state, FACT_WORDS | FACT_BULLET, "    - 一\n", "", FACT_ITEM);
	breaks(*state, 0, "- IOC\n", "- IOC\n何か\n", FACT_WORDS);
}

static void test_headings(void **state)
{
	breaks(*state, FACT_WORDS, "#### 次", "次", FACT_HEADING);
	breaks(*state, 0, "#### 次", "### 次", FACT_HEADING);
	/* It may change its level, but never be gone. */
	breaks(*state, FACT_WORDS | FACT_HEADING | FACT_ENTRY | FACT_ARTICLE | FACT_FIELD | FACT_ITEM, "#### 次\n", "",
	       FACT_HEADING);
	passes(*state, FACT_WORDS, "#### 次", "#### 次の記事");
}

/* What an edit does to lines that it does not touch. */
static void test_far_away(void **state)
{
	struct model *m = *state;
	struct breach b;
	assert_false(holds(m, FACT_WORDS | FACT_CODE, "### ニュース\n", "### ニュース\n```\n", &b));
	breaks(m, FACT_WORDS, "### ニュース\n", "### ニュース\n<!--\n", FACT_HEADING);
	/* Between two headings its rule may change how lines hang together; beyond them not. */
	passes(m, FACT_WORDS | FACT_FIELD | FACT_ITEM | FACT_BULLET, "- IOC\n", "- 別\n");
	assert_false(holds(m, FACT_WORDS | FACT_FIELD | FACT_ITEM | FACT_BULLET, "    - 三\n", "    - 三\n<!--\n", &b));
}

static void test_fields(void **state)
{
	breaks(*state, FACT_WORDS, "- IOC\n", "- 推奨\n", FACT_FIELD);
	breaks(*state, FACT_WORDS | FACT_ITEM, "- IOC\n", "    - IOC\n", FACT_BULLET);
	/* A slip in a label is the same label. */
	passes(*state, FACT_WORDS, "- 推奨事項\n", "- 推奨事項項\n");
}

static void test_articles(void **state)
{
	breaks(*state, FACT_WORDS | FACT_LINK, "https://example.com/2", "https://example.com/3", FACT_ARTICLE);
	passes(*state, FACT_WORDS, "https://example.com/2", "hxxps://example[.]com/2");
	breaks(*state, FACT_WORDS | FACT_LINK | FACT_ARTICLE, "https://example.com/2\n", "", FACT_ARTICLE);
}

static void test_indicators(void **state)
{
	passes(*state, FACT_WORDS, "http://evil.example/a", "hxxp://evil[.]example/a");
	breaks(*state, FACT_WORDS | FACT_LINK, "http://evil.example/a", "hxxp://evil[.]example/b", FACT_IOC);
	breaks(*state, FACT_WORDS | FACT_LINK | FACT_IOC, "http://evil.example/a,URL", "IOC情報なし", FACT_IOC);
}

static void test_links_and_code(void **state)
{
	breaks(*state, FACT_WORDS, "(https://example.com/y)", "(https://example.com/z)", FACT_LINK);
	breaks(*state, FACT_WORDS, "`x`", "x", FACT_CODE);
	breaks(*state, FACT_WORDS, "`x`", "`z`", FACT_CODE);
	passes(*state, FACT_WORDS | FACT_CODE, "`x`", "`z`");
}

/* Whatever a rule may change. */
static void test_cves(void **state)
{
	breaks(*state, FACT_WORDS | FACT_CVE, "CVE-2026-1234", "CVE-2026-12", FACT_CVE);
	breaks(*state, FACT_WORDS, "CVE-2026-1234", "CVE-2026-1235", FACT_CVE);
	passes(*state, FACT_WORDS | FACT_CVE, "CVE-2026-1234", "CVE-2026-1235");
}

#define FIELD_IOC "- IOC\n    - http://evil.example/a,URL\n"
#define FIELD_ADVICE "- 推奨事項\n    - 三\n"

static void test_moves(void **state)
{
	/* Within one edit nothing is lost; where it stands elsewhere, that has to be allowed. */
	passes(*state, FACT_ORDER, FIELD_IOC FIELD_ADVICE, FIELD_ADVICE FIELD_IOC);
	breaks(*state, FACT_ORDER, FIELD_IOC FIELD_ADVICE, FIELD_ADVICE, FACT_WORDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_blanks, model_setup, model_teardown),
		cmocka_unit_test_setup_teardown(test_words, model_setup, model_teardown),
		cmocka_unit_test_setup_teardown(test_headings, model_setup, model_teardown),
		cmocka_unit_test_setup_teardown(test_far_away, model_setup, model_teardown),
		cmocka_unit_test_setup_teardown(test_fields, model_setup, model_teardown),
		cmocka_unit_test_setup_teardown(test_articles, model_setup, model_teardown),
		cmocka_unit_test_setup_teardown(test_indicators, model_setup, model_teardown),
		cmocka_unit_test_setup_teardown(test_links_and_code, model_setup, model_teardown),
		cmocka_unit_test_setup_teardown(test_cves, model_setup, model_teardown),
		cmocka_unit_test_setup_teardown(test_moves, model_setup, model_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
