/* What a config says of hosts: which of them it covers, and to whom credentials are sent. */
#include "lint/links/hosts.h"

#include "core/config/config.h"
#include "lint/links/queue.h"
#include "tests/unit/scratch.h"

static int read_hosts(struct arena *a, const char *text, struct link_hosts *out, struct err *err)
{
	struct config *c = arena_new(a, struct config);
	return config_parse(a, "c", str_of(text), c, err) ? -1 : link_hosts_read(a, c, out, err);
}

static struct link_hosts hosts_of(struct arena *a, const char *text)
{
	struct link_hosts out;
	struct err err = {""};
	if (read_hosts(a, text, &out, &err))
		fail_msg("%s", err.text);
	return out;
}

static void test_names(void **state)
{
	static const struct {
		const char *written, *name; /* NULL: it is none */
	} cases[] = {
		{"github.com", "github.com"},
		{"GitHub.COM.", "github.com"},
		{"日本.jp", "xn--wgv71a.jp"},
		{"127.1", "127.0.0.1"},
		{"::0001", "::1"},
		{"com", "com"},
		{"", NULL},
		{"a.com/", NULL},
		{"a.com/b", NULL},
		{"a.com?b", NULL},
		{"a.com#b", NULL},
		{"a.com:443", NULL},
		{"user@a.com", NULL},
		{"https://a.com", NULL},
		{"*.a.com", NULL},
		{"a b.com", NULL},
		{"a[.]com", NULL},
		{"999.1.1.1", NULL},
		{"a..com", NULL},
		{"a.com\\b", NULL},
	};
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct str name = STR("none");
		bool is = link_host_read(&a, str_of(cases[i].written), &name);
		if (!str_eqz(name, cases[i].name ? cases[i].name : "none") || is != (cases[i].name != NULL))
			fail_msg("%s: %.*s", cases[i].written, STR_ARG(name));
	}
	arena_release(&a);
}

static void test_mistakes(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{"links: {hosts: {a.com: {}, 'b c': {}}}\n", "c:1:28: `b c` is no name of a host"},
		{"links:\n  hosts:\n    'a.com:443':\n", "c:3:5: `a.com:443` is no name of a host"},
		{"links:\n  hosts:\n    a.com:\n    A.com:\n", "c:4:5: the host `a.com` is there twice"},
	};
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct link_hosts out;
		struct err err = {""};
		assert_int_equal(read_hosts(&a, cases[i].text, &out, &err), -1);
		assert_string_equal(err.text, cases[i].message);
	}
	arena_release(&a);
}

static const char tree[] = "links:\n"
						   "  hosts:\n"
						   "    a.com: {accept: [403], interval: 1000, in-flight: 1}\n"
						   "    b.a.com: {ask: false}\n"
						   "    10.1.2.3: {accept: [404]}\n";

static void test_nearest(void **state)
{
	static const struct {
		const char *name, *nearest; /* "": none */
	} cases[] = {
		{"a.com", "a.com"},       {"x.a.com", "a.com"},     {"b.a.com", "b.a.com"},
		{"x.b.a.com", "b.a.com"}, {"ba.com", ""},           {"com", ""},
		{"a.com.net", ""},        {"10.1.2.3", "10.1.2.3"}, {"1.2.3", ""},
		{"::ffff:10.1.2.3", ""},
	};
	struct arena a = {0};
	struct link_hosts hosts = hosts_of(&a, tree);
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct link_host *h = link_host_of(&hosts, str_of(cases[i].name));
		if (!str_eqz(h ? h->name : STR(""), cases[i].nearest))
			fail_msg("%s: %.*s", cases[i].name, STR_ARG(h ? h->name : STR("none")));
	}
	assert_true(link_host_accepts(link_host_of(&hosts, STR("x.a.com")), 403));
	assert_false(link_host_accepts(link_host_of(&hosts, STR("x.a.com")), 404));
	assert_false(link_host_accepts(link_host_of(&hosts, STR("b.a.com")), 403));
	assert_false(link_host_accepts(NULL, 0));
	assert_null(link_host_of(NULL, STR("a.com")));
	arena_release(&a);
}

