/* The front matter of a template: where digests live, and for which days it holds. */
#pragma once

#include "core/digest/mark.h"

/* Reads it and sets path, from and until. Returns the line (from 0) behind it. */
uint32_t template_front(struct arena *a, const struct source *source, struct template *out, struct mistakes *m);
