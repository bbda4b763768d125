/* The last word on findings: the only place where they are suppressed, sorted and thinned out. */
#pragma once

#include "lint/ignore.h"

/* Takes out what the text suppresses; counts it in the suppressions and in `f->suppressed`. */
void settle_suppress(struct findings *f, struct ignore *ignore, size_t ignores);
/* Would the text suppress a rule's finding on this line? Counts it in the suppressions. */
bool settle_suppresses(const struct rule *rule, uint32_t line, struct ignore *ignore, size_t ignores);
/* Sorts by place, then rule; drops doubles. */
void settle_sort(struct findings *f);
