/*
 * How defanged addresses are spelt, and how an address comes apart: for who reads the spellings themselves.
 * Where `whole` stands, the text is a whole value (a cell of a row); otherwise running text, where fewer spellings are read
 * and what is no ASCII ends a host.
 */
#pragma once

#include "core/base/str.h"

/* The scheme of a URL and its separator. */
struct opening {
	size_t scheme;    /* bytes */
	size_t length;    /* with the separator; 0: there is none */
	const char *live; /* the scheme as it is live, lower case; NULL: one that has no other spelling */
	bool defanged;    /* one of the two */
	bool exotic;      /* the separator is not `://` */
};
struct opening opening_read(struct str s, bool whole);

/* A piece of an address: plain text, or a dot, a colon or an at sign, defanged or not. */
struct token {
	size_t n;         /* bytes; 0: there is none */
	const char *live; /* ".", ":", "::", "@"; NULL: plain text */
	bool defanged;
	bool exotic; /* defanged in another way than `[.]`, `[:]` and `[@]` */
};
/* A defanged piece at the start of `s`. `at`: also `[at]`, which is one in e-mail addresses only. */
struct token mark_read(struct str s, bool whole, bool at);
/* The same at `i` of a whole value, with the blanks before it, and then also those behind it: `evil [.] example`. */
struct token mark_around(struct str s, size_t i, bool at);

/* Reads the authority of a URL (user, host, port), or what else has the form of one, from `i` on. */
struct tokens {
	struct str s;
	size_t i;
	bool whole;
	bool inside;    /* not at its beginning */
	size_t literal; /* behind the IPv6 address in brackets that `i` is in */
};
/* False: it ends here. */
bool token_next(struct tokens *t, struct token *out);

/* Where the parts of the authority from `from` to `end` are: user, host and port, without their separators. */
struct authority {
	struct span user, host, port;
};
struct authority authority_split(struct str s, size_t from, size_t end);

/* Can no part of a URL in running text be: blanks, controls, quotes, what is no ASCII. */
bool ends_url(char c);
