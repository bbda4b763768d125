/* Text that grows. Always ends in a NUL behind its length. */
#pragma once

#include <stdarg.h>

#include "core/base/alloc.h"
#include "core/base/str.h"

struct buf {
	char *p; /* owned; NULL while empty */
	size_t n, cap;
};

/* A zeroed `struct buf` is an empty one. */
void buf_release(struct buf *b);
void buf_add(struct buf *b, struct str s);
void buf_addz(struct buf *b, const char *z);
void buf_addc(struct buf *b, char c);
/* `count` times the same byte. */
void buf_pad(struct buf *b, char c, size_t count);
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A code point as UTF-8; U+FFFD for what is none. */
void buf_add_char(struct buf *b, uint32_t codepoint);

static inline struct str buf_str(const struct buf *b)
{
	return (struct str){b->p ? b->p : "", b->n};
}
