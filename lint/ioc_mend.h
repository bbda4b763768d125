/*
 * Rows of the built-in columns that are not `value,type,known,context,scope`, and can be made so in one way only: two columns
 * in each other's place, a comma or a word left out that the rest of the row tells.
 */
#pragma once

#include "lint/ioc_cell.h"

enum ioc_mend {
	IOC_MEND_NONE,  /* there is nothing to mend, or nobody can tell how */
	IOC_MEND_ORDER, /* all columns are there, in another order */
	IOC_MEND_COMMA, /* two columns are not parted */
	IOC_MEND_WORD,  /* a column is missing; the value says which word it has */
};

/* `row`: the text that it should have, in the arena. */
enum ioc_mend ioc_mend(struct arena *a, const struct digest *d, const struct ioc_cell *cell, struct str *row);
