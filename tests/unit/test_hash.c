#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/alloc.h"
#include "core/base/hash.h"

static const char *hex(const unsigned char *bytes, size_t n)
{
	static char text[65];
	for (size_t i = 0; i < n; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
	return text;
}

/* FIPS 180-4 and the Keccak team's own vectors. */
static void test_known(void **state)
{
	static const struct {
		const char *text, *sha1, *sha256, *keccak;
	} cases[] = {
		{"", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
	     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	     "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"},
		{"abc", "a9993e364706816aba3e25717850c26c9cd0d89d",
	     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	     "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"},
	};
	unsigned char sum[32];
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct str text = str_of(cases[i].text);
		hash_sha1(text, sum);
		assert_string_equal(hex(sum, 20), cases[i].sha1);
		hash_sha256(text, sum);
		assert_string_equal(hex(sum, 32), cases[i].sha256);
		hash_keccak256(text, sum);
		assert_string_equal(hex(sum, 32), cases[i].keccak);
	}
}

/* Around the length of a block (136 bytes) the padding has no room, or one byte. */
static void test_keccak_blocks(void **state)
{
	static const struct {
		size_t n;
		const char *sum;
	} cases[] = {
		{135, "34367dc248bbd832f4e3e69dfaac2f92638bd0bbd18f2912ba4ef454919cf446"},
		{136, "a6c4d403279fe3e0af03729caada8374b5ca54d8065329a3ebcaeb4b60aa386e"},
		{137, "d869f639c7046b4929fc92a4d988a8b22c55fbadb802c0c66ebcd484f1915f39"},
	};
	unsigned char sum[32];
	char *text = xmalloc(256);
	(void)state;
	memset(text, 'a', 256);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		hash_keccak256((struct str){text, cases[i].n}, sum);
		assert_string_equal(hex(sum, 32), cases[i].sum);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_known), cmocka_unit_test(test_keccak_blocks)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
