/* Blanks at the ends of a text: spaces, tabs, full-width (U+3000) and no-break spaces (U+00A0). Lengths are bytes. */
#pragma once

#include "core/base/str.h"

#define WIDE_SPACE STR("\xE3\x80\x80")
#define NO_BREAK_SPACE STR("\xC2\xA0")

size_t blank_prefix(struct str s);
size_t blank_suffix(struct str s);
