#include "tests/unit/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

#include "core/source/swap.h"

enum { NOBODY = 65534 };

/* What it should be: the message has `why`; "" where there is none. */
struct expectation {
	enum swap_outcome outcome;
	const char *why;
};

#define DONE ((struct expectation){SWAP_DONE, ""})
#define CHANGED ((struct expectation){SWAP_CHANGED, "was changed meanwhile"})
#define REFUSED(why) ((struct expectation){SWAP_REFUSED, (why)})
#define FAILED(why) ((struct expectation){SWAP_FAILED, (why)})

static void expect_no_draft(const char *folder)
{
	DIR *dir = opendir(folder);
	assert_non_null(dir);
	for (const struct dirent *d; (d = readdir(dir));)
		if (strncmp(d->d_name, ".sdi-", 5) == 0)
			fail_msg("%s is left in %s", d->d_name, folder);
	closedir(dir);
}

static void expect_outcome(const struct swap *s, enum swap_outcome outcome, const struct err *err,
                           const struct expectation *want)
{
	if (outcome != want->outcome || !strstr(err->text, want->why) || (*err->text && !*want->why))
		fail_msg("%s: outcome %d, not %d: %s", s->shown, (int)outcome, (int)want->outcome, err->text);
}

static void expect_swap_of(const struct scratch *s, const char *name, struct str before, struct str after,
                           struct expectation want)
{
	struct err err = {""};
	struct swap swap = {scratch_at(s, name), s->path, name, before, after};
	expect_outcome(&swap, swap_text(&swap, &err), &err, &want);
	expect_no_draft(s->path);
}

static void expect_swap(const struct scratch *s, const char *name, const char *before, const char *after,
                        struct expectation want)
{
	expect_swap_of(s, name, str_of(before), str_of(after), want);
}

/* Nothing that stands in the file's place is written. */
static void expect_refusal(const struct scratch *s, const char *root, const char *name, struct expectation want)
{
	struct err err = {""};
	struct swap swap = {scratch_at(s, name), scratch_at(s, root), name, STR("old\n"), STR("new\n")};
	expect_outcome(&swap, swap_text(&swap, &err), &err, &want);
	expect_no_draft(s->path);
}

static void expect_text(const struct scratch *s, const char *name, struct str text)
{
	char *all = malloc(text.n + 2);
	int fd = open(scratch_at(s, name), O_RDONLY | O_NOFOLLOW);
	assert_true(fd >= 0);
	assert_int_equal(read(fd, all, text.n + 1), text.n);
	assert_memory_equal(all, text.p, text.n);
	close(fd);
	free(all);
}

static struct stat stat_of(const struct scratch *s, const char *name)
{
	struct stat st;
	assert_int_equal(lstat(scratch_at(s, name), &st), 0);
	return st;
}

/* ---- what it does ---- */

static void test_done(void **state)
{
	const struct scratch *s = *state;
	scratch_write(s, "a.md", "old\n");
	expect_swap(s, "a.md", "old\n", "new\n", DONE);
	expect_text(s, "a.md", STR("new\n"));
	/* What is there already is not written again. */
	struct stat first = stat_of(s, "a.md");
	expect_swap(s, "a.md", "old\n", "new\n", DONE);
	expect_swap(s, "a.md", "other\n", "new\n", DONE);
	expect_swap(s, "a.md", "new\n", "new\n", DONE);
	assert_int_equal(stat_of(s, "a.md").st_ino, first.st_ino);
	expect_swap(s, "a.md", "new\n", "日本\n", DONE);
	expect_text(s, "a.md", STR("日本\n"));
	scratch_write(s, "deep/er/b.md", "old");
	expect_swap(s, "deep/er/b.md", "old", "new", DONE);
	expect_text(s, "deep/er/b.md", STR("new"));
	expect_no_draft(scratch_at(s, "deep/er"));
}

/* Who has the file open reads on in the old text. */
static void test_reader(void **state)
{
	const struct scratch *s = *state;
	char bytes[9];
	scratch_write(s, "a.md", "old\n");
	int fd = open(scratch_at(s, "a.md"), O_RDONLY);
	assert_true(fd >= 0);
	expect_swap(s, "a.md", "old\n", "new, longer\n", DONE);
	assert_int_equal(read(fd, bytes, sizeof(bytes)), 4);
	assert_memory_equal(bytes, "old\n", 4);
	close(fd);
}

