#include "tests/unit/asker.h"

#include <dirent.h>
#include <errno.h>
#include <malloc.h>

static bool has_tls;

enum { GOOD = 1, STRANGE, EXPIRED, WRONG }; /* ports of the farm */

static const struct hostile {
	const char *path;
	enum fetch_end end;
	enum fetch_phase phase;
	int64_t ms;
	uint64_t bytes;
} hostile[] = {
	{"/slow-headers", FETCH_TIMEOUT, FETCH_PHASE_FIRST_BYTE, 3000, 0},
	{"/slow-body", FETCH_TIMEOUT, FETCH_PHASE_BODY, 3000, 20},
	{"/hang", FETCH_TIMEOUT, FETCH_PHASE_FIRST_BYTE, 3000, 0},
	{"/reset", FETCH_CLOSED, FETCH_PHASE_FIRST_BYTE, 1000, 0},
	{"/reset-body", FETCH_CLOSED, FETCH_PHASE_BODY, 1000, 1000},
	{"/close", FETCH_CLOSED, FETCH_PHASE_FIRST_BYTE, 1000, 0},
	{"/partial", FETCH_CUT, FETCH_PHASE_BODY, 1000, 1000},
	{"/garbage", FETCH_BROKEN_REPLY, FETCH_PHASE_FIRST_BYTE, 1000, 0},
	{"/endless", FETCH_CUT, FETCH_PHASE_BODY, 1000, 300000},
	{"/large", FETCH_CUT, FETCH_PHASE_BODY, 1000, 17000},
	{"/chunked-endless", FETCH_CUT, FETCH_PHASE_BODY, 1000, 300000},
	{"/gzip-bomb", FETCH_CUT, FETCH_PHASE_BODY, 3000, 300000},
	{"/gzip-bomb/transfer", FETCH_CUT, FETCH_PHASE_BODY, 3000, 300000},
	{"/header-flood", FETCH_BROKEN_REPLY, FETCH_PHASE_FIRST_BYTE, 1000, 0},
	{"/header-1xx", FETCH_BROKEN_REPLY, FETCH_PHASE_FIRST_BYTE, 1000, 0},
	{"/header-long", FETCH_BROKEN_REPLY, FETCH_PHASE_FIRST_BYTE, 1000, 0},
};

static size_t resident_kib(void)
{
	size_t pages = 0;
	FILE *f = fopen("/proc/self/statm", "r");
	assert_int_equal(fscanf(f, "%*u %zu", &pages), 1);
	fclose(f);
	return pages * 4;
}

static void test_hostile(void **state)
{
	(void)state;
	const int64_t slack = 8000; /* a busy machine */
	struct fetcher *f = hasty_fetcher();
	ask(f, (struct fetch_request){0}, "/ok");
	ask(f, (struct fetch_request){.head = true}, "/gzip-bomb"); /* made once */
	size_t before = resident_kib();
	for (size_t i = 0; i < ARRAY_SIZE(hostile); i++) {
		const struct hostile *h = &hostile[i];
		struct answer got = ask(f, (struct fetch_request){.body = i % 2 ? 1000 : 0}, h->path);
		if (got.a.end != h->end || got.a.phase != h->phase || got.ms > h->ms + slack || got.a.bytes > h->bytes)
			fail_msg("%s: end %d phase %d code %d status %ld, %lld ms, %llu bytes", h->path, (int)got.a.end,
			         (int)got.a.phase, got.a.code, got.a.status, (long long)got.ms, (unsigned long long)got.a.bytes);
		assert_true(got.a.body.n <= 1000);
	}
	assert_true(resident_kib() < before + (32 << 10));
	assert_int_equal(ask(f, (struct fetch_request){0}, "/ok").a.status, 200);
	fetcher_free(f);
}

