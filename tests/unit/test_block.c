#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <time.h>

#include "core/base/buf.h"
#include "core/digest/block.h"

static const char *const names[] = {
	[BLOCK_HEADING] = "h",   [BLOCK_PARAGRAPH] = "para", [BLOCK_LIST] = "list",   [BLOCK_ITEM] = "item",
	[BLOCK_QUOTE] = "quote", [BLOCK_FENCE] = "fence",    [BLOCK_CODE] = "code",   [BLOCK_HTML] = "html",
	[BLOCK_TABLE] = "table", [BLOCK_RULE] = "rule",      [BLOCK_FRONT] = "front", [BLOCK_REFERENCE] = "ref",
};

struct result {
	enum block_trouble trouble;
	uint32_t line;
	bool damaged;
	char *shape;
};

/* A block is `kind first-end`, and `(…)` around what is in it. */
static void add_shape(struct buf *out, const struct blocks *blocks)
{
	unsigned depth = 0;

	for (size_t i = 0; i < blocks->nr; i++) {
		const struct block *b = &blocks->v[i];
		for (; depth > b->depth; depth--)
			buf_addc(out, ')');
		if (i > 0)
			buf_addz(out, b->depth > depth ? "(" : " ");
		depth = b->depth;
		buf_printf(out, "%s%s", b->ordered ? "o" : "", names[b->kind]);
		if (b->kind == BLOCK_HEADING)
			buf_printf(out, "%d%s", b->level, b->setext ? "=" : "");
		buf_printf(out, " %u-%u", b->first, b->end);
	}
	buf_pad(out, ')', depth);
}

static struct result parse_with(struct block_parser *p, struct arena *a, struct str text)
{
	struct source source = {.text = text, .lines = lines_of(a, text)};
	struct blocks blocks;
	struct result r = {.line = UINT32_MAX};
	struct buf shape = {0};

	r.trouble = block_parse(p, a, &source, &blocks, &r.line);
	add_shape(&shape, &blocks);
	r.damaged = blocks.damaged;
	r.shape = arena_str(a, buf_str(&shape)).n ? arena_strdup(a, shape.p) : arena_strdup(a, "");
	buf_release(&shape);
	return r;
}

static void is_shape(struct block_parser *p, struct str text, const char *expected)
{
	struct arena arena = {0};
	struct result r = parse_with(p, &arena, text);

	if (r.trouble != BLOCK_FINE || r.damaged || strcmp(r.shape, expected) != 0)
		fail_msg("trouble %d, damaged %d\n%.*s\nis       %s\nnot      %s", r.trouble, r.damaged, STR_ARG(text), r.shape,
		         expected);
	arena_release(&arena);
}

static int set_up(void **state)
{
	*state = block_parser_new();
	return 0;
}

static int tear_down(void **state)
{
	block_parser_free(*state);
	block_parser_free(NULL);
	return 0;
}

struct shape_case {
	const char *text, *shape;
};

static void are_shapes(struct block_parser *p, const struct shape_case *cases, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		is_shape(p, str_of(cases[i].text), cases[i].shape);
}

