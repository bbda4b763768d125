#include "cmd/lsp/spot.h"

#include "core/base/utf8.h"
#include "tests/unit/scratch.h"

/* "か" with a combining mark, a character beyond the first 65536, an emoji of several, both kinds of line ends. */
#define TEXT "a𠮷b\r\nか\xE3\x82\x99x\r👨\xE2\x80\x8D👩\n\nend"

static void test_columns(void **state)
{
	static const struct {
		size_t off;
		struct spot at[3]; /* in UTF-16, UTF-8, UTF-32 */
	} cases[] = {
		{0, {{0, 0}, {0, 0}, {0, 0}}},  {5, {{0, 3}, {0, 5}, {0, 2}}},  {6, {{0, 4}, {0, 6}, {0, 3}}},
		{8, {{1, 0}, {1, 0}, {1, 0}}},  {11, {{1, 1}, {1, 3}, {1, 1}}}, {14, {{1, 2}, {1, 6}, {1, 2}}},
		{16, {{2, 0}, {2, 0}, {2, 0}}}, {23, {{2, 3}, {2, 7}, {2, 2}}}, {27, {{2, 5}, {2, 11}, {2, 3}}},
		{28, {{3, 0}, {3, 0}, {3, 0}}}, {29, {{4, 0}, {4, 0}, {4, 0}}}, {32, {{4, 3}, {4, 3}, {4, 3}}},
	};
	struct arena a = {0};
	(void)state;
	for (int e = ENCODING_UTF16; e <= ENCODING_UTF32; e++) {
		struct spotter s = spotter_make(&a, STR(TEXT), (enum encoding)e);
		for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
			struct spot at = spot_of(&s, cases[i].off);
			assert_int_equal(at.line, cases[i].at[e].line);
			assert_int_equal(at.character, cases[i].at[e].character);
			assert_int_equal(spot_offset(STR(TEXT), (enum encoding)e, at), cases[i].off);
		}
	}
	arena_release(&a);
}

/* What is beyond, or inside of something. */
static void test_strays(void **state)
{
	struct arena a = {0};
	struct spotter s = spotter_make(&a, STR(TEXT), ENCODING_UTF16);
	(void)state;
	assert_int_equal(spot_offset(STR(TEXT), ENCODING_UTF16, (struct spot){0, 2}), 1);
	assert_int_equal(spot_offset(STR(TEXT), ENCODING_UTF8, (struct spot){0, 4}), 1);
	assert_int_equal(spot_offset(STR(TEXT), ENCODING_UTF16, (struct spot){0, 99}), 6);
	assert_int_equal(spot_offset(STR(TEXT), ENCODING_UTF32, (struct spot){9, 0}), 32);
	assert_int_equal(spot_offset(STR(""), ENCODING_UTF32, (struct spot){UINT32_MAX, UINT32_MAX}), 0);
	assert_int_equal(spot_of(&s, 7).character, 4);
	assert_int_equal(spot_of(&s, 7).line, 0);
	assert_int_equal(spot_of(&s, 1000).line, 4);
	arena_release(&a);
}

static void test_names(void **state)
{
	enum encoding e;
	(void)state;
	for (int i = ENCODING_UTF16; i <= ENCODING_UTF32; i++) {
		assert_true(encoding_find(str_of(encoding_name((enum encoding)i)), &e));
		assert_int_equal(e, i);
	}
	assert_false(encoding_find(STR("utf-7"), &e));
	assert_false(encoding_find(STR(""), &e));
}

static void test_replace(void **state)
{
	struct buf text = {0};
	(void)state;
	buf_add(&text, STR("一\r\n二"));
	spot_replace(&text, ENCODING_UTF16, (struct stretch){{0, 1}, {1, 0}}, STR("、"));
	assert_string_equal(text.p, "一、二");
	spot_replace(&text, ENCODING_UTF16, (struct stretch){{0, 3}, {0, 1}}, STR("x"));
	assert_string_equal(text.p, "一、二");
	spot_replace(&text, ENCODING_UTF16, (struct stretch){{0, 0}, {7, 7}}, STR(""));
	assert_string_equal(text.p, "");
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_strays),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_replace),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
