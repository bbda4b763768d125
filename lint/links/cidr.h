/* Ranges of addresses, as the command line names them. */
#pragma once

#include "core/base/str.h"

struct cidr {
	unsigned char prefix[16]; /* in network order; of IPv4 the first four */
	unsigned char bits;
	bool v6;
};

/* "127.0.0.0/8", "fd00::/8"; one address without a prefix length. False: it is none, or has bits behind its prefix. */
bool cidr_read(struct str text, struct cidr *out);
/* The range around any address in it, for which it must have a prefix length: "192.0.2.9/24". */
bool cidr_around(struct str text, struct cidr *out);
struct cidr cidr_of(const unsigned char *address, bool v6, unsigned bits);
bool cidr_holds(const struct cidr *c, const unsigned char *address, bool v6);
/* "192.0.2.0/24", which nothing else is called. A part of `text`. */
enum { CIDR_TEXT = 64 };
struct str cidr_text(const struct cidr *c, char text[CIDR_TEXT]);
