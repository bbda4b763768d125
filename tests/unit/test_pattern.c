#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/digest/pattern.h"

static struct pattern parse(struct arena *a, const char *text)
{
	struct pattern p;
	struct err err = {""};
	size_t at = 0;
	if (pattern_parse(a, str_of(text), &p, &at, &err) < 0)
		fail_msg("%s: %zu: %s", text, at, err.text);
	return p;
}

static void test_fill(void **state)
{
	static const struct {
		const char *pattern;
		struct date date;
		const char *text;
	} cases[] = {
		{"{yyyy}/{MM}/{yyyy-MM-dd}.md", {2026, 1, 9}, "2026/01/2026-01-09.md"},
		{"{yyyy}_{quarter-months}/{yyyyMMdd}.md", {2024, 4, 19}, "2024_04-06/20240419.md"},
		{"{quarter-months}", {2024, 1, 1}, "01-03"},
		{"{quarter-months}", {2024, 6, 30}, "04-06"},
		{"{quarter-months}", {2024, 7, 1}, "07-09"},
		{"{quarter-months}", {2024, 12, 31}, "10-12"},
		{"{yyyy}年{M}月{d}日", {2024, 4, 9}, "2024年4月9日"},
		{"{yyyy年MM月dd日}", {2024, 4, 9}, "2024年04月09日"},
		{"{uuuu}{LL}", {2024, 4, 9}, "202404"},
		{"{MMM} {EEE}", {2024, 4, 19}, "Apr Fri"},
		{"{QQQ}", {2024, 4, 19}, "Q2"},
		{"{'Week 'ww}", {2024, 1, 10}, "Week 02"},
		{"{YYYY}-W{ww}", {2024, 1, 10}, "2024-W02"},
		{"{yyyy'}{'}", {2024, 1, 10}, "2024}{"},
		{"{''yyyy''}", {2024, 1, 10}, "'2024'"},
		{"{'it''s 'yyyy}", {2024, 1, 10}, "it's 2024"},
		{"{yyyy}", {33, 1, 1}, "0033"},
		{"plain", {2024, 1, 1}, "plain"},
		{"", {2024, 1, 1}, ""},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = {0};
		struct pattern p = parse(&a, cases[i].pattern);
		assert_string_equal(pattern_fill(&a, &p, cases[i].date).p, cases[i].text);
		assert_true(pattern_match(&a, &p, str_of(cases[i].text), NULL, NULL));
		arena_release(&a);
	}
}

