/* What a link means that leads to a file or a heading. */
#pragma once

#include "core/digest/digest.h"

struct local_target {
	const char *path;    /* relative to the project's root, or with a '/' to the work tree's; NULL: the digest itself */
	struct str fragment; /* behind the '#', without percent-escapes; "" without one */
	bool rooted;         /* written with a '/' at its start */
};

/*
 * Reads a link's target. False where it is an address of another kind (any scheme, `//host`, `www.…`), or where nobody can say
 * what it means.
 */
bool local_target_read(struct arena *a, const struct digest *d, struct str written, struct local_target *out);
