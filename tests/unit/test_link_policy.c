#include "lint/links/policy.h"

#include <arpa/inet.h>

#include "tests/unit/scratch.h"

/* The slug for an address in text; "" for none. */
static const char *judge(const struct link_policy *p, const char *text, unsigned port)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	const char *slug;
	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
		slug = link_policy_address(p, (const struct sockaddr *)&v4, port);
	else if (inet_pton(AF_INET6, text, &v6.sin6_addr) == 1)
		slug = link_policy_address(p, (const struct sockaddr *)&v6, port);
	else
		return "?";
	return slug ? slug : "";
}

static const struct {
	const char *address, *slug;
} addresses[] = {
	{"8.8.8.8", ""},
	{"1.1.1.1", ""},
	{"93.184.216.34", ""},
	{"172.15.255.255", ""},
	{"172.32.0.0", ""},
	{"100.63.255.255", ""},
	{"100.128.0.0", ""},
	{"192.31.196.1", "reserved-address"},
	{"192.31.197.1", ""},
	{"192.52.193.1", "reserved-address"},
	{"192.175.48.1", "reserved-address"},
	{"2620:4f:8000::1", "reserved-address"},
	{"2620:4f:8001::1", ""},
	{"198.17.255.255", ""},
	{"198.20.0.0", ""},
	{"223.255.255.255", ""},
	{"0.0.0.0", "loopback-address"},
	{"0.1.2.3", "loopback-address"},
	{"127.0.0.1", "loopback-address"},
	{"127.255.255.255", "loopback-address"},
	{"10.0.0.1", "private-address"},
	{"172.16.0.1", "private-address"},
	{"172.31.255.255", "private-address"},
	{"192.168.1.1", "private-address"},
	{"100.64.0.1", "private-address"},
	{"100.127.255.255", "private-address"},
	{"169.254.169.254", "metadata-address"},
	{"169.254.0.1", "link-local-address"},
	{"100.100.100.200", "metadata-address"},
	{"168.63.129.16", "metadata-address"},
	{"168.63.129.17", ""},
	{"192.0.0.9", "reserved-address"},
	{"192.0.0.192", "reserved-address"},
	{"192.0.2.1", "documentation-address"},
	{"198.51.100.1", "documentation-address"},
	{"203.0.113.1", "documentation-address"},
	{"192.88.99.1", "reserved-address"},
	{"198.18.0.1", "reserved-address"},
	{"198.19.255.255", "reserved-address"},
	{"224.0.0.1", "multicast-address"},
	{"239.255.255.250", "multicast-address"},
	{"240.0.0.1", "reserved-address"},
	{"255.255.255.255", "reserved-address"},
	{"2606:4700:4700::1111", ""},
	{"2001:4860:4860::8888", ""},
	{"2a00:1450:4001::1", ""},
	{"3ffe::1", ""},
	{"::", "loopback-address"},
	{"::1", "loopback-address"},
	{"fc00::1", "private-address"},
	{"fdff::1", "private-address"},
	{"fd00:ec2::254", "metadata-address"},
	{"fe80::1", "link-local-address"},
	{"febf::1", "link-local-address"},
	{"fec0::1", "private-address"},
	{"ff02::1", "multicast-address"},
	{"2001:db8::1", "documentation-address"},
	{"3fff::1", "documentation-address"},
	{"2001:1::1", "reserved-address"},
	{"2001:3::1", "reserved-address"},
	{"2001:20::1", "reserved-address"},
	{"2001:1ff::1", "reserved-address"},
	{"100::1", "reserved-address"},
	{"4000::1", "reserved-address"},
	{"5f00::1", "reserved-address"},
	{"200::1", "reserved-address"},
	/* What carries an IPv4 address is as good as what it carries. */
	{"::ffff:8.8.8.8", ""},
	{"::ffff:10.0.0.1", "private-address"},
	{"::ffff:127.0.0.1", "loopback-address"},
	{"::ffff:169.254.169.254", "metadata-address"},
	{"::ffff:0.0.0.0", "loopback-address"},
	{"::10.0.0.1", "private-address"},
	{"::127.0.0.1", "loopback-address"},
	{"::8.8.8.8", "reserved-address"},
	{"::ffff:0:127.0.0.1", "reserved-address"},
	{"64:ff9b::8.8.8.8", ""},
	{"64:ff9b::10.0.0.1", "private-address"},
	{"64:ff9b::a9fe:a9fe", "metadata-address"},
	{"64:ff9b:1::8.8.8.8", ""},
	{"64:ff9b:1::10.0.0.1", "private-address"},
	{"64:ff9b:1:808:8:800::", ""},
	{"64:ff9b:1:a00:0:100::", "private-address"},
	{"64:ff9b:1:7f00:0:100::", "loopback-address"},
	{"64:ff9b:1:808:8:800:a00:1", "private-address"},
	{"64:ff9b:1:808:108:800::", "private-address"},
	{"64:ff9b:2::8.8.8.8", "reserved-address"},
	{"2606:4700::5efe:10.1.2.3", "private-address"},
	{"2606:4700::200:5efe:127.0.0.1", "loopback-address"},
	{"2606:4700::5efe:8.8.8.8", ""},
	{"2606:4700::100:5efe:10.1.2.3", ""},
	{"2002:808:808::1", ""},
	{"2002:a00:1::1", "private-address"},
	{"2002:7f00:1::", "loopback-address"},
	{"2001:0:808:808:0:0:f7f7:f7f7", ""},
	{"2001:0:a00:1:0:0:f7f7:f7f7", "private-address"},
	{"2001:0:808:808:0:0:80ff:fffe", "loopback-address"},
	{"2001:0:808:808:0:0:5601:5601", "metadata-address"},
};

