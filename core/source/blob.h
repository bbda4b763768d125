/* Texts as objects of a git repository, by git's own commands, and what git makes of a text on its way there and back. */
#pragma once

#include "core/source/history.h"

/* The repository is that of the folder in which git runs. All of these: -1 with an error; texts live in the arena. */

/* Writes an object; where it is there already, nothing. */
int blob_write(const struct git *g, struct arena *a, struct str text, struct object_id *out, struct err *err);
/* The same for what git would make of this text at `path` (relative to the root): line endings, encoding, filters. */
int blob_clean(const struct git *g, struct arena *a, const char *path, struct str text, struct object_id *out,
               struct err *err);
int blob_read(const struct git *g, struct arena *a, const struct object_id *id, struct str *out, struct err *err);
/* What git would write into the file at `path`. */
int blob_smudge(const struct git *g, struct arena *a, const char *path, const struct object_id *id, struct str *out,
                struct err *err);
/* Is this text an object, of whatever name? Also no where that cannot be told. */
bool blob_exists(const struct git *g, struct arena *a, struct str text);
