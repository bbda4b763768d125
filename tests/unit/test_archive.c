#include "tests/unit/scratch.h"

#include <fcntl.h>

#include "core/archive/archive.h"

enum { TODAY = 20000 };

static struct archive_key key_of(unsigned n)
{
	struct archive_key key = {{0}};
	for (size_t i = 0; i < sizeof(key.byte); i++)
		key.byte[i] = (unsigned char)(n * 7 + i);
	return key;
}

static struct str value_of(struct arena *a, unsigned n)
{
	return arena_printf(a, "value %u with a text of some length behind it, 日本語", n);
}

static void remember(const char *path, unsigned from, unsigned to, long today)
{
	struct arena a = {0};
	struct archive *v = archive_open(path, today);
	assert_non_null(v);
	for (unsigned n = from; n < to; n++) {
		struct archive_key key = key_of(n);
		archive_remember(v, &key, value_of(&a, n));
	}
	archive_close(v);
	arena_release(&a);
}

/* How many of the first are known; a value that is known is right. */
static unsigned known(const char *path, unsigned nr)
{
	struct arena a = {0};
	unsigned found = 0;
	struct archive *v = archive_open(path, TODAY);
	for (unsigned n = 0; v && n < nr; n++) {
		struct archive_key key = key_of(n);
		struct str value;
		if (!archive_recall(v, &a, &key, &value))
			continue;
		assert_true(str_eq(value, value_of(&a, n)));
		found++;
	}
	archive_close(v);
	arena_release(&a);
	return found;
}

static const char *file(const struct scratch *s)
{
	return scratch_at(s, "sdi/archive.db");
}

static void test_remembers(void **state)
{
	const char *path = file(*state);
	assert_int_equal(known(path, 10), 0);
	remember(path, 0, 5, TODAY);
	assert_int_equal(known(path, 10), 5);
	remember(path, 3, 8, TODAY);
	assert_int_equal(known(path, 10), 8);
	/* What is remembered in this run is not recalled before it was written. */
	remember(path, 0, 0, TODAY);
	assert_int_equal(known(path, 10), 8);
}

static void test_values(void **state)
{
	struct arena a = {0};
	struct str value, large = {arena_alloc(&a, 5 << 20), 5 << 20};
	struct archive_key empty = key_of(100), big = key_of(101);
	struct archive *v = archive_open(file(*state), TODAY);
	archive_remember(v, &empty, STR(""));
	archive_remember(v, &big, large);
	archive_close(v);
	v = archive_open(file(*state), TODAY);
	assert_true(archive_recall(v, &a, &empty, &value) && value.n == 0);
	assert_true(archive_recall(v, &a, &big, &value) && str_eq(value, large));
	archive_close(v);
	arena_release(&a);
}

static void test_forgets(void **state)
{
	const char *path = file(*state);
	remember(path, 0, 2, TODAY - 1000);
	assert_int_equal(known(path, 4), 2);
	remember(path, 2, 4, TODAY);
	assert_int_equal(known(path, 4), 2);
	/* A clock that was wrong leaves nothing for ever. */
	remember(path, 0, 1, TODAY + 5000);
	assert_int_equal(known(path, 4), 1);
	remember(path, 1, 2, TODAY);
	assert_int_equal(known(path, 4), 1);
}

/* ---- what may be in its place ---- */

static void test_no_archive(void **state)
{
	static const char *const texts[] = {"", "no database", "SQLite format 3"};
	const struct scratch *s = *state;
	mkdir(scratch_at(s, "sdi"), 0777);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		scratch_write(s, "sdi/archive.db", texts[i]);
		remember(file(s), 0, 3, TODAY);
		assert_int_equal(known(file(s), 3), 3);
	}
}

static void test_other_version(void **state)
{
	const struct scratch *s = *state;
	remember(file(s), 0, 3, TODAY);
	int fd = open(file(s), O_RDWR);
	/* The user's version in the head of the file. */
	assert_int_equal(pwrite(fd, "\0\0\0\x63", 4, 60), 4);
	close(fd);
	assert_int_equal(known(file(s), 3), 0);
	remember(file(s), 0, 3, TODAY);
	assert_int_equal(known(file(s), 3), 3);
}