static void test_addresses(void **state)
{
	const struct link_policy p = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(addresses); i++) {
		const char *slug = judge(&p, addresses[i].address, 443);
		if (strcmp(slug, addresses[i].slug) != 0)
			fail_msg("%s: %s, not %s", addresses[i].address, slug, addresses[i].slug);
	}
}

static void test_ports(void **state)
{
	static const unsigned good[] = {80, 443, 8080, 8443}, bad[] = {0, 21, 22, 25, 81, 3306, 6379, 8000, 8081, 65535};
	const struct link_policy p = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(good); i++)
		assert_string_equal(judge(&p, "8.8.8.8", good[i]), "");
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_string_equal(judge(&p, "8.8.8.8", bad[i]), "port");
}

static void test_allowed(void **state)
{
	struct cidr allow[2];
	struct link_policy p = {.allow = allow, .allows = 2};
	(void)state;
	assert_true(cidr_read(STR("127.0.0.0/8"), &allow[0]));
	assert_true(cidr_read(STR("fd00:1::/32"), &allow[1]));
	assert_string_equal(judge(&p, "127.3.2.1", 12345), "");
	assert_string_equal(judge(&p, "::ffff:127.0.0.1", 12345), "");
	assert_string_equal(judge(&p, "fd00:1:2::3", 22), "");
	assert_string_equal(judge(&p, "fd00:2::3", 443), "private-address");
	assert_string_equal(judge(&p, "126.0.0.1", 12345), "port");
	assert_string_equal(judge(&p, "::1", 443), "loopback-address");
	assert_string_equal(judge(&p, "::127.0.0.1", 443), "loopback-address");
	/* Who translates would reach its own machine. */
	assert_string_equal(judge(&p, "64:ff9b::127.0.0.1", 443), "loopback-address");
	assert_string_equal(judge(&p, "2002:7f00:1::", 443), "loopback-address");
}

static void test_families(void **state)
{
	const struct link_policy p = {0};
	struct sockaddr_storage other = {.ss_family = AF_UNIX};
	(void)state;
	assert_string_equal(link_policy_address(&p, (const struct sockaddr *)&other, 443), "address-family");
	other.ss_family = AF_UNSPEC;
	assert_string_equal(link_policy_address(&p, (const struct sockaddr *)&other, 443), "address-family");
}

