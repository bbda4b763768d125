/* A baseline of any bytes is refused with a reason, or is exactly what is printed for it. */
#include <stdlib.h>

#include "lint/baseline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct str text = {(const char *)data, size};
	struct baseline b, left;
	struct err err = {""};
	struct buf printed = {0};
	struct baseline_jobs none = {0};
	if (baseline_parse(&a, "b", text, &b, &err) < 0) {
		must(str_starts(str_of(err.text), STR("b:")));
	} else {
		baseline_print(&b, &printed);
		must(str_eq(buf_str(&printed), text));
		left = baseline_shrink(&a, &b, &b, &none);
		must(left.nr == b.nr && baseline_total(&left) == baseline_total(&b));
	}
	buf_release(&printed);
	arena_release(&a);
	return 0;
}
