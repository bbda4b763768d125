/* JSON that others wrote: the only door to jansson. */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

/* A string to be looked for: "pull_request.head.sha". */
struct json_wish {
	const char *path;
	const char *value; /* NULL: there is no such string */
};

/* Reads one document. Values live in the arena. -1 when it is no JSON, and then all values are NULL. */
int json_find(struct arena *a, struct str text, struct json_wish *wish, size_t nr, struct err *err);
