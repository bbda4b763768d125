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

enum json_kind { JSON_NOTHING, JSON_NO, JSON_YES, JSON_NUMBER, JSON_WORDS, JSON_LIST, JSON_MAP };

/* A value, and what is in it. */
struct json {
	enum json_kind kind;
	double number;
	struct str text;         /* may hold NULs; one follows it */
	const struct json *item; /* of a list, and the values of a map */
	const struct str *key;   /* of a map: beside its items */
	size_t nr;
};

/*
 * Reads one document, which is at most 2048 levels deep. Everything lives in the arena. Half of a pair of surrogates, which
 * programs may have in their texts, becomes U+FFFD. NULL with an error when it is no JSON.
 */
const struct json *json_read(struct arena *a, struct str text, struct err *err);
/* What stands at "a.b.c" in maps; NULL where there is none, and for NULL. */
const struct json *json_at(const struct json *at, const char *path);
/* The text at a path; "", with a NULL pointer, where there is none. */
struct str json_text(const struct json *at, const char *path);
bool json_flag(const struct json *at, const char *path);
