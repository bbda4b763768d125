#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/utf8.h"

/* Slow and plain, after the text of RFC 3629: the encoding of a code point, 0 bytes for none. */
static size_t encode(uint32_t c, char out[4])
{
	if ((c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF)
		return 0;
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--, c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3F));
	out[0] = (char)((0xF00U >> n & 0xFF) | c);
	return n;
}

static void test_all_code_points(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x110000; c++) {
		char bytes[4];
		struct str s = {bytes, encode(c, bytes)};
		if (s.n == 0)
			continue;
		size_t i = 0;
		assert_int_equal(utf8_check(s), c == 0 ? 0 : s.n);
		assert_int_equal(utf8_next(s, &i), c);
		assert_int_equal(i, s.n);
		assert_int_equal(utf8_count(s), 1);
	}
}

/* Of all sequences of up to three bytes, and of four with a few last ones, exactly the encodings are accepted. */
static void test_all_sequences(void **state)
{
	static const unsigned char last[] = {0x7F, 0x80, 0xBF, 0xC0};
	size_t accepted = 0;

	(void)state;
	for (uint32_t i = 0x80; i < 0x100; i++)
		for (uint32_t k = 0; k < 0x10000; k++)
			for (size_t l = 0; l < ARRAY_SIZE(last); l++) {
				char bytes[4] = {(char)i, (char)(k >> 8), (char)k, (char)last[l]};
				size_t n = 0;
				utf8_next((struct str){bytes, 4}, &n);
				accepted += n == 4;
			}
	/* Two of the four last bytes are tails; each stands for one of the 64 that a prefix of three bytes may have. */
	assert_int_equal(accepted, 0x100000 / 64 * 2);
}

static void test_ill_formed(void **state)
{
	static const struct str cases[] = {
		STR_INIT("\x80"),
		STR_INIT("\xBF"),
		STR_INIT("\xC0\x80"),         /* overlong NUL */
		STR_INIT("\xC1\xBF"),         /* overlong */
		STR_INIT("\xE0\x80\xAF"),     /* overlong / */
		STR_INIT("\xE0\x9F\xBF"),     /* overlong */
		STR_INIT("\xED\xA0\x80"),     /* U+D800 */
		STR_INIT("\xED\xBF\xBF"),     /* U+DFFF */
		STR_INIT("\xF0\x80\x80\x80"), /* overlong */
		STR_INIT("\xF0\x8F\xBF\xBF"), /* overlong */
		STR_INIT("\xF4\x90\x80\x80"), /* U+110000 */
		STR_INIT("\xF5\x80\x80\x80"),
		STR_INIT("\xFF"),
		STR_INIT("\xC2"), /* cut short */
		STR_INIT("\xE3\x81"),
		STR_INIT("\xF0\x9F\x98"),
		STR_INIT("\xE3\x81x"), /* broken off */
		STR_INIT("\xF0\x9F\x98x"),
		STR_INIT("\0"),
	};
	char text[64];

	(void)state;
	/* At each place against the steps of eight bytes. */
	for (size_t before = 0; before < 24; before++)
		for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
			memset(text, 'a', sizeof(text));
			memcpy(text + before, cases[i].p, cases[i].n);
			assert_int_equal(utf8_check((struct str){text, before + cases[i].n}), before);
			if (cases[i].p[0] && cases[i].p[cases[i].n - 1] != 'x')
				continue;
			assert_int_equal(utf8_check((struct str){text, sizeof(text)}), before);
		}
}

static void test_well_formed(void **state)
{
	static const char *const cases[] = {
		"",
		"a",
		"\x7F",
		"\x01\x01\x01\x01\x01\x01\x01\x01\x01",
		"12345678要約1234567890é",
		"\xF4\x8F\xBF\xBF",
		"\xEF\xBF\xBF",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(utf8_check(str_of(cases[i])), strlen(cases[i]));
	assert_int_equal(utf8_check((struct str){0}), 0);
	assert_int_equal(utf8_count(STR("a要é\xF0\x9F\x98\x80")), 4);
}

/* An ill-formed byte is one U+FFFD, and the rest is read as if nothing were. */
static void test_next_goes_on(void **state)
{
	static const uint32_t expected[] = {'a', 0xFFFD, 0x8981, 0xFFFD, 0xFFFD, 'b', 0xFFFD};
	struct str s = STR("a\xFF要\xE3\x81"
	                   "b\xC2");
	size_t i = 0;

	(void)state;
	for (size_t k = 0; k < ARRAY_SIZE(expected); k++)
		assert_int_equal(utf8_next(s, &i), expected[k]);
	assert_int_equal(i, s.n);
	assert_int_equal(utf8_count(s), ARRAY_SIZE(expected));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_code_points), cmocka_unit_test(test_all_sequences), cmocka_unit_test(test_ill_formed),
		cmocka_unit_test(test_well_formed),     cmocka_unit_test(test_next_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
