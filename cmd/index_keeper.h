/* Who else has the index in hand. */
#pragma once

#include "core/source/history.h"

/*
 * The hook manager that has put away what is not staged, and will put it back by what the index holds when it is done: until
 * then it must stay as it is. NULL: none.
 */
const char *index_keeper(struct arena *a, const struct history *h);
