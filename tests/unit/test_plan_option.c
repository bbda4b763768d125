/* Options of every kind, of a rule that is none. */
#include "lint/plan_option.h"
#include "tests/unit/scratch.h"

static bool is_short(const struct word *w, struct err *err)
{
	if (w->key.n <= 6)
		return true;
	err_set(err, "`%.*s` is too long to be one", STR_ARG(w->key));
	return false;
}

static const struct rule_option options[] = {
	{.name = "days", .value = 3, .least = 0, .most = 9},
	{.name = "strict", .kind = VALUE_FLAG, .value = 1},
	{.name = "words", .kind = VALUE_WORDS, .words = "a\nb b\n", .most = 4, .accept = is_short},
	{.name = "terms", .kind = VALUE_TERMS, .words = "x: y: z\nv: w"},
	{0},
};

static const struct rule rule = {.name = "some-rule", .options = options};

enum { DAYS, STRICT, WORDS, TERMS };

/* The options after a config has been read; on a mistake NULL. */
static const struct option_value *values(struct arena *a, const char *yaml, struct err *err)
{
	struct config c;
	const struct option_value *v = plan_option_defaults(a, &rule);
	struct str text = arena_printf(a, "rules:\n  some-rule:\n%s", yaml);
	if (config_parse(a, "c", text, &c, err) < 0)
		fail_msg("%s", err->text);
	for (size_t i = 0; i < c.base.nr; i++)
		if (!str_eqz(c.base.set[i].option, "severity") &&
		    plan_option_set(a, &c, &c.base.set[i], (struct origin){0}, &rule, &v, err) < 0)
			return NULL;
	return v;
}

/* "key=value|key=value" */
static const char *shown(struct arena *a, struct word_list list)
{
	struct str all = STR("");
	for (size_t i = 0; i < list.nr; i++)
		all = arena_printf(a, "%.*s%s%.*s%s%.*s", STR_ARG(all), i ? "|" : "", STR_ARG(list.v[i].key),
		                   list.v[i].value.n ? "=" : "", STR_ARG(list.v[i].value));
	return arena_str(a, all).p;
}

static void test_values(void **state)
{
	static const struct {
		const char *yaml;
		long days, strict;
		const char *words, *terms;
	} cases[] = {
		{"    severity: info\n", 3, 1, "a|b b", "x=y: z|v=w"},
		{"    days: 9\n    strict: false\n", 9, 0, "a|b b", "x=y: z|v=w"},
		{"    words: [c]\n    terms: {サーバ: サーバー}\n", 3, 1, "c", "サーバ=サーバー"},
		{"    words: []\n    terms: {}\n", 3, 1, "", ""},
		{"    extend-words: [c, d]\n    extend-terms: {v: u, k: l}\n", 3, 1, "a|b b|c|d", "x=y: z|v=u|k=l"},
		{"    words: [1, true]\n", 3, 1, "1|true", "x=y: z|v=w"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = {0};
		struct err err = {""};
		const struct option_value *v = values(&a, cases[i].yaml, &err);
		if (!v)
			fail_msg("%s%s", cases[i].yaml, err.text);
		assert_int_equal(v[DAYS].number, cases[i].days);
		assert_int_equal(v[STRICT].number, cases[i].strict);
		assert_string_equal(shown(&a, v[WORDS].words), cases[i].words);
		assert_string_equal(shown(&a, v[TERMS].words), cases[i].terms);
		arena_release(&a);
	}
	assert_true(plan_option_adds(&rule, STR("extend-words")));
	assert_false(plan_option_adds(&rule, STR("extend-days")));
	assert_false(plan_option_adds(&rule, STR("words")));
}

static void test_errors(void **state)
{
	static const struct {
		const char *yaml, *error;
	} cases[] = {
		{"    days: 10\n", "c:3:11: `days` must be a whole number from 0 to 9"},
		{"    days: '3'\n", "c:3:11: `days` must be a whole number from 0 to 9"},
		{"    days: [3]\n", "c:3:11: `days` must be a whole number from 0 to 9"},
		{"    days: {}\n", "c:3:11: `days` must be a whole number from 0 to 9"},
		{"    strict: yes\n", "c:3:13: `strict` must be true or false"},
		{"    strict: 'true'\n", "c:3:13: `strict` must be true or false"},
		{"    words: a\n", "c:3:12: `words` must be a list, as in `[one, two]`"},
		{"    words: {}\n", "c:3:12: `words` must be a list, as in `[one, two]`"},
		{"    terms: []\n", "c:3:12: `terms` must be a map, as in `{text: better text}`"},
		{"    words: {a: b}\n", "c:3:12: `words` must be a list, as in `[one, two]`"},
		{"    extend-terms: [a]\n", "c:3:19: `extend-terms` must be a map, as in `{text: better text}`"},
		{"    terms: a\n", "c:3:12: `terms` must be a map, as in `{text: better text}`"},
		{"    words: [a, '']\n", "c:3:16: `words` has an empty text"},
		{"    terms: {a: ''}\n", "c:3:13: `terms` has an empty text"},
		{"    terms: {'': a}\n", "c:3:13: `terms` has an empty text"},
		{"    words: [a, b, c, d, e]\n", "c:3:12: `words` may have at most 4 texts"},
		{"    extend-words: [c, d, e]\n", "c:3:19: `words` may have at most 4 texts"},
		{"    words:\n      - short\n      - too long\n", "c:5:9: `too long` is too long to be one"},
		{"    extend-days: 3\n", "c:3:5: `some-rule` has no option `extend-days`"},
		{"    wrods: [a]\n", "c:3:5: `some-rule` has no option `wrods`; did you mean `words`?"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = {0};
		struct err err = {""};
		if (values(&a, cases[i].yaml, &err) || strcmp(err.text, cases[i].error) != 0)
			fail_msg("%s%s", cases[i].yaml, err.text);
		arena_release(&a);
	}
}

static void test_long_texts(void **state)
{
	static char text[1025];
	struct arena a = {0};
	struct err err = {""};
	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	assert_non_null(values(&a, arena_printf(&a, "    terms: {b: %s}\n", text).p, &err));
	assert_null(values(&a, arena_printf(&a, "    terms: {b: %sa}\n", text).p, &err));
	assert_string_equal(err.text, "c:3:13: `terms` has a text of more than 1024 bytes");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_long_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
