/* What the environment says of a change. */
#pragma once

#include "cmd/ci_base.h"

/* `base` is what the command line says, or NULL. Everything lives in the arena. */
struct ci_env ci_env_read(struct arena *a, const char *base);
