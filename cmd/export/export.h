/*
 * Indicators in, bytes out: what `sdi ioc` prints. Nothing here knows the clock, the environment or a stream.
 */
#pragma once

#include "core/base/buf.h"
#include "core/base/date.h"
#include "core/base/uuid.h"
#include "core/config/config.h"
#include "core/digest/digest.h"

enum export_type {
	EXPORT_IPV4, /* also with :port or /prefix */
	EXPORT_IPV6,
	EXPORT_DOMAIN, /* also with :port */
	EXPORT_URL,    /* also without a scheme */
	EXPORT_EMAIL,
	EXPORT_MD5,
	EXPORT_SHA1,
	EXPORT_SHA256,
	EXPORT_SHA512,
	EXPORT_HASH, /* any other */
	EXPORT_WALLET,
	EXPORT_CVE,
	EXPORT_ASN,
	EXPORT_FILE,
	EXPORT_PATH,
	EXPORT_REGISTRY,
	EXPORT_OTHER, /* words, and what cannot be what it looks like */
	EXPORT_TYPES
};

/* "ipv4", as in --type. Static. */
const char *export_type_name(enum export_type t);
/* A bit for each type that is named, all where none is; `ip` and `hash` are several. -1 with an error. */
int export_types_read(struct arena *a, const struct name_list *names, unsigned *out, struct err *err);

/* A row of a digest. */
struct exported {
	enum export_type type;
	struct str live;  /* refanged, hosts and URLs in ASCII; domains and hexadecimal hashes in lower case */
	struct str shown; /* what is printed by formats that take defanged values: `live`, or defanged */
	struct str host;  /* of EXPORT_IPV4, EXPORT_IPV6 and EXPORT_DOMAIN: without port and prefix, a part of `live` */
	struct str port;  /* of such a host; digits, "" without one */
	bool prefix;      /* an address with the length of a prefix */
	bool nobodys;     /* an address, also as a URL's host, that nobody on the internet can have */
	bool known, known_not; /* what the column says of it: well known, not well known */
	const char *scope;     /* "global", "private" or "" */
	const char *what;      /* which hash or wallet: "SHA-224", "Bitcoin"; NULL without one */
	struct str context;
	struct date date;      /* the digest's; may be unset */
	const char *path;      /* the digest's, as shown */
	uint32_t line;         /* from 1 */
	struct str title, url; /* the article's; the URL is live */
};

struct exports {
	struct exported *v;
	size_t nr, cap;
	size_t pointers; /* rows that are left out: they only say where indicators are */
};

/*
 * Adds the rows of a digest whose types are among `types`, in the order of the text. They live in the arena and in the
 * digest's text; the digest may go.
 */
void export_read(struct arena *a, const struct digest *d, unsigned types, bool defanged, struct exports *out);

/* Rows to bytes. Returns how many of the rows the format has no place for. */
typedef size_t export_writer(struct arena *a, const struct exports *e, struct buf *out);
/* Each row. */
export_writer export_csv, export_json;
/* Each value once. The rows of stix and misp have dates. */
export_writer export_text, export_stix, export_misp;

/* The rows in the order of type, value, date and place, so that those of one indicator follow one another. */
const struct exported **export_sort(struct arena *a, const struct exports *e);
/* The index behind the last row of the same indicator as row `i`. */
size_t export_same(const struct exported *const *v, size_t nr, size_t i);
/* A URL as RFC 3986 wants it: what may not be written in one is escaped. */
struct str export_url(struct arena *a, struct str url);
/* The value with its host, a part of it, as it is looked up (`xn--…`); both stay where that is no name. */
struct str export_host(struct arena *a, struct str value, struct str *host);
/* What rows say about an indicator, each text once, with `between` between them. */
struct str export_contexts(struct arena *a, const struct exported *const *v, size_t nr, const char *between);
/* Does one of the rows call it well known: a service for everybody? */
bool export_is_known(const struct exported *const *v, size_t nr);
/* Adds text; controls become U+FFFD: they can be no part of it, and a terminal would obey them. */
void export_add(struct buf *out, struct str s);
/* The UUID of a thing of this kind ("indicator") that has this name. */
struct uuid_text export_uuid(struct arena *a, const char *kind, struct str name);
