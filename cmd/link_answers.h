/* What a project's repository remembers of links. */
#pragma once

#include "cmd/project.h"

/*
 * Looks into git's folder when it is asked for the first time, and then never again. `git_dir` is the repository's, or NULL for
 * none. Lives as long as the project.
 */
const struct link_answers *link_answers_of(struct arena *a, const struct project *p, const char *git_dir);
/* The file of it; in the arena. */
const char *link_answers_path(struct arena *a, const char *git_dir);
