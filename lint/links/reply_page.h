/* A page of HTML as a server sent it. */
#pragma once

#include "core/html/page.h"

/* Does its Content-Type say that it is one? */
bool reply_is_html(struct str type);
/*
 * `type` is its Content-Type. What encoding the bytes have is said by that, else by the page itself, else by the bytes. Of what is no
 * HTML `*out` is empty. -1 with an error: pages cannot be read at all.
 */
int reply_page(struct arena *a, struct str bytes, struct str type, struct page *out, struct err *err);
