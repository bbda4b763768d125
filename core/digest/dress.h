/* What authors put around a name, an address or a form of words, and that is no part of it. */
#pragma once

#include "core/base/str.h"

/* Without the marks of emphasis, quotes and brackets that stand around it as a pair, as `**N/A**` and `「なし」`, and blanks. */
struct str dress_off(struct str s);
/* Bytes of what stands before the first letter or digit: signs, blanks, what cannot be seen. s.n: there is none. */
size_t dress_symbols(struct str s);
/* A name also without a number or a mark before it, and a colon or a stop behind: `1. 要約：`, `■【要約】`. */
struct str dress_name(struct str s);