static void test_lengths(void **state)
{
	enum { LARGE = 5 << 20 };
	const struct scratch *s = *state;
	scratch_write(s, "a.md", "");
	expect_swap(s, "a.md", "", "x", DONE);
	expect_swap(s, "a.md", "x", "", DONE);
	expect_text(s, "a.md", STR(""));
	expect_swap(s, "a.md", "", "", DONE);
	expect_swap_of(s, "a.md", (struct str){0}, STR("y"), DONE);
	expect_swap_of(s, "a.md", STR("y"), (struct str){0}, DONE);
	expect_text(s, "a.md", STR(""));
	char *before = malloc(LARGE + 1), *after = malloc(LARGE + 1);
	memset(before, 'b', LARGE);
	memset(after, 'a', LARGE);
	before[LARGE] = after[LARGE] = 0;
	scratch_write(s, "a.md", before);
	expect_swap(s, "a.md", before, after, DONE);
	expect_text(s, "a.md", str_of(after));
	before[0] = after[LARGE - 1] = 'x';
	expect_swap(s, "a.md", after, before, CHANGED);
	free(before);
	free(after);
}

/* Texts that differ in one byte, or in length, about the places where a comparison in pieces could go wrong. */
static void test_changed(void **state)
{
	static const size_t sizes[] = {1, 2, 16383, 16384, 16385, 32768, 50000};
	const struct scratch *s = *state;
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		size_t n = sizes[i];
		char *text = malloc(n + 2);
		struct str shorter = {text, n - 1}, whole = {text, n}, longer = {text, n + 1};
		memset(text, 'x', n + 1);
		text[n] = 0;
		scratch_write(s, "a.md", text);
		struct stat first = stat_of(s, "a.md");
		expect_swap_of(s, "a.md", shorter, STR("new"), CHANGED);
		expect_swap_of(s, "a.md", longer, STR("new"), CHANGED);
		expect_swap_of(s, "a.md", STR(""), STR("new"), CHANGED);
		text[n - 1] = 'y';
		expect_swap_of(s, "a.md", whole, STR("new"), CHANGED);
		text[n - 1] = 'x';
		expect_text(s, "a.md", whole);
		assert_int_equal(stat_of(s, "a.md").st_ino, first.st_ino);
		free(text);
	}
}

static void test_names(void **state)
{
	const struct scratch *s = *state;
	char longest[256] = {0};
	memset(longest, 'n', sizeof(longest) - 1);
	const char *const names[] = {longest, "日本 語.md", "-n", "a\nb\t\"\\", "\x93\xfa.md", ".hidden", "a.md~"};
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		scratch_write(s, names[i], "old\n");
		expect_swap(s, names[i], "old\n", "new\n", DONE);
		expect_text(s, names[i], STR("new\n"));
	}
}

/* ---- what stays ---- */

static void test_mode(void **state)
{
	static const mode_t modes[] = {0600, 0640, 0644, 0664, 0666, 0755, 0777, 01644};
	static const mode_t masks[] = {022, 077, 0};
	const struct scratch *s = *state;
	for (size_t i = 0; i < ARRAY_SIZE(modes) * ARRAY_SIZE(masks); i++) {
		mode_t mode = modes[i / ARRAY_SIZE(masks)];
		scratch_write(s, "a.md", "old\n");
		assert_int_equal(chmod(scratch_at(s, "a.md"), mode), 0);
		mode_t mask = umask(masks[i % ARRAY_SIZE(masks)]);
		expect_swap(s, "a.md", "old\n", "new\n", DONE);
		umask(mask);
		assert_int_equal(stat_of(s, "a.md").st_mode & 07777, mode);
	}
}

static void test_owner(void **state)
{
	static const mode_t modes[] = {0644, 04755, 06755, 0444, 0};
	const struct scratch *s = *state;
	scratch_write(s, "a.md", "");
	if (geteuid() != 0 || chown(scratch_at(s, "a.md"), 1234, 5678)) {
		print_message("files cannot be given away here: left out\n");
		skip();
	}
	for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
		scratch_write(s, "a.md", "old\n");
		assert_int_equal(chown(scratch_at(s, "a.md"), 1234, 5678), 0);
		assert_int_equal(chmod(scratch_at(s, "a.md"), modes[i]), 0);
		expect_swap(s, "a.md", "old\n", "new\n", DONE);
		struct stat st = stat_of(s, "a.md");
		assert_int_equal(st.st_uid, 1234);
		assert_int_equal(st.st_gid, 5678);
		assert_int_equal(st.st_mode & 07777, modes[i]);
		assert_int_equal(unlink(scratch_at(s, "a.md")), 0);
	}
}

