/* Lines that are left as they are by all that is said about the form of a text. */
#pragma once

#include "core/digest/digest.h"

/* Is it code, HTML or front matter, blank lines inside of them included? */
bool verbatim_line(const struct digest *d, uint32_t line);
