/*
 * Words of a column that are nearly one of those that everybody knows: slips of the pen, look-alikes, a full stop too many.
 */
#pragma once

#include "core/digest/ioc_row.h"

struct ioc_near {
	enum ioc_word meaning; /* IOC_WORD_UNKNOWN: near to none, or to two that mean different things */
	size_t distance;       /* 0: only marks and look-alikes are not the same */
};

/*
 * The meaning, from `first` to `last`, of the word that `word` was to be. The longer it is the more letters may be wrong; a
 * remark, a doubt (`?`) and a word that says the opposite are no slips.
 */
struct ioc_near ioc_word_near(struct arena *a, struct str word, enum ioc_word first, enum ioc_word last);
/* The word's letters alone, as a key: without marks, and each look-alike for what it is meant to be. */
struct str ioc_word_letters(struct arena *a, struct str word);
