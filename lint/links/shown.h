/* URLs as they are shown to people: without what is nobody's business. */
#pragma once

#include "core/base/arena.h"

/*
 * User and password, and the values of parameters that are keys to something (`token`, `X-Amz-Signature`; in path, query or
 * fragment), become `***`.
 */
/* Is there anything of that kind in it? */
bool link_has_secret(struct str url);
struct str link_shown(struct arena *a, struct str url);
