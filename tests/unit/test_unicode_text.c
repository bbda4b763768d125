#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/buf.h"
#include "core/base/unicode_text.h"

static void assert_text(struct str got, const char *wanted)
{
	assert_int_equal(got.n, strlen(wanted));
	assert_memory_equal(got.p, wanted, got.n);
}

static void test_properties(void **state)
{
	(void)state;
	assert_true(unicode_is_bidi_control(0x202E) && unicode_is_bidi_control(0x061C) && !unicode_is_bidi_control(0x200B));
	assert_true(unicode_is_right_to_left(0x05D0) && !unicode_is_right_to_left('a'));
	static const uint32_t invisible[] = {0xA0, 0xAD, 0x2003, 0x200B, 0x2060, 0x2800, 0x3164, 0xFE0F, 0xFEFF, 0xE0041};
	for (size_t i = 0; i < ARRAY_SIZE(invisible); i++)
		assert_true(unicode_is_invisible(invisible[i]));
	static const uint32_t visible[] = {' ', 'a', '\t', 0x3000, 0x3042, 0x202E, 0xFFFD, 0x1F600};
	for (size_t i = 0; i < ARRAY_SIZE(visible); i++)
		assert_false(unicode_is_invisible(visible[i]));
	assert_true(unicode_is_odd_space(0xA0) && unicode_is_odd_space(0x2028) && !unicode_is_odd_space(0x200B));
	assert_true(unicode_is_private(0xE000) && unicode_is_private(0xFFFE) && !unicode_is_private(0xFFFD));
	assert_true(unicode_is_katakana(0x30FC) && unicode_is_katakana(0x30A2) && unicode_is_hiragana(0x3042));
	assert_string_equal(unicode_foreign_script(0x0430), "Cyrillic");
	assert_null(unicode_foreign_script(0x00E9));
	assert_null(unicode_foreign_script(0x6F22));
	assert_null(unicode_foreign_script('!'));
}

/* The table and ICU's converter say the same; 6879 kanji of JIS X 0208 and IBM's extensions, less what is not in the block. */
static void test_windows_31j(void **state)
{
	(void)state;
	struct arena a = {0};
	const uint64_t *common = unicode_common_han();
	size_t nr = 0;
	for (uint32_t c = UNICODE_HAN_FIRST; c < UNICODE_HAN_END; c++) {
		uint32_t bit = c - UNICODE_HAN_FIRST;
		bool is = common[bit / 64] >> (bit % 64) & 1;
		struct buf text = {0};
		buf_add_char(&text, c);
		assert_int_equal(is, unicode_in_windows_31j(c));
		assert_int_equal(is, unicode_encode(&a, buf_str(&text), "ibm-943").n > 0);
		buf_release(&text);
		nr += is;
	}
	assert_in_range(nr, 6355, 6879);
	arena_release(&a);
	assert_true(unicode_in_windows_31j(0x9AD9) && unicode_in_windows_31j(0xFA19));
	assert_false(unicode_in_windows_31j(0x7E6B) || unicode_in_windows_31j(0x51FB));
}

static void test_forms(void **state)
{
	(void)state;
	struct arena a = {0};
	assert_text(unicode_nfc(&a, STR("カ\xE3\x82\x99")), "ガ");
	assert_text(unicode_nfkc(&a, STR("ｶﾞ１")), "ガ1");
	assert_text(unicode_nfc(&a, STR("")), "");
	assert_true(unicode_may_compose(0x3099) && unicode_may_compose(0x2126) && !unicode_may_compose(0x30AC));
	assert_true(unicode_begins_segment(0x30AB) && !unicode_begins_segment(0x3099));
	assert_text(unicode_encode(&a, STR("é€"), "windows-1252"), "\xE9\x80");
	assert_text(unicode_encode(&a, STR("あ한い"), "ibm-943"), "\x82\xA0");
	assert_text(unicode_encode(&a, STR("a"), "no such encoding"), "");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_properties),
		cmocka_unit_test(test_windows_31j),
		cmocka_unit_test(test_forms),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
