#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/config/yaml.h"

/* A tree as text: [a b], {k=v}, quotes where there were some, @line:column before each node. */
static void show(struct buf *b, const struct yaml *y, bool places)
{
	if (places)
		buf_printf(b, "@%u:%u ", y->line, y->column);
	if (y->kind == YAML_SCALAR) {
		buf_printf(b, y->quoted ? "\"%.*s\"" : "%.*s", STR_ARG(y->text));
		return;
	}
	buf_addc(b, y->kind == YAML_LIST ? '[' : '{');
	for (size_t i = 0; i < y->nr; i++) {
		if (i)
			buf_addc(b, ' ');
		if (y->kind == YAML_MAP) {
			show(b, &y->key[i], places);
			buf_addc(b, '=');
		}
		show(b, &y->item[i], places);
	}
	buf_addc(b, y->kind == YAML_LIST ? ']' : '}');
}

static void expect(struct str text, const char *shown, bool places)
{
	struct arena a = {0};
	struct buf b = {0};
	struct yaml *root;
	struct err err = {""};
	uint32_t line, column;
	if (yaml_parse(&a, text, &root, &line, &column, &err) < 0)
		fail_msg("%.*s: %u:%u: %s", STR_ARG(text), line, column, err.text);
	show(&b, root, places);
	assert_string_equal(b.p, shown);
	buf_release(&b);
	arena_release(&a);
}

