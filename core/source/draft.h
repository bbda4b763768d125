/* A file that is written beside its place, and then takes it: whoever reads sees all of it, or what was there before. */
#pragma once

#include "core/base/str.h"

struct draft {
	int folder;    /* open; the caller's */
	char name[48]; /* in that folder: `.sdi-` and what makes it the only one */
};

/* Goes on after interruptions. False with errno. */
bool write_all(int fd, struct str text);

/*
 * Writes and syncs a draft in an open folder. `like` is an open file whose mode, owner, group and extended attributes (access
 * lists) it gets, as far as the system allows; -1: it is a new file like others. -1 with errno, and then no draft is left.
 */
int draft_write(struct draft *d, int folder, int like, struct str text);
/* Puts it where `name` is, whatever is there; -1 with errno, and then no draft is left. */
int draft_rename(const struct draft *d, const char *name);
/* The same where nothing is yet; EEXIST where something is. */
int draft_rename_new(const struct draft *d, const char *name);
/* Changes places with `name` in one step; -1 with errno: EINVAL or ENOSYS where the file system cannot. */
int draft_exchange(const struct draft *d, const char *name);
void draft_drop(const struct draft *d);
