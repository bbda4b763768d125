/*
 * What is remembered of texts that were seen: values by key, in a file of SQLite, whose only door this is. It spares work and
 * nothing else. Where the file is missing, damaged, locked, of another version or not ours to write, nothing is recalled, or
 * nothing is remembered, and no result changes. Several threads, and several programs, may use it at once.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

struct archive;

/* A digest (SHA-256) of everything that a value depends on. */
struct archive_key {
	unsigned char byte[32];
};

/*
 * `path` is absolute; its folder is made where only that is missing. `today` counts days: what was remembered long ago is
 * forgotten. NULL where there can be no archive.
 */
struct archive *archive_open(const char *path, long today);
/* Looks whether it would be used as it is, and changes nothing: -1 with an error where it would be made anew. */
int archive_check(const char *path, struct err *err);
/* Writes what is to be remembered. */
void archive_close(struct archive *v);

/* The value, in the arena; false when it is not known, or not as it was written. */
bool archive_recall(struct archive *v, struct arena *a, const struct archive_key *key, struct str *value);
void archive_remember(struct archive *v, const struct archive_key *key, struct str value);
