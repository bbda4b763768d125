#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fix/patch.h"
#include "lint/rule.h"

static const struct rule rule = {.name = "some-rule"};

struct world {
	struct arena a;
	struct findings f;
};

static int set_up(void **state)
{
	static struct world w;
	w = (struct world){0};
	*state = &w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;
	arena_release(&w->a);
	return 0;
}

/* A finding whose fix has one edit, or with `off2` two. */
static void add(struct world *w, uint32_t off, uint32_t len, const char *text, uint32_t off2, uint32_t len2)
{
	struct edit *e = arena_array(&w->a, struct edit, 2);
	e[0] = (struct edit){{off, len}, str_of(text)};
	e[1] = (struct edit){{off2, len2}, str_of(text)};
	w->f.v = arena_grow(&w->a, w->f.v, w->f.nr, &w->f.cap, sizeof(*w->f.v));
	w->f.v[w->f.nr++] = (struct finding){
		.rule = &rule, .at = {off, len}, .fix = {.safety = FIX_SAFE, .edit = e, .nr = off2 == UINT32_MAX ? 1 : 2}};
}

static void add_one(struct world *w, uint32_t off, uint32_t len, const char *text)
{
	add(w, off, len, text, UINT32_MAX, 0);
}

static bool all(const void *context, const struct finding *f)
{
	(void)context;
	return f->fix.safety == FIX_SAFE;
}

#define TEXT "0123456789"

static void expect(struct world *w, size_t fixes, const char *wanted)
{
	struct patch p = patch_choose(&w->a, STR(TEXT), &w->f, all, NULL);
	struct str got = patch_apply(&w->a, STR(TEXT), &p);
	assert_string_equal(got.p, wanted);
	assert_int_equal(got.n, strlen(wanted));
	assert_int_equal(p.nr, fixes);
}

static void test_nothing(void **state)
{
	expect(*state, 0, TEXT);
}

static void test_kinds(void **state)
{
	struct world *w = *state;
	add_one(w, 0, 0, "<");
	add_one(w, 2, 3, "");
	add_one(w, 6, 1, "six");
	add_one(w, 10, 0, ">");
	expect(w, 4, "<015six789>");
}

static void test_whole_text(void **state)
{
	add_one(*state, 0, 10, "");
	expect(*state, 1, "");
}

/* The second waits. */
static void test_overlap(void **state)
{
	struct world *w = *state;
	add_one(w, 2, 3, "a");
	add_one(w, 4, 2, "b");
	add_one(w, 5, 1, "c");
	expect(w, 2, "01ac6789");
}

static void test_insertions(void **state)
{
	struct world *w = *state;
	/* Twice at one place: which comes first? So only one. */
	add_one(w, 2, 0, "a");
	add_one(w, 2, 0, "b");
	/* Before what is replaced, and behind it; not inside. */
	add_one(w, 4, 3, "456");
	add_one(w, 4, 0, "(");
	add_one(w, 7, 0, ")");
	add_one(w, 5, 0, "x");
	expect(w, 4, "01a23(456)789");
}

/* Also when the insertion was there first. */
static void test_replacing_around_an_insertion(void **state)
{
	struct world *w = *state;
	add_one(w, 5, 0, "x");
	add_one(w, 4, 3, "y");
	expect(w, 1, "01234x56789");
}

/* Whole or not at all. */
static void test_two_edits(void **state)
{
	struct world *w = *state;
	add_one(w, 8, 1, "!");
	add(w, 1, 1, "x", 8, 1);
	add(w, 3, 0, "y", 5, 1);
	expect(w, 2, "012y34y67!9");
}

static bool none(const void *context, const struct finding *f)
{
	(void)context;
	(void)f;
	return false;
}

static void test_unwanted(void **state)
{
	struct world *w = *state;
	add_one(w, 0, 1, "x");
	struct patch p = patch_choose(&w->a, STR(TEXT), &w->f, none, NULL);
	assert_int_equal(p.nr, 0);
	assert_int_equal(p.edits, 0);
}

static void test_parts(void **state)
{
	struct world *w = *state;
	add_one(w, 0, 1, "a");
	add(w, 2, 1, "b", 8, 1);
	add_one(w, 5, 1, "c");
	struct patch p = patch_choose(&w->a, STR(TEXT), &w->f, all, NULL);
	struct patch left = patch_part(&w->a, &p, 0, 1), right = patch_part(&w->a, &p, 1, 3);
	assert_string_equal(patch_apply(&w->a, STR(TEXT), &left).p, "a123456789");
	assert_string_equal(patch_apply(&w->a, STR(TEXT), &right).p, "01b34c67b9");
	struct patch both = patch_join(&w->a, &right, &left);
	assert_string_equal(patch_apply(&w->a, STR(TEXT), &both).p, "a1b34c67b9");
	struct patch one = patch_join(&w->a, &(struct patch){0}, &left);
	assert_int_equal(one.nr, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_kinds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_whole_text, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_overlap, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_insertions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_replacing_around_an_insertion, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_two_edits, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_unwanted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_parts, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
