/* The places in a Markdown text that a link can name: `#anchor`. */
#pragma once

#include "core/base/arena.h"

struct anchor_list {
	struct str *v; /* sorted */
	size_t nr;
};
struct anchors {
	struct anchor_list heading, id;
};

/*
 * Headings under the names that GitHub gives them (a second one of the same name ends in -1, and so on), and what carries an
 * id or a name in HTML. In the arena. In doubt there is an anchor.
 */
struct anchors anchors_of(struct arena *a, struct str text);
/* Is there one for what stands behind the `#`, without percent-escapes? Case makes no difference. */
bool anchors_hold(struct arena *a, const struct anchors *anchors, struct str fragment);
