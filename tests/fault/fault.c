/*
 * What a machine may do to a program that writes files. Preloaded (LD_PRELOAD), it counts the calls that change files, from 1,
 * and does something before one of them:
 *
 *   FAULT_AT=N[,N…]        before the Nth call; without it the calls are only counted:
 *   FAULT_ERRNO=ENOSPC     it fails, and is not made (but a file that cannot be closed is closed all the same)
 *   FAULT_SHORT=1          a write takes only a half
 *   FAULT_HOOK=COMMAND     this runs in a shell, and the call is made when it has ended or FAULT_WAIT milliseconds have passed
 *                          (5000): it may have to wait for the program
 *                          without any of them: the program is killed
 *
 *   FAULT_LOG=FILE         a line for each call that was counted, with its name
 *   FAULT_NO_EXCHANGE=1    the file system cannot exchange two names
 *   FAULT_NO_LEASE=1       and it has no leases
 *   FAULT_NO_SYNC=1        it does not wait for the disk
 *
 * Of files only those count that the program made. Programs that it runs are not watched. The system is called without the C
 * library, which may be watched itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

enum { MOST_FILES = 1024, MOST_VARIABLES = 1024, WAIT = 5000 };

enum fate { PASS, FAIL, SHORT };

static atomic_ulong calls;
static atomic_bool made[MOST_FILES]; /* by descriptor */

__attribute__((constructor)) static void begin(void)
{
	unsetenv("LD_PRELOAD");
}

static unsigned long number(const char *name, unsigned long without)
{
	const char *value = getenv(name);
	return value ? strtoul(value, NULL, 10) : without;
}

/* ---- what happens ---- */

static int number_of_error(const char *name)
{
	static const struct {
		const char *name;
		int number;
	} errors[] = {
		{"EACCES", EACCES}, {"EAGAIN", EAGAIN}, {"EDQUOT", EDQUOT}, {"EINTR", EINTR}, {"EINVAL", EINVAL},
		{"EIO", EIO},       {"EMFILE", EMFILE}, {"ENOSPC", ENOSPC}, {"EPERM", EPERM}, {"EROFS", EROFS},
	};
	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
		if (strcmp(errors[i].name, name) == 0)
			return errors[i].number;
	return ENOTRECOVERABLE;
}

static void note(unsigned long nr, const char *name)
{
	char line[64];
	const char *path = getenv("FAULT_LOG");
	int n = snprintf(line, sizeof(line), "%lu %s\n", nr, name);
	long fd = path ? syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666) : -1;
	if (fd < 0)
		return;
	syscall(SYS_write, fd, line, n);
	syscall(SYS_close, fd);
}

/* The hook's own programs are left in peace. */
static void clean_environment(char **out)
{
	size_t nr = 0;
	for (char **v = environ; *v && nr + 1 < MOST_VARIABLES; v++)
		if (strncmp(*v, "LD_PRELOAD=", 11) != 0 && strncmp(*v, "FAULT_", 6) != 0)
			out[nr++] = *v;
	out[nr] = NULL;
}

static void run_hook(char *command)
{
	char shell[] = "sh", option[] = "-c", *argv[] = {shell, option, command, NULL}, *variables[MOST_VARIABLES];
	const struct timespec moment = {.tv_nsec = 1000000};
	posix_spawnattr_t how;
	sigset_t none;
	pid_t child;
	clean_environment(variables);
	sigemptyset(&none);
	posix_spawnattr_init(&how);
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
	if (posix_spawn(&child, "/bin/sh", NULL, &how, argv, variables) == 0)
		for (unsigned long left = number("FAULT_WAIT", WAIT); left && waitpid(child, NULL, WNOHANG) == 0; left--)
			nanosleep(&moment, NULL);
	posix_spawnattr_destroy(&how);
}

/* Is this call in the list? */
static bool is_struck(unsigned long nr)
{
	const char *list = getenv("FAULT_AT");
	char *end;
	for (; list && *list; list = *end ? end + 1 : end)
		if (strtoul(list, &end, 10) == nr)
			return true;
	return false;
}

