#include "tests/unit/scratch.h"

#include <stdlib.h>
#include <time.h>

#include "core/html/ids.h"

static struct arena arena;

static bool have(const char *page, const char *id)
{
	struct html_ids ids = html_ids(&arena, str_of(page));
	return html_ids_have(&ids, str_of(id));
}

static void test_there(void **state)
{
	(void)state;
	static const struct {
		const char *page, *id;
	} cases[] = {
		{"<p id=one>", "one"},
		{"<P ID='two'>", "two"},
		{"<a name=\"three\">", "three"},
		{"<h2 class=x id = \"日本語\" hidden>", "日本語"},
		{"<br/><img src=a/id=b id=c/>", "c/"},
		{"<p\n\tid\n=\n\"four\"\n>", "four"},
		{"<p title=\">\" id=five>", "five"},
		{"<p title='a b=\"c' id=six>", "six"},
		{"<svg/id=seven>", "seven"},
		{"<script>'<p id=x>'</script ><p id=eight>", "eight"},
		{"<!-- <p id=x> --><p id=nine>", "nine"},
		{"<!--><p id=ten>", "ten"},
		{"<p id=open", "open"},
		{"<p id=a id=b>", "a"},
		{"<title><p id=x></title><p id=y>", "y"},
		{"a < b <p id=z>", "z"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (!have(cases[i].page, cases[i].id))
			fail_msg("%s: no %s", cases[i].page, cases[i].id);
}

static void test_not_there(void **state)
{
	(void)state;
	static const struct {
		const char *page, *id;
	} cases[] = {
		{"<meta name=x>", "x"},
		{"<!-- <p id=x> -->", "x"},
		{"<p title='id=x'>", "x"},
		{"<script>'<p id=x>'</script>", "x"},
		{"<p id=''>", ""},
		{"<p id>", ""},
		{"</p id=x>", "x"},
		{"<p id=X>", "x"},
		{"<style><p id=x></style>", "x"},
		{"<p data-id=x>", "x"},
		{"< p id=x>", "x"},
		{"", "x"},
		{"<textarea><p id=x>", "x"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (have(cases[i].page, cases[i].id))
			fail_msg("%s: %s", cases[i].page, cases[i].id);
}

/* A mebibyte of anything takes a moment, never minutes. */
static void test_time(void **state)
{
	(void)state;
	static const char *const pieces[] = {"a1 ", "<",  "<a ",        "<!--",    "id=x ",   "<script>",
	                                     "\"",  "='", "<p id='x'>", "</title", "<title>", "<a id=\""};
	enum { SIZE = 1 << 20 };
	char *page = malloc(SIZE + 32);
	for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
		size_t n = strlen(pieces[i]), at = 2;
		memcpy(page, "<a ", 3);
		for (at = 3; at < SIZE; at += n)
			memcpy(page + at, pieces[i], n);
		clock_t begun = clock();
		html_ids(&arena, (struct str){page, at});
		if (clock() - begun > 3 * CLOCKS_PER_SEC)
			fail_msg("%s", pieces[i]);
		arena_reset(&arena);
	}
	free(page);
}

static int end(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there),
		cmocka_unit_test(test_not_there),
		cmocka_unit_test(test_time),
	};
	return cmocka_run_group_tests(tests, NULL, end);
}
