/* Path and query of a URL, as they are sent: what target.c alone uses. */
#pragma once

#include "core/base/buf.h"

/*
 * Adds path and query ("/a?b"; "" and "?b" allowed) of a URL without controls: `.` and `..` resolved (RFC 3986 §5.2.4; also `%2e`), what can
 * stand in no URL percent-encoded. A percent sign that encodes nothing stays: servers that gave such links read them.
 */
void target_path_add(struct buf *out, struct str path_and_query);
/* The same as a key: encoded alike, and without the parameters that only say where a reader came from. */
void target_path_add_key(struct buf *out, struct str path_and_query);
