/* What a new line of a text ends in: what its first one does. */
#pragma once

#include "core/digest/digest.h"

struct str newline_of(const struct digest *d);