/* Skips the test where the file system has no attributes of that kind. */
static void set_attribute(const char *path, const char *name, const void *value, size_t n)
{
	if (setxattr(path, name, value, n, 0) == 0)
		return;
	assert_int_equal(errno, EOPNOTSUPP);
	print_message("the file system has no %s: left out\n", name);
	skip();
}

static void expect_attribute(const char *path, const char *name, const void *value, size_t n)
{
	char found[256];
	assert_int_equal(getxattr(path, name, found, sizeof(found)), n);
	assert_memory_equal(found, value, n);
}

static void test_attributes(void **state)
{
	const struct scratch *s = *state;
	char path[512];
	snprintf(path, sizeof(path), "%s", scratch_at(s, "a.md"));
	scratch_write(s, "a.md", "old\n");
	set_attribute(path, "user.sdi.test", "a\0b", 3);
	set_attribute(path, "user.empty", "", 0);
	set_attribute(path, "user.名前", "値", 3);
	expect_swap(s, "a.md", "old\n", "new\n", DONE);
	expect_text(s, "a.md", STR("new\n"));
	expect_attribute(path, "user.sdi.test", "a\0b", 3);
	expect_attribute(path, "user.empty", "", 0);
	expect_attribute(path, "user.名前", "値", 3);
}

/* An access list as the system has it, for a machine of either byte order. */
#define ACL_SHORT(n) (n) & 0xFF, (n) >> 8
#define ACL_LONG(n) ACL_SHORT((n)&0xFFFF), ACL_SHORT((n) >> 16 & 0xFFFF)
#define ACL_ENTRY(tag, rights, id) ACL_SHORT(tag), ACL_SHORT(rights), ACL_LONG(id)
#define ACL_NOBODY 0xFFFFFFFFU

/* user::rw- user:1234:rw- group::--- mask::rw- other::--- */
static const unsigned char access_list[] = {
	ACL_LONG(2),
	ACL_ENTRY(0x01, 6, ACL_NOBODY),
	ACL_ENTRY(0x02, 6, 1234U),
	ACL_ENTRY(0x04, 0, ACL_NOBODY),
	ACL_ENTRY(0x10, 6, ACL_NOBODY),
	ACL_ENTRY(0x20, 0, ACL_NOBODY),
};

static void test_access_list(void **state)
{
	const struct scratch *s = *state;
	char path[512];
	snprintf(path, sizeof(path), "%s", scratch_at(s, "a.md"));
	scratch_write(s, "a.md", "old\n");
	set_attribute(path, "system.posix_acl_access", access_list, sizeof(access_list));
	mode_t mode = stat_of(s, "a.md").st_mode;
	expect_swap(s, "a.md", "old\n", "new\n", DONE);
	expect_text(s, "a.md", STR("new\n"));
	expect_attribute(path, "system.posix_acl_access", access_list, sizeof(access_list));
	assert_int_equal(stat_of(s, "a.md").st_mode, mode);
}

/* What new files of the folder get is nothing that this one had. */
static void test_list_of_folder(void **state)
{
	const struct scratch *s = *state;
	char found[256];
	scratch_write(s, "a.md", "old\n");
	assert_int_equal(chmod(scratch_at(s, "a.md"), 0640), 0);
	set_attribute(s->path, "system.posix_acl_default", access_list, sizeof(access_list));
	expect_swap(s, "a.md", "old\n", "new\n", DONE);
	expect_text(s, "a.md", STR("new\n"));
	assert_int_equal(getxattr(scratch_at(s, "a.md"), "system.posix_acl_access", found, sizeof(found)), -1);
	assert_int_equal(stat_of(s, "a.md").st_mode & 07777, 0640);
}

/* ---- what is not written ---- */

