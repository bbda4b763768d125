/* Starting libgit2, and opening repositories as git would: for the files that make up the door to it. */
#pragma once

#include <git2.h>
#include <git2/sys/repository.h>

#include "core/base/err.h"
#include "core/base/str.h"

/* False when it cannot be used: libgit2_message says why. */
bool libgit2_start(void);
/* What went wrong last on this thread. */
const char *libgit2_message(void);
/*
 * The repository at or, without GIT_REPOSITORY_OPEN_NO_SEARCH, around a path. -1: `why` says why not; it is "" where there is
 * just none. One that belongs to somebody else is refused as git does.
 */
int libgit2_open(git_repository **out, const char *path, unsigned flags, struct err *why);
