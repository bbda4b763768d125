/* What local links of a project may lead to: what git tracks, or what is there where there is no git. */
#pragma once

#include "cmd/project.h"

/* Asks git and the disk when it is asked, and never outside of the work tree. Lives as long as the project. */
const struct targets *targets_of(struct arena *a, const struct project *p);
