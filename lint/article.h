/* The address of an entry's article, where it is not written as it should be. */
#pragma once

#include "core/digest/digest.h"

/*
 * All that a line of the entry says is an address, whatever stands around it: `- URL: **https://…**`, "「https://…」", a link
 * whose text is the entry's title or says that it is one. Empty where it says more, or the address is none of the web.
 */
struct span article_bare(const struct digest *d, const struct entry *e, uint32_t line);
/* Of an entry that has none: the line above its heading, where it is nothing but an address; d->lines without one. */
uint32_t article_above(const struct digest *d, const struct entry *e);
/* Of an entry that has none where it belongs: the link that is meant to be it, in its heading or behind; NULL without one. */
const struct link *article_elsewhere(const struct digest *d, const struct entry *e);
