/* Files that are written whole, or not at all. */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

/*
 * Writes a file that is not there yet, with the folders above it. `path` is absolute and clean, below `root`; `shown` is for
 * messages. Never replaces anything, never follows a link that stands in the file's place, and never leaves `root` through
 * a linked folder. On an error nothing of the file stays.
 */
int create_file(struct arena *a, const char *root, const char *path, const char *shown, struct str text,
                struct err *err);
/* The same for a program: whoever may read it may run it. */
int create_program(struct arena *a, const char *root, const char *path, const char *shown, struct str text,
                   struct err *err);
/* The same as create_file for a file of our own that may be there already and is replaced; never a link or a device. */
int replace_file(struct arena *a, const char *path, const char *shown, struct str text, struct err *err);