static void test_ranges(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} texts[] = {
		{"127.0.0.0/8", true},  {"127.0.0.1", true},      {"0.0.0.0/0", true},    {"::/0", true},
		{"::1", true},          {"fe80::/10", true},      {"10.0.0.0/9", true},   {"10.0.0.1/32", true},
		{"127.0.0.1/8", false}, {"10.128.0.0/8", false},  {"::1/64", false},      {"10.0.0.0/33", false},
		{"::/129", false},      {"10.0.0.0/", false},     {"10.0.0.0/08", false}, {"10.0.0.0/-1", false},
		{"10.0.0.0/8a", false}, {"10.0.0.0/1000", false}, {"10.0.0/8", false},    {"", false},
		{"/8", false},          {"a.example", false},     {"[::1]", false},       {"10.0.0.0/8/8", false},
		{"0x7f.1/32", false},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct cidr c;
		if (cidr_read(str_of(texts[i].text), &c) != texts[i].good)
			fail_msg("%s", texts[i].text);
	}
}

static void test_hosts(void **state)
{
	static const struct str iocs[] = {STR_INIT("203.0.114.7"), STR_INIT("bad.github.io"), STR_INIT("evil.com"),
	                                  STR_INIT("github.com"), STR_INIT("shop.co.jp")};
	static const struct str allowed[] = {STR_INIT("github.com"), STR_INIT("localhost"), STR_INIT("a.example")};
	const struct link_policy p = {iocs, ARRAY_SIZE(iocs), NULL, 0, allowed, ARRAY_SIZE(allowed), NULL};
	static const struct {
		const char *url, *slug;
	} hosts[] = {
		{"https://good.com/", ""},
		{"https://evil.com/", "ioc-host"},
		{"https://EVIL.com./", "ioc-host"},
		{"https://ｅｖｉｌ.com/", "ioc-host"},
		{"https://a.b.evil.com/", "ioc-host"},
		{"https://notevil.com/", ""},
		{"https://evil.com.good.com/", ""},
		{"https://com/", "special-name"},
		{"https://github.io/", ""},
		{"https://bad.github.io/", "ioc-host"},
		{"https://good.github.io/", ""},
		{"https://co.jp/", ""},
		{"https://x.shop.co.jp/", "ioc-host"},
		{"https://github.com/", ""},
		{"https://gist.github.com/", ""}, /* other people's */
		{"http://203.0.114.7/", "ioc-host"},
		{"http://3405804039/", "ioc-host"},
		{"http://203.0.114.8/", ""},
		{"http://[2606:4700::1]/", ""},
		{"http://localhost/", ""},
		{"http://a.localhost/", "special-name"},
		{"http://router.local/", "special-name"},
		{"http://metadata.google.internal/", "special-name"},
		{"http://nas.home.arpa/", "special-name"},
		{"http://abc.onion/", "special-name"},
		{"http://intranet/", "special-name"},
		{"http://a.example/", ""},
		{"http://b.a.example/", "special-name"},
		{"http://b.test/", "special-name"},
		{"http://www.example.com/", ""},
	};
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(hosts); i++) {
		struct link_target t;
		assert_null(link_target_read(&a, str_of(hosts[i].url), &t));
		const char *slug = link_policy_host(&p, &t);
		if (strcmp(slug ? slug : "", hosts[i].slug) != 0)
			fail_msg("%s: %s", hosts[i].url, slug ? slug : "");
	}
	arena_release(&a);
}

