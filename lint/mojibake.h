/* Text that was read in another encoding than it was written in. */
#pragma once

#include "core/digest/digest.h"

struct mojibake {
	struct span at;       /* bytes of the source */
	struct str meant;     /* what it was, as far as that can be told; in the arena */
	const char *encoding; /* the one it was read in */
};

/*
 * Is the odd character a sign of UTF-8 that was read as windows-1252 or Shift_JIS, and does the text around it prove it?
 * `after` is where the last one found ends, so that no text is read twice: 0 at first.
 */
bool mojibake_read(struct arena *a, const struct digest *d, const struct odd *o, uint32_t *after, struct mojibake *out);
