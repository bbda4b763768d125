/*
 * The templates that are built in: the files of templates/, byte for byte.
 * The table is made by cmake/embed.cmake.
 */
#pragma once

#include <stddef.h>

struct builtin_template {
	const char *name; /* the file's: "daily.md" */
	const char *text; /* ends in a NUL behind its size */
	size_t size;
};

/* In the order of their names; a row of NULLs follows the last. */
extern const struct builtin_template builtin_templates[];
extern const size_t builtin_templates_nr;
