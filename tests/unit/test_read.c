#include "tests/unit/scratch.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>

#include "core/source/source.h"

enum { LIMIT = 1000 };

static void expect_text(const struct source *s, const char *text)
{
	assert_int_equal(s->text.n, strlen(text));
	assert_memory_equal(s->text.p, text, s->text.n);
	assert_int_equal(s->size, s->text.n);
	assert_int_equal(s->lines.start[s->lines.nr], s->text.n);
}

static void test_file(void **state)
{
	const struct scratch *s = *state;
	struct arena a = {0};
	struct source out = {.path = "kept"};
	scratch_write(s, "a.md", "日本\nb");
	assert_int_equal(source_read_file(&a, scratch_at(s, "a.md"), LIMIT, &out, NULL), 0);
	expect_text(&out, "日本\nb");
	assert_string_equal(out.path, "kept");
	assert_int_equal(out.lines.nr, 2);
	assert_int_equal(out.origin, SOURCE_WORKTREE);
	scratch_write(s, "empty.md", "");
	assert_int_equal(source_read_file(&a, scratch_at(s, "empty.md"), 0, &out, NULL), 0);
	expect_text(&out, "");
	assert_int_equal(symlink("a.md", scratch_at(s, "link.md")), 0);
	assert_int_equal(source_read_file(&a, scratch_at(s, "link.md"), LIMIT, &out, NULL), 0);
	expect_text(&out, "日本\nb");
	arena_release(&a);
}

static void test_limit(void **state)
{
	static const struct {
		off_t size;
		bool is_read;
	} cases[] = {{LIMIT - 1, true}, {LIMIT, true}, {LIMIT + 1, false}, {(off_t)5 << 30, false}};
	const struct scratch *s = *state;
	scratch_write(s, "a.md", "");
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = {0};
		struct source out = {0};
		assert_int_equal(truncate(scratch_at(s, "a.md"), cases[i].size), 0);
		assert_int_equal(source_read_file(&a, scratch_at(s, "a.md"), LIMIT, &out, NULL), 0);
		assert_int_equal(out.size, cases[i].size);
		assert_int_equal(out.text.n, cases[i].is_read ? cases[i].size : 0);
		assert_int_equal(out.lines.nr, 1);
		arena_release(&a);
	}
}

static void expect_error(const char *path, const char *why)
{
	struct arena a = {0};
	struct source out = {0};
	struct err err = {""};
	assert_int_equal(source_read_file(&a, path, LIMIT, &out, &err), -1);
	if (!strstr(err.text, why))
		fail_msg("%s", err.text);
	arena_release(&a);
}

static void test_not_a_file(void **state)
{
	const struct scratch *s = *state;
	char *name = calloc(1, 5001);
	scratch_folder(s, "folder.md");
	assert_int_equal(mkfifo(scratch_at(s, "fifo.md"), 0600), 0);
	assert_int_equal(symlink("nowhere", scratch_at(s, "dangling.md")), 0);
	expect_error(scratch_at(s, "folder.md"), "/folder.md: is a folder");
	expect_error(scratch_at(s, "fifo.md"), "/fifo.md: is a FIFO");
	expect_error(scratch_at(s, "dangling.md"), "/dangling.md: No such file or directory");
	expect_error("/dev/null", "/dev/null: is a device");
	expect_error("", ": No such file or directory");
	expect_error(memset(name, 'x', 5000), "xxx: File name too long");
	free(name);
}

static void test_no_permission(void **state)
{
	const struct scratch *s = *state;
	enum { NOBODY = 65534 };
	bool is_root = geteuid() == 0;
	scratch_write(s, "a.md", "x");
	assert_int_equal(chmod(scratch_at(s, "a.md"), 0), 0);
	assert_int_equal(is_root ? seteuid(NOBODY) : 0, 0);
	expect_error(scratch_at(s, "a.md"), "/a.md: Permission denied");
	assert_int_equal(is_root ? seteuid(0) : 0, 0);
}

/* Its size is said to be 0. */
static void test_more_than_was_promised(void **state)
{
	struct arena a = {0};
	struct source out = {0};
	(void)state;
	if (access("/proc/self/status", R_OK) < 0)
		skip();
	assert_int_equal(source_read_file(&a, "/proc/self/status", 1 << 20, &out, NULL), 0);
	assert_true(out.text.n > 100);
	assert_int_equal(out.size, out.text.n);
	assert_true(out.lines.nr > 5);
	assert_int_equal(source_read_file(&a, "/proc/self/status", 10, &out, NULL), 0);
	assert_int_equal(out.text.n, 0);
	assert_int_equal(out.size, 11);
	arena_release(&a);
}

static atomic_bool stop;

static void *grow_and_shrink(void *path)
{
	for (off_t n = 0; !stop; n = (n + 7919) % 300000)
		if (truncate(path, n) < 0)
			break;
	return NULL;
}

static void test_file_that_changes(void **state)
{
	const struct scratch *s = *state;
	pthread_t thread;
	char path[512];
	scratch_write(s, "a.md", "x");
	snprintf(path, sizeof(path), "%s", scratch_at(s, "a.md"));
	stop = false;
	assert_int_equal(pthread_create(&thread, NULL, grow_and_shrink, path), 0);
	for (int i = 0; i < 300; i++) {
		struct arena a = {0};
		struct source out = {0};
		assert_int_equal(source_read_file(&a, path, 150000, &out, NULL), 0);
		if (out.size <= 150000)
			assert_int_equal(out.text.n, out.size);
		else
			assert_int_equal(out.text.n, 0);
		assert_int_equal(out.lines.start[out.lines.nr], out.text.n);
		arena_release(&a);
	}
	stop = true;
	pthread_join(thread, NULL);
}

/* A child writes `parts` times the text, with pauses, into a non-blocking pipe. */
static void stream(const char *text, int parts, uint64_t limit, struct arena *a, struct source *out)
{
	int ends[2];
	assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
	pid_t child = fork();
	if (child == 0) {
		close(ends[0]);
		for (int i = 0; i < parts; i++) {
			usleep(20000);
			if (write(ends[1], text, strlen(text)) < 0)
				_exit(1);
		}
		_exit(0);
	}
	close(ends[1]);
	assert_int_equal(source_read_stream(a, ends[0], limit, out, NULL), 0);
	close(ends[0]);
	waitpid(child, NULL, 0);
}

static void test_stream(void **state)
{
	struct arena a = {0};
	struct source out = {0};
	(void)state;
	stream("日本\n", 3, 21, &a, &out);
	expect_text(&out, "日本\n日本\n日本\n");
	assert_int_equal(out.origin, SOURCE_STDIN);
	assert_int_equal(out.lines.nr, 3);
	stream("日本\n", 3, 20, &a, &out);
	assert_int_equal(out.text.n, 0);
	assert_int_equal(out.size, 21);
	stream("", 0, 20, &a, &out);
	expect_text(&out, "");
	arena_release(&a);
}

static void test_closed_stream(void **state)
{
	struct arena a = {0};
	struct source out = {0};
	struct err err = {""};
	(void)state;
	assert_int_equal(source_read_stream(&a, -1, LIMIT, &out, &err), -1);
	assert_string_equal(err.text, "cannot read the input: Bad file descriptor");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_file, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_limit, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_not_a_file, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_no_permission, scratch_setup, scratch_teardown),
		cmocka_unit_test(test_more_than_was_promised),
		cmocka_unit_test_setup_teardown(test_file_that_changes, scratch_setup, scratch_teardown),
		cmocka_unit_test(test_stream),
		cmocka_unit_test(test_closed_stream),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