static void test_missing(void **state)
{
	const struct scratch *s = *state;
	scratch_write(s, "file", "x");
	expect_refusal(s, "", "none.md", FAILED("cannot write `none.md`: No such file or directory"));
	expect_refusal(s, "", "none/a.md", FAILED("No such file or directory"));
	expect_refusal(s, "", "file/a.md", FAILED("Not a directory"));
	assert_int_equal(access(scratch_at(s, "none.md"), F_OK), -1);
}

/* However long the path is, the reason is said. */
static void test_long_path(void **state)
{
	const struct scratch *s = *state;
	struct err err = {""};
	char shown[3000] = {0};
	struct swap swap = {scratch_at(s, "none.md"), s->path, memset(shown, 'x', sizeof(shown) - 1), STR(""), STR("new")};
	expect_outcome(&swap, swap_text(&swap, &err), &err, &FAILED("xxx`: No such file or directory"));
}

static void test_links(void **state)
{
	const struct scratch *s = *state;
	scratch_write(s, "target", "old\n");
	assert_int_equal(symlink("target", scratch_at(s, "a.md")), 0);
	assert_int_equal(symlink("nowhere", scratch_at(s, "dangling.md")), 0);
	assert_int_equal(symlink("loop.md", scratch_at(s, "loop.md")), 0);
	expect_refusal(s, "", "a.md", REFUSED("cannot write `a.md`: it is a symbolic link"));
	expect_refusal(s, "", "dangling.md", REFUSED("it is a symbolic link"));
	expect_refusal(s, "", "loop.md", REFUSED("it is a symbolic link"));
	expect_text(s, "target", STR("old\n"));
	assert_true(S_ISLNK(stat_of(s, "a.md").st_mode));
	assert_true(S_ISLNK(stat_of(s, "dangling.md").st_mode));
	assert_int_equal(access(scratch_at(s, "nowhere"), F_OK), -1);
}

static void test_hard_link(void **state)
{
	const struct scratch *s = *state;
	scratch_write(s, "a.md", "old\n");
	assert_int_equal(link(scratch_at(s, "a.md"), scratch_at(s, "b.md")), 0);
	expect_refusal(s, "", "a.md", REFUSED("it has other names (hard links)"));
	assert_int_equal(stat_of(s, "a.md").st_ino, stat_of(s, "b.md").st_ino);
	expect_text(s, "b.md", STR("old\n"));
	assert_int_equal(unlink(scratch_at(s, "b.md")), 0);
	expect_swap(s, "a.md", "old\n", "new\n", DONE);
}

static void test_no_file(void **state)
{
	const struct scratch *s = *state;
	scratch_folder(s, "folder.md");
	assert_int_equal(mkfifo(scratch_at(s, "fifo.md"), 0600), 0);
	expect_refusal(s, "", "folder.md", REFUSED("it is no regular file"));
	expect_refusal(s, "", "fifo.md", REFUSED("it is no regular file"));
	assert_true(S_ISDIR(stat_of(s, "folder.md").st_mode));
	assert_true(S_ISFIFO(stat_of(s, "fifo.md").st_mode));
}

static void test_device(void **state)
{
	const struct scratch *s = *state;
	if (mknod(scratch_at(s, "null.md"), S_IFCHR | 0666, makedev(1, 3))) {
		print_message("no device can be made here: left out\n");
		skip();
	}
	expect_refusal(s, "", "null.md", REFUSED("it is no regular file"));
	assert_true(S_ISCHR(stat_of(s, "null.md").st_mode));
}

static void test_outside(void **state)
{
	static const char *const roots[] = {"root", "ro", "root2/inner", "root2/b.md/c"};
	const struct scratch *s = *state;
	scratch_write(s, "root/a.md", "old\n");
	scratch_write(s, "root2/b.md", "old\n");
	for (size_t i = 0; i < ARRAY_SIZE(roots); i++) {
		expect_refusal(s, roots[i], "root2/b.md", REFUSED("it lies outside of the repository"));
		expect_text(s, "root2/b.md", STR("old\n"));
		expect_no_draft(scratch_at(s, "root2"));
	}
	expect_refusal(s, "ro", "root/a.md", REFUSED("it lies outside of the repository"));
	expect_text(s, "root/a.md", STR("old\n"));
}

