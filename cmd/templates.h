/* The templates of a project. */
#pragma once

#include "cmd/project.h"

/*
 * Reads every `*.md` directly in the project's templates folder, in the order of their names; the built-in ones where there
 * is none. `here` is the current folder. Mistakes in a template are no error: they stand in it.
 */
int templates_load(struct arena *a, struct block_parser *parser, const char *here, struct project *p, struct err *err);
