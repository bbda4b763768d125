#include "core/source/draft.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { MOST_NAMES = 1000, MOST_ATTRIBUTES = 65536 };

bool write_all(int fd, struct str text)
{
	while (text.n) {
		ssize_t n = write(fd, text.p, text.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		text = str_from(text, (size_t)n);
	}
	return true;
}

/* A name of its own among threads, runs, and what a killed run left. */
static int create(struct draft *d, mode_t mode)
{
	static atomic_uint turn;
	for (unsigned tries = 0; tries < MOST_NAMES; tries++) {
		snprintf(d->name, sizeof(d->name), ".sdi-%ld-%u.tmp", (long)getpid(), atomic_fetch_add(&turn, 1));
		int fd = openat(d->folder, d->name, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, mode);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

static const char access_list[] = "system.posix_acl_access";

/* Some file systems have no attributes, and what may not be read shows none. */
static bool has_none(int why)
{
	return why == ENOTSUP || why == ENODATA || why == EBADF;
}

static int copy_attribute(int from, int to, const char *name)
{
	char value[MOST_ATTRIBUTES];
	ssize_t n = fgetxattr(from, name, value, sizeof(value));
	if (n >= 0 && fsetxattr(to, name, value, (size_t)n, 0) == 0)
		return 0;
	/* Some belong to the system, and cannot be set. */
	bool is_systems = (errno == EPERM || errno == EACCES) && strcmp(name, access_list) != 0;
	return is_systems || has_none(errno) ? 0 : -1;
}

static int copy_attributes(int from, int to)
{
	char names[MOST_ATTRIBUTES];
	/* A list that it has from its folder only would let others in; without its own, too: the mode shows its mask. */
	if (fremovexattr(to, access_list) && !has_none(errno))
		return -1;
	ssize_t n = flistxattr(from, names, sizeof(names));
	for (ssize_t i = 0; i < n; i += (ssize_t)strlen(names + i) + 1)
		if (copy_attribute(from, to, names + i))
			return -1;
	return n < 0 && !has_none(errno) ? -1 : 0;
}

/* EINVAL: in a namespace that has no such user. */
static bool is_forbidden(int why)
{
	return why == EPERM || why == EINVAL;
}

/* The owner where that is allowed, the group at least. Takes rights away where they would be those of another group. */
static int give(int fd, const struct stat *old, mode_t *mode)
{
	if (fchown(fd, old->st_uid, old->st_gid) == 0)
		return 0;
	if (!is_forbidden(errno))
		return -1;
	if (fchown(fd, (uid_t)-1, old->st_gid) == 0)
		return 0;
	*mode = (*mode & ~(mode_t)070) | (*mode & 07) << 3;
	return is_forbidden(errno) ? 0 : -1;
}

/* The mode last, because a new owner takes bits of it away. */
static int take_after(int like, int fd)
{
	struct stat old, new;
	if (fstat(like, &old) || fstat(fd, &new))
		return -1;
	mode_t mode = old.st_mode & 07777;
	bool differs = old.st_uid != new.st_uid || old.st_gid != new.st_gid;
	if ((differs && give(fd, &old, &mode)) || copy_attributes(like, fd))
		return -1;
	return fchmod(fd, mode);
}

static int sync_file(int fd)
{
	int bad;
	while ((bad = fsync(fd)) && errno == EINTR)
		;
	return bad;
}

int draft_write(struct draft *d, int folder, int like, struct str text)
{
	d->folder = folder;
	/* Until it has the other's mode, nobody else may open it. */
	int fd = create(d, like >= 0 ? 0600 : 0666);
	if (fd < 0)
		return -1;
	int bad = (like >= 0 && take_after(like, fd)) || !write_all(fd, text) || sync_file(fd) ? -1 : 0, why = errno;
	if (close(fd) && !bad && errno != EINTR) {
		bad = -1;
		why = errno;
	}
	if (bad)
		draft_drop(d);
	errno = why;
	return bad;
}

static int done(const struct draft *d, int bad)
{
	int why = errno;
	if (bad)
		draft_drop(d);
	else
		sync_file(d->folder);
	errno = why;
	return bad;
}

int draft_rename(const struct draft *d, const char *name)
{
	return done(d, renameat(d->folder, d->name, d->folder, name));
}

int draft_rename_new(const struct draft *d, const char *name)
{
	int bad = renameat2(d->folder, d->name, d->folder, name, RENAME_NOREPLACE);
	/* File systems without that have hard links. */
	if (bad && (errno == EINVAL || errno == ENOSYS)) {
		bad = linkat(d->folder, d->name, d->folder, name, 0);
		if (!bad)
			draft_drop(d);
	}
	return done(d, bad);
}

int draft_exchange(const struct draft *d, const char *name)
{
	return renameat2(d->folder, d->name, d->folder, name, RENAME_EXCHANGE);
}

void draft_drop(const struct draft *d)
{
	unlinkat(d->folder, d->name, 0);
}
