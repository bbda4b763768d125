/* The engine's side of a check: what lies behind `struct check`. */
#pragma once

#include "lint/check.h"
#include "lint/lint.h"

struct check {
	const struct rule *rule;
	const struct rule_state *state;
	struct arena *arena;
	struct findings *out;
	const struct source *source;
	const struct ignore *ignore;
	size_t ignores;
};
