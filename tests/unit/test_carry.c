#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/source/carry.h"

/* `want` NULL: refused. */
static void expect(const char *before, const char *after, const char *text, const char *want)
{
	struct arena a = {0};
	struct str out;
	bool carried = carry_edits(&a, str_of(before), str_of(after), str_of(text), &out);
	if (carried != (want != NULL) || !str_eqz(out, want ? want : ""))
		fail_msg("`%s` → `%s`, in `%s`: %s `%.*s`", before, after, text, carried ? "carried" : "refused", STR_ARG(out));
	arena_release(&a);
}

static void test_apart(void **state)
{
	(void)state;
	expect("a\nb\nc\n", "A\nb\nc\n", "a\nb\nMINE\n", "A\nb\nMINE\n");
	expect("a\nb\nc\n", "a\nb\nC\n", "MINE\nb\nc\n", "MINE\nb\nC\n");
	expect("a\nb\nc\n", "a\nb\nC\n", "one\ntwo\na\nb\nc\n", "one\ntwo\na\nb\nC\n");
	expect("a\nb\nc\n", "a\nb\nC\n", "c\n", "C\n");
	expect("a\nb\nc\nd\n", "A\nb\nc\nD\n", "a\nb\nnew\nc\nd\n", "A\nb\nnew\nc\nD\n");
	expect("a\nb\nc\n", "b\nc\n", "a\nb\nMINE\n", "b\nMINE\n");
}

/* Next to a line of theirs is not on it. */
static void test_touching(void **state)
{
	(void)state;
	expect("a\nb\n", "A\nb\n", "a\nMINE\n", "A\nMINE\n");
	expect("a\nb\n", "a\nB\n", "MINE\nb\n", "MINE\nB\n");
	expect("a\nb\n", "a\nB\n", "a\nnew\nb\n", "a\nnew\nB\n");
	expect("a\nb\n", "A\nb\n", "a\nnew\nb\n", "A\nnew\nb\n");
	expect("a\nb\n", "b\n", "a\nMINE\n", "MINE\n");
}

static void test_on_it(void **state)
{
	(void)state;
	expect("a\nb\n", "A\nb\n", "MINE\nb\n", NULL);
	expect("a\nb\nc\n", "A\nB\nc\n", "a\nnew\nb\nc\n", NULL);
	expect("a\nb\n", "A\nb\n", "b\n", NULL);
	expect("a\nb\n", "b\n", "MINE\nb\n", NULL);
	expect("a\n", "A\n", "", NULL);
	/* One place is enough. */
	expect("a\nb\nc\n", "A\nb\nC\n", "a\nb\nMINE\n", NULL);
}

/* Between which lines is something put in, if they are not the same? */
static void test_insertion(void **state)
{
	(void)state;
	expect("a\nb\nc\n", "a\nnew\nb\nc\n", "a\nb\nMINE\n", "a\nnew\nb\nMINE\n");
	expect("a\nb\n", "a\nnew\nb\n", "a\nMINE\n", NULL);
	expect("a\nb\n", "a\nnew\nb\n", "MINE\nb\n", NULL);
	expect("a\nb\n", "a\nnew\nb\n", "a\nmine\nb\n", NULL);
	expect("", "new\n", "mine\n", NULL);
}

/* They did the same, and more. */
static void test_made(void **state)
{
	(void)state;
	expect("a\nb\nc\n", "A\nb\nc\n", "A\nb\nMINE\n", "A\nb\nMINE\n");
	expect("a\nb\nc\n", "a\nnew\nb\nC\n", "a\nnew\nb\nc\n", "a\nnew\nb\nC\n");
	expect("a\nb\nc\n", "b\nc\n", "b\nc\nmore\n", "b\nc\nmore\n");
}

static void test_no_newline(void **state)
{
	(void)state;
	expect("a\nb\nc", "A\nb\nc", "a\nb\nc\n", "A\nb\nc\n");
	expect("a\nb\nc", "a\nb\nc\n", "A\nb\nc", "A\nb\nc\n");
	expect("a\nb\nc", "a\nb\nc\n", "a\nb\nc\nmore\n", NULL);
	/* Two lines never become one. */
	expect("a\nb\n", "a\nb", "a\nb\nmore\n", NULL);
}

static void test_bytes(void **state)
{
	(void)state;
	expect("a\r\nb\r\n", "A\r\nb\r\n", "a\r\nMINE\r\n", "A\r\nMINE\r\n");
	expect("a\r\nb\r\n", "A\r\nb\r\n", "a\nb\n", NULL);
	expect("\x93\xfa\nb\n", "日\nb\n", "\x93\xfa\n\xff\n", "日\n\xff\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_apart),     cmocka_unit_test(test_touching), cmocka_unit_test(test_on_it),
		cmocka_unit_test(test_insertion), cmocka_unit_test(test_made),     cmocka_unit_test(test_no_newline),
		cmocka_unit_test(test_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
