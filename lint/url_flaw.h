/* What is wrong with an address, so that no browser opens it. */
#pragma once

#include "core/base/str.h"

enum url_flaw {
	URL_SOUND,
	URL_TWICE,  /* https://https://example.com */
	URL_NO_DOT, /* https://example/: a name of somebody's own network at best */
	URL_TLD,    /* no such top-level domain */
	URL_OCTETS, /* numbers with dots that are no address */
	URL_LABEL,  /* a label of the host is empty, too long, or holds what no name can */
	URL_PORT,
	URL_ESCAPE, /* `%` without two hexadecimal digits: browsers open it, what they ask for is a guess */
};

/*
 * Judges a live URL; `*part` is the place in it. Where it is not `meant` to be followed (an example in a sentence) only what
 * nobody writes on purpose is a flaw.
 */
enum url_flaw url_flaw_of(struct str url, bool meant, struct span *part);

/*
 * Bytes of a mistyped `http://` or `https://` at the start: `htps://`, `https//`, `http:/`, `https：//`. 0: none. `*secure` when
 * https is meant. Names of defanged schemes are none; in a sentence (not `meant`) a host must follow, and `ttps://`, which
 * some write on purpose, is none either.
 */
size_t url_mistyped(struct str s, bool meant, bool *secure);
/* The same at the start of a link's target, where more is certain: blanks, full-width letters, letters in the wrong order. */
size_t url_misbegun(struct str s, bool *secure);
