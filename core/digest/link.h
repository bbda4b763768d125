/* Links in a line of text, by our own scanner: inline links, <URL> and bare URLs, defanged ones too. */
#pragma once

#include "core/digest/digest.h"

struct link_list {
	struct link *v;
	size_t nr, cap;
};

/* Adds the links of `at`, a part of one line; what stands in `code spans` is left out. */
void link_scan(struct arena *a, struct str text, struct span at, uint32_t line, struct link_list *out);
/*
 * The bytes of a URL at the start of `s`, scheme included, as far as it goes in running Japanese text: up to a blank, a
 * quote, an angle bracket or a character that is no ASCII; without punctuation and unpaired brackets at its end. 0: none.
 * `*defanged` when the scheme or the host is written so that it cannot be clicked.
 */
size_t link_url_length(struct str s, bool *defanged);
/* Does it lead to an address of the web, not to a heading or a file? */
bool link_is_web(const struct digest *d, const struct link *l);
/* The live spelling of a defanged URL: hxxp → http, [.] → . and so on, in the scheme and the host only. */
struct str link_refang(struct arena *a, struct str url);
/*
 * A key under which two addresses of the same page are equal: live, without scheme, `www.`, fragment, trackers and the slash at
 * the end; the host in lower case.
 */
struct str link_key(struct arena *a, struct str url);
