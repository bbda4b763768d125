/*
 * Why an operation failed: the world is wrong (no such file, a bad config).
 * Filled below, printed once by cmd/, which then exits with 2.
 * What is wrong with a *text* is a finding, not an error.
 */
#pragma once

#include "core/base/alloc.h"

struct err {
	char text[1024]; /* one line, no newline at its end; may hold bytes of a path */
};

/* What the system says of an errno, in the reader's language: "No such file or directory". */
const char *err_reason(int number);

/* Translates its format. Always returns -1, so that a failure is one line: return err_set(err, "…"); `err` may be NULL. */
int err_set(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);
