/* Names of hosts that are not ASCII: a part of the door to ICU. */
#pragma once

#include "core/base/arena.h"

/*
 * The name as it is looked up: UTS #46, nontransitional, so that each label is ASCII; `_` passes. Empty where the text can
 * be no name.
 */
struct str unicode_host_ascii(struct arena *a, struct str host);
/* The name as it is shown: labels that begin with `xn--` decoded. Empty where it can be no name. */
struct str unicode_host_text(struct arena *a, struct str host);
/* Does it hold what no reader sees (default ignorable code points)? Looking a name up drops these silently. */
bool unicode_host_hides(struct str host);
