/* RFC 3986, 2.1. */
#pragma once

#include "core/base/arena.h"

/* The byte that `%7e` at `i` stands for; -1: there is none. */
int percent_byte(struct str s, size_t i);
/* `%41` becomes `A`; a percent sign that encodes nothing stays. The bytes that come out may be any. */
struct str percent_decode(struct arena *a, struct str s);
