#include "lint/ignore.h"
#include "tests/unit/model.h"

static struct lint_plan all_rules(struct model *m, bool without_tab)
{
	struct lint_plan plan;
	struct config config;
	struct err err;
	struct setting tab = {.value = STR_INIT("tab")};
	struct name_list ignore = {.v = &tab, .nr = 1};
	config_default(&config);
	assert_int_equal(
		lint_plan_make(&m->arena, &config, &(struct plan_wish){.ignore = without_tab ? &ignore : NULL}, 0, &plan, &err),
		0);
	return plan;
}

/* "name first-last flags" of each name; lines from 1. */
static const char *dump(struct model *m, const char *text)
{
	const struct digest *d = model_digest(m, NULL, str_of(text));
	struct lint_plan plan = all_rules(m, true);
	struct buf out = {0};
	size_t nr;
	const struct ignore *g = ignores_read(&m->arena, d, &plan, &nr);
	for (size_t i = 0; i < nr; i++, g++) {
		assert_true(span_end(g->at) <= d->source->text.n && span_end(g->name) <= span_end(g->at));
		assert_true(str_starts(digest_str(d, g->at), STR("<!--")));
		assert_true(g->first <= g->line && g->line < g->end);
		buf_printf(&out, "%s%.*s %u-%u", i ? ", " : "", STR_ARG(digest_str(d, g->name)), g->first + 1, g->end);
		buf_addz(&out, g->file ? " file" : "");
		buf_addz(&out, g->alone ? "" : " in line");
		buf_addz(&out, g->sole ? "" : " of several");
		buf_addz(&out, g->rule ? "" : g->malformed ? " malformed" : " unknown");
		buf_addz(&out, g->rule && !g->active ? " off" : "");
		buf_addz(&out, g->reason ? "" : " no reason");
	}
	const char *all = arena_str(&m->arena, buf_str(&out)).p;
	buf_release(&out);
	return all;
}

#define IGNORE "<!-- sdi-ignore final-newline: 理由 -->"

static const struct {
	const char *text, *dump;
} cases[] = {
	{"", ""},
	{"<!-- x -->\n", ""},
	/* the next block */
	{IGNORE "\n- 一\n- 二\n", "final-newline 1-2"},
	{IGNORE "\n- 一\n    - 二\n\n      続き\n- 三\n", "final-newline 1-5"},
	{IGNORE "\n\n\n- 一\n", "final-newline 1-4"},
	{IGNORE "\n文\n続き\n\n文\n", "final-newline 1-3"},
	{IGNORE "\n### 題\n文\n", "final-newline 1-2"},
	{IGNORE "\n### 題\n### 題\n", "final-newline 1-2"},
	{IGNORE "\n```\na\n\nb\n```\n文\n", "final-newline 1-6"},
	{IGNORE "\n| a |\n|---|\n| b |\n\n文\n", "final-newline 1-4"},
	{IGNORE "\n" IGNORE "\n- 一\n", "final-newline 1-3, final-newline 2-3"},
	{IGNORE "\n<!-- x -->\n\n- 一\n", "final-newline 1-4"},
	{IGNORE "\n", "final-newline 1-1"},
	{IGNORE, "final-newline 1-1"},
	{"- 一\n    " IGNORE "\n    - 二\n        - 三\n    - 四\n", "final-newline 2-4"},
	{"文\n\n  " IGNORE "  \n文\n", "final-newline 3-4"},
	/* its own line */
	{"- 一 " IGNORE "\n- 二\n", "final-newline 1-1 in line"},
	{"### 題 " IGNORE "\n", "final-newline 1-1 in line"},
	{"- 一 <!-- x --> " IGNORE "\n", "final-newline 1-1 in line"},
	{"- 一 " IGNORE " " IGNORE "\n", "final-newline 1-1 in line, final-newline 1-1 in line"},
	{IGNORE " 文\n\n文\n", "final-newline 1-1 in line"},
	/* the file */
	{"一\n\n<!-- sdi-ignore-file bullet-style: 理由 -->\n\n二\n", "bullet-style 1-5 file"},
	{"一 <!-- sdi-ignore-file bullet-style: 理由 -->\n二\n", "bullet-style 1-2 file in line"},
	/* names */
	{"<!-- sdi-ignore tab, final-newline:理由 -->\n文\n", "tab 1-2 of several off, final-newline 1-2 of several"},
	{"<!--sdi-ignore final-newline:理由-->\n文\n", "final-newline 1-2"},
	{"<!--   sdi-ignore   final-newline  :  理由  -->\n文\n", "final-newline 1-2"},
	{"<!-- sdi-ignore final-newline -->\n", "final-newline 1-1 no reason"},
	{"<!-- sdi-ignore final-newline: -->\n", "final-newline 1-1 no reason"},
	{"<!-- sdi-ignore final-newlines: 理由 -->\n", "final-newlines 1-1 unknown"},
	{"<!-- sdi-ignore: 理由 -->\n", " 1-1 malformed"},
	{"<!-- sdi-ignore -->\n", " 1-1 malformed no reason"},
	{"<!-- sdi-ignore tab,: 理由 -->\n", "tab 1-1 of several off,  1-1 of several malformed"},
	{"<!-- sdi-ignore-file -->\n", " 1-1 file malformed no reason"},
	{"<!-- sdi-ignore tab: 理由", "tab 1-1 off"},
	{"<!-- sdi-ignore final-newline: 長い\n理由 -->\n文\n", "final-newline 1-3"},
	/* none */
	{"sdi-ignore final-newline: 理由\n", ""},
	{"<!-- 今日は sdi-ignore final-newline: 理由 -->\n", ""},
	{"`" IGNORE "`\n", ""},
	{"`" IGNORE "` と " IGNORE "\n", "final-newline 1-1 in line"},
	{"```\n" IGNORE "\n```\n", ""},
	{"    " IGNORE "\n", ""},
	{"<!-- `\nsdi-ignore tab: 理由 -->\n", ""},
};

