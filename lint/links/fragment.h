/* What stands behind the `#` of a link: does the page have such a place? */
#pragma once

#include "core/base/arena.h"

/*
 * Could a page without that place be told from others? Not for what browsers and scripts make of it: nothing, `top`, `:~:text=`,
 * lines of a program, addresses of single comments, routes of applications.
 */
bool fragment_is_judged(struct str fragment);

enum fragment_state {
	FRAGMENT_THERE,
	FRAGMENT_MISSING,
	FRAGMENT_UNKNOWN, /* no whole page of HTML, or one whose places scripts make */
};

/* A page as it came: `type` is its Content-Type, `whole` says that nothing of it was cut off. */
struct fragment_page {
	struct str bytes, type;
	bool whole;
};

/* `out[i]` for `fragment[i]`. */
void fragment_look(const struct fragment_page *page, const struct str *fragment, size_t nr, enum fragment_state *out);
