/* A URL as it is asked for: read strictly, so that nobody else can read another host in it. */
#pragma once

#include "core/base/arena.h"

struct link_target {
	struct str scheme;   /* "http" or "https" */
	struct str host;     /* ASCII, lower case, as it is looked up; without brackets and the dot at its end */
	struct str port;     /* digits; the scheme's where none is written */
	struct str request;  /* the URL to ask for: printable ASCII, without the scheme's own port and the fragment */
	struct str fragment; /* as it is written, without `#` */
	struct str key;      /* equal for the same page: the request without trackers, what need not be encoded decoded */
	unsigned port_number;
	bool https;
	bool is_address; /* the host is one, in its usual notation: 127.0.0.1 for 0x7f.1 and for １２７。1 */
};

/*
 * NULL, or why it is not asked for, a machine's word: "malformed", "long", "control", "hidden" (a host with characters that are
 * not seen, or encoded ones), "backslash", "defanged", "scheme" (none, or not http and https), "userinfo", "host" (there can be none such),
 * "port" (none from 1 to 65535). Static. All texts are in the arena or parts of `url`.
 */
const char *link_target_read(struct arena *a, struct str url, struct link_target *out);
