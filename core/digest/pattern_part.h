/* What a pattern is made of; for the two files that know: one reads patterns, the other fills and matches them. */
#pragma once

#include "core/digest/pattern.h"

enum part_kind {
	PART_LITERAL, /* up to and with a '/', or to the next part */
	PART_YEAR,    /* four digits */
	PART_MONTH2,
	PART_MONTH,
	PART_DAY2,
	PART_DAY,
	PART_QUARTER,
	PART_OTHER /* whatever else ICU can write of a date */
};

struct pattern_part {
	enum part_kind kind;
	struct str text; /* of a literal; of OTHER the ICU pattern */
};

/* Bytes that an OTHER part takes at most: keeps small in how many ways a text can be matched. */
enum { LONGEST_OTHER = 16 };
