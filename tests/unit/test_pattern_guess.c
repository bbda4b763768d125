#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/digest/pattern.h"

static const struct {
	const char *path, *pattern; /* NULL: no day stands in it */
	struct date day;
} cases[] = {
	{"20261122.md", "{yyyyMMdd}.md", {2026, 11, 22}},
	{"2026-11-22.md", "{yyyy-MM-dd}.md", {2026, 11, 22}},
	{"2026_11_22.md", "{yyyy_MM_dd}.md", {2026, 11, 22}},
	{"log/2026.11.22.md", "log/{yyyy.MM.dd}.md", {2026, 11, 22}},
	{"2026/11/2026-11-22.md", "{yyyy}/{MM}/{yyyy-MM-dd}.md", {2026, 11, 22}},
	{"2026/11/2026-11-11.md", "{yyyy}/{MM}/{yyyy-MM-dd}.md", {2026, 11, 11}},
	{"2026/11/11.md", "{yyyy}/{MM}/{dd}.md", {2026, 11, 11}},
	{"2026-11/11.md", "{yyyy-MM}/{dd}.md", {2026, 11, 11}},
	{"202611/22.md", "{yyyyMM}/{dd}.md", {2026, 11, 22}},
	{"2026/1122.md", "{yyyy}/{MMdd}.md", {2026, 11, 22}},
	{"2026/11-22.md", "{yyyy}/{MM-dd}.md", {2026, 11, 22}},
	{"2026/1/5.md", "{yyyy}/{M}/{d}.md", {2026, 1, 5}},
	{"2024_04-06/20240419.md", "{yyyy}_{quarter-months}/{yyyyMMdd}.md", {2024, 4, 19}},
	{"2024_04-06/20240406.md", "{yyyy}_{quarter-months}/{yyyyMMdd}.md", {2024, 4, 6}},
	{"2024/04-06.md", "{yyyy}/{MM-dd}.md", {2024, 4, 6}},
	{"2024-04-06/x-20240419.md", "{yyyy}-{quarter-months}/x-{yyyyMMdd}.md", {2024, 4, 19}},
	{"v2/daily-2026-11-22.md", "v2/daily-{yyyy-MM-dd}.md", {2026, 11, 22}},
	{"日報/2026-11-22_日報.md", "日報/{yyyy-MM-dd}_日報.md", {2026, 11, 22}},
	{"2026-02-30.md", NULL, {0, 0, 0}},
	{"1234567890.md", NULL, {0, 0, 0}},
	{"20261122.txt", NULL, {0, 0, 0}},
	{"{yyyy}/20261122.md", NULL, {0, 0, 0}},
	{"README.md", NULL, {0, 0, 0}},
	{"99999999.md", NULL, {0, 0, 0}},
	{".md", NULL, {0, 0, 0}},
	{"", NULL, {0, 0, 0}},
};

static void test_guess(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = {0};
		struct str pattern = STR("");
		struct date day = {0};
		bool guessed = pattern_guess(&a, str_of(cases[i].path), &pattern, &day);
		if (guessed != (cases[i].pattern != NULL) || (guessed && !str_eqz(pattern, cases[i].pattern)))
			fail_msg("%s: %.*s", cases[i].path, STR_ARG(pattern));
		if (guessed)
			assert_int_equal(date_cmp(day, cases[i].day), 0);
		arena_release(&a);
	}
}

/* What a pattern makes of a day is guessed to be of that day, and of a pattern that makes the same of it. */
static void test_every_day(void **state)
{
	static const char *const patterns[] = {"{yyyy}_{quarter-months}/{yyyyMMdd}.md", "{yyyy}/{MM}/{yyyy-MM-dd}.md",
	                                       "{yyyy}/{MM}/{dd}.md", "{yyyyMM}/{dd}.md", "{yyyy-MM}/{MM-dd}.md"};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(patterns); i++)
		for (long number = date_number((struct date){2023, 12, 1}); number < date_number((struct date){2025, 2, 1});
		     number++) {
			struct arena a = {0};
			struct pattern p, guessed;
			struct str text;
			struct date day = date_from_number(number), found;
			size_t at;
			assert_int_equal(pattern_parse(&a, str_of(patterns[i]), &p, &at, NULL), 0);
			struct str path = pattern_fill(&a, &p, day);
			if (!pattern_guess(&a, path, &text, &found) || date_cmp(day, found) != 0)
				fail_msg("%.*s", STR_ARG(path));
			assert_int_equal(pattern_parse(&a, text, &guessed, &at, NULL), 0);
			assert_true(str_eq(pattern_fill(&a, &guessed, day), path));
			arena_release(&a);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_guess), cmocka_unit_test(test_every_day)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
