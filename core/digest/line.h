/*
 * A line of a digest, as what it was read.
 */
#pragma once

#include "core/base/str.h"

enum line_kind {
	LINE_BLANK,
	LINE_TEXT,    /* of a paragraph */
	LINE_HEADING, /* also the text line of an underlined one */
	LINE_ITEM,    /* begins a list item; also one whose bullet lacks its space, see `glued` */
	LINE_CODE,    /* fenced or indented, fences included */
	LINE_HTML,    /* HTML blocks; comments that stand alone */
	LINE_TABLE,
	LINE_OTHER, /* underlines, thematic breaks, front matter, reference definitions */
};

struct line {
	struct span at;   /* bytes without the ending */
	struct span text; /* what it says: behind indent, bullet, hashes, quote marks; without blanks at the end */
	uint32_t bullet;  /* byte offset of an item's marker */
	uint32_t block;   /* index of the innermost block */
	uint16_t indent;  /* columns before the first byte that is no blank; tabs reach to multiples of four */
	uint8_t kind;
	uint8_t level;  /* heading: 1–6 */
	uint8_t marker; /* item: its bullet character; '1' for a number */
	uint8_t ending; /* bytes of the line ending: 0 to 3 */
	bool glued;     /* `-text` or `###text`: meant as item or heading, but Markdown does not see one */
	bool disguised; /* a heading to its readers only: `＃＃＃ 題`, `- #### 題`, or a title without any hashes */
	bool lazy;      /* looks like an item, but Markdown takes it for text of the paragraph before */
};
