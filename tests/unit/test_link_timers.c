#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "lint/links/timers.h"

static void test_order(void **state)
{
	struct link_timers t = {0};
	struct link_timer got;
	uint32_t seed = 7;
	int64_t before = INT64_MIN;
	(void)state;
	assert_true(link_timers_due(&t) == INT64_MAX);
	assert_false(link_timers_take(&t, INT64_MAX, &got));
	for (int i = 0; i < 1000; i++) {
		seed = seed * 1103515245 + 12345;
		link_timers_add(&t, (struct link_timer){seed >> 22, i, &t});
	}
	assert_false(link_timers_take(&t, link_timers_due(&t) - 1, &got));
	for (int i = 0; i < 1000; i++) {
		int64_t due = link_timers_due(&t);
		assert_true(link_timers_take(&t, due, &got));
		assert_true(got.due == due && got.due >= before && got.what == &t);
		before = due;
	}
	assert_false(link_timers_take(&t, INT64_MAX, &got));
	link_timers_release(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_order)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
