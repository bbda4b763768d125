#include "lint/links/fetch_transfer.h"

static const struct {
	CURLcode code;
	enum fetch_end end;
} ends[] = {
	{CURLE_OK, FETCH_DONE},
	{CURLE_COULDNT_CONNECT, FETCH_CONNECT},
	{CURLE_ABORTED_BY_CALLBACK, FETCH_REFUSED},
	{CURLE_OPERATION_TIMEDOUT, FETCH_TIMEOUT},
	{CURLE_SSL_CONNECT_ERROR, FETCH_TLS},
	{CURLE_PEER_FAILED_VERIFICATION, FETCH_TLS},
	{CURLE_SSL_CIPHER, FETCH_TLS},
	{CURLE_SSL_CLIENTCERT, FETCH_TLS},
	{CURLE_SSL_ISSUER_ERROR, FETCH_TLS},
	{CURLE_SSL_CACERT_BADFILE, FETCH_NO_CA},
	{CURLE_GOT_NOTHING, FETCH_CLOSED},
	{CURLE_SEND_ERROR, FETCH_CLOSED},
	{CURLE_RECV_ERROR, FETCH_CLOSED},
	{CURLE_UNSUPPORTED_PROTOCOL, FETCH_BROKEN_REPLY}, /* HTTP/0.9 */
	{CURLE_WEIRD_SERVER_REPLY, FETCH_BROKEN_REPLY},
	{CURLE_OUT_OF_MEMORY, FETCH_BROKEN_REPLY}, /* a header line beyond libcurl's own limit */
	{CURLE_WRITE_ERROR, FETCH_CUT},
	{CURLE_PARTIAL_FILE, FETCH_CUT},
	{CURLE_BAD_CONTENT_ENCODING, FETCH_CUT},
	{CURLE_FILESIZE_EXCEEDED, FETCH_CUT},
};

static curl_off_t info_number(const struct transfer *t, CURLINFO info)
{
	curl_off_t n = 0;
	t->curl->easy_getinfo(t->easy, info, &n);
	return n;
}

static long info_long(const struct transfer *t, CURLINFO info)
{
	long n = 0;
	t->curl->easy_getinfo(t->easy, info, &n);
	return n;
}

static struct str info_text(const struct transfer *t, CURLINFO info)
{
	const char *text = NULL;
	t->curl->easy_getinfo(t->easy, info, &text);
	return str_of(text);
}

static long status_of(const struct transfer *t)
{
	long status = info_long(t, CURLINFO_RESPONSE_CODE);
	return status >= 200 ? status : 0;
}

static bool says_exhausted(struct str name, struct str value)
{
	return str_eqz(value, "0") &&
	       (str_eq_nocase(name, STR("x-ratelimit-remaining")) || str_eq_nocase(name, STR("ratelimit-remaining")));
}

static void hear(struct transfer *t, struct str line)
{
	const struct fetch_limits *l = t->limits;
	size_t colon = str_find_byte(line, 0, ':');
	if (colon == line.n)
		return;
	struct str name = str_trim(str_slice(line, 0, colon)), value = str_trim(str_from(line, colon + 1));
	if (says_exhausted(name, value))
		t->exhausted = true;
	if (!t->marker && l->marker)
		t->marker = l->marker(name, value, status_of(t));
}

static size_t take_header(char *p, size_t one, size_t n, void *context)
{
	struct transfer *t = context;
	struct str line = {p, one * n};
	t->header_bytes += line.n;
	if (t->header_bytes > t->limits->header_bytes) {
		t->flooded = true;
		return 0;
	}
	/* Each answer of a row has its own header: "100 Continue", then the one that counts. */
	if (str_starts(line, STR("HTTP/"))) {
		t->headed = t->exhausted = false;
		t->marker = NULL;
	} else if (str_trim(line).n == 0) {
		t->headed = status_of(t) > 0;
	} else if (!t->headed) { /* not in a trailer */
		hear(t, line);
	}
	return line.n;
}

/* A short body is read to its end, wanted or not: the connection is worth more. */
static size_t take_body(char *p, size_t one, size_t n, void *context)
{
	struct transfer *t = context;
	size_t got = one * n, most = t->want > t->limits->body_bytes ? t->want : t->limits->body_bytes;
	t->bytes += got;
	buf_add(&t->body, str_slice((struct str){p, got}, 0, t->want - t->body.n));
	bool endless = t->body.n == t->want && info_number(t, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T) > (curl_off_t)most;
	return t->bytes > most || endless ? 0 : got;
}

void transfer_listen(struct transfer *t)
{
	t->curl->easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, take_header);
	t->curl->easy_setopt(t->easy, CURLOPT_HEADERDATA, (void *)t);
	t->curl->easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, take_body);
	t->curl->easy_setopt(t->easy, CURLOPT_WRITEDATA, (void *)t);
}

static enum fetch_end end_of(const struct transfer *t)
{
	if (t->again)
		return FETCH_CLOSED;
	/* libcurl has one code for hosts that refuse and for addresses that we refuse. */
	if (t->refused && !t->tried)
		return FETCH_REFUSED;
	if (t->flooded)
		return FETCH_BROKEN_REPLY;
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (ends[i].code == t->code)
			return ends[i].end;
	return FETCH_OTHER;
}

static enum fetch_phase phase_of(const struct transfer *t)
{
	if (t->headed)
		return FETCH_PHASE_BODY;
	if (t->sent)
		return FETCH_PHASE_FIRST_BYTE;
	return t->greeting ? FETCH_PHASE_HANDSHAKE : FETCH_PHASE_CONNECT;
}

void transfer_answer(struct transfer *t, struct fetch_answer *out)
{
	*out = (struct fetch_answer){
		.tag = t->tag,
		.status = status_of(t),
		.end = end_of(t),
		.phase = phase_of(t),
		.os_error = (int)info_long(t, CURLINFO_OS_ERRNO),
		/* Of a handshake that failed before there was a certificate it says 1, as of a wrong name. */
		.verify = t->code == CURLE_SSL_CONNECT_ERROR ? 0 : info_long(t, CURLINFO_SSL_VERIFYRESULT),
		.code = (int)t->code,
		.reused = t->sent && info_long(t, CURLINFO_NUM_CONNECTS) == 0,
		.ratelimit_exhausted = t->exhausted,
		.retry_after = info_number(t, CURLINFO_RETRY_AFTER),
		.marker = t->marker,
		.location = info_text(t, CURLINFO_REDIRECT_URL),
		.body = buf_str(&t->body),
		.type = info_text(t, CURLINFO_CONTENT_TYPE),
		.bytes = t->bytes,
	};
	if (t->tried || t->sent)
		out->address = info_text(t, CURLINFO_PRIMARY_IP);
}