static void test_read(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *got = dump(*state, cases[i].text);
		if (strcmp(got, cases[i].dump) != 0)
			fail_msg("%s\nwanted: %s\ngot:    %s", cases[i].text, cases[i].dump, got);
	}
}

/* A finding is suppressed by its rule's name, on the lines that are covered, where a reason is given. */
static void test_suppress(void **state)
{
	static const struct {
		const char *text;
		size_t left, suppressed;
	} texts[] = {
		{"一 \n", 1, 0},
		{"<!-- sdi-ignore trailing-space: 理由 -->\n一 \n二 \n\n三 \n", 1, 2},
		{"<!-- sdi-ignore trailing-space -->\n一 \n", 1, 0},
		{"<!-- sdi-ignore tab: 理由 -->\n一 \n", 1, 0},
		{"一 <!-- sdi-ignore trailing-space: 理由 --> \n二 \n", 1, 1},
		{"一 \n\n二 \n<!-- sdi-ignore-file trailing-space: 理由 -->\n", 0, 2},
		{"<!-- sdi-ignore-file tab, trailing-space: 理由 -->\n一 \n", 0, 1},
	};
	struct model *m = *state;
	struct setting name = {.value = STR_INIT("trailing-space")};
	struct name_list select = {.v = &name, .nr = 1};
	struct config config;
	struct lint_plan plan;
	struct err err;
	config_default(&config);
	assert_int_equal(lint_plan_make(&m->arena, &config, &(struct plan_wish){.select = &select}, 0, &plan, &err), 0);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct job job = {.source = *model_source(m, "a.md", str_of(texts[i].text)), .plan = &plan};
		lint_one(&job, m->parser);
		if (job.findings.nr != texts[i].left || job.findings.suppressed != texts[i].suppressed)
			fail_msg("%s: %zu, %zu", texts[i].text, job.findings.nr, job.findings.suppressed);
		job_release(&job);
	}
}

/* A line of very many comments, in code and out of it. */
static void test_hostile(void **state)
{
	struct model *m = *state;
	struct buf b = {0};
	for (size_t i = 0; i < 2000; i++)
		buf_addz(&b, i % 2 ? "`<!-- sdi-ignore tab: x -->" : "<!-- sdi-ignore tab: x -->");
	const struct digest *d = model_digest(m, NULL, buf_str(&b));
	struct lint_plan plan = all_rules(m, false);
	size_t nr;
	ignores_read(&m->arena, d, &plan, &nr);
	assert_in_range(nr, 1, 2000);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_suppress),
		cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests(tests, model_setup, model_teardown);
}
