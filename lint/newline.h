/* What a new line of a text ends in: what its first one does. */
#pragma once

#include "core/digest/digest.h"

struct str newline_of(const struct digest *d);
/* A text with LF for newlines, with the digest's own. */
struct str newline_text(struct arena *a, const struct digest *d, struct str text);
