#include "tests/unit/scratch.h"

#include "core/source/spawn.h"

extern char **environ;

#define SHELL(script) ((const char *const[]){"sh", "-c", (script), NULL})

static const char *const *own_env(void)
{
	return (const char *const *)(const void *)environ;
}

static struct spawned run(const struct scratch *s, const char *script, struct str input)
{
	struct spawned out;
	struct err err;
	if (spawn_run(&(struct spawn){SHELL(script), own_env(), s->path, input}, &out, &err))
		fail_msg("%s", err.text);
	return out;
}

static void expect_run(const struct scratch *s, const char *script, const char *out, const char *err, int code)
{
	struct spawned got = run(s, script, STR("in\n"));
	assert_true(str_eqz(buf_str(&got.out), out));
	assert_true(str_eqz(buf_str(&got.err), err));
	assert_int_equal(got.code, code);
	spawned_release(&got);
}

static void test_run(void **state)
{
	const struct scratch *s = *state;
	char folder[300];
	snprintf(folder, sizeof(folder), "%s\n", s->path);
	expect_run(s, "cat; echo e >&2; exit 3", "in\n", "e\n", 3);
	expect_run(s, "pwd -P", folder, "", 0);
	expect_run(s, "true", "", "", 0);
	expect_run(s, "kill -9 $$", "", "", 128 + 9);
	expect_run(s, "exec >&- 2>&- <&-; sleep 0.1; exit 4", "", "", 4);
	expect_run(s, "exec 2>&-; sleep 0.05; cat; sleep 0.05; echo later", "in\nlater\n", "", 0);
}

static void test_much_on_both(void **state)
{
	struct spawned got = run(*state, "head -c 5000000 /dev/zero >&2 & head -c 7000000 /dev/zero; wait", STR(""));
	assert_int_equal(got.out.n, 7000000);
	assert_int_equal(got.err.n, 5000000);
	assert_int_equal(got.code, 0);
	spawned_release(&got);
}

static void test_large_input(void **state)
{
	enum { LARGE = 8 << 20 };
	static char large[LARGE];
	struct str input = {large, LARGE};
	static const struct {
		const char *script;
		size_t out;
	} cases[] = {
		{"cat", LARGE},
		{"wc -c", 8},
		{"true", 0},
		{"head -c 10", 10},
		{"exec <&-; cat /dev/null", 0},
		{"sleep 0.1; echo x", 2},
		{"tee /dev/stderr", LARGE},
	};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct spawned got = run(*state, cases[i].script, input);
		assert_int_equal(got.out.n, cases[i].out);
		assert_int_equal(got.code, 0);
		spawned_release(&got);
	}
}

static void expect_none(const char *program, const char *const *env, const char *folder)
{
	struct spawned out;
	struct talk talk;
	struct err err = {""};
	const char *const argv[] = {program, NULL};
	struct spawn spawn = {argv, env, folder, STR("")};
	assert_int_equal(spawn_run(&spawn, &out, &err), -1);
	assert_non_null(strstr(err.text, "cannot run `"));
	assert_int_equal(talk_begin(&talk, &spawn, &err), -1);
	talk_end(&talk);
}

static void test_cannot_be_started(void **state)
{
	const struct scratch *s = *state;
	scratch_write(s, "bin/sdi-here", "#!/bin/sh\necho here\n");
	scratch_write(s, "bin/sdi-dull", "#!/bin/sh\n");
	scratch_folder(s, "bin/sdi-folder");
	assert_int_equal(chmod(scratch_at(s, "bin/sdi-here"), 0755), 0);
	char absolute[300], also[400];
	snprintf(absolute, sizeof(absolute), "PATH=%s/bin", s->path);
	snprintf(also, sizeof(also), "PATH=:.:bin:%s/bin", s->path);
	const char *const none[] = {NULL}, *const dots[] = {"PATH=:.:bin:", NULL}, *const good[] = {absolute, NULL},
					  *const late[] = {also, NULL};
	expect_none("sdi-no-such-program", own_env(), s->path);
	expect_none("sdi-here", own_env(), scratch_at(s, "nowhere"));
	expect_none("sdi-here", none, scratch_at(s, "bin"));
	/* Nothing that lies in the current folder, as a repository that somebody else wrote does. */
	expect_none("sdi-here", dots, scratch_at(s, "bin"));
	expect_none("sdi-here", dots, s->path);
	expect_none("sdi-dull", good, s->path);
	expect_none("sdi-folder", good, s->path);
	for (size_t i = 0; i < 2; i++) {
		struct spawned out;
		struct err err;
		const char *const argv[] = {"sdi-here", NULL};
		assert_int_equal(spawn_run(&(struct spawn){argv, i ? late : good, s->path, STR("")}, &out, &err), 0);
		assert_true(str_eqz(buf_str(&out.out), "here\n"));
		spawned_release(&out);
	}
}

static struct talk talk_to(const struct scratch *s, const char *script)
{
	struct talk t;
	struct err err;
	if (talk_begin(&t, &(struct spawn){SHELL(script), own_env(), s->path, STR("")}, &err))
		fail_msg("%s", err.text);
	return t;
}

static void test_talk(void **state)
{
	struct talk t = talk_to(*state, "while read -r n; do echo \"$n\"; head -c \"$n\" /dev/zero; echo; done");
	static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 3000000, 5};
	static char bytes[3000001];
	for (size_t i = 0; i < ARRAY_SIZE(sizes) * 2; i++) {
		char ask[32], said[32];
		struct str line;
		size_t n = sizes[i / 2];
		snprintf(ask, sizeof(ask), "%zu\n", n);
		snprintf(said, sizeof(said), "%zu", n);
		assert_int_equal(talk_ask(&t, str_of(ask)), 0);
		assert_int_equal(talk_part(&t, '\n', &line), 0);
		assert_true(str_eqz(line, said));
		memset(bytes, 'x', sizeof(bytes));
		assert_int_equal(talk_bytes(&t, i % 2 ? bytes : NULL, n), 0);
		assert_int_equal(bytes[n], 'x');
		if (i % 2 && n)
			assert_true(!bytes[0] && !bytes[n - 1]);
		assert_int_equal(talk_part(&t, '\n', &line), 0);
		assert_int_equal(line.n, 0);
	}
	talk_end(&t);
	talk_end(&t);
}

static void test_talk_to_who_goes(void **state)
{
	static const char *const scripts[] = {"exit 1", "read x", "read x; printf half", "exec >&-; read x", "kill -9 $$"};
	for (size_t i = 0; i < ARRAY_SIZE(scripts); i++) {
		struct talk t = talk_to(*state, scripts[i]);
		struct str line;
		char bytes[8];
		for (size_t k = 0; k < 2; k++) {
			talk_ask(&t, STR("x\n"));
			assert_int_equal(talk_part(&t, '\n', &line), -1);
		}
		assert_int_equal(talk_bytes(&t, bytes, 8), -1);
		talk_end(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
		TEST(test_run),  TEST(test_much_on_both),     TEST(test_large_input), TEST(test_cannot_be_started),
		TEST(test_talk), TEST(test_talk_to_who_goes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
