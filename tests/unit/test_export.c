#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cmd/export/export.h"

static struct exported row_of(enum export_type type, const char *value, const char *context)
{
	struct str v = str_of(value);
	return (struct exported){.type = type,
	                         .live = v,
	                         .shown = v,
	                         .port = STR(""),
	                         .scope = "",
	                         .context = str_of(context),
	                         .date = {2026, 11, 22},
	                         .path = "p",
	                         .line = 7,
	                         .title = STR("t"),
	                         .url = STR("https://vendor.example/")};
}

static void expect(export_writer *write, struct exported row, const char *wanted)
{
	struct arena a = {0};
	struct buf out = {0};
	write(&a, &(struct exports){.v = &row, .nr = 1}, &out);
	if (!strstr(buf_str(&out).p, wanted))
		print_error("%s\nhas no\n%s\n", buf_str(&out).p, wanted);
	assert_non_null(strstr(buf_str(&out).p, wanted));
	buf_release(&out);
	arena_release(&a);
}

static void test_csv_cells(void **state)
{
	static const struct {
		const char *context, *cell;
	} cases[] = {
		{"", ",,"},
		{"日本語、𠮷 👨‍👩‍👧", ",日本語、𠮷 👨‍👩‍👧,"},
		{"a, \"b\"", ",\"a, \"\"b\"\"\","},
		{"a\nb\r\nc", ",\"a\nb\r\nc\","},
		{"=1+1", ",\"'=1+1\","},
		{"+1", ",\"'+1\","},
		{"-1", ",\"'-1\","},
		{"@SUM(A1)", ",\"'@SUM(A1)\","},
		{"＝1", ",\"'＝1\","},
		{"\tx", ",\"'\tx\","},
		{"::error::x", ",\"::error::x\","},
		{"a\033[31mb", ",a\xef\xbf\xbd[31mb,"},
		{"a=b", ",a=b,"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		expect(export_csv, row_of(EXPORT_FILE, "a.exe", cases[i].context), cases[i].cell);
}

static void test_text(void **state)
{
	(void)state;
	expect(export_text, row_of(EXPORT_OTHER, "a\033[31m\xc2\x9b日", ""), "a\xef\xbf\xbd[31m\xef\xbf\xbd日\n");
}

/* The pattern's own escapes, and JSON's around them. */
static void test_stix_patterns(void **state)
{
	struct exported range = row_of(EXPORT_IPV4, "9.9.9.0/24", "");
	struct exported port = row_of(EXPORT_IPV6, "[2606:4700::1]:443", "");
	(void)state;
	range.prefix = true;
	port.host = STR("2606:4700::1");
	port.port = STR("443");
	expect(export_stix, row_of(EXPORT_URL, "http://e.example/'\\", ""),
	       "\"[url:value = 'http://e.example/\\\\'\\\\\\\\']\"");
	expect(export_stix, row_of(EXPORT_URL, "e.example/a", ""),
	       "\"[url:value = 'http://e.example/a' OR url:value = 'https://e.example/a']\"");
	expect(export_stix, row_of(EXPORT_SHA1, "da39", ""), "\"[file:hashes.'SHA-1' = 'da39']\"");
	expect(export_stix, range, "\"[ipv4-addr:value ISSUBSET '9.9.9.0/24']\"");
	expect(export_stix, port,
	       "\"[network-traffic:dst_ref.type = 'ipv6-addr' AND network-traffic:dst_ref.value = '2606:4700::1' AND "
	       "network-traffic:dst_port = 443]\"");
	expect(export_misp, port, "\"type\": \"ip-dst|port\"");
	expect(export_misp, port, "\"value\": \"2606:4700::1|443\"");
}

static void test_stix_urls(void **state)
{
	struct exported row = row_of(EXPORT_DOMAIN, "e.example", "");
	(void)state;
	row.url = STR("https://[2606:4700::1]/記 [1]");
	expect(export_stix, row, "\"url\": \"https://[2606:4700::1]/%E8%A8%98%20%5B1%5D\"");
	row.url = STR("");
	expect(export_stix, row, "{\"source_name\": \"t\", \"description\": \"2026-11-22\"}");
}

static void test_types(void **state)
{
	struct arena a = {0};
	struct err err;
	unsigned types;
	struct setting v[] = {{.value = STR("ip")}, {.value = STR("domian")}};
	struct name_list names = {.v = v, .nr = 0};
	(void)state;
	assert_int_equal(export_types_read(&a, &names, &types, &err), 0);
	assert_int_equal(types, (1U << EXPORT_TYPES) - 1);
	names.nr = 1;
	assert_int_equal(export_types_read(&a, &names, &types, &err), 0);
	assert_int_equal(types, 1U << EXPORT_IPV4 | 1U << EXPORT_IPV6);
	names.nr = 2;
	assert_int_equal(export_types_read(&a, &names, &types, &err), -1);
	assert_non_null(strstr(err.text, "did you mean `domain`?"));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv_cells), cmocka_unit_test(test_text),  cmocka_unit_test(test_stix_patterns),
		cmocka_unit_test(test_stix_urls), cmocka_unit_test(test_types),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
