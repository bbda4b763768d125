/* Lines that are left as they are by all that is said about the form of a text. */
#pragma once

#include "core/digest/digest.h"

/* Is it code, HTML or front matter, blank lines inside of them included? */
bool verbatim_line(const struct digest *d, uint32_t line);
/* Does the text end within code or HTML that nothing closes? It would swallow what is put behind it. */
bool verbatim_open(const struct digest *d);
/* Is it the last line of a fence that nothing closes, so that the blank lines behind it are code? */
bool verbatim_open_fence(const struct digest *d, uint32_t line);
