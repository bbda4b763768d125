/*
 * The files of a project, on disk or in a snapshot: as the index or a commit of its repository has them. Paths are absolute and
 * clean; those of a snapshot lie below the repository's root.
 */
#pragma once

#include "core/source/history.h"
#include "core/source/source.h"

struct snapshot;

/* What `at` holds (not the work tree). It lives in the arena and uses the history. */
const struct snapshot *snapshot_take(struct arena *a, struct history *h, const struct moment *at, struct err *err);
const char *snapshot_root(const struct snapshot *s);
/* All of its files, in the byte order of their paths. */
const struct tracked_list *snapshot_files(const struct snapshot *s);

/* In all of these NULL stands for the disk. */

enum file_kind {
	FILE_NONE,
	FILE_REGULAR,
	FILE_FOLDER,
	FILE_LINK,
	FILE_OTHER, /* a FIFO, a device, a submodule */
};

/* Of what stands there, links not followed in its last component. */
enum file_kind file_kind_of(const struct snapshot *s, const char *path);
/* Links in the existing part resolved, as path_real; NULL when they do not end. */
const char *file_real(struct arena *a, const struct snapshot *s, const char *path);
/* As source_read_file. A text that only stands for one kept elsewhere (Git LFS, git-crypt) is an error. Threads may read side by side. */
int file_read(struct arena *a, const struct snapshot *s, const char *path, uint64_t limit, struct source *out,
              struct err *err);

struct file_names {
	const char **v;
	size_t nr, cap;
};

/* The names in a folder, in any order; FILE_NONE: it is not there, and that is no error. */
int file_names_in(struct arena *a, const struct snapshot *s, const char *folder, struct file_names *out,
                  enum file_kind *kind, struct err *err);

/* What tells without reading it that a file has the same bytes as before. */
struct file_identity {
	char text[96];
	size_t n;
};

/*
 * Does the file system of a folder note of itself when a file was written, so that nobody can write without its being seen? Of
 * those that only pass on what another system says, nobody knows.
 */
bool files_are_timed(const char *folder);
/*
 * In a snapshot the object's name; on disk what git compares, too: device, inode, size, mode and the times of content and inode,
 * to the nanosecond. False where that is not enough: what is no regular file, was written within the last seconds before `now`
 * (in seconds since 1970), for it might be written again without another time ("racy git"), or has times in whole seconds only.
 */
bool file_identify(const struct snapshot *s, const char *path, int64_t now, struct file_identity *out);
