/*
 * What looks at links have learnt: a fact that is handed in.
 */
#pragma once

#include "core/base/date.h"

struct link_known {
	bool broken;       /* for good, as far as can be told; otherwise it has moved */
	struct date since; /* broken: the day of the first look that found it so; not set: nobody knows */
	unsigned looks;    /* and how many have since */
	struct str reason; /* a machine's word: "404", "connect-timeout" */
	struct str moved;  /* where it is now: an address that anybody may have written */
};

struct link_answers {
	/* Is anything known of any link? */
	bool (*any)(const struct link_answers *v);
	/*
	 * `url` is the key of lint/links/target.h. False: there is nothing that a reader should hear. Texts live as long as this.
	 * May be called by several threads at once, as all of these.
	 */
	bool (*find)(const struct link_answers *v, struct str url, struct link_known *out);
	/* A digest of all that find() can say. */
	void (*sum)(const struct link_answers *v, unsigned char out[32]);
};
