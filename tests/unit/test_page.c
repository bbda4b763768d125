#include "tests/unit/scratch.h"

#include "core/html/page.h"

static struct arena arena;

static struct page page_of(const char *bytes, size_t n, const char *charset)
{
	struct page page;
	struct err err;
	if (page_read(&arena, (struct str){bytes, n}, str_of(charset), &page, &err))
		fail_msg("%s", err.text);
	return page;
}

static struct page page_of_text(const char *text)
{
	return page_of(text, strlen(text), "");
}

static void test_title(void **state)
{
	(void)state;
	static const struct {
		const char *text, *charset, *title;
	} cases[] = {
		{"<!doctype html><title>Plain</title>", "", "Plain"},
		{"<title>\n  Two\r\n\tlines  </title>", "", "Two lines"},
		{"<title>A &amp; B &lt;x&gt; &#x65e5;&#26412; &quot;q&quot; &hellip;</title>", "", "A & B <x> 日本 \"q\" …"},
		{"<meta charset=utf-8><title>日本語 𠮷 😀</title>", "", "日本語 𠮷 😀"},
		{"<title>日本語</title>", "utf-8", "日本語"},
		{"\xef\xbb\xbf<title>日本語</title>", "", "日本語"},
		{"<title>\x93\xfa\x96\x7b</title>", "Shift_JIS", "日本"},
		{"<meta charset=\"shift_jis\"><title>\x93\xfa\x96\x7b</title>", "", "日本"},
		{"<meta http-equiv='Content-Type' content='text/html; charset=EUC-JP'><title>\xc6\xfc\xcb\xdc</title>", "",
	     "日本"},
		{"<title>\x1b$BF|K\\\x1b(B</title>", "ISO-2022-JP", "日本"},
		{"<body><h1>None</h1>", "", ""},
		{"<title></title>", "", ""},
		{"<svg><title>drawn</title></svg>", "", "drawn"},
		{"<title>First</title><title>Second</title>", "", "First"},
		{"<title>open", "", "open"},
		{"<title>x</title>", "no-such-charset", "x"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct page page = page_of(cases[i].text, strlen(cases[i].text), cases[i].charset);
		if (!str_eqz(page.title, cases[i].title))
			fail_msg("%s: `%.*s`", cases[i].text, STR_ARG(page.title));
	}
}

/* Whatever a server sends. */
static void test_hostile(void **state)
{
	(void)state;
	enum { DEEP = 200000 };
	static char deep[5 * DEEP + 100];
	for (size_t i = 0; i < DEEP; i++)
		memcpy(deep + 5 * i, "<div>", 5);
	memcpy(deep + 5 * DEEP, "<p id=x>", 9);
	page_of(deep, 5 * DEEP + 8, "");
	static const char bytes[] = "\0<title>\0x\xff\xfe</title><p id=\xff>\0<p id=y\0z>";
	page_of(bytes, sizeof(bytes) - 1, "");
	page_of(bytes, sizeof(bytes) - 1, "UTF-16");
	page_of(bytes, sizeof(bytes) - 1, "utf-8");
	page_of_text("<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><title>&b;</title>");
	page_of_text("<?xml version='1.0'?><!DOCTYPE x SYSTEM 'file:///etc/passwd'><title>x</title>");
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
		cmocka_unit_test(test_title),
		cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests(tests, NULL, end);
}
