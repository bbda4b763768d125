#include "tests/unit/scratch.h"

#include <errno.h>
#include <sys/xattr.h>

#include "core/source/create.h"

static void replace(const struct scratch *s, const char *name, const char *text, int want)
{
	struct arena a = {0};
	struct err err = {""};
	if (replace_file(&a, scratch_at(s, name), name, str_of(text), &err) != want)
		fail_msg("%s", err.text);
	arena_release(&a);
}

/* Also of one that may be written only. */
static void test_mode(void **state)
{
	static const mode_t modes[] = {0600, 0644, 0664, 0755, 0200};
	const struct scratch *s = *state;
	for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
		struct stat st;
		scratch_write(s, "a", "old");
		assert_int_equal(chmod(scratch_at(s, "a"), modes[i]), 0);
		replace(s, "a", "new", 0);
		assert_int_equal(stat(scratch_at(s, "a"), &st), 0);
		assert_int_equal(st.st_mode & 07777, modes[i]);
		assert_int_equal(unlink(scratch_at(s, "a")), 0);
	}
}

/* A group that this user is not in cannot be kept; ours gets none of its rights. */
static void test_lost_group(void **state)
{
	enum { NOBODY = 65534 };
	static const struct {
		mode_t mode, want;
	} modes[] = {{0660, 0600}, {0640, 0600}, {0664, 0644}, {0644, 0644}, {0600, 0600}};
	const struct scratch *s = *state;
	if (geteuid() != 0 || chown(s->path, NOBODY, NOBODY)) {
		print_message("files cannot be given away here: left out\n");
		skip();
	}
	for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
		struct stat st;
		scratch_write(s, "a", "old");
		assert_int_equal(chown(scratch_at(s, "a"), NOBODY, 5678), 0);
		assert_int_equal(chmod(scratch_at(s, "a"), modes[i].mode), 0);
		assert_int_equal(seteuid(NOBODY), 0);
		replace(s, "a", "new", 0);
		assert_int_equal(seteuid(0), 0);
		assert_int_equal(stat(scratch_at(s, "a"), &st), 0);
		assert_int_equal(st.st_mode & 07777, modes[i].want);
	}
}

static void test_attributes(void **state)
{
	const struct scratch *s = *state;
	char found[8];
	scratch_write(s, "a", "old");
	if (setxattr(scratch_at(s, "a"), "user.sdi", "x", 1, 0)) {
		assert_int_equal(errno, EOPNOTSUPP);
		print_message("the file system has no attributes: left out\n");
		skip();
	}
	replace(s, "a", "new", 0);
	assert_int_equal(getxattr(scratch_at(s, "a"), "user.sdi", found, sizeof(found)), 1);
}

static void test_no_file(void **state)
{
	const struct scratch *s = *state;
	scratch_write(s, "target", "old");
	assert_int_equal(symlink("target", scratch_at(s, "link")), 0);
	assert_int_equal(mkfifo(scratch_at(s, "fifo"), 0600), 0);
	scratch_folder(s, "folder");
	replace(s, "link", "new", -1);
	replace(s, "fifo", "new", -1);
	replace(s, "folder", "new", -1);
	replace(s, "none/new", "new", 0);
}

/* Whom the umask locks out may not run it either; what stands there stays. */
static void test_program(void **state)
{
	static const struct {
		mode_t umask, want;
	} modes[] = {{022, 0755}, {027, 0750}, {077, 0700}};
	const struct scratch *s = *state;
	struct arena a = {0};
	struct err err;
	struct stat st;
	for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
		const char *path = scratch_at(s, "a");
		mode_t before = umask(modes[i].umask);
		int bad = create_program(&a, s->path, path, "a", STR("text"), &err);
		umask(before);
		assert_int_equal(bad, 0);
		assert_int_equal(create_program(&a, s->path, path, "a", STR("other"), &err), -1);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 07777, modes[i].want);
		assert_int_equal(st.st_size, 4);
		assert_int_equal(unlink(path), 0);
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_mode, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_lost_group, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_attributes, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_no_file, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_program, scratch_setup, scratch_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
