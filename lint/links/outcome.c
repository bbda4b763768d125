#include "lint/links/outcome.h"

#include <errno.h>
#include <netdb.h>

const char *link_outcome_name(enum link_outcome o)
{
	static const char *const names[LINK_OUTCOMES] = {
		[LINK_OK] = "ok",
		[LINK_MOVED] = "redirected-permanently",
		[LINK_BROKEN] = "broken",
		[LINK_NO_HOST] = "dns-failure",
		[LINK_BLOCKED] = "blocked-unknown",
		[LINK_SERVER] = "server-unknown",
		[LINK_TIMEOUT] = "timeout",
		[LINK_UNREACHABLE] = "unreachable",
		[LINK_TLS] = "tls-failure",
		[LINK_SOFT_404] = "suspect-soft404",
		[LINK_NO_FRAGMENT] = "missing-fragment",
		[LINK_UNSAFE] = "skipped-unsafe",
		[LINK_LEFT_OUT] = "skipped-policy",
	};
	return names[o];
}

const char *link_marker(struct str name, struct str value, long status)
{
	static const struct {
		const char *header, *value; /* how the value begins; NULL: any */
		bool denied;                /* with a status of 4xx only: honest answers have it, too */
		const char *slug;
	} markers[] = {
		{"cf-mitigated", NULL, false, "cf-mitigated"},
		{"x-amzn-waf-action", NULL, false, "aws-waf"},
		{"x-datadome", NULL, true, "datadome"},
		{"set-cookie", "incap_ses_", true, "incapsula"},
		{"set-cookie", "visid_incap_", true, "incapsula"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(markers); i++) {
		if (!str_eq_nocase(name, str_of(markers[i].header)) || (markers[i].denied && status / 100 != 4))
			continue;
		if (!markers[i].value || str_starts(str_trim(value), str_of(markers[i].value)))
			return markers[i].slug;
	}
	return NULL;
}

/* Texts of what is known by a number; the last, of number 0, stands for all others. */
struct named {
	long number;
	enum link_outcome outcome;
	const char *reason;
	bool again; /* what it is may be over in a moment */
};

static struct link_verdict look_up(const struct named *v, long number, const struct link_evidence *e)
{
	while (v->number && v->number != number)
		v++;
	return (struct link_verdict){v->outcome, v->reason, v->again && !e->second};
}

/* Names that do not exist are looked up twice, and count only where others are found. */
static struct link_verdict judge_lookup(const struct link_evidence *e)
{
	static const struct named lookups[] = {
		{EAI_NONAME, LINK_NO_HOST, "no-such-host", true},
#ifdef EAI_NODATA
		{EAI_NODATA, LINK_NO_HOST, "no-address", true},
#endif
#ifdef EAI_ADDRFAMILY
		{EAI_ADDRFAMILY, LINK_NO_HOST, "no-address", true},
#endif
		{EAI_AGAIN, LINK_SERVER, "dns-no-answer", true},    {0, LINK_SERVER, "dns-error", true},
	};
	return look_up(lookups, e->lookup, e);
}

static struct link_verdict judge_connection(const struct link_evidence *e)
{
	static const struct named errors[] = {
		{ECONNREFUSED, LINK_UNREACHABLE, "connection-refused", false},
		{ECONNRESET, LINK_UNREACHABLE, "connection-reset", false},
		{EHOSTUNREACH, LINK_UNREACHABLE, "host-unreachable", false},
		{ENETUNREACH, LINK_UNREACHABLE, "network-unreachable", false},
		{EACCES, LINK_UNREACHABLE, "connection-forbidden", false},
		{EPERM, LINK_UNREACHABLE, "connection-forbidden", false},
		{ETIMEDOUT, LINK_TIMEOUT, "connect-timeout", false},
		{0, LINK_UNREACHABLE, "no-connection", false},
	};
	return look_up(errors, e->os_error, e);
}

/* X509_V_ERR_*. libcurl compares the name itself, and then leaves 1; OpenSSL's own would be 62. */
static struct link_verdict judge_certificate(const struct link_evidence *e)
{
	static const struct named errors[] = {
		{1, LINK_TLS, "wrong-host-name", false},   {62, LINK_TLS, "wrong-host-name", false},
		{2, LINK_TLS, "incomplete-chain", false},  {20, LINK_TLS, "incomplete-chain", false},
		{21, LINK_TLS, "incomplete-chain", false}, {9, LINK_TLS, "not-yet-valid", false},
		{10, LINK_TLS, "expired", false},          {18, LINK_TLS, "self-signed", false},
		{19, LINK_TLS, "self-signed", false},      {23, LINK_TLS, "revoked", false},
		{0, LINK_TLS, "certificate", false},
	};
	if (!e->verify)
		return (struct link_verdict){LINK_TLS, "handshake", false};
	return look_up(errors, e->verify, e);
}

static struct link_verdict judge_timeout(const struct link_evidence *e)
{
	static const char *const reasons[] = {
		[FETCH_PHASE_RESOLVE] = "dns-timeout",   [FETCH_PHASE_CONNECT] = "connect-timeout",
		[FETCH_PHASE_HANDSHAKE] = "tls-timeout", [FETCH_PHASE_FIRST_BYTE] = "first-byte-timeout",
		[FETCH_PHASE_BODY] = "body-timeout",
	};
	return (struct link_verdict){LINK_TIMEOUT, reasons[e->phase], false};
}

static struct link_verdict judge_found(const struct link_evidence *e)
{
	static const struct {
		enum link_outcome outcome;
		const char *reason;
	} landings[] = {
		[LANDING_PAGE] = {LINK_OK, "redirected"},
		[LANDING_FRONT] = {LINK_SOFT_404, "redirects-to-front"},
		[LANDING_ERROR] = {LINK_SOFT_404, "redirects-to-error"},
		[LANDING_SHARED] = {LINK_SOFT_404, "redirects-converge"},
		[LANDING_LOGIN] = {LINK_BLOCKED, "login"},
	};
	if (e->accepted && e->landing == LANDING_PAGE)
		return (struct link_verdict){LINK_OK, "accepted", false};
	if (!e->redirected)
		return (struct link_verdict){LINK_OK, "found", false};
	if (e->landing == LANDING_PAGE && e->permanently)
		return (struct link_verdict){LINK_MOVED, "moved", false};
	return (struct link_verdict){landings[e->landing].outcome, landings[e->landing].reason, false};
}

static struct link_verdict judge_status(const struct link_evidence *e)
{
	static const struct named statuses[] = {
		{404, LINK_BROKEN, "404", true},
		{410, LINK_BROKEN, "gone", true},
		{401, LINK_BLOCKED, "login", false},
		{402, LINK_BLOCKED, "payment", false},
		{403, LINK_BLOCKED, "forbidden", false},
		{405, LINK_BLOCKED, "method", false},
		{406, LINK_BLOCKED, "not-acceptable", false},
		{407, LINK_BLOCKED, "proxy-login", false},
		{409, LINK_BLOCKED, "conflict", false},
		{418, LINK_BLOCKED, "teapot", false},
		{420, LINK_BLOCKED, "rate-limit", false},
		{421, LINK_BLOCKED, "misdirected", false},
		{429, LINK_BLOCKED, "rate-limit", true},
		{430, LINK_BLOCKED, "rate-limit", false},
		{451, LINK_BLOCKED, "legal", false},
		{999, LINK_BLOCKED, "999", false},
		{400, LINK_SERVER, "bad-request", false},
		{408, LINK_SERVER, "request-timeout", true},
		{425, LINK_SERVER, "too-early", true},
		{500, LINK_SERVER, "server-error", true},
		{502, LINK_SERVER, "bad-gateway", true},
		{503, LINK_SERVER, "unavailable", true},
		{504, LINK_SERVER, "gateway-timeout", true},
		{0, LINK_SERVER, "odd-status", false},
	};
	long class = e->status / 100;
	bool found = class == 2 || (e->status == 416 && e->ranged);
	struct link_verdict v = found ? judge_found(e) : look_up(statuses, e->status, e);
	if (class == 5 && str_eqz(str_of(v.reason), "odd-status"))
		v = (struct link_verdict){LINK_SERVER, "server-error", !e->second};
	if (class == 3)
		v.reason = "odd-redirect";
	/* Servers that cannot HEAD say anything. */
	if (e->head && !found)
		v.again = true;
	return v;
}

/* A server that says how long it will be away is asked again, or left alone. */
static struct link_verdict judge_answer(const struct link_evidence *e)
{
	bool busy = e->status == 429 || e->status == 503 || (e->status == 403 && e->ratelimit_exhausted);
	if (e->accepted)
		return judge_found(e);
	if (e->marker)
		return (struct link_verdict){LINK_BLOCKED, e->marker, false};
	if (e->endless)
		return (struct link_verdict){LINK_BLOCKED, "redirects-endlessly", false};
	struct link_verdict v = judge_status(e);
	if (e->status == 403 && e->ratelimit_exhausted)
		v = (struct link_verdict){LINK_BLOCKED, "rate-limit", e->retry_after > 0 && !e->second};
	if (busy && e->retry_after > LINK_LONGEST_WAIT)
		v = (struct link_verdict){LINK_BLOCKED, "rate-limit", false};
	return v;
}

/* What does not parse can be reached by nobody; a redirect there is not the writer's fault. */
static struct link_verdict judge_refusal(const struct link_evidence *e)
{
	struct str refusal = str_of(e->refusal ? e->refusal : "refused");
	if (str_eqz(refusal, "excluded"))
		return (struct link_verdict){LINK_LEFT_OUT, refusal.p, false};
	bool senseless = str_eqz(refusal, "malformed") || str_eqz(refusal, "host");
	return (struct link_verdict){senseless && !e->redirected ? LINK_BROKEN : LINK_UNSAFE, refusal.p, false};
}

struct link_verdict link_judge(const struct link_evidence *e)
{
	if (e->refusal || e->end == FETCH_REFUSED)
		return judge_refusal(e);
	bool failed = e->lookup || (e->end != FETCH_DONE && e->end != FETCH_CUT);
	if (failed && e->network_fails)
		return (struct link_verdict){LINK_LEFT_OUT, "network", false};
	if (e->lookup)
		return judge_lookup(e);
	switch (e->end) {
	case FETCH_CONNECT:
		return judge_connection(e);
	case FETCH_TLS:
		return judge_certificate(e);
	case FETCH_TIMEOUT:
		return judge_timeout(e);
	case FETCH_CLOSED: {
		const char *reason = e->os_error == ECONNRESET ? "connection-reset" : "connection-closed";
		return (struct link_verdict){LINK_UNREACHABLE, reason, !e->second};
	}
	case FETCH_BROKEN_REPLY:
		return (struct link_verdict){LINK_SERVER, "broken-reply", !e->second};
	case FETCH_NO_CA:
		return (struct link_verdict){LINK_LEFT_OUT, "no-ca", false};
	case FETCH_CUT:
	case FETCH_DONE:
		return judge_answer(e);
	default:
		return (struct link_verdict){LINK_SERVER, "no-answer", !e->second};
	}
}
