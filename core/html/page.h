/* What an HTML page is called, and the places in it that links can name: the door to libxml2, loaded at the first page. */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

struct page {
	struct str title; /* as one line, UTF-8; "" without one */
	struct str *id;   /* sorted: each `id`, and each `name` of an `a` */
	size_t ids;
};

/*
 * Reads bytes as anybody sent them; whatever they are, something is read. `charset` is what HTTP says, "" for nothing: the page
 * says it itself then. In the arena. -1 with an error: libxml2 is not there.
 */
int page_read(struct arena *a, struct str bytes, struct str charset, struct page *out, struct err *err);
bool page_has(const struct page *page, struct str id);
