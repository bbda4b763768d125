/* Code spans within a line of text (CommonMark 0.31.2, 6.1): a run of backticks up to the next run of the same length. */
#pragma once

#include "core/base/str.h"

/* The index behind the span that opens at byte `i`, a backtick; behind its run of backticks where nothing closes it. */
size_t code_span_end(struct str s, size_t i, bool *closed);
