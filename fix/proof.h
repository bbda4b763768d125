/*
 * The proof of a fix: the text that it makes says what the text before it said, but for what the fix's rule says it changes.
 */
#pragma once

#include "fix/facts.h"
#include "fix/patch.h"

/* The first fact that came or went without anybody's leave. */
struct breach {
	enum fact kind;
	bool lost;     /* it was there before; else it is new */
	uint32_t line; /* from 0; of the text before when it is lost, of the new one else */
	struct str key;
};

/*
 * `after` is what the patch makes of the text of `before`. Lines that no edit touches must say the same, where they stand;
 * between the same two headings as an edit they may hang together in another way if its rule changes that. Lines that are
 * touched may lose and gain only what its rule changes. Of headings, titles, URLs of articles, the template's labels,
 * items, indicators and CVE numbers there may not be fewer than before. False with the breach.
 */
bool proof_holds(struct arena *a, const struct digest *before, const struct digest *after, const struct patch *p,
                 struct breach *out);
