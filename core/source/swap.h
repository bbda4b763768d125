/*
 * Replacing the text of a file that others may be writing at the same moment: compare and swap. At every instant, also that of
 * a kill, the file holds one whole text, and no text that somebody else wrote is lost.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

struct swap {
	const char *path;  /* absolute and clean, links in its folders resolved */
	const char *root;  /* the same; nothing outside of it is written */
	const char *shown; /* for messages */
	struct str before; /* what was read */
	struct str after;  /* what shall be there */
};

enum swap_outcome {
	SWAP_DONE,    /* `after` is there, on the disk; somebody else may have put it there */
	SWAP_CHANGED, /* it is not `before` any more: left as it is */
	SWAP_REFUSED, /* no regular file, a link, outside of the root, a file with other names, or not ours to write */
	SWAP_FAILED,  /* the system said no: as it was before */
};

/*
 * Mode, owner and extended attributes stay. Where the file system can exchange two names in one step and has leases, a text
 * that is saved between our last look and the swap is noticed, and put back.
 */
enum swap_outcome swap_text(const struct swap *s, struct err *err);
/*
 * The text of a file that could be swapped: `before` and `after` are not used. SWAP_DONE, and the text in the arena; or why it
 * could not be.
 */
enum swap_outcome swap_read(struct arena *a, const struct swap *s, struct str *text, struct err *err);
