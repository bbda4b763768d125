/* Names that look like other names (UTS #39): a part of the door to ICU. */
#pragma once

#include "core/base/arena.h"

struct lookalike {
	struct str ascii; /* the ASCII name that a reader takes it for; "" where there is none */
	uint32_t first;   /* its first code point that is not ASCII */
	bool foreign;     /* it has letters that are neither Latin nor Japanese */
	bool mixed;       /* a label of it mixes Latin letters with those of another script */
};

/*
 * Is the name of a host not what it seems: does it look like one of ASCII letters, or mix scripts? Accents make no difference
 * to a reader's eye. False for one that is ASCII, or plainly of another script.
 */
bool unicode_lookalike(struct arena *a, struct str host, struct lookalike *out);