static void test_mistakes(void **state)
{
	static const struct {
		const char *pattern;
		size_t at;
		const char *message;
	} cases[] = {
		{"a{yyyy", 1, "a brace that is not closed"},
		{"a{yyyy'x}", 1, "a quote that is not closed"},
		{"{}", 0, "nothing between the braces"},
		{"x{ }", 1, "nothing between the braces"},
		{"x}", 1, "a closing brace without an opening one"},
		{"{yyyy}}", 6, "a closing brace without an opening one"},
		{"{yyyy{MM}}", 5, "a brace inside braces"},
		{"{yyyy-tt}", 6, "unknown pattern letter"},
		{"{title}", 1, "unknown pattern letter"},
		{"日{yy}", 4, "a year of two digits is ambiguous: write `yyyy`"},
		{"{YY}", 1, "a year of two digits is ambiguous: write `yyyy`"},
		{"{yyyy-MM-dd HH}", 12, "a time of day: a digest only has a date"},
		{"{yyyy-mm-dd}", 6, "a time of day: a digest only has a date"},
		{"{MMMMMMMMMM}", 1, "too many pattern letters in a row"},
		{"{yyyyMd}", 6, "two numbers without leading zeros run together: write `MM` and `dd`"},
		{"{d}{M}", 4, "two numbers without leading zeros run together: write `MM` and `dd`"},
		{"{YYYY-MM-dd}", 1, "`Y` is the year of the week, another one around New Year: write `yyyy`"},
		{"{yyyy-MM-DD}", 9, "`D` is the day of the year: write `dd`"},
		{"{E}{E}{E}{E}{E}", 7, "too many parts of a date that are no plain number"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = {0};
		struct pattern p;
		struct err err = {""};
		size_t at = 0;
		assert_int_equal(pattern_parse(&a, str_of(cases[i].pattern), &p, &at, &err), -1);
		assert_string_equal(err.text, cases[i].message);
		assert_int_equal(at, cases[i].at);
		arena_release(&a);
	}
}

static void test_long(void **state)
{
	struct arena a = {0};
	char *text = arena_array(&a, char, 5000);
	struct pattern p;
	size_t at;
	struct err err;
	(void)state;
	memset(text, '/', 4999);
	assert_int_equal(pattern_parse(&a, str_of(text), &p, &at, &err), -1);
	assert_int_equal(at, 4096);
	p = parse(&a, text + 4999 - 4096);
	assert_true(pattern_match(&a, &p, str_of(text + 4999 - 4096), NULL, NULL));
	assert_false(pattern_match(&a, &p, str_of(text), NULL, NULL));
	arena_release(&a);
}

static const struct match {
	const char *pattern, *text;
	bool matches, impossible;
	struct date date;
} matches[] = {
	{"{yyyy}_{quarter-months}/{yyyyMMdd}.md", "2024_04-06/20240419.md", true, false, {2024, 4, 19}},
	{"{yyyy}_{quarter-months}/{yyyyMMdd}.md", "2024_01-03/20240419.md", false, false, {0}},
	{"{yyyy}_{quarter-months}/{yyyyMMdd}.md", "2023_04-06/20240419.md", false, false, {0}},
	{"{yyyy}_{quarter-months}/{yyyyMMdd}.md", "2024_04-05/20240419.md", false, false, {0}},
	{"{yyyy}_{quarter-months}/{yyyyMMdd}.md", "2024_05-07/20240519.md", false, false, {0}},
	{"{yyyy}_{quarter-months}/{yyyyMMdd}.md", "2024_04-06/20240431.md", true, true, {0}},
	{"{yyyyMMdd}.md", "20240230.md", true, true, {0}},
	{"{yyyyMMdd}.md", "20240229.md", true, false, {2024, 2, 29}},
	{"{yyyyMMdd}.md", "20230229.md", true, true, {0}},
	{"{yyyyMMdd}.md", "20241301.md", true, true, {0}},
	{"{yyyyMMdd}.md", "20240001.md", true, true, {0}},
	{"{yyyyMMdd}.md", "00000101.md", true, true, {0}},
	{"{yyyyMMdd}.md", "2024041.md", false, false, {0}},
	{"{yyyyMMdd}.md", "20240419.mdx", false, false, {0}},
	{"{yyyyMMdd}.md", "20240419", false, false, {0}},
	{"{yyyyMMdd}.md", "x20240419.md", false, false, {0}},
	{"{yyyyMMdd}.md", "２０２４０４１９.md", false, false, {0}},
	{"{yyyyMMdd}.md", "", false, false, {0}},
	{"{yyyy}-{M}-{d}", "2024-4-9", true, false, {2024, 4, 9}},
	{"{yyyy}-{M}-{d}", "2024-12-31", true, false, {2024, 12, 31}},
	{"{yyyy}-{M}-{d}", "2024-04-9", false, false, {0}},
	{"{yyyy}-{M}-{d}", "2024-4-", false, false, {0}},
	{"{yyyy}-{M}-{d}", "2024-4-0", true, true, {0}},
	{"{Mdd}{yyyy}", "1112024", true, false, {2024, 1, 11}},
	{"{Mdd}{yyy}", "2292024", true, false, {0}},
	{"{Mdd}{yyy}-{yyyy}", "2292024-2024", true, false, {2024, 2, 29}},
	{"{Mdd}{yyyy}", "11112024", true, false, {2024, 11, 11}},
	{"{dd} {MMMM} {yyyy}", "19 April 2024", true, false, {0}},
	{"{yyyy-MM-dd} {EEEE}", "2024-04-19 Friday", true, false, {2024, 4, 19}},
	{"{yyyy-MM-dd} {EEEE}", "2024-04-19 Monday", false, false, {0}},
	{"{yyyy-MM-dd} {EEEE}", "2024-02-30 Friday", true, true, {0}},
	{"{EEE}{yyyy-MM-dd}", "Fri2024-04-19", true, false, {2024, 4, 19}},
	{"{E}/{yyyy}", "a/b/2024", false, false, {0}},
	{"{yyyy}/{MM}", "2024/04", true, false, {0}},
	{"{yyyy}/{MM}", "2024/13", true, true, {0}},
	{"README.md", "README.md", true, false, {0}},
	{"README.md", "readme.md", false, false, {0}},
};

static void test_match(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(matches); i++) {
		const struct match *m = &matches[i];
		struct arena a = {0};
		struct pattern p = parse(&a, m->pattern);
		struct date date = {1, 1, 1};
		bool impossible = true;
		if (pattern_match(&a, &p, str_of(m->text), &date, &impossible) != m->matches)
			fail_msg("%s and %s", m->pattern, m->text);
		if (impossible != m->impossible || date_cmp(date, m->date) != 0)
			fail_msg("%s and %s: %s", m->pattern, m->text, date_text(date).z);
		arena_release(&a);
	}
}

