#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "core/base/buf.h"
#include "core/base/unicode.h"

static void test_str(void **state)
{
	struct str s = STR("あいう, b");
	(void)state;
	assert_true(str_eqz(str_slice(s, 3, 6), "い"));
	assert_true(str_eqz(str_slice(s, 3, 99), "いう, b"));
	assert_true(str_eqz(str_slice(s, 99, 3), ""));
	assert_true(str_eqz(str_slice((struct str){0}, 0, 3), ""));
	assert_true(str_eqz(str_at(s, (struct span){6, 3}), "う"));
	assert_int_equal(str_find(s, 0, STR("う")), 6);
	assert_int_equal(str_find(s, 7, STR("う")), s.n);
	assert_int_equal(str_find(s, 0, STR("")), s.n);
	assert_int_equal(str_find(s, 99, STR("b")), s.n);
	assert_int_equal(str_find_byte(s, 0, ','), 9);
	assert_int_equal(str_find_byte(s, 10, ','), s.n);
	assert_true(str_starts(s, STR("あ")) && str_starts(s, STR("")) && !str_starts(STR("あ"), s));
	assert_true(str_ends(s, STR(" b")) && str_ends(s, STR("")) && !str_ends(STR("b"), s));
	assert_true(str_eq((struct str){NULL, 0}, STR("")));
	assert_true(str_cmp(STR("a"), STR("b")) < 0 && str_cmp(STR("b"), STR("a")) > 0);
	assert_true(str_cmp(STR("a"), STR("aa")) < 0 && str_cmp(STR(""), STR("")) == 0);
	assert_true(str_cmp(STR("a"), STR("\xE3\x81\x82")) < 0);
	assert_true(str_eqz(str_trim(STR(" \t\r\n a b \n")), "a b"));
	assert_true(str_eqz(str_trim(STR(" \n")), ""));
	assert_true(str_eqz(str_trim_end(STR(" a ")), " a"));
	assert_true(str_eqz(str_trim(STR("　a")), "　a"));
	assert_true(str_eq_nocase(STR("HxXp"), STR("hxxp")) && !str_eq_nocase(STR("Ａ"), STR("ａ")));
	assert_false(str_eq_nocase(STR("a"), STR("ab")));
	assert_int_equal(span_end(span_make(3, 7)), 7);
}

static void test_split(void **state)
{
	static const struct {
		const char *text, *parts;
	} cases[] = {{"a,b", "[a][b]"}, {"a", "[a]"}, {"", "[]"}, {",", "[][]"}, {"a,,b,", "[a][][b][]"}};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct str rest = str_of(cases[i].text), part;
		struct buf b = {0};
		while (str_split(&rest, ',', &part))
			buf_printf(&b, "[%.*s]", STR_ARG(part));
		assert_string_equal(b.p, cases[i].parts);
		buf_release(&b);
	}
}

static void test_arena(void **state)
{
	struct arena a = {0};
	(void)state;
	char *p = arena_alloc(&a, 10), *empty = arena_alloc(&a, 0);
	assert_non_null(p);
	assert_non_null(empty);
	for (size_t i = 0; i < 10; i++)
		assert_int_equal(p[i], 0);
	memset(p, 'x', 10);
	/* What is taken later is apart, aligned and zeroed, across blocks and in large pieces. */
	for (size_t n = 1; n < 3000000; n = n * 3 + 1) {
		char *q = arena_alloc(&a, n);
		assert_int_equal((uintptr_t)q % _Alignof(max_align_t), 0);
		assert_true(q + n <= p || q >= p + 10);
		assert_int_equal(q[0] | q[n / 2] | q[n - 1], 0);
		memset(q, 'y', n);
	}
	assert_memory_equal(p, "xxxxxxxxxx", 10);
	assert_true(a.total >= 3000000);
	struct str copy = arena_str(&a, STR("日本\0語"));
	assert_int_equal(copy.n, 10);
	assert_int_equal(copy.p[10], 0);
	assert_string_equal(arena_strdup(&a, "日本"), "日本");
	assert_string_equal(arena_printf(&a, "%s-%d", "日", 7).p, "日-7");
	assert_int_equal(arena_printf(&a, "%s", "").n, 0);
	arena_reset(&a);
	assert_non_null(a.block);
	char *again = arena_alloc(&a, 100);
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(again[i], 0);
	arena_release(&a);
	assert_null(a.block);
	arena_release(&a);
	arena_reset(&a);
}

