/*
 * Catalogs of messages: what msgfmt makes of po/, built in. The format is "The Format of GNU MO Files" of the gettext manual;
 * the hash table is not used.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct catalog {
	const char *language; /* the name of its file in po/: "ja" */
	const char *bytes;
	size_t size;
};

/* In the order of their names; a row of NULLs follows the last. Made by cmake/embed.cmake. */
extern const struct catalog catalogs[];
extern const size_t catalogs_nr;

/* Can it be read? Nothing else here may be asked of one that cannot. */
bool catalog_is_sound(const struct catalog *c);
/* What stands for a message; NULL without it. */
const char *catalog_find(const struct catalog *c, const char *english);
