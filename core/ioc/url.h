/*
 * A URL's parts and ends, live or defanged, in running Japanese text or alone. Lengths and offsets are bytes.
 */
#pragma once

#include "core/base/arena.h"

/*
 * The bytes of a URL at the start of `s`, scheme included, as far as it goes in running Japanese text: up to a blank, a
 * quote, an angle bracket or a character that is no ASCII; without punctuation and unpaired brackets at its end. 0: none.
 * `*defanged` when the scheme or the host is written so that it cannot be clicked.
 */
size_t url_length(struct str s, bool *defanged);

/* Where a URL ends in the same way whose host and port end at byte `host` of `s`. */
size_t url_end(struct str s, size_t host);

/* Places in a URL as it is written. */
struct url_parts {
	struct span scheme, user, host, port, path, query,
		fragment; /* without their separators; empty where there is none */
};
/* Reads all of `s` as a URL, live or defanged. False: it begins with no scheme and separator. */
bool url_split(struct str s, struct url_parts *out);

/* Is it a parameter of a query ("utm_source=x", without '&') that tells only where the reader came from? */
bool url_is_tracker(struct str parameter);
