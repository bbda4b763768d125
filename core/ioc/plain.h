/* A text as its reader sees it, for who looks for indicators in it: the spellings of Markdown and of Unicode taken off. */
#pragma once

#include "core/base/arena.h"

/*
 * References (`&#91;`, `&period;`) and escapes (`\[`) are what they stand for; `\.` is `[.]`. What nobody sees is gone, and emphasis
 * beside brackets. Full width is ASCII, brackets of other kinds are `{` and `}`, `、` is a line's end, `。` and `・` dots in
 * brackets; percent-encoded signs are decoded, tags of looks and comments taken out, dashes of all kinds are hyphens. Of what is no UTF-8 nothing changes. Linear; the result is in the arena.
 */
struct str ioc_plain(struct arena *a, struct str text);
