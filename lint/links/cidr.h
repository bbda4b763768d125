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
bool cidr_holds(const struct cidr *c, const unsigned char *address, bool v6);
