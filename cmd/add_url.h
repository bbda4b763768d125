/* The address of an article, as it was given to `sdi add`. */
#pragma once

#include "lint/lint.h"

struct add_url {
	struct str text; /* as it goes into the digest */
	struct str name; /* by which the article is the same as others; "" for a site's first page */
	struct str
		tracker; /* the first parameter that was taken off because it only tells where a reader came from; "" for none */
};

/* Read as strictly as addresses that are asked for. -1 with an error that says what is wrong with it. */
int add_url_read(struct arena *a, const char *arg, const struct lint_plan *plan, struct add_url *out, struct err *err);
