#include "core/archive/place.h"

#include <sys/stat.h>
#include <unistd.h>

static const char *folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	return arena_str(a, (struct str){path, slash ? (size_t)(slash - path) : 0}).p;
}

static bool is_our_folder(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid();
}

bool place_is_ours(struct arena *a, const char *path)
{
	struct stat st;
	const char *folder = folder_of(a, path);
	if (!is_our_folder(folder_of(a, folder)) || !is_our_folder(folder))
		return false;
	return lstat(path, &st) || (S_ISREG(st.st_mode) && st.st_uid == geteuid());
}

bool place_make(struct arena *a, const char *path)
{
	const char *folder = folder_of(a, path);
	if (!is_our_folder(folder_of(a, folder)) || (mkdir(folder, 0777) && access(folder, W_OK)))
		return false;
	return place_is_ours(a, path);
}
