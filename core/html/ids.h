/*
 * The places in an HTML page that links can name. Read in time that grows with the page, whatever it is: start tags and their
 * attributes as in the HTML standard, 13.2.5.6 to 13.2.5.40; comments and the texts of scripts and styles are skipped.
 */
#pragma once

#include "core/base/arena.h"

struct html_ids {
	struct str *
		v; /* sorted: each `id`, and each `name` of an `a`; parts of the page, character references as they are written */
	size_t nr;
};

struct html_ids html_ids(struct arena *a, struct str page);
bool html_ids_have(const struct html_ids *ids, struct str id);
