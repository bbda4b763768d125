/* What tells that files on disk are still as they were, without reading them. */
#pragma once

#include "core/base/arena.h"

struct stamp {
	const char *path;
	int64_t changed; /* nanoseconds since 1970; 0: it is not there */
	int64_t size;
	uint64_t inode;
};

struct stamps {
	struct stamp *v;
	size_t nr, cap;
	int64_t began, looked; /* when it was begun with, and when it was last looked; nanoseconds */
};

/* Before the first file is read. */
void stamps_begin(struct stamps *s);
/* A file or a folder, whether or not it is there. The path must outlive the stamps. */
void stamps_add(struct stamps *s, struct arena *a, const char *path);
/* Are all of them as they were? They are looked at once a second; in between they are. */
bool stamps_hold(struct stamps *s);
