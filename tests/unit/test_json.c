#include "core/config/json.h"

#include "tests/unit/scratch.h"

static void test_find(void **state)
{
	struct arena a = {0};
	struct json_wish wish[] = {{"a", NULL}, {"b.c.d", NULL}, {"b.c", NULL}, {"n", NULL}, {"l.0", NULL}, {"", NULL}};
	struct str text =
		STR("{\"b\": {\"c\": {\"d\": \"\\u65e5\\ud842\\udfb7\\n\"}}, \"a\": \"x\", \"n\": 1, \"l\": [\"y\"]}");
	struct err err = {""};
	(void)state;
	assert_int_equal(json_find(&a, text, wish, ARRAY_SIZE(wish), &err), 0);
	assert_string_equal(wish[0].value, "x");
	assert_string_equal(wish[1].value, "日𠮷\n");
	for (size_t i = 2; i < ARRAY_SIZE(wish); i++)
		assert_null(wish[i].value);
	arena_release(&a);
}

static void test_errors(void **state)
{
	static const char *const texts[] = {
		"", "{", "nothing", "{\"a\": \"x\"} y", "{\"a\": \"\xff\"}", "{\"a\": \"\\u0000\"}", "\"a\""};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct arena a = {0};
		struct json_wish wish = {"a", "old"};
		struct err err = {""};
		if (!json_find(&a, str_of(texts[i]), &wish, 1, &err) || wish.value || !strstr(err.text, "no JSON at line 1: "))
			fail_msg("%s: %s", texts[i], err.text);
		arena_release(&a);
	}
}

static void test_depth(void **state)
{
	struct arena a = {0};
	struct json_wish wish = {"a", NULL};
	char text[100000];
	(void)state;
	memset(text, '[', sizeof(text));
	assert_int_equal(json_find(&a, (struct str){text, sizeof(text)}, &wish, 1, NULL), -1);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_depth),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
