/* The first line is a pattern, the rest a text. What a pattern fills in for a day, it takes for that day. */
#include <stdlib.h>

#include "core/digest/pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_day(struct arena *a, const struct pattern *p, struct date d)
{
	struct date found;
	bool impossible;
	struct str text = pattern_fill(a, p, d);
	must(pattern_match(a, p, text, &found, &impossible));
	must(!impossible);
	must(!pattern_tells_date(p) || date_cmp(found, d) == 0);
}

static void check_text(struct arena *a, const struct pattern *p, struct str text)
{
	struct date found;
	bool impossible;
	bool matches = pattern_match(a, p, text, &found, &impossible);
	must(matches || (!impossible && !date_is_set(found)));
	must(!impossible || !date_is_set(found));
	if (matches && date_is_set(found))
		must(str_eq(pattern_fill(a, p, found), text));
	pattern_match_name(a, p, text, &found, &impossible);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct date days[] = {{2024, 2, 29}, {2024, 4, 19}, {1999, 12, 31}, {2025, 1, 1}, {2026, 11, 11}};
	struct arena a = {0};
	struct str all = {(const char *)data, size};
	struct pattern p;
	struct err err = {""};
	size_t end = str_find_byte(all, 0, '\n'), at = 0;
	struct str text = str_slice(all, 0, end);
	if (pattern_parse(&a, text, &p, &at, &err) < 0) {
		must(err.text[0] && at < text.n);
	} else {
		for (size_t i = 0; i < ARRAY_SIZE(days); i++)
			check_day(&a, &p, days[i]);
		check_text(&a, &p, str_from(all, end + 1));
	}
	arena_release(&a);
	return 0;
}
