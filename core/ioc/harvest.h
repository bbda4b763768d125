/* The hosts of all that stands defanged in a text, wherever and however broken the text is. Rather one too many than one too few. */
#pragma once

#include "core/base/arena.h"

/* Zeroed, it is empty. Its texts and itself are the arena's. */
struct harvest {
	struct str
		*v; /* names and addresses, live; and ranges of addresses: `192.0.2.0/24`. Some are no names of anything */
	size_t nr, cap;
};

/*
 * Read as ioc_plain() has it. Where a name stands in running Japanese text without a blank, each name that it may be is added:
 * `例え[.]comと通信` warns of `例え.com`, too.
 */
void harvest_text(struct arena *a, struct str text, struct harvest *out);
