/* Others that write the file at the same moment. */
#include "tests/unit/scratch.h"

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include "core/source/swap.h"

enum { ROUNDS = 60, MOST_RUNS = 4, TURNS = 50 };

static char old_text[] = "the text that was there\n", saved_text[] = "what somebody saved\n";

static void expect_no_draft(const struct scratch *s)
{
	DIR *dir = opendir(s->path);
	assert_non_null(dir);
	for (const struct dirent *d; (d = readdir(dir));)
		if (strncmp(d->d_name, ".sdi-", 5) == 0)
			fail_msg("%s is left", d->d_name);
	closedir(dir);
}

static void expect_text(const struct scratch *s, const char *name, const char *text)
{
	char all[256];
	int fd = open(scratch_at(s, name), O_RDONLY);
	assert_true(fd >= 0);
	ssize_t n = read(fd, all, sizeof(all));
	close(fd);
	if (n < 0 || !str_eqz((struct str){all, (size_t)n}, text))
		fail_msg("%s holds `%.*s`, not `%s`", name, (int)n, all, text);
}

static enum swap_outcome swap_to(const struct scratch *s, const char *after)
{
	struct err err = {""};
	struct swap swap = {scratch_at(s, "a.md"), s->path, "a.md", str_of(old_text), str_of(after)};
	return swap_text(&swap, &err);
}

/* ---- a file that is open elsewhere ---- */

static bool has_leases(const struct scratch *s)
{
	int fd = open(scratch_at(s, "a.md"), O_RDONLY);
	assert_true(fd >= 0);
	bool yes = fcntl(fd, F_SETLEASE, F_RDLCK) == 0;
	close(fd);
	return yes;
}

