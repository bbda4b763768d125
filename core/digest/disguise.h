/* Headings that Markdown does not see, but that everybody who reads the text does. */
#pragma once

#include "core/digest/digest.h"

/*
 * Makes them headings in `line`, which are the lines of `d`, where their meaning is beyond doubt: the name of a section, or a
 * line above an article's URL or its fields. `shape` may be NULL.
 */
void disguise_find(const struct digest *d, struct line *line, const struct template_entry *shape);
