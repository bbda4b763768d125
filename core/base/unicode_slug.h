/* The names under which pages show headings. All texts are UTF-8. */
#pragma once

#include "core/base/arena.h"

/*
 * The anchor that GitHub gives a heading of that text: in lower case, letters, marks, digits, `_` and `-` only, a `-` for
 * each blank; Japanese stays as it is. In the arena.
 */
struct str unicode_slug(struct arena *a, struct str text);