/* Each host below has a queue of its own, with that pace. */
static void test_pace(void **state)
{
	struct arena a = {0};
	struct link_hosts hosts = hosts_of(&a, tree);
	const struct link_pace pace = {.per_host = 3, .in_all = 64, .interval = 10, .hosts = &hosts};
	struct link_queue *q = link_queue_new(&pace, 1);
	size_t item, started[2] = {0};
	(void)state;
	for (size_t i = 0; i < 6; i++)
		link_queue_add(q, i % 2 ? STR("x.a.com") : STR("c.com"), i, 0);
	for (int64_t now = 0; now < 1000; now++)
		while (link_queue_next(q, now, &item))
			started[item % 2]++;
	assert_int_equal(started[0], 3);
	assert_int_equal(started[1], 1);
	assert_false(link_queue_next(q, 1000, &item));
	link_queue_done(q, STR("x.a.com"), 1000);
	assert_true(link_queue_next(q, 1000, &item));
	link_queue_free(q);
	arena_release(&a);
}

static struct link_hosts trusting(struct arena *a)
{
	return hosts_of(a, "links: {hosts: {a.com: {credentials: SDI_LINKS_A}, b.a.com: {}}}\n");
}

static void test_credentials(void **state)
{
	static const struct {
		const char *value, *header, *wrong;
	} cases[] = {
		{"a.com Bearer x", "Authorization: Bearer x", NULL},
		{"A.com.   Bearer  x ", "Authorization: Bearer  x", NULL},
		{"a.com", NULL, "must be"},
		{"a.com ", NULL, "must be"},
		{"Bearer x", NULL, "another host"},
		{" a.com Bearer x", NULL, "another host"},
		{"b.a.com Bearer x", NULL, "another host"},
		{"com Bearer x", NULL, "another host"},
		{"a.com/ Bearer x", NULL, "another host"},
		{"a.com\tBearer x", NULL, "ASCII"},
		{"a.com Bearer x\r\nX: y", NULL, "ASCII"},
		{"a.com Bearer x\n", NULL, "ASCII"},
		{"a.com Bearer \x7f", NULL, "ASCII"},
		{"a.com Bearer 鍵", NULL, "ASCII"},
	};
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct link_hosts hosts = trusting(&a);
		const char *wrong = link_host_entrust(&a, &hosts.v[0], str_of(cases[i].value));
		if (!wrong != !cases[i].wrong || (wrong && !strstr(wrong, cases[i].wrong)))
			fail_msg("%s: %s", cases[i].value, wrong ? wrong : "is taken");
		if (!wrong)
			assert_string_equal(hosts.v[0].authorization, cases[i].header);
		else
			assert_null(hosts.v[0].authorization);
	}
	arena_release(&a);
}

static void test_receivers(void **state)
{
	static const struct {
		const char *url;
		bool gets;
	} cases[] = {
		{"https://a.com/x", true},   {"https://A.com./x", true},    {"http://a.com/x", false},
		{"https://x.a.com/", false}, {"https://b.a.com/", false},   {"https://com/", false},
		{"https://aa.com/", false},  {"https://a.com.net/", false},
	};
	struct arena a = {0};
	struct link_hosts hosts = trusting(&a);
	(void)state;
	assert_null(link_host_entrust(&a, &hosts.v[0], STR("a.com Bearer x")));
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct link_target t;
		assert_null(link_target_read(&a, str_of(cases[i].url), &t));
		if (!link_host_header(&hosts, &t) == cases[i].gets)
			fail_msg("%s", cases[i].url);
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names), cmocka_unit_test(test_mistakes),    cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_pace),  cmocka_unit_test(test_credentials), cmocka_unit_test(test_receivers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