/* Whatever stands around it, an address is the same. */
static void test_indicators(void **state)
{
	static const struct str iocs[] = {STR_INIT("198.41.0.0/20"), STR_INIT("2606:4700::/32"), STR_INIT("45.33.32.9")};
	static const struct str allowed[] = {STR_INIT("198.41.0.7")};
	const struct link_policy p = {
		.ioc_host = iocs, .ioc_hosts = ARRAY_SIZE(iocs), .allow_host = allowed, .allow_hosts = ARRAY_SIZE(allowed)};
	static const struct {
		const char *address, *slug;
	} cases[] = {
		{"45.33.32.9", "ioc-address"},
		{"45.33.32.8", ""},
		{"::ffff:45.33.32.9", "ioc-address"},
		{"64:ff9b::2d21:2009", "ioc-address"},
		{"64:ff9b::2d21:2008", ""},
		{"64:ff9b:1::2d21:2009", "ioc-address"},
		{"64:ff9b:1:2d21:20:900::", "ioc-address"},
		{"2a00:1450:1::2d21:2009", "ioc-address"},
		{"2002:2d21:2009::1", "ioc-address"},
		{"2003:2d21:2009::1", ""},
		{"2001:0:808:808:0:0:d2de:dff6", "ioc-address"},
		{"2001:0:2d21:2009:0:0:f7f7:f7f7", "ioc-address"},
		{"2a00:1450:1::5efe:45.33.32.9", "ioc-address"},
		{"2a00:1450:1::200:5efe:45.33.32.9", "ioc-address"},
		{"198.41.15.255", "ioc-address"},
		{"198.41.16.0", ""},
		{"198.41.0.7", ""},
		{"64:ff9b::198.41.3.4", "ioc-address"},
		{"2606:4700:1::1", "ioc-address"},
		{"2606:4701::1", ""},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *slug = judge(&p, cases[i].address, 443);
		if (strcmp(slug, cases[i].slug) != 0)
			fail_msg("%s: %s, not %s", cases[i].address, slug, cases[i].slug);
	}
}

static void test_aliases(void **state)
{
	static const struct str iocs[] = {STR_INIT("evil.com"), STR_INIT("github.com")},
							allowed[] = {STR_INIT("ok.evil.com")};
	const struct link_policy p = {.ioc_host = iocs, .ioc_hosts = 2, .allow_host = allowed, .allow_hosts = 1};
	(void)state;
	assert_string_equal(link_policy_alias(&p, STR("evil.com")), "ioc-host");
	assert_string_equal(link_policy_alias(&p, STR("A.Evil.com.")), "ioc-host");
	assert_null(link_policy_alias(&p, STR("ok.evil.com")));
	assert_null(link_policy_alias(&p, STR("x.github.com")));
	assert_null(link_policy_alias(&p, STR("router.local")));
	assert_null(link_policy_alias(&p, STR("no name")));
	assert_null(link_policy_alias(&p, STR("")));
}

/* A config takes hosts away, and gives none. */
static void test_excluded(void **state)
{
	static const struct str iocs[] = {STR_INIT("evil.com")}, allowed[] = {STR_INIT("x.com")};
	static const long accept[] = {200};
	static struct link_host said[] = {{.name = STR_INIT("x.com"), .excluded = true},
	                                  {.name = STR_INIT("news.x.com")},
	                                  {.name = STR_INIT("evil.com"), .accept = accept, .accepts = 1},
	                                  {.name = STR_INIT("a.evil.com"), .excluded = true},
	                                  {.name = STR_INIT("a.local")}};
	static const struct link_hosts hosts = {said, ARRAY_SIZE(said)};
	static const struct link_policy p = {
		.ioc_host = iocs, .ioc_hosts = 1, .allow_host = allowed, .allow_hosts = 1, .hosts = &hosts};
	static const struct {
		const char *url, *slug;
	} cases[] = {
		{"https://x.com/", "excluded"},
		{"https://a.x.com/", "excluded"},
		{"https://news.x.com/", ""},
		{"https://a.news.x.com/", ""},
		{"https://ax.com/", ""},
		{"https://evil.com/", "ioc-host"},
		{"https://a.evil.com/", "ioc-host"},
		{"https://a.local/", "special-name"},
	};
	struct arena a = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct link_target t;
		assert_null(link_target_read(&a, str_of(cases[i].url), &t));
		const char *slug = link_policy_host(&p, &t);
		if (strcmp(slug ? slug : "", cases[i].slug) != 0)
			fail_msg("%s: %s", cases[i].url, slug ? slug : "");
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses), cmocka_unit_test(test_ports),      cmocka_unit_test(test_allowed),
		cmocka_unit_test(test_families),  cmocka_unit_test(test_ranges),     cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_excluded),  cmocka_unit_test(test_indicators), cmocka_unit_test(test_aliases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
