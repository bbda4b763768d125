/*
 * Indicators of compromise: what kind of thing a value is, and whether there can be such a thing.
 */
#pragma once

#include "core/base/arena.h"

enum indicator_kind {
	INDICATOR_UNKNOWN, /* free text: a malware's name, a user agent */
	INDICATOR_IPV4,    /* also with :port or /prefix */
	INDICATOR_IPV6,
	INDICATOR_DOMAIN,
	INDICATOR_URL,
	INDICATOR_EMAIL,
	INDICATOR_HASH, /* hexadecimal, of a length that is in use; ssdeep */
	INDICATOR_WALLET,
	INDICATOR_CVE,
	INDICATOR_ASN,
	INDICATOR_FILE,     /* a name with an extension that programs know */
	INDICATOR_PATH,     /* C:\…, /usr/…, \\server\… */
	INDICATOR_REGISTRY, /* HKLM\… */
	INDICATOR_KINDS
};

/* Why there can be no such thing. A value with a flaw may as well be no such thing at all: a word with a dot in it. */
enum indicator_flaw {
	FLAW_NONE,
	FLAW_OCTET,    /* an octet above 255 or with a leading zero, too few or too many; no IPv6 address */
	FLAW_PORT,     /* not from 1 to 65535 */
	FLAW_PREFIX,   /* a prefix length above 32 or 128 */
	FLAW_TLD,      /* no such top-level domain (Public Suffix List) */
	FLAW_LABEL,    /* a label of a domain is empty, longer than 63 bytes, or holds what no name can; 253 in all */
	FLAW_LENGTH,   /* as many hexadecimal digits as no hash has */
	FLAW_CHECKSUM, /* a wallet's */
};

/* Whom an address can belong to: IANA's registries for special-purpose addresses (RFC 6890). */
enum address_range {
	RANGE_NONE, /* no address */
	RANGE_GLOBAL,
	RANGE_PRIVATE,  /* RFC 1918, RFC 4193, shared (RFC 6598) */
	RANGE_LOOPBACK, /* and "this host" */
	RANGE_LINK_LOCAL,
	RANGE_DOCUMENTATION, /* RFC 5737, RFC 3849, RFC 9637 */
	RANGE_MULTICAST,
	RANGE_RESERVED, /* all else that nobody can have: 240/4, benchmarking, … */
};

struct indicator {
	enum indicator_kind kind;
	enum indicator_flaw flaw;
	struct str live; /* refanged, in the arena */
	struct str host; /* of a URL or an e-mail address; the address or domain itself; a part of `live` */
	struct str part; /* what is wrong: the octet, the port, the top-level domain, the label; a part of `live` */
	bool host_is_address;
	bool port;                /* an address or a URL with a port */
	enum address_range range; /* of an address, also as the host of a URL */
	const char *what;         /* which hash or wallet: "SHA-256", "Bitcoin"; NULL otherwise */
	bool file_like;           /* a domain that may as well be a file's name: top-level domains as .zip .so .rs .py */
};

/*
 * Reads a value as it is written, defanged or not, without quotes around it. Addresses in disguise (`185[.]0xA1[.]0xFB[.]58`)
 * and cut short (`192[.]0[.]2[.]X`) are INDICATOR_UNKNOWN: that is how they are meant. So are package names and words.
 */
void indicator_read(struct arena *a, struct str written, struct indicator *out);
/* The range of an address in text ("192.0.2.1", "2001:db8::1"), without port and prefix; RANGE_NONE when it is none. */
enum address_range address_range_of(struct str address);
/* "documentation", for messages: in the reader's language; "" for RANGE_NONE. Static. */
const char *address_range_name(enum address_range r);
/* Is there such a top-level domain? `host` is a live domain; its last label counts. */
bool domain_has_tld(struct str host);
/* The part of a domain that somebody registered: "example.co.jp" of "a.b.example.co.jp"; "" for a suffix itself. A part of `host`. */
struct str domain_registered(struct str host);