static void test_grow(void **state)
{
	struct arena a = {0};
	uint32_t *v = NULL;
	size_t cap = 0;
	(void)state;
	for (uint32_t i = 0; i < 1000; i++) {
		v = arena_grow(&a, v, i, &cap, sizeof(*v));
		v[i] = i;
	}
	for (uint32_t i = 0; i < 1000; i++)
		assert_true(v[i] == i);
	assert_true(cap >= 1000);
	arena_release(&a);
}

static void test_buf(void **state)
{
	struct buf b = {0};
	(void)state;
	assert_string_equal(buf_str(&b).p, "");
	buf_add(&b, STR("日"));
	buf_addz(&b, "本");
	buf_addc(&b, '-');
	buf_pad(&b, '.', 3);
	buf_pad(&b, '!', 0);
	buf_printf(&b, "%04d", 7);
	buf_add(&b, (struct str){0});
	assert_string_equal(b.p, "日本-...0007");
	assert_int_equal(b.n, 14);
	b.n = 0;
	for (uint32_t i = 0; i < 100000; i++)
		buf_addc(&b, 'a');
	assert_int_equal(strlen(b.p), 100000);
	buf_release(&b);
	static const struct {
		uint32_t c;
		const char *utf8;
	} chars[] = {{'a', "a"},
	             {0x7F, "\x7F"},
	             {0x80, "\xC2\x80"},
	             {0x7FF, "\xDF\xBF"},
	             {0x800, "\xE0\xA0\x80"},
	             {0x3042, "あ"},
	             {0xFFFF, "\xEF\xBF\xBF"},
	             {0x10000, "\xF0\x90\x80\x80"},
	             {0x1F600, "😀"},
	             {0x10FFFF, "\xF4\x8F\xBF\xBF"},
	             {0x110000, "\xEF\xBF\xBD"},
	             {0xD800, "\xEF\xBF\xBD"},
	             {0xDFFF, "\xEF\xBF\xBD"}};
	for (size_t i = 0; i < ARRAY_SIZE(chars); i++) {
		b.n = 0;
		buf_add_char(&b, chars[i].c);
		assert_string_equal(b.p, chars[i].utf8);
	}
	buf_release(&b);
	buf_release(&b);
}

static void test_err(void **state)
{
	struct err err = {"old"};
	char *big = xmalloc(3000);
	(void)state;
	assert_int_equal(err_set(&err, "cannot open %s", "日記.md"), -1);
	assert_string_equal(err.text, "cannot open 日記.md");
	assert_int_equal(err_set(NULL, "x"), -1);
	memset(big, 'x', 2999);
	big[2999] = 0;
	err_set(&err, "%s", big);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	free(big);
}

