#include "core/source/create.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/source/draft.h"
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

static int write_new(int folder, const char *name, struct str text, bool program)
{
	struct draft draft;
	struct stat st;
	if (draft_write(&draft, folder, -1, text))
		return -1;
	if (program && (fstatat(folder, draft.name, &st, AT_SYMLINK_NOFOLLOW) ||
	                fchmodat(folder, draft.name, (st.st_mode & 0777) | (st.st_mode & 0444) >> 2, 0))) {
		int why = errno;
		draft_drop(&draft);
		errno = why;
		return -1;
	}
	return draft_rename_new(&draft, name);
}

static int create(struct arena *a, const char *root, const char *path, const char *shown, struct str text, bool program,
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
	int bad = write_new(fd, path_name(path), text, program), why = errno;
	close(fd);
	if (!bad)
		return 0;
	if (why == EEXIST)
		return err_set(err, "`%s` is there already; it is left as it is", shown);
	return err_set(err, "cannot write `%s`: %s", shown, err_reason(why));
}

int create_file(struct arena *a, const char *root, const char *path, const char *shown, struct str text,
                struct err *err)
{
	return create(a, root, path, shown, text, false, err);
}

int create_program(struct arena *a, const char *root, const char *path, const char *shown, struct str text,
                   struct err *err)
{
	return create(a, root, path, shown, text, true, err);
}

/* -1 where there is none; anything but a regular file is an error. */
static int open_old(int folder, const char *name, const char *shown, int *out, struct err *err)
{
	struct stat st;
	*out = -1;
	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW))
		return 0;
	if (!S_ISREG(st.st_mode))
		return err_set(err, "cannot write `%s`: it is no regular file", shown);
	*out = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	/* One that may be written only shows its mode at least. */
	if (*out < 0)
		*out = openat(folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	return 0;
}

int replace_file(struct arena *a, const char *path, const char *shown, struct str text, struct err *err)
{
	struct draft draft;
	const char *folder = path_folder(a, path), *name = path_name(path);
	if (make_folders(a, folder, err))
		return -1;
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), old = -1, bad;
	if (fd < 0)
		return err_set(err, "cannot open the folder of `%s`: %s", shown, err_reason(errno));
	if (open_old(fd, name, shown, &old, err))
		bad = -1;
	else if (draft_write(&draft, fd, old, text) || draft_rename(&draft, name))
		bad = err_set(err, "cannot write `%s`: %s", shown, err_reason(errno));
	else
		bad = 0;
	if (old >= 0)
		close(old);
	close(fd);
	return bad;
}
