#include "tests/unit/scratch.h"

#include "cmd/hook_script.h"

static const char *const paths[] = {"/usr/bin/sdi",       "/a b/sdi",         "/it's/sdi",    "/'/''/sdi",
                                    "/$HOME/`id`/\\/sdi", "/@SUM@/@SDI@/sdi", "/日々\nの/sdi"};

static struct str with(struct arena *a, struct str text, const char *more)
{
	return arena_printf(a, "%.*s%s", STR_ARG(text), more);
}

static void test_path_is_kept(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
		struct arena a = {0};
		struct str file = hook_script_file(&a, paths[i]), command = hook_script_command(&a, paths[i]);
		assert_string_equal(hook_script_sdi(&a, file), paths[i]);
		assert_string_equal(hook_script_sdi(&a, command), paths[i]);
		assert_int_equal(hook_script_author(file), HOOK_OURS);
		assert_int_equal(hook_script_author(command), HOOK_OURS);
		assert_true(hook_script_runs_sdi(file) && hook_script_runs_sdi(command));
		assert_true(str_starts(file, STR("#!/bin/sh\n")) && str_starts(command, STR("# sdi-hook v1 ")));
		arena_release(&a);
	}
}

static void test_author(void **state)
{
	struct arena a = {0};
	struct str file = hook_script_file(&a, "/sdi");
	(void)state;
	for (size_t i = 0; i < file.n - 1; i++) {
		struct str edited = arena_str(&a, file);
		((char *)(uintptr_t)edited.p)[i] ^= 1;
		if (hook_script_author(edited) == HOOK_OURS)
			fail_msg("byte %zu may be changed", i);
	}
	assert_int_equal(hook_script_author(with(&a, file, "true\n")), HOOK_EDITED);
	assert_int_equal(hook_script_author(with(&a, STR("true\n"), file.p)), HOOK_EDITED);
	assert_int_equal(hook_script_author(str_slice(file, 0, file.n / 2)), HOOK_EDITED);
	assert_int_equal(hook_script_author(STR("")), HOOK_OTHERS);
	assert_int_equal(hook_script_author(STR("#!/bin/sh\nsdi hook run\n")), HOOK_OTHERS);
	arena_release(&a);
}

static void test_runs_sdi(void **state)
{
	(void)state;
	assert_true(hook_script_runs_sdi(STR("true\n\tsdi hook run || exit $?")));
	assert_true(hook_script_runs_sdi(STR("exec \"$sdi\" hook run\n")));
	assert_false(hook_script_runs_sdi(STR("true\n  # sdi hook run\n")));
	assert_false(hook_script_runs_sdi(STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_path_is_kept),
		cmocka_unit_test(test_author),
		cmocka_unit_test(test_runs_sdi),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
