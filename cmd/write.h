/* Files that are written by the shell. */
#pragma once

#include "core/base/err.h"
#include "core/base/str.h"

/*
 * Puts `text` where `path` is: through a temporary file beside it and a rename, so that whoever reads sees all of it or what
 * was there before. Links are followed, permissions stay; what is no regular file (a pipe, /dev/stdout) is written to.
 */
int write_file(const char *path, struct str text, struct err *err);
/* Adds to the end; makes the file when there is none. */
int append_file(const char *path, struct str text, struct err *err);
