/* Patterns of a repository: what is refused, what matches where, and that all of it ends. */
#include "core/base/unicode_regex.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/base/buf.h"

static void test_refused(void **state)
{
	static const struct {
		const char *pattern, *replacement, *why; /* NULL: it is accepted */
	} cases[] = {
		{"a+", "b", NULL},
		{"(a)(b)", "$2$1", NULL},
		{"(a)", "$0", NULL},
		{"a", "\\$1", NULL},
		{"a", "5$", NULL},
		{"(?<!x)a", "b", NULL},
		{"(a", "b", "is no regular expression: U_REGEX_MISMATCHED_PAREN"},
		{"(?<=a*)b", "c", "is no regular expression"},
		{"a{99999999999}", "b", "is no regular expression"},
		{"a*", "b", "matches the empty text"},
		{"^", "b", "matches the empty text"},
		{"((a?){1000}){1000}b", "c", "takes too long"},
		{"a", "$1", "refers to a group"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct err err = {{0}};
		bool fine = regex_accept(str_of(cases[i].pattern), str_of(cases[i].replacement), &err);
		assert_int_equal(fine, !cases[i].why);
		if (cases[i].why && !strstr(err.text, cases[i].why))
			fail_msg("%s: %s", cases[i].pattern, err.text);
	}
}

struct seen {
	struct arena *a;
	struct str text, replacement, all;
};

static void see(void *context, const struct regex_match *m)
{
	struct seen *s = context;
	struct str right = regex_expand(s->a, s->replacement, s->text, m);
	s->all = arena_printf(s->a, "%.*s%u:%.*s=%.*s ", STR_ARG(s->all), m->group[0].off,
	                      STR_ARG(str_at(s->text, m->group[0])), STR_ARG(right));
}

static void test_matches(void **state)
{
	static const struct {
		const char *pattern, *replacement, *text, *all;
	} cases[] = {
		{"b", "c", "abab", "1:b=c 3:b=c "},
		{"(.)b", "$1-$0", "あbいb", "0:あb=あ-あb 4:いb=い-いb "},
		{"バ(?!ー)", "バー", "😀サーバ、サーバー", "10:バ=バー "},
		{"^a$", "\\$\\\\b", "a\nba\na", "0:a=$\\b 5:a=$\\b "},
		{"a[^x]b", "c", "a\nb a b", "4:a b=c "},
		{"(a)|(b)", "<$2>", "ab", "0:a=<> 1:b=<b> "},
		{"x*", "y", "axx", "1:xx=y "},
		{"\\bgit\\b", "Git", "とgitは、gitb", "3:git=Git "},
	};
	struct arena arena = {0}, *a = &arena;
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct seen s = {a, str_of(cases[i].text), str_of(cases[i].replacement), STR("")};
		size_t work = REGEX_WORK;
		assert_true(regex_each(str_of(cases[i].pattern), regex_text_make(a, s.text), &work, see, &s));
		assert_string_equal(arena_str(a, s.all).p, cases[i].all);
	}
	arena_release(a);
}

static void ignore(void *context, const struct regex_match *m)
{
	(void)context;
	(void)m;
}

/* Exponential ones, quadratic ones, those that need much memory, and far too many. */
static void test_bounds(void **state)
{
	static const char *const patterns[] = {"(a+)+$",    "(.*)*x",     "[^x]*+X",  "(a|aa)+!!",
	                                       "((a*)*)*b", "(a|b|ab)*c", "a[^x]*+X", "[ab][^x]*+X"};
	struct arena arena = {0}, *a = &arena;
	(void)state;
	struct buf line = {0};
	buf_pad(&line, 'a', 300000);
	buf_addz(&line, "!\n");
	struct regex_text *text = regex_text_make(a, buf_str(&line));
	for (size_t i = 0; i < ARRAY_SIZE(patterns); i++) {
		size_t work = REGEX_WORK;
		assert_false(regex_each(str_of(patterns[i]), text, &work, ignore, NULL));
	}
	size_t work = REGEX_WORK, done = 0;
	for (size_t i = 0; i < 2000; i++)
		done += regex_each(arena_printf(a, "a%zu", i), text, &work, ignore, NULL);
	assert_in_range(done, 0, 1000);
	assert_int_equal(work, 0);
	buf_release(&line);
	arena_release(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_matches),
		cmocka_unit_test(test_bounds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
