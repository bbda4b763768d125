/* Where a digest has links that are meant to be followed. Pure. */
#pragma once

#include "core/digest/digest.h"

struct link_position {
	struct str url; /* a part of the text */
	uint32_t off;   /* of it */
	bool glued;     /* letters go on behind it: nobody knows whether they are a part of it */
};

/*
 * The addresses of articles, and the links of sections that are lists of links, in the order of the text: no indicators, nothing
 * defanged, nothing in code.
 */
struct link_position *link_positions(struct arena *a, const struct digest *d, size_t *nr);