static void test_trees(void **state)
{
	static const struct {
		const char *text, *shown;
	} cases[] = {
		{"", "{}"},
		{"\n\n", "{}"},
		{"# only a comment\n", "{}"},
		{"---\n", "{}"},
		{"--- # nothing\n...\n", "{}"},
		{"a", "a"},
		{"''", "\"\""},
		{"a: 1\nb: [x, 'y', \"z\"]\n", "{a=1 b=[x \"y\" \"z\"]}"},
		{"a:\n- 1\n- - 2\n  - 3\n- k: v\n", "{a=[1 [2 3] {k=v}]}"},
		{"a:\nb:\n", "{a= b=}"},
		{"a: |\n  two\n  lines\n", "{a=\"two\nlines\n\"}"},
		{"a: |\n  x\n     ", "{a=\"x\n   \n\"}"},
		{"a: >-\n  two\n  lines\n", "{a=\"two lines\"}"},
		{"a: plain\n  goes on\n", "{a=plain goes on}"},
		{"日本: 日本語 # 注\n", "{日本=日本語}"},
		{"a: 1\r\nb: 2\r\n", "{a=1 b=2}"},
		{"\xEF\xBB\xBF"
	     "a: 1\n",
	     "{a=1}"},
		{"a: \"\\u3042\\n\"\n", "{a=\"あ\n\"}"},
		{"{a, b: {}}\n", "{a= b={}}"},
		{"<<: x\n", "{<<=x}"},
		{"no: off\nyes: null\n", "{no=off yes=null}"},
		{"a: '{yyyy}/{MM}'\n", "{a=\"{yyyy}/{MM}\"}"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		expect(str_of(cases[i].text), cases[i].shown, false);
}

static void test_places(void **state)
{
	(void)state;
	expect(STR("a: 1\nb:\n  - 日本: x\n"), "@1:1 {@1:1 a=@1:4 1 @2:1 b=@3:3 [@3:5 {@3:5 日本=@3:9 x}]}", true);
	expect(STR("日: [語, 'あ', い]\r\nb: c"), "@1:1 {@1:1 日=@1:4 [@1:5 語 @1:8 \"あ\" @1:13 い] @2:1 b=@2:4 c}", true);
	expect(STR("a: b\rc:\td\n"), "@1:1 {@1:1 a=@1:4 b @2:1 c=@2:4 d}", true);
	expect(STR("\xEF\xBB\xBF"
	           "a: b\n"),
	       "@1:1 {@1:1 a=@1:4 b}", true);
	expect(STR("a:\nb: c\n"), "@1:1 {@1:1 a=@1:1  @2:1 b=@2:4 c}", true);
}

static void expect_error(struct str text, uint32_t line, uint32_t column, const char *message)
{
	struct arena a = {0};
	struct yaml *root;
	struct err err = {""};
	uint32_t l = 0, c = 0;
	if (yaml_parse(&a, text, &root, &l, &c, &err) == 0)
		fail_msg("no error: %.*s", STR_ARG(text));
	if (message)
		assert_string_equal(err.text, message);
	if (l != line || c != column)
		fail_msg("%.*s: %u:%u: %s", STR_ARG(text), l, c, err.text);
	assert_true(err.text[0]);
	arena_release(&a);
}

static void test_errors(void **state)
{
	static const struct {
		struct str text;
		uint32_t line, column;
		const char *message; /* NULL: libfyaml's own words */
	} cases[] = {
		{STR_INIT("a: &x 1\n"), 1, 4, "anchors are not supported"},
		{STR_INIT("a: &x\n"), 1, 4, "anchors are not supported"},
		{STR_INIT("&x a: 1\n"), 1, 1, "anchors are not supported"},
		{STR_INIT("a: *x\n"), 1, 4, "aliases are not supported: a text that begins with `*` stands in quotes"},
		{STR_INIT("*x : 1\n"), 1, 1, "aliases are not supported: a text that begins with `*` stands in quotes"},
		{STR_INIT("日: !!str 1\n"), 1, 4, "tags are not supported"},
		{STR_INIT("a: !x [1]\n"), 1, 4, "tags are not supported"},
		{STR_INIT("a: 1\n---\nb: 2\n"), 2, 1, "a second document begins here: there must be only one"},
		{STR_INIT("? [a]\n: b\n"), 1, 3, "a key must be a name"},
		{STR_INIT("{[a]: b}\n"), 1, 2, "a key must be a name"},
		{STR_INIT("a: 1\n日: 2\na: 3\n"), 3, 1, "the key `a` stands here a second time"},
		{STR_INIT("x: {b: 1, c: 2, c: 2, b: 3}\n"), 1, 17, "the key `c` stands here a second time"},
		{STR_INIT("a: \"\\0\"\n"), 1, 4, "a character that is none"},
		{STR_INIT("a: 日\xFF\n"), 1, 5, "not UTF-8"},
		{STR_INIT("a: \xED\xA0\x80\n"), 1, 4, "not UTF-8"},
		{STR_INIT("a: b\n\0"), 2, 1, "a NUL byte"},
		{STR_INIT("a: [1, 2\n"), 2, 1, NULL},
		{STR_INIT("- a\nb: c\n"), 2, 1, NULL},
		{STR_INIT("a: b: c\n"), 1, 5, NULL},
		{STR_INIT("日本: {yyyy}/{MM}\n"), 1, 11, NULL},
		{STR_INIT("a: @x\n"), 1, 4, NULL},
		{STR_INIT("a: '日\n"), 1, 5, NULL},
		{STR_INIT("%YAML 9.9\n---\na: 1\n"), 1, 1, NULL},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		expect_error(cases[i].text, cases[i].line, cases[i].column, cases[i].message);
}

static void nest(struct buf *b, size_t levels)
{
	b->n = 0;
	buf_pad(b, '[', levels);
	buf_pad(b, ']', levels);
}

static void test_bounds(void **state)
{
	struct buf b = {0};
	struct arena a = {0};
	struct yaml *root;
	uint32_t line, column;
	(void)state;
	nest(&b, 32);
	assert_int_equal(yaml_parse(&a, buf_str(&b), &root, &line, &column, NULL), 0);
	nest(&b, 33);
	expect_error(buf_str(&b), 1, 33, "nested too deep");
	nest(&b, 100000);
	expect_error(buf_str(&b), 1, 33, "nested too deep");
	b.n = 0;
	buf_addz(&b, "a:\n");
	buf_pad(&b, '\n', 1000);
	expect_error(buf_str(&b), 201, 1, "too many blank lines");
	b.n = 0;
	buf_pad(&b, ' ', 256 * 1024 + 1);
	expect_error(buf_str(&b), 1, 1, "too large: more than 256 KiB");
	buf_release(&b);
	arena_release(&a);
}

static void test_get(void **state)
{
	struct arena a = {0};
	struct yaml *root;
	uint32_t line, column;
	(void)state;
	assert_int_equal(yaml_parse(&a, STR("a: 1\nb: [x]\n"), &root, &line, &column, NULL), 0);
	assert_true(str_eqz(yaml_get(root, "a")->text, "1"));
	assert_null(yaml_get(root, "c"));
	assert_null(yaml_get(yaml_get(root, "b"), "x"));
	arena_release(&a);
}

/* Whatever is wrong, libfyaml itself says nothing. */
static void test_silence(void **state)
{
	static const char *const texts[] = {"%YAML 9.9\n---\na\n", "a: [1\n", "a: \"\\xff\\ud800\"\n", "%FOO\n---\n",
	                                    "\t- x: [\n"};
	struct arena a = {0};
	struct yaml *root;
	uint32_t line, column;
	char heard[64];
	int ends[2], real = dup(STDERR_FILENO);
	(void)state;
	assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
	dup2(ends[1], STDERR_FILENO);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		yaml_parse(&a, str_of(texts[i]), &root, &line, &column, NULL);
	fflush(stderr);
	dup2(real, STDERR_FILENO);
	assert_int_equal(read(ends[0], heard, sizeof(heard)), -1);
	close(real);
	close(ends[0]);
	close(ends[1]);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_trees),  cmocka_unit_test(test_places), cmocka_unit_test(test_errors),
		cmocka_unit_test(test_bounds), cmocka_unit_test(test_get),    cmocka_unit_test(test_silence),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
