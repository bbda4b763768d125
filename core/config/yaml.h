/*
 * YAML as a tree of our own, with the place of every node: the only door to libfyaml.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
	enum yaml_kind kind;
	uint32_t line, column; /* of the node, from 1; columns in code points */
	struct str text;       /* a scalar's */
	bool quoted;           /* a scalar in quotes, or a block: never a number, a date or null */
	struct yaml *item;     /* a list's items, a map's values */
	struct yaml *key;      /* a map's keys, scalars, beside the values */
	size_t nr;
};

/*
 * Reads one document. Empty input is an empty map. Anchors and aliases, tags, several documents, keys that are no scalars,
 * doubled keys, more than 32 levels, more than 256 KiB: errors. On an error returns -1 with `*line`, `*column` (from 1) and a
 * message without a place in `err`. Everything lives in the arena.
 */
int yaml_parse(struct arena *a, struct str text, struct yaml **out, uint32_t *line, uint32_t *column, struct err *err);
/* A map's value; NULL without that key. */
const struct yaml *yaml_get(const struct yaml *map, const char *key);
