#include "lint/links/outcome.h"

#include <errno.h>
#include <netdb.h>

#include "tests/unit/scratch.h"

struct judged {
	struct link_evidence e;
	enum link_outcome outcome;
	const char *reason;
	bool again;
};

static const struct judged statuses[] = {
	{{.status = 200}, LINK_OK, "found", false},
	{{.status = 202}, LINK_OK, "found", false},
	{{.status = 204}, LINK_OK, "found", false},
	{{.status = 206, .ranged = true}, LINK_OK, "found", false},
	{{.status = 416, .ranged = true}, LINK_OK, "found", false},
	{{.status = 416}, LINK_SERVER, "odd-status", false},
	{{.status = 200, .end = FETCH_CUT, .phase = FETCH_PHASE_BODY}, LINK_OK, "found", false},
	{{.status = 404, .end = FETCH_CUT, .phase = FETCH_PHASE_BODY}, LINK_BROKEN, "404", true},
	/* Missing is missing when it is so twice, asked by GET. */
	{{.status = 404}, LINK_BROKEN, "404", true},
	{{.status = 404, .second = true}, LINK_BROKEN, "404", false},
	{{.status = 404, .second = true, .head = true}, LINK_BROKEN, "404", true},
	{{.status = 410}, LINK_BROKEN, "gone", true},
	{{.status = 410, .second = true}, LINK_BROKEN, "gone", false},
	/* A guard. */
	{{.status = 401}, LINK_BLOCKED, "login", false},
	{{.status = 402}, LINK_BLOCKED, "payment", false},
	{{.status = 403}, LINK_BLOCKED, "forbidden", false},
	{{.status = 405}, LINK_BLOCKED, "method", false},
	{{.status = 405, .head = true}, LINK_BLOCKED, "method", true},
	{{.status = 406}, LINK_BLOCKED, "not-acceptable", false},
	{{.status = 407}, LINK_BLOCKED, "proxy-login", false},
	{{.status = 409}, LINK_BLOCKED, "conflict", false},
	{{.status = 418}, LINK_BLOCKED, "teapot", false},
	{{.status = 421}, LINK_BLOCKED, "misdirected", false},
	{{.status = 429}, LINK_BLOCKED, "rate-limit", true},
	{{.status = 429, .second = true}, LINK_BLOCKED, "rate-limit", false},
	{{.status = 429, .retry_after = 120}, LINK_BLOCKED, "rate-limit", true},
	{{.status = 429, .retry_after = 121}, LINK_BLOCKED, "rate-limit", false},
	{{.status = 403, .ratelimit_exhausted = true}, LINK_BLOCKED, "rate-limit", false},
	{{.status = 403, .ratelimit_exhausted = true, .retry_after = 60}, LINK_BLOCKED, "rate-limit", true},
	{{.status = 403, .ratelimit_exhausted = true, .retry_after = INT64_MAX}, LINK_BLOCKED, "rate-limit", false},
	{{.status = 404, .ratelimit_exhausted = true}, LINK_BROKEN, "404", true},
	{{.status = 430}, LINK_BLOCKED, "rate-limit", false},
	{{.status = 451}, LINK_BLOCKED, "legal", false},
	{{.status = 999}, LINK_BLOCKED, "999", false},
	{{.status = 202, .marker = "aws-waf"}, LINK_BLOCKED, "aws-waf", false},
	{{.status = 404, .marker = "cf-mitigated"}, LINK_BLOCKED, "cf-mitigated", false},
	{{.status = 503, .marker = "cf-mitigated"}, LINK_BLOCKED, "cf-mitigated", false},
	/* What a config takes for a page that is there. */
	{{.status = 403, .accepted = true}, LINK_OK, "accepted", false},
	{{.status = 404, .accepted = true}, LINK_OK, "accepted", false},
	{{.status = 403, .accepted = true, .marker = "cf-mitigated"}, LINK_OK, "accepted", false},
	{{.status = 403, .accepted = true, .ratelimit_exhausted = true}, LINK_OK, "accepted", false},
	{{.status = 503, .accepted = true, .retry_after = 3600}, LINK_OK, "accepted", false},
	{{.status = 403, .accepted = true, .redirected = true, .permanently = true}, LINK_OK, "accepted", false},
	{{.status = 403, .accepted = true, .redirected = true, .landing = LANDING_LOGIN}, LINK_BLOCKED, "login", false},
	{{.status = 403, .accepted = true, .redirected = true, .landing = LANDING_SHARED},
     LINK_SOFT_404,
     "redirects-converge",
     false},
	/* A server in trouble. */
	{{.status = 400}, LINK_SERVER, "bad-request", false},
	{{.status = 408}, LINK_SERVER, "request-timeout", true},
	{{.status = 425}, LINK_SERVER, "too-early", true},
	{{.status = 500}, LINK_SERVER, "server-error", true},
	{{.status = 500, .second = true}, LINK_SERVER, "server-error", false},
	{{.status = 503}, LINK_SERVER, "unavailable", true},
	{{.status = 503, .retry_after = 5}, LINK_SERVER, "unavailable", true},
	{{.status = 503, .retry_after = 3600}, LINK_BLOCKED, "rate-limit", false},
	{{.status = 520}, LINK_SERVER, "server-error", true},
	{{.status = 530, .second = true}, LINK_SERVER, "server-error", false},
	{{.status = 422}, LINK_SERVER, "odd-status", false},
	{{.status = 300}, LINK_SERVER, "odd-redirect", false},
	{{.status = 304}, LINK_SERVER, "odd-redirect", false},
	{{.status = 600}, LINK_SERVER, "odd-status", false},
	{{.status = 100}, LINK_SERVER, "odd-status", false},
	{{.status = -1}, LINK_SERVER, "odd-status", false},
	{{.status = 0}, LINK_SERVER, "odd-status", false},
	/* Redirects. */
	{{.status = 200, .redirected = true}, LINK_OK, "redirected", false},
	{{.status = 200, .redirected = true, .permanently = true}, LINK_MOVED, "moved", false},
	{{.status = 404, .redirected = true, .permanently = true}, LINK_BROKEN, "404", true},
	{{.status = 302, .redirected = true, .endless = true}, LINK_BLOCKED, "redirects-endlessly", false},
	{{.status = 200, .redirected = true, .landing = LANDING_FRONT}, LINK_SOFT_404, "redirects-to-front", false},
	{{.status = 200, .redirected = true, .permanently = true, .landing = LANDING_ERROR},
     LINK_SOFT_404,
     "redirects-to-error",
     false},
	{{.status = 200, .redirected = true, .landing = LANDING_SHARED}, LINK_SOFT_404, "redirects-converge", false},
	{{.status = 200, .redirected = true, .landing = LANDING_LOGIN}, LINK_BLOCKED, "login", false},
};