static void test_git(void **state)
{
	static const char *const names[] = {".git/a.md", ".git/sub/a.md", "sub/.git/a.md"};
	const struct scratch *s = *state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		scratch_write(s, names[i], "old\n");
		expect_refusal(s, "", names[i], REFUSED("it is git's own"));
		expect_text(s, names[i], STR("old\n"));
	}
	scratch_write(s, "a.git/b.md", "old\n");
	expect_swap(s, "a.git/b.md", "old\n", "new\n", DONE);
	scratch_write(s, ".github/b.md", "old\n");
	expect_swap(s, ".github/b.md", "old\n", "new\n", DONE);
	scratch_write(s, ".git.md", "old\n");
	expect_swap(s, ".git.md", "old\n", "new\n", DONE);
}

/* The path was resolved before; what is a link now was put there since. */
static void test_linked_folder(void **state)
{
	const struct scratch *s = *state;
	scratch_write(s, "out/a.md", "old\n");
	scratch_write(s, "out/sub/a.md", "old\n");
	scratch_folder(s, "root/real");
	assert_int_equal(symlink("../out", scratch_at(s, "root/away")), 0);
	assert_int_equal(symlink("../../out/sub", scratch_at(s, "root/real/away")), 0);
	expect_refusal(s, "root", "root/away/a.md", FAILED("Not a directory"));
	expect_refusal(s, "root", "root/away/sub/a.md", FAILED("Not a directory"));
	expect_refusal(s, "root", "root/real/away/a.md", FAILED("Not a directory"));
	expect_text(s, "out/a.md", STR("old\n"));
	expect_text(s, "out/sub/a.md", STR("old\n"));
	expect_no_draft(scratch_at(s, "out"));
	expect_no_draft(scratch_at(s, "out/sub"));
}

/* ---- without root's power over permissions ---- */

static void give_to_nobody(const struct scratch *s, const char *name, mode_t mode)
{
	if (geteuid() == 0)
		assert_int_equal(chown(scratch_at(s, name), NOBODY, NOBODY), 0);
	assert_int_equal(chmod(scratch_at(s, name), mode), 0);
}

/* A file of nobody's in a folder of nobody's, with these modes: what becomes of it? */
static void expect_as_nobody(const struct scratch *s, mode_t folder, mode_t file, struct expectation want)
{
	char path[512];
	struct err err = {""};
	struct swap swap = {path, s->path, "a.md", STR("old\n"), STR("new\n")};
	bool is_root = geteuid() == 0;
	snprintf(path, sizeof(path), "%s", scratch_at(s, "own/a.md"));
	scratch_write(s, "own/a.md", "old\n");
	give_to_nobody(s, "own/a.md", file);
	give_to_nobody(s, "own", folder);
	assert_int_equal(chmod(s->path, 0755), 0);
	assert_int_equal(is_root ? seteuid(NOBODY) : 0, 0);
	enum swap_outcome outcome = swap_text(&swap, &err);
	assert_int_equal(is_root ? seteuid(0) : 0, 0);
	assert_int_equal(chmod(scratch_at(s, "own"), 0755), 0);
	expect_outcome(&swap, outcome, &err, &want);
	expect_no_draft(scratch_at(s, "own"));
	assert_int_equal(stat_of(s, "own/a.md").st_mode & 07777, file);
	assert_int_equal(chmod(scratch_at(s, "own/a.md"), 0644), 0);
	expect_text(s, "own/a.md", want.outcome == SWAP_DONE ? STR("new\n") : STR("old\n"));
}

static void test_permissions(void **state)
{
	const struct scratch *s = *state;
	expect_as_nobody(s, 0755, 0644, DONE);
	expect_as_nobody(s, 0700, 0600, DONE);
	expect_as_nobody(s, 0755, 0444, REFUSED("cannot write `a.md`: Permission denied"));
	expect_as_nobody(s, 0555, 0644, REFUSED("cannot write `a.md`: Permission denied"));
	expect_as_nobody(s, 0755, 0200, FAILED("Permission denied"));
	expect_as_nobody(s, 0644, 0644, FAILED("Permission denied"));
	/* A folder need not be listed. */
	expect_as_nobody(s, 0300, 0644, DONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_done, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_reader, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_lengths, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_changed, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_names, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_mode, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_owner, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_attributes, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_access_list, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_list_of_folder, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_missing, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_long_path, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_links, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_hard_link, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_no_file, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_device, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_outside, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_git, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_linked_folder, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_permissions, scratch_setup, scratch_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
