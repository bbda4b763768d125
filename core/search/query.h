/*
 * What is looked for, read from what somebody typed.
 *
 * A word is found wherever it stands, also inside of other words; one with a dot, a colon or an at sign also where these are
 * defanged. What is looked up by programs is found as a whole only, and
 * defanged or not on either side: a domain, also in what lies below it (sub-domains, URLs, e-mail addresses); an address; a
 * hash; a CVE number, however its hyphens are written; a URL, by its canonical form (core/ioc/canonical.h) without regard to
 * case, also in what lies below it (`/`, `?`), whatever its scheme.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

enum query_kind {
	QUERY_WORD,
	QUERY_TOKEN, /* a hash, the number of an AS */
	QUERY_HOST,  /* also with a port */
	QUERY_V4,    /* also with a port or a prefix */
	QUERY_V6,
	QUERY_EMAIL,
	QUERY_URL,
	QUERY_CVE,
};

enum { MOST_NEEDLES = 2 };

struct query {
	struct str written;
	enum query_kind kind;
	struct str plain; /* of a word: as it stands, folded; of a CVE number: the number behind the year */
	/* Looked for in the live text, folded: of a host that is no ASCII both spellings, of a URL its host. */
	struct str live[MOST_NEEDLES];
	size_t nr;
	struct str year;           /* of a CVE number */
	struct str canonical;      /* of a URL, in lower case */
	struct str piece;          /* and a part of it that only percent-encoding could hide; "": none is long enough */
	unsigned char address[16]; /* QUERY_V6 */
	/* A folded text without one of these holds nothing that matches; none: any may. */
	struct anchor {
		struct str text;
		bool sign_before, sign_behind; /* a dot, a colon or an at sign stands there, defanged or not */
	} anchor[MOST_NEEDLES];
	size_t anchors;
};

/*
 * Everything lives in the arena. `substring`: as a word, whatever it looks like. -1: it is blank, no UTF-8, or holds an end of
 * a line.
 */
int query_read(struct arena *a, struct str written, bool substring, struct query *out, struct err *err);
/* The index behind what stands at `i` between the parts of a CVE number in a folded text, if anything: a hyphen, a blank. */
size_t query_cve_gap(struct str folded, size_t i);
