/* Blanks at the ends of a text: spaces, tabs and full-width spaces (U+3000). Lengths are bytes. */
#pragma once

#include "core/base/str.h"

#define WIDE_SPACE STR("\xE3\x80\x80")

size_t blank_prefix(struct str s);
size_t blank_suffix(struct str s);