static void test_places(void **state)
{
	const struct scratch *s = *state;
	assert_null(archive_open(scratch_at(s, "none/sdi/archive.db"), TODAY));
	scratch_write(s, "file", "x");
	assert_null(archive_open(scratch_at(s, "file/archive.db"), TODAY));
	mkdir(scratch_at(s, "folder"), 0777);
	mkdir(scratch_at(s, "folder/archive.db"), 0777);
	assert_null(archive_open(scratch_at(s, "folder/archive.db"), TODAY));
	mkdir(scratch_at(s, "links"), 0777);
	assert_int_equal(symlink(scratch_at(s, "target"), scratch_at(s, "links/archive.db")), 0);
	assert_null(archive_open(scratch_at(s, "links/archive.db"), TODAY));
	assert_int_not_equal(access(scratch_at(s, "target"), F_OK), 0);
	assert_int_equal(symlink("folder", scratch_at(s, "sdi")), 0);
	assert_null(archive_open(file(s), TODAY));
}

/* Bytes that fell over: what is recalled is right all the same, and in the end it is whole again. */
static void test_damage(void **state)
{
	const struct scratch *s = *state;
	enum { VALUES = 60, ROUNDS = 400 };
	unsigned lost = 0, seed = 1;
	for (unsigned round = 0; round < ROUNDS; round++) {
		remember(file(s), 0, VALUES, TODAY);
		struct stat st;
		int fd = open(file(s), O_RDWR);
		/* Who finds it broken at the end takes it away. */
		if (fd < 0)
			continue;
		assert_int_equal(fstat(fd, &st), 0);
		for (unsigned i = 0; i < 1 + round % 5; i++) {
			unsigned char byte;
			seed = seed * 1664525 + 1013904223;
			off_t at = (off_t)(seed >> 8) % st.st_size;
			assert_int_equal(pread(fd, &byte, 1, at), 1);
			byte ^= (unsigned char)(1U << seed % 8);
			assert_int_equal(pwrite(fd, &byte, 1, at), 1);
		}
		if (round % 7 == 0)
			assert_int_equal(ftruncate(fd, st.st_size * (off_t)(seed % 100) / 100), 0);
		close(fd);
		lost += VALUES - known(file(s), VALUES);
	}
	assert_true(lost > 0);
	remember(file(s), 0, 0, TODAY);
	remember(file(s), 0, VALUES, TODAY);
	remember(file(s), 0, VALUES, TODAY);
	assert_int_equal(known(file(s), VALUES), VALUES);
}

/* ---- several at once ---- */

static void test_at_once(void **state)
{
	const struct scratch *s = *state;
	enum { PROGRAMS = 6, EACH = 40 };
	pid_t pid[PROGRAMS];
	for (unsigned i = 0; i < PROGRAMS; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			for (unsigned round = 0; round < 5; round++) {
				struct archive *v = archive_open(file(s), TODAY);
				struct arena a = {0};
				for (unsigned n = i * EACH; v && n < (i + 1) * EACH; n++) {
					struct archive_key key = key_of(n);
					archive_remember(v, &key, value_of(&a, n));
				}
				archive_close(v);
				arena_release(&a);
				known(file(s), PROGRAMS * EACH);
			}
			_exit(0);
		}
	}
	for (unsigned i = 0; i < PROGRAMS; i++) {
		int status;
		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_int_equal(status, 0);
	}
	/* Who had to wait too long has written nothing; but the file is whole. */
	remember(file(s), 0, EACH, TODAY);
	assert_true(known(file(s), PROGRAMS * EACH) >= EACH);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(test_remembers),     IN_SCRATCH(test_values), IN_SCRATCH(test_forgets), IN_SCRATCH(test_no_archive),
		IN_SCRATCH(test_other_version), IN_SCRATCH(test_places), IN_SCRATCH(test_damage),  IN_SCRATCH(test_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
