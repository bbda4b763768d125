/* Libraries that few runs need: loaded while the program runs, and never unloaded, because they leave work for its end. */
#pragma once

#include <stddef.h>

#include "core/base/err.h"

struct library_function {
	const char *name;
	size_t at; /* of the pointer to it, in the caller's table */
};

/* -1 with an error, and the table as it was: the library is not there, or is one without that function. */
int library_load(const char *file, const struct library_function *function, size_t nr, void *table, struct err *err);
