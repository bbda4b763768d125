/* Pieces of JSON. */
#pragma once

#include "core/base/buf.h"

/*
 * A string with its quotes. Control, format and bidi characters are escaped, so that the document can be shown anywhere;
 * bytes that are no UTF-8 become U+FFFD.
 */
void json_string(struct buf *out, struct str text);
void json_stringz(struct buf *out, const char *text);
/* `before`, the quoted key, ": " and the string. */
void json_member(struct buf *out, const char *before, const char *key, struct str value);