static const struct judged failures[] = {
	{{.lookup = EAI_NONAME}, LINK_NO_HOST, "no-such-host", true},
	{{.lookup = EAI_NONAME, .second = true}, LINK_NO_HOST, "no-such-host", false},
	{{.lookup = EAI_NONAME, .second = true, .network_fails = true}, LINK_LEFT_OUT, "network", false},
	{{.lookup = EAI_AGAIN}, LINK_SERVER, "dns-no-answer", true},
	{{.lookup = EAI_FAIL, .second = true}, LINK_SERVER, "dns-error", false},
	{{.end = FETCH_CONNECT, .os_error = ECONNREFUSED}, LINK_UNREACHABLE, "connection-refused", false},
	{{.end = FETCH_CONNECT, .os_error = EHOSTUNREACH}, LINK_UNREACHABLE, "host-unreachable", false},
	{{.end = FETCH_CONNECT, .os_error = ENETUNREACH}, LINK_UNREACHABLE, "network-unreachable", false},
	{{.end = FETCH_CONNECT, .os_error = ETIMEDOUT}, LINK_TIMEOUT, "connect-timeout", false},
	{{.end = FETCH_CONNECT}, LINK_UNREACHABLE, "no-connection", false},
	{{.end = FETCH_CONNECT, .network_fails = true}, LINK_LEFT_OUT, "network", false},
	{{.end = FETCH_TIMEOUT, .phase = FETCH_PHASE_RESOLVE}, LINK_TIMEOUT, "dns-timeout", false},
	{{.end = FETCH_TIMEOUT, .phase = FETCH_PHASE_CONNECT}, LINK_TIMEOUT, "connect-timeout", false},
	{{.end = FETCH_TIMEOUT, .phase = FETCH_PHASE_HANDSHAKE}, LINK_TIMEOUT, "tls-timeout", false},
	{{.end = FETCH_TIMEOUT, .phase = FETCH_PHASE_FIRST_BYTE}, LINK_TIMEOUT, "first-byte-timeout", false},
	{{.end = FETCH_TIMEOUT, .phase = FETCH_PHASE_BODY, .status = 200}, LINK_TIMEOUT, "body-timeout", false},
	{{.end = FETCH_TIMEOUT, .network_fails = true}, LINK_LEFT_OUT, "network", false},
	{{.end = FETCH_CLOSED}, LINK_UNREACHABLE, "connection-closed", true},
	{{.end = FETCH_CLOSED, .os_error = ECONNRESET, .second = true}, LINK_UNREACHABLE, "connection-reset", false},
	{{.end = FETCH_BROKEN_REPLY}, LINK_SERVER, "broken-reply", true},
	{{.end = FETCH_BROKEN_REPLY, .second = true}, LINK_SERVER, "broken-reply", false},
	{{.end = FETCH_OTHER, .second = true}, LINK_SERVER, "no-answer", false},
	{{.end = FETCH_NO_CA}, LINK_LEFT_OUT, "no-ca", false},
	{{.end = FETCH_TLS}, LINK_TLS, "handshake", false},
	{{.end = FETCH_TLS, .verify = 1}, LINK_TLS, "wrong-host-name", false},
	{{.end = FETCH_TLS, .verify = 9}, LINK_TLS, "not-yet-valid", false},
	{{.end = FETCH_TLS, .verify = 10}, LINK_TLS, "expired", false},
	{{.end = FETCH_TLS, .verify = 18}, LINK_TLS, "self-signed", false},
	{{.end = FETCH_TLS, .verify = 19}, LINK_TLS, "self-signed", false},
	{{.end = FETCH_TLS, .verify = 20}, LINK_TLS, "incomplete-chain", false},
	{{.end = FETCH_TLS, .verify = 21}, LINK_TLS, "incomplete-chain", false},
	{{.end = FETCH_TLS, .verify = 26}, LINK_TLS, "certificate", false},
	{{.end = FETCH_REFUSED}, LINK_UNSAFE, "refused", false},
	{{.end = FETCH_REFUSED, .refusal = "private-address"}, LINK_UNSAFE, "private-address", false},
	{{.refusal = "ioc-host", .redirected = true}, LINK_UNSAFE, "ioc-host", false},
	{{.refusal = "excluded"}, LINK_LEFT_OUT, "excluded", false},
	{{.refusal = "excluded", .redirected = true}, LINK_LEFT_OUT, "excluded", false},
	{{.refusal = "scheme"}, LINK_UNSAFE, "scheme", false},
	{{.refusal = "malformed"}, LINK_BROKEN, "malformed", false},
	{{.refusal = "host"}, LINK_BROKEN, "host", false},
	{{.refusal = "host", .redirected = true}, LINK_UNSAFE, "host", false},
};

