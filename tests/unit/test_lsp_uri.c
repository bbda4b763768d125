#include "cmd/lsp/uri.h"

#include "tests/unit/scratch.h"

static void test_path(void **state)
{
	static const struct {
		const char *uri, *path;
	} cases[] = {
		{"file:///a/b.md", "/a/b.md"},
		{"FILE://localhost/a", "/a"},
		{"file:///%E6%97%A5%20x%3a", "/日 x:"},
		{"file:///a%2", "/a%2"},
		{"file:///a%zz?b#c", "/a%zz"},
		{"file:///a%00b", NULL},
		{"file://host/a", NULL},
		{"file:", NULL},
		{"file://", NULL},
		{"untitled:1", NULL},
		{"", NULL},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = {0};
		const char *path = uri_path(&a, str_of(cases[i].uri));
		if (!path != !cases[i].path || (path && strcmp(path, cases[i].path) != 0))
			fail_msg("%s: %s", cases[i].uri, path);
		arena_release(&a);
	}
}

static void test_back(void **state)
{
	struct arena a = {0};
	const char *path = "/a b/日%記\"#?.md";
	(void)state;
	assert_string_equal(uri_path(&a, uri_of(&a, path)), path);
	assert_string_equal(uri_of(&a, "/a b~").p, "file:///a%20b~");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_path), cmocka_unit_test(test_back)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
