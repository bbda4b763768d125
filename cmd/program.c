#include "cmd/program.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/source/paths.h"

bool program_is_at(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* What is not absolute means another folder each time. */
const char *program_on_path(struct arena *a, const char *name)
{
	struct str rest = str_of(getenv("PATH")), folder;
	while (str_split(&rest, ':', &folder)) {
		const char *path = path_join(a, arena_str(a, folder).p, name);
		if (path[0] == '/' && program_is_at(path))
			return path;
	}
	return NULL;
}

bool program_is_same(const char *x, const char *y)
{
	struct stat of_x, of_y;
	return stat(x, &of_x) == 0 && stat(y, &of_y) == 0 && of_x.st_dev == of_y.st_dev && of_x.st_ino == of_y.st_ino;
}

/* Of this process, absolute; NULL where nobody says. The kernel's note stands in for a /proc that is not mounted. */
static const char *path_of_process(struct arena *a)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	path[n > 0 ? n : 0] = 0;
	if (n > 0)
		return program_is_at(path) ? arena_strdup(a, path) : NULL;
	const char *started_as = (const char *)getauxval(AT_EXECFN); // NOLINT(performance-no-int-to-ptr)
	const char *real = started_as ? path_real(a, started_as) : NULL;
	return real && program_is_at(real) ? real : NULL;
}

const char *program_of_ours(struct arena *a, struct err *err)
{
	const char *path = path_of_process(a);
	if (!path) {
		err_set(err, "cannot find out where this sdi is; start it by its whole path, or mount /proc");
		return NULL;
	}
	const char *on_path = program_on_path(a, path_name(path));
	return on_path && program_is_same(on_path, path) ? on_path : path;
}