static void judge_all(const struct judged *v, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		struct link_verdict got = link_judge(&v[i].e);
		if (got.outcome != v[i].outcome || strcmp(got.reason, v[i].reason) != 0 || got.again != v[i].again)
			fail_msg("%zu (status %ld, end %d): %s, %s%s", i, v[i].e.status, (int)v[i].e.end,
			         link_outcome_name(got.outcome), got.reason, got.again ? ", again" : "");
	}
}

static void test_statuses(void **state)
{
	(void)state;
	judge_all(statuses, ARRAY_SIZE(statuses));
}

static void test_failures(void **state)
{
	(void)state;
	judge_all(failures, ARRAY_SIZE(failures));
}

/* Only a 404, a 410 and what cannot be asked for accuse; and no second look asks for a third, but that a HEAD is no look. */
static void test_accusations(void **state)
{
	(void)state;
	for (long status = -1; status < 1100; status++) {
		struct link_evidence e = {.status = status, .second = true};
		struct link_verdict v = link_judge(&e);
		assert_false(v.again);
		assert_int_equal(v.outcome == LINK_BROKEN, status == 404 || status == 410);
		e.marker = "cf-mitigated";
		assert_int_equal(link_judge(&e).outcome, LINK_BLOCKED);
	}
	for (int end = FETCH_REFUSED; end <= FETCH_OTHER; end++) {
		struct link_evidence e = {.end = (enum fetch_end)end, .second = true};
		struct link_verdict v = link_judge(&e);
		assert_false(v.again);
		assert_int_not_equal(v.outcome, LINK_BROKEN);
		assert_int_not_equal(v.outcome, LINK_NO_HOST);
	}
}

static void test_markers(void **state)
{
	static const struct {
		const char *name, *value;
		long status;
		const char *slug;
	} headers[] = {
		{"cf-mitigated", "challenge", 403, "cf-mitigated"},
		{"CF-Mitigated", "challenge", 200, "cf-mitigated"},
		{"x-amzn-waf-action", "challenge", 202, "aws-waf"},
		{"x-amzn-waf-action", "captcha", 405, "aws-waf"},
		{"X-DataDome", "protected", 403, "datadome"},
		{"x-datadome", "protected", 200, ""},
		{"Set-Cookie", "incap_ses_1_2=x", 403, "incapsula"},
		{"set-cookie", " visid_incap_1=x", 403, "incapsula"},
		{"set-cookie", "visid_incap_1=x", 200, ""},
		{"set-cookie", "a=incap_ses_1", 403, ""},
		{"content-security-policy", "script-src cdnjs.cloudflare.com; report-uri /cf-mitigated", 403, ""},
		{"x-cf-mitigated", "challenge", 403, ""},
		{"cf-mitigated-by", "challenge", 403, ""},
		{"server", "cloudflare", 403, ""},
		{"", "", 403, ""},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
		const char *slug = link_marker(str_of(headers[i].name), str_of(headers[i].value), headers[i].status);
		if (strcmp(slug ? slug : "", headers[i].slug) != 0)
			fail_msg("%s: %s: %s", headers[i].name, headers[i].value, slug ? slug : "");
	}
}

static void test_names(void **state)
{
	(void)state;
	assert_string_equal(link_outcome_name(LINK_OK), "ok");
	assert_string_equal(link_outcome_name(LINK_LEFT_OUT), "skipped-policy");
	for (int a = 0; a < LINK_OUTCOMES; a++)
		for (int b = 0; b < a; b++)
			assert_string_not_equal(link_outcome_name((enum link_outcome)a), link_outcome_name((enum link_outcome)b));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_statuses), cmocka_unit_test(test_failures), cmocka_unit_test(test_accusations),
		cmocka_unit_test(test_markers),  cmocka_unit_test(test_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