static const struct match names[] = {
	{"{yyyy}_{quarter-months}/{yyyyMMdd}.md", "20240419.md", true, false, {2024, 4, 19}},
	{"{yyyy}_{quarter-months}/{yyyyMMdd}.md", "20240230.md", true, true, {0}},
	{"{yyyy}/{MM}/{dd}.md", "05.md", true, false, {0}},
	{"{yyyy}/{MM}/{dd}.md", "32.md", true, true, {0}},
	{"{yyyy}/{MM}/{dd}.md", "5.md", false, false, {0}},
	{"{yyyy}/{MMdd}.md", "0229.md", true, false, {0}},
	{"{yyyy}/{MMdd}.md", "0230.md", true, true, {0}},
	{"{yyyy/MM/dd'.md'}", "31.md", true, false, {0}},
	{"{yyyy}/x", "x", true, false, {0}},
	{"{yyyy-MM-dd}.md", "2024-04-19.md", true, false, {2024, 4, 19}},
	{"news/{yyyy-MM-dd}.md", "news/2024-04-19.md", false, false, {0}},
};

static void test_match_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const struct match *m = &names[i];
		struct arena a = {0};
		struct pattern p = parse(&a, m->pattern);
		struct date date = {1, 1, 1};
		bool impossible = true;
		if (pattern_match_name(&a, &p, str_of(m->text), &date, &impossible) != m->matches)
			fail_msg("%s and %s", m->pattern, m->text);
		if (impossible != m->impossible || date_cmp(date, m->date) != 0)
			fail_msg("%s and %s: %s", m->pattern, m->text, date_text(date).z);
		arena_release(&a);
	}
}

static void test_tells_date(void **state)
{
	static const struct {
		const char *pattern;
		bool tells;
	} cases[] = {
		{"{yyyyMMdd}", true}, {"{y}/{M}/{d}", true},      {"{yyyy}/{MM}", false},
		{"{MM-dd}", false},   {"{yyyy}{MMM}{dd}", false}, {"{quarter-months}{yyyy}{dd}", false},
		{"daily", false},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = {0};
		struct pattern p = parse(&a, cases[i].pattern);
		assert_int_equal(pattern_tells_date(&p), cases[i].tells);
		arena_release(&a);
	}
}

/* Whatever day is filled in is read back. */
static void test_every_day_comes_back(void **state)
{
	static const char *const patterns[] = {
		"{yyyy}_{quarter-months}/{yyyyMMdd}.md",
		"{yyyy}/{MM}/{yyyy-MM-dd}.md",
		"{d}.{M}.{yyyy}",
		"{yyyy}/{MMM}/{EEEE}-{yyyyMMdd}",
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(patterns); i++) {
		struct arena a = {0};
		struct pattern p = parse(&a, patterns[i]);
		for (long day = date_number((struct date){2023, 12, 1}); day < date_number((struct date){2025, 2, 1}); day++) {
			struct date d = date_from_number(day), found;
			bool impossible;
			assert_true(pattern_match(&a, &p, pattern_fill(&a, &p, d), &found, &impossible));
			assert_false(impossible);
			assert_int_equal(date_cmp(found, d), 0);
		}
		arena_release(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fill),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_match_name),
		cmocka_unit_test(test_tells_date),
		cmocka_unit_test(test_every_day_comes_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