static void test_shapes(void **state)
{
	static const struct shape_case cases[] = {
		{"", ""},
		{"\n\n  \n", ""},
		{"a", "para 0-1"},
		{"\n\na\nb\n\nc\n", "para 2-4 para 5-6"},
		/* Sections leave no trace, whatever levels are skipped. */
		{"x\n# A\n### C\n## B\n### D\n# E\n", "para 0-1 h1 1-2 h3 2-3 h2 3-4 h3 4-5 h1 5-6"},
		{"###### a\n####### b\n", "h6 0-1 para 1-2"},
		{"#\n#T\n#　全角\n", "h1 0-1 para 1-3"},
		{"  ## A ##  \n\nb\n", "h2 0-1 para 2-3"},
		/* Only the first of nested items begins at the indent; the last line of an item is never a blank one. */
		{"- a\n    - b\n    - c\n", "list 0-3(item 0-3(para 0-1 list 1-3(item 1-2(para 1-2) item 2-3(para 2-3))))"},
		{"- a\n\n    - b\n\n\n- c\n\n", "list 0-6(item 0-3(para 0-1 list 2-3(item 2-3(para 2-3))) item 5-6(para 5-6))"},
		{"1. a\n2. b\n\n- c\n", "olist 0-2(item 0-1(para 0-1) item 1-2(para 1-2)) list 3-4(item 3-4(para 3-4))"},
		{"1) a\n", "olist 0-1(item 0-1(para 0-1))"},
		{"- a\n+ b\n* c\n", "list 0-1(item 0-1(para 0-1)) list 1-2(item 1-2(para 1-2)) list 2-3(item 2-3(para 2-3))"},
		{"- a\nlazy\n", "list 0-2(item 0-2(para 0-2))"},
		{"para\n- a\n", "para 0-1 list 1-2(item 1-2(para 1-2))"},
		{"-\n\t-\n\t\t- x\n", "list 0-3(item 0-3(list 1-3(item 1-3(list 2-3(item 2-3(para 2-3))))))"},
		{"1. a\n  - b\n", "olist 0-1(item 0-1(para 0-1)) list 1-2(item 1-2(para 1-2))"},
		{"- a\n        - no list\n", "list 0-2(item 0-2(para 0-2))"},
		{"　- full-width indent\n", "para 0-1"},
		{"> a\n>\n> b\nlazy\n", "quote 0-4(para 0-1 para 2-4)"},
		{"> - a\n>   - b\n>\n\nc\n", "quote 0-3(list 0-2(item 0-2(para 0-1 list 1-2(item 1-2(para 1-2))))) para 4-5"},
		{"> > a\n>\n> b\n", "quote 0-3(quote 0-1(para 0-1) para 2-3)"},
		{"A\n===\n\nB\nb\n---\n", "h1= 0-2 h2= 3-6"},
		{"***\n- - -\n_____\n", "rule 0-1 rule 1-2 rule 2-3"},
		{"```c\nx\n\n```\n\n~~~\n\n", "fence 0-4 fence 5-6"},
		{"> ```\n> x\n>\ny\n", "quote 0-3(fence 0-2) para 3-4"},
		{"    code\n\n    code\n\nx\n", "code 0-3 para 4-5"},
		{"<!-- a -->\n- b\n", "html 0-1 list 1-2(item 1-2(para 1-2))"},
		{"x <!-- a -->\n", "para 0-1"},
		{"<div>\na\n\nb\n", "html 0-2 para 3-4"},
		{"| a | b |\n|---|---|\n| c | d |\nq\n\nx\n", "table 0-4 para 5-6"},
		{"| a | b |\n|---|\n", "para 0-2"},
		{"[a]: /u\n[b\nc]: /v\nx\n", "ref 0-1 ref 1-3 para 3-4"},
		{"192[.]0[.]2[.]1,IPアドレス\n[x] y\n[](u)\n", "para 0-3"},
		{"- [ ] a\n- [ ]\n- [x](u)\n", "list 0-3(item 0-1(para 0-1) item 1-2(para 1-2) item 2-3(para 2-3))"},
	};

	are_shapes(*state, cases, ARRAY_SIZE(cases));
}

/* What the parser by itself reads otherwise than CommonMark. */
static void test_mended(void **state)
{
	static const struct shape_case cases[] = {
		{"# H", "h1 0-1"},
		{"a\n## B", "para 0-1 h2 1-2"},
		{"---", "rule 0-1"},
		{"a\n===", "h1= 0-2"},
		{"- a\n-", "list 0-2(item 0-1(para 0-1) item 1-2)"},
		{"---\na: b\n---", "front 0-3"},
		{"```\nx\n```  \ny\n", "fence 0-3 para 3-4"},
		{"```\naa ```\n```\ny\n", "fence 0-3 para 3-4"},
		{"```\n- ```\n```\ny\n", "fence 0-3 para 3-4"},
		{"- ```\n  a\n  ```\n", "list 0-3(item 0-3(fence 0-3))"},
		{"```\n    ```\n```\ny\n", "fence 0-3 para 3-4"},
		{"  ```\n    ```\n", "fence 0-2"},
		{"``` ``\n`a` ```\n~~~ x ~~~\n~~~\n", "para 0-2 fence 2-4"},
		{"2019年1. 以降\n5日. x\n", "para 0-2"},
		{"para\n    * b\nc\n", "para 0-3"},
		{"para\n    > b\n", "para 0-2"},
		{"para\n    ___\n", "para 0-2"},
		{"- a\n      * b\nc\n\nd\n", "list 0-3(item 0-3(para 0-3)) para 4-5"},
		{"- a\n    * b\n", "list 0-2(item 0-2(para 0-1 list 1-2(item 1-2(para 1-2))))"},
		{"> a\n      > b\n", "quote 0-2(para 0-2)"},
		{"> # a\n      > b\n", "quote 0-1(h1 0-1) code 1-2"},
		{"[\n ]\n\n[\n ]\n", "para 0-2 para 3-5"},
		{"-\n\n\n- b\n", "list 0-4(item 0-1 item 3-4(para 3-4))"},
		{"-\n\n   \n\t\n\n- b\n", "list 0-6(item 0-1 item 5-6(para 5-6))"},
		{"+++\na\n+++\n", "para 0-3"},
	};

	are_shapes(*state, cases, ARRAY_SIZE(cases));
}

