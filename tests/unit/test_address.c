#include "core/ioc/address.h"

#include <arpa/inet.h>

#include "tests/property/mutate.h"
#include "tests/unit/scratch.h"

static void compare(const char *text)
{
	unsigned char got[4] = {0};
	struct in_addr wanted = {0};
	bool fits = inet_aton(text, &wanted) != 0;
	if (address_v4_loose(str_of(text), got) != fits)
		fail_msg("%s: %s", text, fits ? "refused" : "taken");
	if (fits && memcmp(got, &wanted, sizeof(got)) != 0)
		fail_msg("%s: %d.%d.%d.%d", text, got[0], got[1], got[2], got[3]);
}

static void test_loose(void **state)
{
	static const char *const texts[] = {
		"127.0.0.1",
		"127.1",
		"127.0.1",
		"2130706433",
		"0x7f.1",
		"0x7F000001",
		"0177.0.0.1",
		"017700000001",
		"0",
		"00",
		"0x0",
		"0x",
		"0X1",
		"0x.1",
		"08",
		"1.08",
		"256",
		"256.1",
		"1.256",
		"1.65536",
		"1.65535",
		"1.16777215",
		"1.16777216",
		"1.2.65535",
		"1.2.65536",
		"1.2.3.255",
		"1.2.3.256",
		"4294967295",
		"4294967296",
		"99999999999999999999999999",
		"1.2.3.4.5",
		"",
		".",
		"1.",
		".1",
		"1..2",
		"1.2.3.4.",
		"-1",
		"+1",
		"1.-2",
		"0x1g",
		"1a",
		"a",
		"00000000177.1",
		"0x00000000000000000000007f.1",
		"0x7f.0x.1",
		"0xffffffff",
		"0x100000000",
		"037777777777",
		"040000000000",
		"1.2.3.08",
		"1.2.3.010",
		"0.0.0.0",
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		compare(texts[i]);
}

/* The system reads such texts as it does: what it would connect to is what is judged. */
static void test_as_the_system(void **state)
{
	static const char letters[] = "0011257789xXfa.....";
	uint64_t seed = 20240601;
	(void)state;
	for (int round = 0; round < 300000; round++) {
		char text[20];
		size_t n = draw(&seed, sizeof(text) - 1);
		for (size_t i = 0; i < n; i++)
			text[i] = letters[draw(&seed, sizeof(letters) - 1)];
		text[n] = '\0';
		compare(text);
	}
}

static void test_shares(void **state)
{
	static const unsigned char a[4] = {0xAC, 0x1F, 0xFF, 0xFF}, b[4] = {0xAC, 0x10, 0, 0};
	(void)state;
	assert_true(address_shares(a, b, 0));
	assert_true(address_shares(a, b, 12));
	assert_false(address_shares(a, b, 13));
	assert_true(address_shares(a, a, 32));
	assert_int_equal(address_range_v4(a), RANGE_PRIVATE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_loose),
		cmocka_unit_test(test_as_the_system),
		cmocka_unit_test(test_shares),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
