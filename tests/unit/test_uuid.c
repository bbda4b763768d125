#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/uuid.h"

/* The expected ones are those of Python's uuid.uuid5. */
static void test_known(void **state)
{
	static const struct {
		const char *name, *uuid;
	} cases[] = {
		{"", "1b4db7eb-4057-5ddf-91e0-36dec72071f5"},
		{"https://example.com/", "dd2c1780-811a-5296-81c5-178a0ef488bc"},
		{"日本語", "7d340f48-c165-55f5-8ac5-8d642da1c20d"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct uuid u = uuid_make(&uuid_of_urls, str_of(cases[i].name));
		assert_string_equal(uuid_text(&u).z, cases[i].uuid);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_known)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
