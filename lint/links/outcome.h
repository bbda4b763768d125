/* What the looks at a link say about it. Pure: evidence in, a verdict out. */
#pragma once

#include "core/base/str.h"
#include "lint/links/fetch_end.h"

enum link_outcome {
	LINK_OK,
	LINK_MOVED,  /* for good, and it is there */
	LINK_BROKEN, /* seen twice */
	LINK_NO_HOST,
	LINK_BLOCKED, /* whoever answers does not want us: says nothing about the page */
	LINK_SERVER,  /* trouble of the server's */
	LINK_TIMEOUT,
	LINK_UNREACHABLE,
	LINK_TLS,
	LINK_SOFT_404,    /* an answer of another page, perhaps */
	LINK_NO_FRAGMENT, /* the page is there, the place in it is not */
	LINK_UNSAFE,      /* never asked, by policy */
	LINK_LEFT_OUT,    /* not asked in this run */
	LINK_OUTCOMES,
};

/* A machine's word: "ok", "redirected-permanently", … Static. */
const char *link_outcome_name(enum link_outcome o);

/* Longer than this, in seconds, a run does not wait for a server that asks it to. */
enum { LINK_LONGEST_WAIT = 120 };

/* Where redirects led to, when there were any. */
enum link_landing {
	LANDING_PAGE,
	LANDING_FRONT,  /* a page was asked for, the front page came */
	LANDING_ERROR,  /* a page for missing pages: `/404` */
	LANDING_SHARED, /* several pages of this host end there */
	LANDING_LOGIN,
};

/* What one look gave; a zeroed one is that of an unknown answer. */
struct link_evidence {
	enum fetch_end end;
	enum fetch_phase phase;
	long status;         /* of the last answer; 0: there was none */
	int lookup;          /* EAI_*; 0: the name was found */
	int os_error;        /* errno of FETCH_CONNECT and FETCH_CLOSED; 0: not known */
	long verify;         /* OpenSSL's X509_V_ERR_* as libcurl gives it; 0: none */
	const char *refusal; /* the policy's slug (target.h, policy.h); NULL: none */
	const char *marker;  /* link_marker()'s slug; NULL: none */
	int64_t retry_after; /* seconds; 0: not said */
	enum link_landing landing;
	bool accepted;            /* a config takes that status of that host for a page that is there */
	bool ratelimit_exhausted; /* the headers say that nothing is left of our quota */
	bool head, ranged;        /* how it was asked for */
	bool redirected;          /* there was a hop */
	bool permanently;         /* the first hop at least was permanent, and led to another page than was asked for */
	bool endless;             /* more hops than are followed */
	bool second;              /* it was looked at before, with the same end */
	bool network_fails;       /* names that must be found are not found either */
};

struct link_verdict {
	enum link_outcome outcome;
	const char *reason; /* a machine's word: "404", "gone", "connect-timeout", "cf-mitigated", … Static */
	bool again;         /* one more look is due before this counts */
};

struct link_verdict link_judge(const struct link_evidence *e);

/*
 * Does a header of an answer say that a guard answered, not the site? Its slug, or NULL. Names are compared whole: a
 * Content-Security-Policy names the hosts of guards, too.
 */
const char *link_marker(struct str name, struct str value, long status);
