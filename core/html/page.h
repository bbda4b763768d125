/* What an HTML page is called: the door to libxml2, loaded at the first page. */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

struct page {
	struct str title; /* as one line, UTF-8; "" without one */
};

/*
 * Reads bytes as anybody sent them, the first 128 KiB of them: libxml2 takes time by the square for a tag of very many attributes. `charset` is what HTTP says, "" for nothing: the page
 * says it itself then. In the arena. -1 with an error: libxml2 is not there.
 */
int page_read(struct arena *a, struct str bytes, struct str charset, struct page *out, struct err *err);
/* What libxml2 there is: "2.9.14", in the arena. -1 with an error: there is none. */
int page_library(struct arena *a, struct str *version, struct err *err);
