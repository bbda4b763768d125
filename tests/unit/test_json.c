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

static void test_read(void **state)
{
	struct arena a = {0};
	struct err err;
	struct str text =
		STR("{\"a\": {\"b\": [1, -2.5, true, false, null, \"x\\u0000y\"], \"c\": true}, \"d\": \"\\ud842\\udfb7\"}");
	const struct json *j = json_read(&a, text, &err), *list = json_at(j, "a.b");
	(void)state;
	assert_non_null(list);
	assert_int_equal(list->nr, 6);
	assert_true(list->item[0].number == 1 && list->item[1].number == -2.5);
	assert_int_equal(list->item[2].kind, JSON_YES);
	assert_int_equal(list->item[3].kind, JSON_NO);
	assert_int_equal(list->item[4].kind, JSON_NOTHING);
	assert_true(str_eq(list->item[5].text, STR("x\0y")));
	assert_true(json_flag(j, "a.c") && !json_flag(j, "a.b") && !json_flag(j, "d"));
	assert_true(str_eqz(json_text(j, "d"), "𠮷"));
	assert_null(json_text(j, "a.c").p);
	assert_null(json_at(j, "d.e"));
	assert_null(json_at(NULL, "d"));
	arena_release(&a);
}

static void test_surrogates(void **state)
{
	static const struct {
		const char *text, *value;
	} cases[] = {
		{"\"\\ud842\\udfb7\"", "𠮷"},
		{"\"\\ud842\"", "\xEF\xBF\xBD"},
		{"\"\\udfb7\\uD842x\"", "\xEF\xBF\xBD\xEF\xBF\xBDx"},
		{"\"\\ud842\\ud842\\udfb7\"", "\xEF\xBF\xBD𠮷"},
		{"\"\\ud842\\u0041\"", "\xEF\xBF\xBD"
	                           "A"},
		{"\"\\\\ud842\"", "\\ud842"},
		{"\"\\\\\\ud842\"", "\\\xEF\xBF\xBD"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = {0};
		const struct json *j = json_read(&a, str_of(cases[i].text), NULL);
		if (!j || !str_eqz(j->text, cases[i].value))
			fail_msg("%s", cases[i].text);
		arena_release(&a);
	}
}

static void test_read_errors(void **state)
{
	static const char *const texts[] = {"",     "{",     "nothing",         "1 2", "\"\xff\"", "\"\\ud8\"",
	                                    "\"\\", "1e999", "\"\xED\xA0\x80\""};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct arena a = {0};
		struct err err = {""};
		if (json_read(&a, str_of(texts[i]), &err) || !*err.text)
			fail_msg("%s", texts[i]);
		arena_release(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find), cmocka_unit_test(test_errors),     cmocka_unit_test(test_depth),
		cmocka_unit_test(test_read), cmocka_unit_test(test_surrogates), cmocka_unit_test(test_read_errors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
