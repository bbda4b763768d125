/* The engine's side of a check: what lies behind `struct check`. */
#pragma once

#include "lint/check.h"
#include "lint/lint.h"

/* What rules have in common of one text: worked out by the first that asks for it. */
struct shared {
	const struct ioc_cell *cell; /* see lint/ioc_cell.h */
	size_t cells;
	bool has_cells;
};

struct check {
	const struct rule *rule;
	const struct rule_state *state;
	struct arena *arena, *scratch;
	struct findings *out;
	const struct source *source;
	const struct ignore *ignore;
	size_t ignores;
	struct shared *shared;
};
