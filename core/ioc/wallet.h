/* Addresses of cryptocurrencies. */
#pragma once

#include "core/base/str.h"

enum wallet_check {
	WALLET_NONE,  /* it does not look like one */
	WALLET_WRONG, /* it does, but its checksum is another */
	WALLET_RIGHT, /* or it has none, as Ethereum's in one case */
};

/* `*what` is the currency: "Bitcoin"; static. */
enum wallet_check wallet_read(struct str s, const char **what);
