/* Addresses of the Internet Protocol, in text (live, without port and prefix) and as bytes in network order. */
#pragma once

#include "core/ioc/indicator.h"

/* Four decimal octets without leading zeros (RFC 6943 §3.1.1 "strict"). */
bool address_v4(struct str s, unsigned char out[4]);
/*
 * What inet_aton(3) takes besides: one to four numbers, each decimal, octal (`0177`) or hexadecimal (`0x7f`); the last fills what
 * is left. `127.1`, `2130706433`.
 */
bool address_v4_loose(struct str s, unsigned char out[4]);
/* RFC 4291 §2.2, without a zone. */
bool address_v6(struct str s, unsigned char out[16]);

/* Are the first so many bits of both the same? */
bool address_shares(const unsigned char *address, const unsigned char *prefix, unsigned bits);
/* Never RANGE_NONE. An IPv4-mapped IPv6 address is in the range of what it maps. */
enum address_range address_range_v4(const unsigned char address[4]);
enum address_range address_range_v6(const unsigned char address[16]);