/* Front matter is what stands between two exact ---, at the very top. */
static void test_front(void **state)
{
	static const struct shape_case cases[] = {
		{"---\n# a\n---\n# b\n", "front 0-3 h1 3-4"},      {"---\n# a\n", "rule 0-1 h1 1-2"},
		{"--- \n# a\n---\n", "rule 0-1 h1 1-2 rule 2-3"},  {" ---\n# a\n---\n", "rule 0-1 h1 1-2 rule 2-3"},
		{"\n---\n# a\n---\n", "rule 1-2 h1 2-3 rule 3-4"}, {"- --\na\n---\n", "rule 0-1 h2= 1-3"},
		{"\xEF\xBB\xBF---\na\n---\n", "front 0-3"},
	};

	are_shapes(*state, cases, ARRAY_SIZE(cases));
}

static void test_line_endings(void **state)
{
	static const struct shape_case cases[] = {
		{"# a\r\n\r\n- b\r\n    - c\r\n", "h1 0-1 list 2-4(item 2-4(para 2-3 list 3-4(item 3-4(para 3-4))))"},
		{"# a\r\r- b\r    - c\r", "h1 0-1 list 2-4(item 2-4(para 2-3 list 3-4(item 3-4(para 3-4))))"},
		{"a\rb\n\r\nc\r", "para 0-2 para 3-4"},
		{"```\rx\r```\ry", "fence 0-3 para 3-4"},
		{"```\r\nx\r\n```  \r\ny\r\n", "fence 0-3 para 3-4"},
		{"# a\r\r\n\r\r\n- b\r\r\n  c\r\r\n    - d\r\r\n",
	     "h1 0-1 list 2-5(item 2-5(para 2-4 list 4-5(item 4-5(para 4-5))))"},
		{"```\r\r\nx\r\r\n```\r\r\ny\r\r\n", "fence 0-3 para 3-4"},
		{"-\r\n\r\n\r\n- b\r\n", "list 0-4(item 0-1 item 3-4(para 3-4))"},
		{"\r", ""},
		{"a\r", "para 0-1"},
		{"\xEF\xBB\xBF# a\n", "h1 0-1"},
		{"\xEF\xBB\xBF", ""},
		{"\xEF\xBB\xBF\xEF\xBB\xBF# a\n", "para 0-1"},
	};

	are_shapes(*state, cases, ARRAY_SIZE(cases));
	is_shape(*state, STR("a\0b\n\0\n# c\0\n"), "para 0-2 h1 2-3");
	is_shape(*state, (struct str){"", 0}, "");
}

static void test_damaged(void **state)
{
	static const char *const cases[] = {"- <div>\n\n", "<!DOCTYPE html>\nfoo\n", "[a]: /u\n    b\n"};
	struct arena arena = {0};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct result r = parse_with(*state, &arena, str_of(cases[i]));
		assert_int_equal(r.trouble, BLOCK_FINE);
		assert_true(r.damaged);
	}
	arena_release(&arena);
}

struct repeated {
	const char *before, *part;
	size_t times;
	const char *after;
	enum block_trouble trouble;
	uint32_t line; /* of the trouble */
};

static void is_repeated(struct block_parser *p, const struct repeated *c, double seconds)
{
	struct buf text = {0};
	struct arena arena = {0};
	struct timespec from, to;

	buf_addz(&text, c->before);
	for (size_t i = 0; i < c->times; i++)
		buf_addz(&text, c->part);
	buf_addz(&text, c->after);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
	struct result r = parse_with(p, &arena, buf_str(&text));
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
	double took = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
	if (r.trouble != c->trouble || took > seconds || (r.trouble && (r.line != c->line || r.shape[0])))
		fail_msg("%s%s… x%zu: trouble %d at line %u, %.3f s, %.60s", c->before, c->part, c->times, r.trouble, r.line,
		         took, r.shape);
	/* And the parser is as good as new. */
	is_shape(p, STR("- a\n"), "list 0-1(item 0-1(para 0-1))");
	buf_release(&text);
	arena_release(&arena);
}

