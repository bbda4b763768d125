#include "cmd/create.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/write.h"
#include "core/source/paths.h"

static int make_folders(struct arena *a, const char *folder, struct err *err)
{
	struct stat st;
	if (mkdir(folder, 0777) == 0 || (errno == EEXIST && stat(folder, &st) == 0 && S_ISDIR(st.st_mode)))
		return 0;
	int why = errno == EEXIST ? ENOTDIR : errno;
	const char *above = path_folder(a, folder);
	if (why == ENOENT && strcmp(above, folder) != 0)
		return make_folders(a, above, err) || make_folders(a, folder, err) ? -1 : 0;
	return err_set(err, "cannot create the folder `%s`: %s", folder, err_reason(why));
}

/* File systems without RENAME_NOREPLACE have hard links. */
static int rename_new(int folder, const char *from, const char *to)
{
	if (renameat2(folder, from, folder, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	if (linkat(folder, from, folder, to, 0) != 0)
		return -1;
	unlinkat(folder, from, 0);
	return 0;
}

static int rename_over(int folder, const char *from, const char *to)
{
	return renameat(folder, from, folder, to);
}

/* Written beside its place and then renamed: nobody ever sees half a file. `mode` 0: as a new file has it. */
static int write_beside(struct arena *a, int folder, const char *name, mode_t mode, struct str text,
                        int (*rename_to)(int folder, const char *from, const char *to))
{
	const char *draft = arena_printf(a, ".%s.%ld.tmp", name, (long)getpid()).p;
	int fd = openat(folder, draft, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, mode ? mode : 0666);
	if (fd < 0)
		return -1;
	int bad = (mode && fchmod(fd, mode)) || !write_all(fd, text) || fsync(fd) ? -1 : 0, why = errno;
	if (close(fd) != 0 && !bad) {
		bad = -1;
		why = errno;
	}
	if (!bad && rename_to(folder, draft, name) == 0) {
		fsync(folder);
		return 0;
	}
	why = bad ? why : errno;
	unlinkat(folder, draft, 0);
	errno = why;
	return -1;
}

/* The folder with its links resolved; an error when that is outside of the root. */
static const char *inside(struct arena *a, const char *root, const char *path, const char *shown, struct err *err)
{
	const char *folder = path_real(a, path_folder(a, path));
	if (!folder)
		err_set(err, "cannot write `%s`: %s", shown, err_reason(errno));
	else if (path_below(root, folder))
		return folder;
	else
		err_set(err, "cannot write `%s`: a link leads out of the project, to `%s`", shown, folder);
	return NULL;
}

int create_file(struct arena *a, const char *root, const char *path, const char *shown, struct str text,
                struct err *err)
{
	struct stat st;
	if (lstat(path, &st) == 0)
		return err_set(err, "`%s` is there already; it is left as it is", shown);
	const char *folder = inside(a, root, path, shown, err);
	if (!folder || make_folders(a, folder, err))
		return -1;
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, "cannot open the folder of `%s`: %s", shown, err_reason(errno));
	int bad = write_beside(a, fd, path_name(path), 0, text, rename_new), why = errno;
	close(fd);
	if (!bad)
		return 0;
	if (why == EEXIST)
		return err_set(err, "`%s` is there already; it is left as it is", shown);
	return err_set(err, "cannot write `%s`: %s", shown, err_reason(why));
}

int replace_file(struct arena *a, const char *path, const char *shown, struct str text, struct err *err)
{
	struct stat st;
	bool there = lstat(path, &st) == 0;
	if (there && !S_ISREG(st.st_mode))
		return err_set(err, "cannot write `%s`: it is no regular file", shown);
	const char *folder = path_folder(a, path);
	if (make_folders(a, folder, err))
		return -1;
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, "cannot open the folder of `%s`: %s", shown, err_reason(errno));
	mode_t mode = there ? st.st_mode & 0777 : 0;
	int bad = write_beside(a, fd, path_name(path), mode, text, rename_over), why = errno;
	close(fd);
	return bad ? err_set(err, "cannot write `%s`: %s", shown, err_reason(why)) : 0;
}
