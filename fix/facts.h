/*
 * What a digest says, as a list that can be compared: what the proof of a fix looks at.
 */
#pragma once

#include "core/digest/digest.h"
#include "lint/rule.h"

struct fact_at {
	enum fact kind;
	uint32_t line;
	struct str
		key; /* equal where both say the same; what is only a form has no words here: they are a fact of their own */
};

struct facts {
	struct fact_at *v; /* by line; those of a line by kind and key */
	size_t nr;
	uint32_t *first; /* of each line; one more at the end */
	uint32_t lines;
	size_t count[FACT_KINDS]; /* bit i of `enum fact` is here [i]; labels only that the template knows */
};

/* Everything lives in the arena; keys may be text of the digest. */
struct facts facts_read(struct arena *a, const struct digest *d);
int facts_compare(const struct fact_at *x, const struct fact_at *y);
/* What a fact is called: "a heading". Translated. */
const char *fact_name(enum fact kind);
