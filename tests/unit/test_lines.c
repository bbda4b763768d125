#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/source/source.h"

/* The starts of the lines of `text`, as in "0 2 3", the length behind the bar. */
static struct str starts_of(struct arena *a, struct str text)
{
	struct lines lines = lines_of(a, text);
	struct str out = STR("");

	for (uint32_t i = 0; i < lines.nr; i++)
		out = arena_printf(a, "%.*s%u ", STR_ARG(out), lines.start[i]);
	return arena_printf(a, "%.*s| %u", STR_ARG(out), lines.start[lines.nr]);
}

static void test_starts(void **state)
{
	static const struct {
		struct str text;
		const char *starts;
	} cases[] = {
		{STR_INIT(""), "0 | 0"},
		{STR_INIT("a"), "0 | 1"},
		{STR_INIT("\n"), "0 | 1"},
		{STR_INIT("a\n"), "0 | 2"},
		{STR_INIT("a\nb"), "0 2 | 3"},
		{STR_INIT("a\n\nb\n"), "0 2 3 | 5"},
		{STR_INIT("a\r\nb\r\n"), "0 3 | 6"},
		{STR_INIT("a\rb\r"), "0 2 | 4"},
		{STR_INIT("\r"), "0 | 1"},
		{STR_INIT("\r\n"), "0 | 2"},
		{STR_INIT("\n\r"), "0 1 | 2"},
		{STR_INIT("\r\r\n\n\r"), "0 3 4 | 5"},
		{STR_INIT("a\r\r\nb\r\r\n\r\r\nc"), "0 4 8 11 | 12"},
		{STR_INIT("a\r\r\r\nb\r\r"), "0 2 5 7 | 8"},
		{STR_INIT("a\rb\nc\r\nd"), "0 2 4 7 | 8"},
		{STR_INIT("\xE3\x81\x82\n\xE3\x81\x84"), "0 4 | 7"},
		{STR_INIT("a\0b\nc"), "0 4 | 5"},
	};
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(starts_of(&arena, cases[i].text).p, cases[i].starts);
	assert_string_equal(starts_of(&arena, (struct str){0}).p, "0 | 0");
	arena_release(&arena);
}

/* Every offset lies in the line that a search from the front finds. */
static void test_at(void **state)
{
	struct arena arena = {0};
	struct str text = STR("\n\na\r\n\rbcd\n\n\nef");
	struct lines lines = lines_of(&arena, text);

	(void)state;
	for (uint32_t off = 0; off < text.n + 3; off++) {
		uint32_t line = 0;
		while (line + 1 < lines.nr && lines.start[line + 1] <= off)
			line++;
		assert_int_equal(lines_at(&lines, off), line);
	}
	arena_release(&arena);
}

static void test_span(void **state)
{
	struct arena arena = {0};
	struct str text = STR("ab\r\nc\rd\n\n\r\ne");
	static const char *const expected[] = {"ab", "c", "d", "", "", "e"};
	struct lines lines = lines_of(&arena, text);

	(void)state;
	assert_int_equal(lines.nr, ARRAY_SIZE(expected));
	for (uint32_t i = 0; i < lines.nr; i++)
		assert_true(str_eqz(str_at(text, lines_span(&lines, text, i)), expected[i]));
	assert_int_equal(lines_span(&lines, text, lines.nr).len, 0);
	assert_int_equal(lines_span(&lines, text, UINT32_MAX).off, text.n);
	arena_release(&arena);
}

static void test_position(void **state)
{
	struct arena arena = {0};
	struct source source = {.text = STR("a\n要約b\r\xF0\x9F\x98\x80!")};
	static const struct {
		uint32_t off, line, column;
	} cases[] = {
		{0, 1, 1}, {1, 1, 2},  {2, 2, 1},  {5, 2, 2},  {8, 2, 3},
		{9, 2, 4}, {10, 3, 1}, {14, 3, 2}, {15, 3, 3}, {99, 3, 3},
	};

	(void)state;
	source.lines = lines_of(&arena, source.text);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct position p = source_position(&source, cases[i].off);
		assert_int_equal(p.line, cases[i].line);
		assert_int_equal(p.column, cases[i].column);
	}
	arena_release(&arena);
}

/* A search for one kind of line ending must not start over at each of the other. */
static void test_many(void **state)
{
	static const char *const endings[] = {"\n", "\r", "\r\n", "\n\r", "x"};
	struct arena arena = {0};
	const size_t bytes = (size_t)4 << 20;
	char *p = arena_alloc(&arena, bytes);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		size_t n = strlen(endings[i]);
		for (size_t at = 0; at + n <= bytes; at += n)
			memcpy(p + at, endings[i], n);
		struct lines lines = lines_of(&arena, (struct str){p, bytes});
		uint32_t expected[] = {bytes, bytes, bytes / 2, bytes / 2 + 1, 1};
		assert_int_equal(lines.nr, expected[i]);
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_starts),   cmocka_unit_test(test_at),   cmocka_unit_test(test_span),
		cmocka_unit_test(test_position), cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
