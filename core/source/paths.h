/* Paths as text. '/' separates; nothing here touches the disk but where it says so. */
#pragma once

#include "core/base/arena.h"

/* `dir` + "/" + `name`; `name` alone when it is absolute or `dir` is "". */
const char *path_join(struct arena *a, const char *dir, const char *name);
/* "a//b/./c/../d" → "a/b/d"; keeps leading ".."; "." for nothing. */
const char *path_clean(struct arena *a, const char *path);
/* What follows the last '/'. */
const char *path_name(const char *path);
/* What precedes the last '/'; "." for none, "/" for the root. */
const char *path_folder(struct arena *a, const char *path);
/* The part of `path` below `root` (both absolute and clean); NULL when it is not below. "." when they are equal. */
const char *path_below(const char *root, const char *path);
/* Absolute and clean, links in the existing part resolved (asks the disk). NULL when the current folder is gone. */
const char *path_real(struct arena *a, const char *path);