static void test_unreachable(void **state)
{
	(void)state;
	struct fetcher *f = hasty_fetcher();
	struct answer got =
		ask_pinned(f, (struct fetch_request){0}, "http://127.0.0.1:1/", "127.0.0.1", 1, PINNED("127.0.0.1"));
	assert_int_equal(got.a.end, FETCH_CONNECT);
	assert_int_equal(got.a.os_error, ECONNREFUSED);
	assert_int_equal(got.a.phase, FETCH_PHASE_CONNECT);
	/* A server that speaks no TLS, and waits. */
	char url[100];
	snprintf(url, sizeof(url), "https://127.0.0.1:%u/", farm.port[0]);
	got = ask_pinned(f, (struct fetch_request){0}, url, "127.0.0.1", farm.port[0], PINNED("127.0.0.1"));
	assert_int_equal(got.a.end, FETCH_TIMEOUT);
	assert_int_equal(got.a.phase, FETCH_PHASE_HANDSHAKE);
	fetcher_free(f);
}

static size_t threads(void)
{
	size_t nr = 0;
	DIR *d = opendir("/proc/self/task");
	while (readdir(d))
		nr++;
	closedir(d);
	return nr - 2;
}

/* Ten at a time, over ten hosts. */
static void ask_many(struct fetcher *f, size_t nr)
{
	size_t flying = 0, done = 0;
	struct fetch_answer a;
	for (size_t begun = 0; done < nr;) {
		for (; flying < 10 && begun < nr; begun++, flying++) {
			char host[20], url[100];
			snprintf(host, sizeof(host), "h%zu.test", begun % 10);
			snprintf(url, sizeof(url), "http://%s:%u/ok?%zu", host, farm.port[0], begun);
			struct sockaddr_storage at = address_of("127.9.9.9");
			assert_int_equal(fetcher_start(f, &(struct fetch_request){.url = str_of(url),
			                                                          .host = str_of(host),
			                                                          .port = farm.port[0],
			                                                          .address = &at,
			                                                          .nr = 1,
			                                                          .body = 100,
			                                                          .tag = begun}),
			                 0);
		}
		fetcher_poll(f, 1000);
		for (; fetcher_take(f, &a); flying--, done++)
			assert_int_equal(a.status, 200);
	}
}

static void test_many(void **state)
{
	(void)state;
	struct fetcher *f = fetcher_with(fetch_usual);
	ask_many(f, 100);
	size_t before = mallinfo2().uordblks;
	ask_many(f, 500);
	assert_true(mallinfo2().uordblks < before + (128 << 10));
	assert_int_equal(threads(), 1);
	fetcher_free(f);
	assert_true(farm_saw(&farm, "\"connect\"", "\"127.9.9.9\"") <= 20);
	assert_int_equal(farm_saw(&farm, "\"request\"", "\"127.9.9.9\""), 600);
}

static struct answer ask_tls(struct fetcher *f, int which)
{
	char url[100];
	snprintf(url, sizeof(url), "https://farm.test:%u/ok", farm.port[which]);
	return ask_pinned(f, (struct fetch_request){0}, url, "farm.test", farm.port[which], PINNED("127.0.0.1"));
}

static void test_tls(void **state)
{
	(void)state;
	static const struct {
		int which;
		enum fetch_end end;
		long verify;
	} cases[] = {
		{GOOD, FETCH_DONE, 0},
		{STRANGE, FETCH_TLS, 18}, /* X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT */
		{EXPIRED, FETCH_TLS, 10}, /* X509_V_ERR_CERT_HAS_EXPIRED */
		{WRONG, FETCH_TLS, 1},
	};
	if (!has_tls)
		skip();
	struct fetch_limits limits = fetch_usual;
	limits.ca_file = scratch_at(scratch, "trusted.pem");
	struct fetcher *f = fetcher_with(limits);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct answer got = ask_tls(f, cases[i].which);
		assert_int_equal(got.a.end, cases[i].end);
		assert_int_equal(got.a.verify, cases[i].verify);
		assert_int_equal(got.a.status, cases[i].end == FETCH_DONE ? 200 : 0);
		if (cases[i].end == FETCH_TLS)
			assert_int_equal(got.a.phase, FETCH_PHASE_HANDSHAKE);
	}
	fetcher_free(f);
	limits.ca_file = scratch_at(scratch, "none.pem");
	f = fetcher_with(limits);
	assert_int_equal(ask_tls(f, GOOD).a.end, FETCH_NO_CA);
	fetcher_free(f);
}

