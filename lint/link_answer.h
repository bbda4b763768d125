/* What was learnt of a link, as rules ask for it. */
#pragma once

#include "lint/links/target.h"
#include "lint/link_place.h"

/*
 * Of a digest that has answers. False where nothing is to be said of the link, or it is none that a reader can follow. `asked`
 * is the link as it is asked for; texts in the arena.
 */
bool link_answer(struct arena *a, const struct digest *d, const struct link *l, struct link_target *asked,
                 struct link_known *out);

/* Can it be seen at a glance that a URL is its own key (lint/links/target.h)? Most are. */
bool link_is_plain(struct str url);
