/* Links in a line of text, by our own scanner: inline links, <URL> and bare URLs, defanged ones too. */
#pragma once

#include "core/digest/digest.h"

struct link_list {
	struct link *v;
	size_t nr, cap;
};

/* Adds the links of `at`, a part of one line; what stands in `code spans` is left out. */
void link_scan(struct arena *a, struct str text, struct span at, uint32_t line, struct link_list *out);
/* Does it lead to an address of the web, not to a heading or a file? */
bool link_is_web(const struct digest *d, const struct link *l);