static const char certificates[] =
	"set -e\n"
	"make() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $1.key -out $1.crt "
	"-subj /CN=$1 -addext subjectAltName=DNS:$2 -days $3 2>/dev/null; cat $1.crt $1.key >$1.pem; }\n"
	"make good farm.test 2; make strange farm.test 2; make wrong other.test 2\n"
	"mkdir ca; : >ca/index.txt; echo 01 >ca/serial\n"
	"printf '%s\\n' '[ca]' 'default_ca=d' '[d]' 'database=ca/index.txt' 'serial=ca/serial' 'new_certs_dir=ca' 'policy=p' "
	"'default_md=sha256' 'copy_extensions=copy' '[p]' 'commonName=supplied' >ca/conf\n"
	"openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout expired.key -out expired.csr -subj /CN=expired "
	"-addext subjectAltName=DNS:farm.test 2>/dev/null\n"
	"openssl ca -batch -config ca/conf -selfsign -keyfile expired.key -in expired.csr -out expired.crt "
	"-startdate 20200101000000Z -enddate 20200201000000Z -notext 2>/dev/null\n"
	"cat expired.crt expired.key >expired.pem; cat good.crt expired.crt wrong.crt >trusted.pem\n";

static int begin(void **state)
{
	static const char *const pems[] = {"good.pem", "strange.pem", "expired.pem", "wrong.pem"};
	void *made = NULL;
	if (scratch_setup(&made))
		return -1;
	*state = scratch = made;
	signal(SIGPIPE, SIG_IGN);
	has_tls = system("command -v openssl >/dev/null") == 0;
	if (has_tls)
		SCRATCH_RUN(scratch, ".", "sh", "-c", certificates);
	farm_start(&farm, scratch, pems, has_tls ? ARRAY_SIZE(pems) : 0);
	return 0;
}

static int end(void **state)
{
	farm_stop(&farm);
	return scratch_teardown(state);
}

/* The reason of one host's failure is never told of the next. */
static void test_reasons(void **state)
{
	(void)state;
	struct fetcher *f = fetcher_with(fetch_usual);
	assert_int_equal(ask(f, (struct fetch_request){0}, "/reset").a.os_error, ECONNRESET);
	assert_int_equal(ask(f, (struct fetch_request){0}, "/ok").a.os_error, 0); /* gives the first handle back */
	struct answer got = ask(f, (struct fetch_request){0}, "/close");
	assert_int_equal(got.a.end, FETCH_CLOSED);
	assert_int_equal(got.a.os_error, 0);
	fetcher_free(f);
}

/* Also over a connection that was open: who wants a second one asks for it when it is time to. */
static void test_once(void **state)
{
	(void)state;
	struct fetcher *f = fetcher_with(fetch_usual);
	const char *const paths[] = {"/reset?once", "/close?once"};
	for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
		assert_int_equal(ask(f, (struct fetch_request){0}, "/ok").a.status, 200);
		assert_int_equal(ask(f, (struct fetch_request){0}, paths[i]).a.end, FETCH_CLOSED);
		assert_int_equal(farm_saw(&farm, "\"request\"", paths[i]), 1);
	}
	fetcher_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hostile),     cmocka_unit_test(test_reasons), cmocka_unit_test(test_once),
		cmocka_unit_test(test_unreachable), cmocka_unit_test(test_many),    cmocka_unit_test(test_tls),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
