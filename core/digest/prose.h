/*
 * The running text of a digest, line by line: what rules about characters and words look at.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/str.h"

struct digest;

/* Stands for one byte of something that is no prose. */
#define PROSE_HOLE '\x1A'

struct prose {
	uint32_t line;  /* index in digest->line */
	uint32_t off;   /* byte offset of both texts in the source */
	struct str raw; /* as written: behind indent, bullet and hashes */
	/*
	 * The same bytes, but for holes where code spans, URLs (an inline link's target with its brackets), defanged values and
	 * comments stand: byte i of it is byte `off` + i of the source.
	 */
	struct str text;
	uint64_t leads; /* which bytes from 0xC0 on `raw` holds: bit i is 0xC0 + i. 0: it is ASCII */
	bool ioc;       /* a row of indicators: no prose, but characters count there, too */
};

/* Does the line hold a character whose UTF-8 begins with that byte? A quick no for the many lines without. */
static inline bool prose_leads(const struct prose *p, unsigned char lead)
{
	return p->leads >> (lead - 0xC0) & 1;
}

/* Every line that holds text, for digest_build: no code, HTML, front matter and blank lines. */
const struct prose *prose_read(struct arena *a, const struct digest *d, size_t *nr);

/* `p` runs over the digest's prose; FOR_EACH_RAW_LINE also over rows of indicators. */
#define FOR_EACH_RAW_LINE(d, p) for (const struct prose *p = (d)->prose; p && p < (d)->prose + (d)->proses; p++)
#define FOR_EACH_PROSE(d, p) \
	FOR_EACH_RAW_LINE (d, p) \
		if (!p->ioc)
