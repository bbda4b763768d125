#include "cmd/write.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/source/create.h"
#include "core/source/draft.h"
#include "core/source/paths.h"

static int write_into(const char *path, struct str text, int flags, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | flags, 0666);
	int bad = fd < 0 || !write_all(fd, text), why = errno;
	if (fd >= 0 && close(fd) && !bad) {
		bad = 1;
		why = errno;
	}
	return bad ? err_set(err, "cannot write `%s`: %s", path, err_reason(why)) : 0;
}

/* Who may not write a file may not replace it either; and a folder that is not there was misspelt. */
static int check_place(struct arena *a, const char *path, bool exists, struct err *err)
{
	int bad = access(exists ? path : path_folder(a, path), W_OK);
	return bad ? err_set(err, "cannot write `%s`: %s", path, err_reason(errno)) : 0;
}

static int put(struct arena *a, const char *path, struct str text, struct err *err)
{
	struct stat st;
	bool exists = stat(path, &st) == 0;
	if (exists && !S_ISREG(st.st_mode))
		return write_into(path, text, 0, err);
	/* A link to what is not there yet. */
	if (!exists && lstat(path, &st) == 0)
		return write_into(path, text, O_CREAT, err);
	if (check_place(a, path, exists, err))
		return -1;
	const char *real = path_real(a, path);
	return replace_file(a, real ? real : path, path, text, err);
}

int write_file(const char *path, struct str text, struct err *err)
{
	struct arena a = {0};
	int bad = put(&a, path, text, err);
	arena_release(&a);
	return bad;
}

int append_file(const char *path, struct str text, struct err *err)
{
	return write_into(path, text, O_APPEND | O_CREAT, err);
}
