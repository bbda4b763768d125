/* `file:` addresses (RFC 8089), as editors name documents. */
#pragma once

#include "core/base/arena.h"

/* The absolute path that it names; NULL for one of no file on this machine. */
const char *uri_path(struct arena *a, struct str uri);
struct str uri_of(struct arena *a, const char *path);
