/* The options of rules: their defaults, and what a config makes of them. */
#pragma once

#include "lint/lint.h"

size_t plan_options(const struct rule *rule);
/* One for each option. */
struct option_value *plan_option_defaults(struct arena *a, const struct rule *rule);
/* Does a setting of that name add to a list or a map instead of replacing it: `extend-NAME`? */
bool plan_option_adds(const struct rule *rule, struct str name);
/* Replaces `*values` by a copy with what is set. An error at the place of the value that is wrong. */
int plan_option_set(struct arena *a, const struct config *config, const struct setting *s, const struct rule *rule,
                    const struct option_value **values, struct err *err);
