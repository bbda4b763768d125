/* Addresses without what only tells where the reader came from. */
#pragma once

#include "core/base/buf.h"
#include "lint/rule.h"

struct tracked_query {
	struct str first; /* the name of the first tracker; a part of what was read */
	size_t nr;        /* how many there are */
	struct buf kept;  /* the query without them, with its question mark; the caller releases it */
};

/*
 * Reads the query of an address at that host; `more` are names of trackers beside those that are known everywhere. There are none in
 * an address that carries a signature, which opens only as it was signed.
 */
void tracked_query_read(struct str host, struct str query, const struct word_list *more, struct tracked_query *out);
