/* The order of a baseline's lines. */
#pragma once

#include "lint/baseline.h"

/* By place, rule and context; the count is no part of it. */
int baseline_compare(const struct baseline_line *a, const struct baseline_line *b);
/* The line with the same place, rule and context; NULL without one. */
struct baseline_line *baseline_find(const struct baseline *b, const struct baseline_line *wanted);