static void test_date(void **state)
{
	static const struct {
		const char *text;
		bool valid;
		long number;
	} cases[] = {
		{"1970-01-01", true, 0},       {"1969-12-31", true, -1},
		{"2000-02-29", true, 11016},   {"2024-02-29", true, 19782},
		{"2026-11-22", true, 20779},   {"0001-01-01", true, -719162},
		{"9999-12-31", true, 2932896}, {"2023-02-29", false, 0},
		{"1900-02-29", false, 0},      {"2024-04-31", false, 0},
		{"2024-00-10", false, 0},      {"2024-13-01", false, 0},
		{"2024-01-00", false, 0},      {"2024-01-32", false, 0},
		{"0000-01-01", false, 0},      {"2024-1-01", false, 0},
		{"2024-01-1", false, 0},       {"2024/01/01", false, 0},
		{"2024-01-011", false, 0},     {"", false, 0},
		{" 2024-01-01", false, 0},     {"2024-0a-01", false, 0},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct date d = {0};
		if (date_parse(str_of(cases[i].text), &d) != cases[i].valid)
			fail_msg("%s", cases[i].text);
		assert_int_equal(date_is_set(d), cases[i].valid);
		if (!cases[i].valid)
			continue;
		assert_int_equal(date_number(d), cases[i].number);
		assert_string_equal(date_text(d).z, cases[i].text);
		assert_true(date_valid(d));
	}
	struct date before = date_from_number(-719163 + 366);
	for (long n = -719162 + 366; n < 40000; n++) {
		struct date d = date_from_number(n);
		if (!date_valid(d) || date_number(d) != n || date_cmp(before, d) >= 0 || date_cmp(d, d) != 0)
			fail_msg("%ld is %s", n, date_text(d).z);
		before = d;
	}
}

static void test_width(void **state)
{
	static const struct {
		const char *text;
		size_t columns, graphemes;
	} cases[] = {
		{"", 0, 0},
		{"abc", 3, 3},
		{"日本語", 6, 3},
		{"ｱｲｳ", 3, 3},
		{"ＡＢ", 4, 2},
		{"か\xE3\x82\x99", 2, 1},
		{"e\xCC\x81", 1, 1},
		{"😀", 2, 1},
		{"a\xE2\x80\x8B"
	     "b",
	     2, 3},
		{"\xE2\x80\xAE", 0, 1},
		{"👨\xE2\x80\x8D👩", 4, 1},
		{"🇯🇵", 2, 1},
		{"、。「」", 8, 4},
		{"\x01\x7F", 0, 2},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct str s = str_of(cases[i].text);
		if (unicode_columns(s, 4) != cases[i].columns || unicode_graphemes(s) != cases[i].graphemes)
			fail_msg("%s: %zu, %zu", cases[i].text, unicode_columns(s, 4), unicode_graphemes(s));
	}
	assert_int_equal(unicode_columns(STR("\ta\t日\t"), 4), 12);
	assert_int_equal(unicode_columns(STR("a\t"), 8), 8);
}

static void test_key(void **state)
{
	static const struct {
		const char *text, *key;
	} cases[] = {
		{"IOC", "ioc"},
		{"ＩＯＣ", "ioc"},
		{"I O\tC", "ioc"},
		{"ｻﾏﾘｰ", "サマリー"},
		{"要　約", "要約"},
		{"か\xE3\x82\x99", "が"},
		{"①", "1"},
		{"ﷺ", "صلىاللهعليهوسلم"},
		{"\xC2\xAD"
	     "a",
	     "a"},
		{"ﬁ", "fi"},
		{"", ""},
		{"Straße", "strasse"},
	};
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct str key = unicode_key(&a, str_of(cases[i].text));
		if (!str_eqz(key, cases[i].key))
			fail_msg("%s: %.*s", cases[i].text, STR_ARG(key));
	}
	arena_release(&a);
}

/* With a full-width slash behind it a text goes through ICU; without one it may not need to. */
static void test_key_of_each(void **state)
{
	struct arena a = {0};
	(void)state;
	for (uint32_t c = 0x800; c < 0xFFFE; c++) {
		char text[4] = {(char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3F)), (char)(0x80 | (c & 0x3F))};
		if (c >= 0xD800 && c < 0xE000)
			continue;
		struct str key = unicode_key(&a, str_of(text));
		struct str whole = unicode_key(&a, arena_printf(&a, "%s／", text));
		if (!str_eq(key, str_slice(whole, 0, whole.n - 1)))
			fail_msg("U+%04X: %.*s, %.*s", (unsigned)c, STR_ARG(key), STR_ARG(whole));
	}
	arena_release(&a);
}