/* Counts a call, and says what becomes of it. Sets errno when it fails. */
static enum fate fate_of(const char *name)
{
	int before = errno;
	unsigned long nr = atomic_fetch_add(&calls, 1) + 1;
	char *hook = getenv("FAULT_HOOK");
	const char *error = getenv("FAULT_ERRNO");
	note(nr, name);
	errno = before;
	if (!is_struck(nr))
		return PASS;
	if (hook) {
		run_hook(hook);
		errno = before;
		return PASS;
	}
	if (error) {
		errno = number_of_error(error);
		return FAIL;
	}
	if (getenv("FAULT_SHORT"))
		return SHORT;
	syscall(SYS_kill, getpid(), SIGKILL);
	return PASS;
}

static bool is_made(int fd)
{
	return fd >= 0 && fd < MOST_FILES && made[fd];
}

/* ---- the calls ---- */

static int open_at(int folder, const char *path, int flags, mode_t mode)
{
	bool makes = (flags & O_CREAT) != 0;
	if (makes && fate_of("create") == FAIL)
		return -1;
	int fd = (int)syscall(SYS_openat, folder, path, flags, mode);
	if (makes && fd >= 0 && fd < MOST_FILES)
		made[fd] = true;
	return fd;
}

static mode_t mode_of(int flags, va_list ap)
{
	return flags & O_CREAT ? va_arg(ap, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
	va_list ap;
	va_start(ap, flags);
	mode_t mode = mode_of(flags, ap);
	va_end(ap);
	return open_at(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
	va_list ap;
	va_start(ap, flags);
	mode_t mode = mode_of(flags, ap);
	va_end(ap);
	return open_at(folder, path, flags, mode);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
	enum fate fate = is_made(fd) ? fate_of("write") : PASS;
	if (fate == FAIL)
		return -1;
	return (ssize_t)syscall(SYS_write, fd, bytes, fate == SHORT && n > 1 ? n / 2 : n);
}

int close(int fd)
{
	enum fate fate = is_made(fd) ? fate_of("close") : PASS;
	int why = errno;
	if (fd >= 0 && fd < MOST_FILES)
		made[fd] = false;
	int bad = (int)syscall(SYS_close, fd);
	if (fate != FAIL)
		return bad;
	errno = why;
	return -1;
}

int fsync(int fd)
{
	if (fate_of(is_made(fd) ? "fsync" : "fsync-folder") == FAIL)
		return -1;
	return getenv("FAULT_NO_SYNC") ? 0 : (int)syscall(SYS_fsync, fd);
}

int fchmod(int fd, mode_t mode)
{
	return fate_of("fchmod") == FAIL ? -1 : (int)syscall(SYS_fchmod, fd, mode);
}

int fchown(int fd, uid_t owner, gid_t group)
{
	return fate_of("fchown") == FAIL ? -1 : (int)syscall(SYS_fchown, fd, owner, group);
}

int fsetxattr(int fd, const char *name, const void *value, size_t n, int flags)
{
	return fate_of("fsetxattr") == FAIL ? -1 : (int)syscall(SYS_fsetxattr, fd, name, value, n, flags);
}

int fremovexattr(int fd, const char *name)
{
	return fate_of("fremovexattr") == FAIL ? -1 : (int)syscall(SYS_fremovexattr, fd, name);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
	if (fate_of(flags ? "exchange" : "rename") == FAIL)
		return -1;
	if (flags && getenv("FAULT_NO_EXCHANGE")) {
		errno = EINVAL;
		return -1;
	}
	return (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
	return renameat2(from_folder, from, to_folder, to, 0);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
	return fate_of("linkat") == FAIL ? -1 : (int)syscall(SYS_linkat, from_folder, from, to_folder, to, flags);
}

int unlinkat(int folder, const char *name, int flags)
{
	return fate_of("unlinkat") == FAIL ? -1 : (int)syscall(SYS_unlinkat, folder, name, flags);
}

/* Leases count, because what comes before one is told apart from what comes after it. */
int fcntl(int fd, int command, ...)
{
	va_list ap;
	va_start(ap, command);
	long value = va_arg(ap, long);
	va_end(ap);
	if (command == F_SETLEASE && getenv("FAULT_NO_LEASE")) {
		errno = EINVAL;
		return -1;
	}
	if ((command == F_SETLEASE && fate_of("setlease") == FAIL) ||
	    (command == F_GETLEASE && fate_of("getlease") == FAIL))
		return -1;
	return (int)syscall(SYS_fcntl, fd, command, value);
}