/* A process that has the file open until it is killed. */
static pid_t hold_open(const struct scratch *s, int flags)
{
	char byte;
	int ready[2];
	assert_int_equal(pipe(ready), 0);
	pid_t child = fork();
	if (child == 0) {
		/* Not even a test that failed leaves it behind. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		int fd = open(scratch_at(s, "a.md"), flags);
		if (fd < 0 || write(ready[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	return child;
}

static void let_go(pid_t child)
{
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
}

static void test_open_for_writing(void **state)
{
	static const int ways[] = {O_WRONLY, O_RDWR, O_WRONLY | O_APPEND};
	const struct scratch *s = *state;
	scratch_write(s, "a.md", old_text);
	if (!has_leases(s)) {
		print_message("the file system has no leases: left out\n");
		skip();
	}
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		pid_t child = hold_open(s, ways[i]);
		assert_int_equal(swap_to(s, "new\n"), SWAP_CHANGED);
		expect_text(s, "a.md", old_text);
		expect_no_draft(s);
		let_go(child);
	}
	pid_t child = hold_open(s, O_RDONLY);
	assert_int_equal(swap_to(s, "new\n"), SWAP_DONE);
	expect_text(s, "a.md", "new\n");
	let_go(child);
}

/* ---- drafts of others ---- */

/* What a killed run of the same number left is not touched. */
static void test_drafts_of_others(void **state)
{
	enum { NR = 500 };
	const struct scratch *s = *state;
	char name[64];
	scratch_write(s, "a.md", old_text);
	for (int i = 0; i < NR; i++) {
		snprintf(name, sizeof(name), ".sdi-%ld-%d.tmp", (long)getpid(), i);
		scratch_write(s, name, "left");
	}
	assert_int_equal(swap_to(s, "new\n"), SWAP_DONE);
	expect_text(s, "a.md", "new\n");
	for (int i = 0; i < NR; i++) {
		snprintf(name, sizeof(name), ".sdi-%ld-%d.tmp", (long)getpid(), i);
		expect_text(s, name, "left");
		assert_int_equal(unlink(scratch_at(s, name)), 0);
	}
	expect_no_draft(s);
}

/* ---- at once ---- */

struct runs {
	atomic_uint ready;
	enum swap_outcome outcome[MOST_RUNS];
};

static void meet(struct runs *r, unsigned nr)
{
	atomic_fetch_add(&r->ready, 1);
	while (atomic_load(&r->ready) < nr)
		sched_yield();
}

/* All swap the same text at the same moment, for what their numbers say. */
static void swap_at_once(const struct scratch *s, struct runs *r, const char *const *after, unsigned nr)
{
	pid_t child[MOST_RUNS];
	atomic_store(&r->ready, 0);
	scratch_write(s, "a.md", old_text);
	for (unsigned i = 0; i < nr; i++) {
		child[i] = fork();
		if (child[i] == 0) {
			meet(r, nr);
			r->outcome[i] = swap_to(s, after[i]);
			_exit(0);
		}
	}
	for (unsigned i = 0; i < nr; i++)
		assert_int_equal(waitpid(child[i], NULL, 0), child[i]);
	expect_no_draft(s);
}

static struct runs *share(void)
{
	struct runs *r = mmap(NULL, sizeof(*r), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(r, MAP_FAILED);
	return r;
}

static void test_same_at_once(void **state)
{
	static const char *const after[MOST_RUNS] = {"new\n", "new\n", "new\n", "new\n"};
	struct runs *r = share();
	for (int round = 0; round < ROUNDS; round++) {
		unsigned nr = round % 2 ? MOST_RUNS : 2;
		swap_at_once(*state, r, after, nr);
		for (unsigned i = 0; i < nr; i++)
			assert_int_equal(r->outcome[i], SWAP_DONE);
		expect_text(*state, "a.md", "new\n");
	}
	munmap(r, sizeof(*r));
}

static void test_other_at_once(void **state)
{
	static const char *const after[] = {"one\n", "two\n"};
	struct runs *r = share();
	for (int round = 0; round < ROUNDS; round++) {
		swap_at_once(*state, r, after, 2);
		size_t winner = r->outcome[0] == SWAP_DONE ? 0 : 1;
		assert_int_equal(r->outcome[winner], SWAP_DONE);
		assert_int_equal(r->outcome[1 - winner], SWAP_CHANGED);
		expect_text(*state, "a.md", after[winner]);
	}
	munmap(r, sizeof(*r));
}

/* ---- an editor ---- */

static void save(const char *path, int flags)
{
	int fd = open(path, O_WRONLY | O_CREAT | flags, 0644);
	if (fd < 0 || write(fd, saved_text, 4) != 4 || write(fd, saved_text + 4, sizeof(saved_text) - 5) < 0 || close(fd))
		_exit(1);
}

static void by_overwriting(const struct scratch *s)
{
	save(scratch_at(s, "a.md"), O_TRUNC);
}

static void by_new_file(const struct scratch *s)
{
	save(scratch_at(s, "a.md.new"), O_EXCL);
	if (rename(scratch_at(s, "a.md.new"), scratch_at(s, "a.md")))
		_exit(1);
}

static void by_backup(const struct scratch *s)
{
	if (rename(scratch_at(s, "a.md"), scratch_at(s, "a.md~")))
		_exit(1);
	save(scratch_at(s, "a.md"), O_TRUNC);
}

/* Whenever the save comes, before, during or after the swap: it is what stays. */
static void expect_save_stays(const struct scratch *s, void (*edit)(const struct scratch *))
{
	struct runs *r = share();
	for (int round = 0; round < ROUNDS; round++) {
		int status = -1;
		atomic_store(&r->ready, 0);
		scratch_write(s, "a.md", old_text);
		pid_t child = fork();
		if (child == 0) {
			meet(r, 2);
			usleep((useconds_t)(round % TURNS * 40));
			edit(s);
			_exit(0);
		}
		meet(r, 2);
		swap_to(s, "new\n");
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
		expect_text(s, "a.md", saved_text);
		expect_no_draft(s);
	}
	munmap(r, sizeof(*r));
}

static void test_saved_in_place(void **state)
{
	const struct scratch *s = *state;
	scratch_write(s, "a.md", old_text);
	if (!has_leases(s)) {
		print_message("the file system has no leases: left out\n");
		skip();
	}
	expect_save_stays(s, by_overwriting);
}

static void test_saved_as_new_file(void **state)
{
	expect_save_stays(*state, by_new_file);
}

static void test_saved_beside_a_backup(void **state)
{
	expect_save_stays(*state, by_backup);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_open_for_writing, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_drafts_of_others, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_same_at_once, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_other_at_once, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_saved_in_place, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_saved_as_new_file, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_saved_beside_a_backup, scratch_setup, scratch_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