static void test_distance(void **state)
{
	static const struct {
		const char *a, *b;
		size_t limit, distance;
	} cases[] = {
		{"", "", 3, 0},
		{"要約", "要約", 0, 0},
		{"要約", "要訳", 3, 1},
		{"要約", "約要", 3, 1},
		{"要約", "", 3, 2},
		{"推奨事項", "推奨事もも", 3, 2},
		{"abc", "ca", 5, 3},
		{"kitten", "sitting", 5, 3},
		{"kitten", "sitting", 2, 3},
		{"abcdef", "ghijkl", 3, 4},
		{"a", "abcdef", 2, 3},
		{"日本", "日本語", 0, 1},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct str a = str_of(cases[i].a), b = str_of(cases[i].b);
		assert_int_equal(unicode_distance(a, b, cases[i].limit), cases[i].distance);
		assert_int_equal(unicode_distance(b, a, cases[i].limit), cases[i].distance);
	}
	char longer[201];
	memset(longer, 'a', 200);
	longer[200] = 0;
	assert_int_equal(unicode_distance(str_of(longer), str_of(longer), 3), 4);
}

static void test_characters(void **state)
{
	static const uint32_t controls[] = {0, 0x1B, 0x7F, 0x85, 0xAD, 0x200B, 0x202E, 0x2066, 0xFEFF, 0x2028, 0xD800};
	static const uint32_t shown[] = {' ', 'a', 0x3000, 0x3042, 0x200D, 0x1F600, 0x3099, 0xFE0F};
	static const uint32_t spaces[] = {' ', '\t', '\n', 0xA0, 0x3000, 0x2003, 0x2028};
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(controls); i++)
		assert_true(unicode_is_control(controls[i]));
	for (size_t i = 0; i < ARRAY_SIZE(shown); i++)
		assert_false(unicode_is_control(shown[i]));
	for (size_t i = 0; i < ARRAY_SIZE(spaces); i++)
		assert_true(unicode_is_space(spaces[i]));
	assert_false(unicode_is_space(0x200B) || unicode_is_space('a'));
	assert_string_equal(unicode_name(&a, 0x2011).p, "U+2011 NON-BREAKING HYPHEN");
	assert_string_equal(unicode_name(&a, 0x3042).p, "U+3042 HIRAGANA LETTER A");
	arena_release(&a);
}

static void test_day(void **state)
{
	static const struct {
		const char *zone;
		long long seconds;
		const char *day; /* NULL: no such zone */
	} cases[] = {
		{"Asia/Tokyo", 0, "1970-01-01"},
		{"UTC", -1, "1969-12-31"},
		{"Asia/Tokyo", 1795359599, "2026-11-22"},
		{"Asia/Tokyo", 1795359600, "2026-11-23"},
		{"UTC", 1795359600, "2026-11-22"},
		{"America/Los_Angeles", 1795359600, "2026-11-22"},
		{"Asia/Tokio", 0, NULL},
		{"", 0, NULL},
		{"日本", 0, NULL},
	};
	struct arena a = {0};
	struct str text;
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct date d = {0};
		struct err err = {""};
		assert_int_equal(unicode_day(cases[i].zone, cases[i].seconds, &d, &err), cases[i].day ? 0 : -1);
		assert_int_equal(unicode_is_zone(cases[i].zone), cases[i].day != NULL);
		if (cases[i].day)
			assert_string_equal(date_text(d).z, cases[i].day);
		else
			assert_true(str_starts(str_of(err.text), STR("no such time zone: ")));
	}
	assert_int_equal(unicode_format_date(&a, STR("yyyy年M月d日 EEE"), (struct date){2026, 11, 22}, &text), 0);
	assert_true(str_eqz(text, "2026年11月22日 Sun"));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_str),         cmocka_unit_test(test_split),    cmocka_unit_test(test_arena),
		cmocka_unit_test(test_grow),        cmocka_unit_test(test_buf),      cmocka_unit_test(test_err),
		cmocka_unit_test(test_date),        cmocka_unit_test(test_width),    cmocka_unit_test(test_key),
		cmocka_unit_test(test_key_of_each), cmocka_unit_test(test_distance), cmocka_unit_test(test_characters),
		cmocka_unit_test(test_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
