/* Addresses of the Internet Protocol in text, live, without port and prefix. */
#pragma once

#include "core/base/str.h"

/* Four decimal octets without leading zeros (RFC 6943 §3.1.1 "strict"). */
bool address_v4(struct str s, unsigned char out[4]);
/* RFC 4291 §2.2, without a zone. */
bool address_v6(struct str s, unsigned char out[16]);
