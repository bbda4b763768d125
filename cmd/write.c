#include "cmd/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/source/paths.h"

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

/* Closes in any case. */
static int fill(int fd, struct str text, bool sync)
{
	int bad = !write_all(fd, text) || (sync && fsync(fd));
	int why = errno;
	if (close(fd) && !bad) {
		bad = 1;
		why = errno;
	}
	errno = why;
	return bad ? -1 : 0;
}

static int write_into(const char *path, struct str text, int flags)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | flags, 0666);
	return fd < 0 ? -1 : fill(fd, text, false);
}

/* As open() would have made it. */
static mode_t usual_mode(void)
{
	mode_t mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

static int replace(const char *path, const char *temporary, int fd, mode_t mode, struct str text)
{
	int bad = fchmod(fd, mode) ? (close(fd), -1) : fill(fd, text, true);
	if (!bad)
		bad = rename(temporary, path);
	int why = errno;
	if (bad)
		unlink(temporary);
	errno = why;
	return bad;
}

static int write_beside(struct arena *a, const char *path, mode_t mode, struct str text)
{
	char *temporary = arena_strdup(a, arena_printf(a, "%s.XXXXXX", path).p);
	int fd = mkostemp(temporary, O_CLOEXEC);
	return fd < 0 ? -1 : replace(path, temporary, fd, mode, text);
}

static int put(struct arena *a, const char *path, struct str text)
{
	struct stat st;
	bool exists = stat(path, &st) == 0;
	if (exists && !S_ISREG(st.st_mode))
		return write_into(path, text, 0);
	/* A link to what is not there yet. */
	if (!exists && lstat(path, &st) == 0)
		return write_into(path, text, O_CREAT);
	/* Who may not write a file may not replace it either. */
	if (exists && access(path, W_OK))
		return -1;
	const char *target = exists ? path_real(a, path) : path;
	return write_beside(a, target ? target : path, exists ? st.st_mode & 07777 : usual_mode(), text);
}

int write_file(const char *path, struct str text, struct err *err)
{
	struct arena a = {0};
	int bad = put(&a, path, text);
	int why = errno;
	arena_release(&a);
	return bad ? err_set(err, "cannot write `%s`: %s", path, err_reason(why)) : 0;
}

int append_file(const char *path, struct str text, struct err *err)
{
	if (write_into(path, text, O_APPEND | O_CREAT))
		return err_set(err, "cannot write `%s`: %s", path, err_reason(errno));
	return 0;
}
