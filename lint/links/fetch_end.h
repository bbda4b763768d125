/* How asking a host ended, and how far it came. */
#pragma once

enum fetch_end {
	FETCH_DONE,         /* an answer, read to its end or as far as was wanted */
	FETCH_REFUSED,      /* by us: no address may be contacted */
	FETCH_CONNECT,      /* no connection; os_error says why */
	FETCH_TLS,          /* no handshake, or a certificate that is not trusted: `verify` */
	FETCH_TIMEOUT,      /* too late or too slow: `phase` */
	FETCH_CLOSED,       /* the connection broke off */
	FETCH_BROKEN_REPLY, /* what came is no HTTP, or too much of a header */
	FETCH_CUT,          /* a body that was too long, or ended early or was damaged; the status holds */
	FETCH_NO_CA,        /* our own certificate store cannot be read */
	FETCH_OTHER
};

enum fetch_phase {
	FETCH_PHASE_RESOLVE,
	FETCH_PHASE_CONNECT,
	FETCH_PHASE_HANDSHAKE,
	FETCH_PHASE_FIRST_BYTE,
	FETCH_PHASE_BODY
};
