/*
 * Values as bytes, one behind the other, and back. What is read may be anything: whoever reads looks at `bad` before using it.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/buf.h"

/* Seven bits a byte, the lowest first; the last byte is below 128 (LEB128). */
void pack_number(struct buf *b, uint64_t n);
/* In 8 bytes: of a hash, which no fewer would hold. */
void pack_hash(struct buf *b, uint64_t n);
/* With its length, so that two texts are not another two. */
void pack_text(struct buf *b, struct str text);
/* What was packed, in the arena; empties the buffer. */
struct str pack_end(struct arena *a, struct buf *b);

struct unpacker {
	struct str rest;
	bool bad; /* it is not what was packed; all numbers are 0 and all texts "" from there on */
};

uint64_t unpack_number(struct unpacker *u);
uint32_t unpack_small(struct unpacker *u);
uint64_t unpack_hash(struct unpacker *u);
/* A part of what is unpacked. */
struct str unpack_text(struct unpacker *u);
/* How many of something follow, of which each has `least` bytes at least. */
size_t unpack_count(struct unpacker *u, size_t least);
