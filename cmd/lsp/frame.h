/*
 * Messages as they come over a pipe: lines of a head, an empty line, and as many bytes as `Content-Length` says.
 */
#pragma once

#include "core/base/buf.h"
#include "core/base/err.h"

enum { FRAME_MOST_HEAD = 8 << 10, FRAME_MOST_BODY = 64 << 20 };
enum { FRAME_WHOLE = 1, FRAME_TOO_LARGE };

/* What has come and was not taken yet. Zeroed at first. */
struct frames {
	struct buf in;
	size_t at;   /* in front of it all is taken */
	size_t body; /* of the message that has begun: its length, where its head is taken, too */
	bool has_head;
	size_t skip; /* of a message that is too large: what is still to come of it */
};

void frames_add(struct frames *f, struct str bytes);
/*
 * The next message: FRAME_WHOLE with its body, which stays until frames_add; FRAME_TOO_LARGE with an error for one that is passed
 * over; 0 where not all of it has come yet; -1 with an error where nobody can tell any more where a message begins.
 */
int frames_next(struct frames *f, struct str *body, struct err *err);
/* Has a message begun? */
bool frames_pending(const struct frames *f);
void frames_release(struct frames *f);