static void test_too_deep(void **state)
{
	static const struct repeated cases[] = {
		{"a\n\n", ">", 64, "x\n", BLOCK_FINE, 0},
		{"a\n\n", ">", 65, "x\n", BLOCK_TOO_DEEP, 2},
		{"", ">", 255, "x", BLOCK_TOO_DEEP, 0},
		{"", "> ", 10000, "x", BLOCK_TOO_DEEP, 0},
		{"a\n", "- ", 64, "x", BLOCK_FINE, 0},
		{"a\n", "- ", 65, "x", BLOCK_TOO_DEEP, 1},
		{"", "- ", 50000, "x", BLOCK_TOO_DEEP, 0},
		{"", "1. ", 10000, "x", BLOCK_TOO_DEEP, 0},
		{"", ">- * + 1) ", 1000, "x", BLOCK_TOO_DEEP, 0},
		{"", "- ", 50000, "", BLOCK_FINE, 0}, /* a rule */
		{"> ", "* ", 50000, "\n", BLOCK_FINE, 0},
		{"- a\n", " ", 12, "- b\n", BLOCK_FINE, 0},
		{"- a\n", " ", 255, "- b\n", BLOCK_FINE, 0},
		{"- a\n", " ", 256, "- b\n", BLOCK_TOO_DEEP, 1},
		{"- a\n", "\t", 64, "- b\n", BLOCK_TOO_DEEP, 1},
		{"- a\n", " ", 70000, "\n- b\n", BLOCK_FINE, 0}, /* a blank line */
		{"- a\n-", " ", 300, "x\n", BLOCK_TOO_DEEP, 1},
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		is_repeated(*state, &cases[i], 1);
}

/* Lists nested over lines, in quotes: as deep as the indent allows, and refused beyond that. */
static struct result climb(struct block_parser *p, struct arena *a, size_t quotes, size_t steps)
{
	struct buf text = {0};

	for (size_t i = 0; i < steps; i++) {
		buf_pad(&text, '>', quotes);
		buf_pad(&text, ' ', 2 * i + 1);
		buf_addz(&text, "- x\n");
	}
	struct result r = parse_with(p, a, buf_str(&text));
	buf_release(&text);
	return r;
}

static void test_stairs(void **state)
{
	static const struct {
		size_t quotes, steps;
		enum block_trouble trouble;
		uint32_t line;
	} cases[] = {
		{0, 128, BLOCK_FINE, UINT32_MAX}, {0, 10000, BLOCK_TOO_DEEP, 128}, {63, 128, BLOCK_FINE, UINT32_MAX},
		{63, 129, BLOCK_TOO_DEEP, 128},   {64, 1, BLOCK_TOO_DEEP, 0},
	};
	struct arena arena = {0};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct result r = climb(*state, &arena, cases[i].quotes, cases[i].steps);
		assert_int_equal(r.trouble, cases[i].trouble);
		assert_int_equal(r.line, cases[i].line);
		assert_false(r.damaged);
	}
	arena_release(&arena);
}

/* Where nothing is hidden from it, the grammar's scanner meets whole code points. */
static void test_plain(void **state)
{
	struct str text =
		STR("1\xF4\x8F\xBF\xBF. a\n2019年1. b\n5日. c\n1\xF0\x9F\x98\x80 d\n<日本>\n<\xF0\x9F\x98\x80>\n");
	struct arena arena = {0};
	struct source source = {.text = text, .lines = lines_of(&arena, text)};
	struct blocks blocks;
	uint32_t line;

	assert_int_equal(block_parse_plain(*state, &arena, &source, &blocks, &line), BLOCK_FINE);
	assert_int_equal(blocks.nr, 1);
	assert_int_equal(blocks.v[0].kind, BLOCK_PARAGRAPH);
	assert_int_equal(blocks.v[0].end, 6);
	arena_release(&arena);
}

/* What has crashed the parser, or kept it for minutes. The times are generous: for sanitizers and busy machines. */
static void test_hostile(void **state)
{
	static const struct repeated cases[] = {
		{"1", "\xF4\x8F\xBF\xBF", 1, "", BLOCK_FINE, 0},
		{"1", "\xF0\x9F\x98\x80", 1, " a", BLOCK_FINE, 0},
		{"", "1\xF4\x8F\xBF\xBF. x\n", 1000, "", BLOCK_FINE, 0},
		{"", "a ", 500000, "", BLOCK_FINE, 0},
		{"", "あ", 300000, "", BLOCK_FINE, 0},
		{"", "*a **b ", 4000, "", BLOCK_FINE, 0},
		{"", "![a](", 16000, "", BLOCK_FINE, 0},
		{"", "[", 100000, "", BLOCK_FINE, 0},
		{"", "a|", 10000, "\n", BLOCK_FINE, 0},
		{"", "`", 100000, "", BLOCK_FINE, 0},
		{"", "```\n    ```\n", 2000, "", BLOCK_FINE, 0},
		{"", "\n", 1000000, "", BLOCK_FINE, 0},
		{"", "\r", 1000000, "", BLOCK_FINE, 0},
		{"", "-\n", 15000, "", BLOCK_FINE, 0},
		{"---\n", "a\n", 15000, "", BLOCK_FINE, 0},
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		is_repeated(*state, &cases[i], 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes),       cmocka_unit_test(test_mended),  cmocka_unit_test(test_front),
		cmocka_unit_test(test_line_endings), cmocka_unit_test(test_damaged), cmocka_unit_test(test_too_deep),
		cmocka_unit_test(test_stairs),       cmocka_unit_test(test_plain),   cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
