#include "cmd/lsp/frame.h"

#include "tests/unit/scratch.h"

static const char two[] = "Content-Length: 5\r\n\r\nfirstcontent-type: x\r\nCONTENT-LENGTH:6\r\n\r\nsecond";

/* In pieces of so many bytes. */
static void test_pieces(void **state)
{
	struct str all = STR(two), body;
	struct err err;
	(void)state;
	for (size_t piece = 1; piece <= all.n; piece++) {
		struct frames f = {0};
		struct buf seen = {0};
		for (size_t at = 0; at < all.n; at += piece) {
			frames_add(&f, str_slice(all, at, at + piece));
			int got;
			while ((got = frames_next(&f, &body, &err)) > 0) {
				buf_add(&seen, body);
				buf_addc(&seen, '|');
			}
			assert_int_equal(got, 0);
		}
		assert_string_equal(seen.p, "first|second|");
		assert_false(frames_pending(&f));
		buf_release(&seen);
		frames_release(&f);
	}
}

static void test_pending(void **state)
{
	struct frames f = {0};
	struct str body;
	struct err err;
	(void)state;
	assert_false(frames_pending(&f));
	frames_add(&f, STR("Content-Length: 0\n\nContent-Length: 3\r\n\r\n"));
	assert_int_equal(frames_next(&f, &body, &err), 1);
	assert_int_equal(body.n, 0);
	assert_int_equal(frames_next(&f, &body, &err), 0);
	assert_true(frames_pending(&f));
	frames_release(&f);
}

static void test_limits(void **state)
{
	static const char *const bad[] = {
		"Content-Length: 1e3\r\n\r\n",
		"Content-Length:\r\n\r\n",
		"Content-Length: -1\r\n\r\n",
		"X: y\r\n\r\n",
		"\r\n",
		"no head\n",
		"Content-Length: 99999999999999999999\r\n\r\n",
	};
	struct str body;
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct frames f = {0};
		struct err err = {""};
		frames_add(&f, str_of(bad[i]));
		if (frames_next(&f, &body, &err) != -1 || !*err.text)
			fail_msg("%s: %s", bad[i], err.text);
		frames_release(&f);
	}
}

/* Passed over as it comes: nothing of it is kept. */
static void test_large_body(void **state)
{
	static char bytes[1 << 20];
	const size_t length = FRAME_MOST_BODY + 1;
	struct frames f = {0};
	struct str body;
	struct err err = {""};
	(void)state;
	frames_add(&f, STR("Content-Length: 67108865\r\n\r\n"));
	assert_int_equal(frames_next(&f, &body, &err), FRAME_TOO_LARGE);
	assert_string_equal(err.text, "a message of 67108865 bytes is too large");
	for (size_t at = 0; at < length; at += sizeof(bytes)) {
		assert_int_equal(frames_next(&f, &body, &err), 0);
		assert_true(frames_pending(&f));
		frames_add(&f, (struct str){bytes, length - at < sizeof(bytes) ? length - at : sizeof(bytes)});
	}
	frames_add(&f, STR(two));
	assert_in_range(f.in.cap, 0, 4 * sizeof(bytes));
	assert_int_equal(frames_next(&f, &body, &err), FRAME_WHOLE);
	assert_true(str_eq(body, STR("first")));
	frames_release(&f);
}

static void test_large_head(void **state)
{
	struct frames f = {0};
	struct str body;
	struct err err;
	(void)state;
	for (size_t i = 0; i < FRAME_MOST_HEAD - 1; i++)
		frames_add(&f, STR("x"));
	assert_int_equal(frames_next(&f, &body, &err), 0);
	frames_add(&f, STR("x"));
	assert_int_equal(frames_next(&f, &body, &err), -1);
	frames_release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces),     cmocka_unit_test(test_pending),    cmocka_unit_test(test_limits),
		cmocka_unit_test(test_large_body), cmocka_unit_test(test_large_head),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
