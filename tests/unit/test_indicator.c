#include "core/ioc/file.h"
#include "core/ioc/indicator.h"
#include "tests/unit/model.h"

static const char *const kinds[] = {"unknown", "ipv4", "ipv6", "domain", "url",  "email",   "hash",
                                    "wallet",  "cve",  "asn",  "file",   "path", "registry"};
static const char *const flaws[] = {"", " octet", " port", " prefix", " tld", " label", " length", " checksum"};

/* "kind flaw(part) <host> range what" */
static const char *told(struct model *m, const char *written)
{
	struct indicator is;
	struct buf out = {0};
	indicator_read(&m->arena, str_of(written), &is);
	buf_addz(&out, kinds[is.kind]);
	if (is.flaw)
		buf_printf(&out, "%s(%.*s)", flaws[is.flaw], STR_ARG(is.part));
	if (is.host.n)
		buf_printf(&out, " <%.*s>", STR_ARG(is.host));
	if (is.range)
		buf_printf(&out, " %s", address_range_name(is.range));
	buf_printf(&out, "%s%s", is.port ? " port" : "", is.file_like ? " file" : "");
	if (is.what)
		buf_printf(&out, " %s", is.what);
	const char *all = arena_str(&m->arena, buf_str(&out)).p;
	buf_release(&out);
	return all;
}

static const struct {
	const char *written, *told;
} cases[] = {
	/* addresses */
	{"192[.]0[.]2[.]1", "ipv4 <192.0.2.1> documentation"},
	{"8.8.8[.]8:53", "ipv4 <8.8.8.8> global port"},
	{"8.8.8[.]8:443/4321/53", "ipv4 <8.8.8.8> global port"},
	{"8.8.8.0/24", "ipv4 <8.8.8.0> global"},
	{"8.8.8.0/33", "ipv4 prefix(33) <8.8.8.0> global"},
	{"8[.]8[.]8[.]8:0", "ipv4 port(0) <8.8.8.8> global port"},
	{"8[.]8[.]8[.]8:65536", "ipv4 port(65536) <8.8.8.8> global port"},
	{"8[.]8[.]8[.]8:65535", "ipv4 <8.8.8.8> global port"},
	{"8[.]8[.]8[.]256", "ipv4 octet(256) <8.8.8.256>"},
	{"8[.]8[.]08[.]1", "ipv4 octet(08) <8.8.08.1>"},
	{"8[.]8[.]8", "ipv4 octet(8.8.8) <8.8.8>"},
	{"8[.]8[.]8-9", "ipv4 octet(8.8.8-9) <8.8.8-9>"},
	{"8[.]8[.]8[.]8[.]8", "ipv4 octet(8.8.8.8.8) <8.8.8.8.8>"},
	{"8[.]8[.]8[.]1-9", "unknown"},
	{"8[.]8[.]8[.]X", "unknown"},
	{"185[.]0xA1[.]0xFB[.]58", "unknown"},
	{"10.0.19045.1", "unknown"},
	{"11.8.1", "unknown"},
	{"2001[:]db8[::]1", "ipv6 <2001:db8::1> documentation"},
	{"2606:4700::1111", "ipv6 <2606:4700::1111> global"},
	{"2606:4700::/129", "ipv6 prefix(129) <2606:4700::> global"},
	{"[2606:4700::1]:443", "ipv6 <2606:4700::1> global port"},
	{"2606[:]4700[:]1", "ipv6 octet(2606:4700:1) <2606:4700:1>"},
	{"12:30:45", "unknown"},
	/* domains */
	{"evil[.]com", "domain <evil.com>"},
	{"evil[.]com:443", "domain <evil.com> port"},
	{"evil[.]com。", "domain <evil.com>"},
	{"EVIL.CO.JP", "domain <EVIL.CO.JP>"},
	{"a_b[.]evil[.]com", "domain <a_b.evil.com>"},
	{"*.evil[.]com", "domain <*.evil.com>"},
	{"r3---sn-a.evil[.]com.", "domain <r3---sn-a.evil.com.>"},
	{"ghtyqipha6mcwxiz[.]onion", "domain <ghtyqipha6mcwxiz.onion>"},
	{"booking[.]comんdetail[.]evil[.]com", "domain <booking.comんdetail.evil.com>"},
	{"woocommėrce[.]com", "domain <woocommėrce.com>"},
	{"xn--woocommrce-z5a[.]com", "domain <xn--woocommrce-z5a.com>"},
	{"xn--99999999999[.]com", "domain label(xn--99999999999) <xn--99999999999.com>"},
	{"例え[.]テスト", "domain tld(テスト) <例え.テスト>"},
	{"пример[.]рф", "domain <пример.рф>"},
	{"ev\u200Bil[.]com", "domain label(ev\u200Bil) <ev\u200Bil.com>"},
	{"mymexico[.]socia", "domain tld(socia) <mymexico.socia>"},
	{"mymexico.socia", "domain tld(socia) <mymexico.socia>"},
	{"evil[.]server8", "domain tld(server8) <evil.server8>"},
	{"evil[.][.]com", "domain label() <evil..com>"},
	{"ev~il[.]com", "domain label(ev~il) <ev~il.com>"},
	{"foo.local", "domain tld(local) <foo.local>"},
	{"hxxp[.]kali[.]org", "domain <hxxp.kali.org>"},
	{"BIASBOAT.so", "domain <BIASBOAT.so> file"},
	{"Freeze[.]rs", "domain <Freeze.rs> file"},
	{"Name.2.7.zip", "domain <Name.2.7.zip> file"},
	{"a.netlify[.]app", "domain <a.netlify.app>"},
	/* URLs */
	{"hxxps://evil[.]com:8443/a?b#c", "url <evil.com> port"},
	{"evil[.]com/a", "url <evil.com>"},
	{"192[.]0[.]2[.]1:80/a.exe", "url <192.0.2.1> documentation port"},
	{"hxxp://192[.]0[.]2[.]1/", "url <192.0.2.1> documentation"},
	{"hxxp://[2001:db8::1]/", "url <2001:db8::1> documentation"},
	{"hxxp://evil[.]socia/", "url tld(socia) <evil.socia>"},
	{"hxxp://evil[.]com:99999/", "url port(99999) <evil.com> port"},
	{"hxxp://300[.]1[.]1[.]1/", "url octet(300) <300.1.1.1>"},
	{"http://185.0xA1.0xFB.58/", "url <185.0xA1.0xFB.58>"},
	{"http://3627734734/", "url <3627734734>"},
	{"http://localhost:8080/", "url <localhost> port"},
	{"file://evil[.]com@SSL/DavWWWRoot/a", "url <evil.com>"},
	{"evil[.]com@SSL\\DavWWWRoot\\a.wsh", "url <evil.com>"},
	{"hxxp[:]//evil[.]com@80/share/", "url <evil.com> port"},
	{"hxxp://hxxp[.]kali[.]org/kali", "url <hxxp.kali.org>"},
	{"hxxps[:]evil[.]com", "url <evil.com>"},
	{"github.com/a/b.zip", "url <github.com>"},
	/* e-mail */
	{"a.b[@]evil[.]com", "email <evil.com>"},
	{"a[at]evil[dot]com", "email <evil.com>"},
	{"a@evil.socia", "email tld(socia) <evil.socia>"},
	{"総務@evil[.]com", "email <evil.com>"},
	{"総務@evil[.]com/a", "url <evil.com>"},
	{"@name", "unknown"},
	{"@scope/package", "unknown"},
	/* hashes */
	{"d41d8cd98f00b204e9800998ecf8427e", "hash MD5"},
	{"DA39A3EE5E6B4B0D3255BFEF95601890AFD80709", "hash SHA-1"},
	{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "hash SHA-256"},
	{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550",
     "hash length(e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550)"},
	{"3:AXGBicFlgVNhBGcL6wCrFQEv:AXGHsNhxLsr2C", "hash ssdeep"},
	{"deadbeef", "unknown"},
	{"12345678901234567890123456789012", "unknown"},
	/* wallets: BIP-173, BIP-350, EIP-55, and blocks and donations that everybody knows */
	{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "wallet Bitcoin"},
	{"3P14159f73E4gFr7JterCCQh9QjiTjiZrG", "wallet Bitcoin"},
	{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "wallet checksum(1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb) Bitcoin"},
	{"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "wallet Bitcoin"},
	{"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "wallet Bitcoin"},
	{"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
     "wallet checksum(bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5) Bitcoin"},
	{"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
     "wallet checksum(bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd) Bitcoin"},
	{"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "wallet Ethereum"},
	{"0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "wallet Ethereum"},
	{"0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
     "wallet checksum(0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed) Ethereum"},
	{"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "wallet Ethereum"},
	{"0x52908400098527886E0F7030069857D2E4169EE7", "wallet Ethereum"},
	{"TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "wallet TRON"},
	{"44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
     "wallet Monero"},
	/* the rest */
	{"CVE-2026-12345", "cve"},
	{"cve-2026-1234", "cve"},
	{"CVE-2026-123", "unknown"},
	{"CVE-20261-1234", "unknown"},
	{"AS64496", "asn"},
	{"AS", "unknown"},
	{"ASSET1", "unknown"},
	{"UTetris.exe", "file"},
	{"name[.]ps1", "file"},
	{"Job Description of A.docx", "file"},
	{"資料.xlsx", "file"},
	{"name_v1.0.3[.]exe", "file"},
	{"C:\\ProgramData\\a.exe", "path"},
	{"C:\\\\ProgramData\\\\a[.]exe", "path"},
	{"\\\\Windows\\\\a[.]exe", "path"},
	{"\\\\evil[.]com@SSL\\a", "path"},
	{"%APPDATA%\\a", "path"},
	{"%PROGRAM_FILES_x86%\\\\a b\\\\", "path"},
	{"/etc/systemd/a.service", "path"},
	{"~/Library/a", "path"},
	{"Windows\\Temp\\a.dll", "path"},
	{"/get_portal_info", "unknown"},
	{"HKCU:\\\\Software\\\\A B\\\\", "registry"},
	{"HKEY_LOCAL_MACHINE\\SOFTWARE\\A", "registry"},
	{"HKLM", "unknown"},
	{"", "unknown"},
	{"Evil.com Ltd", "unknown"},
	{"binarium-crm", "unknown"},
	{"client-0.1.6", "unknown"},
	{"a-b.c-d", "unknown"},
	{"a/b", "unknown"},
	{"非hxxpリンク", "unknown"},
	{"evil.comを参照する。", "unknown"},
};

static void test_told(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *got = told(*state, cases[i].written);
		if (strcmp(got, cases[i].told) != 0)
			fail_msg("%s: %s, not %s", cases[i].written, got, cases[i].told);
	}
}

static const struct {
	const char *address, *range;
} ranges[] = {
	{"1.1.1.1", "global"},
	{"0.0.0.0", "loopback"},
	{"127.255.255.255", "loopback"},
	{"10.1.2.3", "private"},
	{"172.15.255.255", "global"},
	{"172.16.0.0", "private"},
	{"172.31.255.255", "private"},
	{"172.32.0.0", "global"},
	{"192.168.1.1", "private"},
	{"100.63.255.255", "global"},
	{"100.64.0.0", "private"},
	{"100.128.0.0", "global"},
	{"169.254.169.254", "link-local"},
	{"192.0.2.255", "documentation"},
	{"198.51.100.10", "documentation"},
	{"203.0.113.1", "documentation"},
	{"233.252.0.1", "documentation"},
	{"192.0.0.1", "reserved"},
	{"192.0.0.9", "global"},
	{"198.18.0.1", "reserved"},
	{"198.20.0.1", "global"},
	{"224.0.0.1", "multicast"},
	{"239.255.255.255", "multicast"},
	{"240.0.0.1", "reserved"},
	{"255.255.255.255", "reserved"},
	{"::", "loopback"},
	{"::1", "loopback"},
	{"::2", "reserved"},
	{"fc00::1", "private"},
	{"fdff::1", "private"},
	{"fe80::1", "link-local"},
	{"febf::1", "link-local"},
	{"ff02::1", "multicast"},
	{"2001:db8::1", "documentation"},
	{"3fff:fff::1", "documentation"},
	{"3fff:1000::1", "global"},
	{"2001:4860:4860::8888", "global"},
	{"2001:1::1", "global"},
	{"2001:2::1", "reserved"},
	{"64:ff9b::8.8.8.8", "global"},
	{"64:ff9b:1::1", "private"},
	{"100::1", "reserved"},
	{"::ffff:10.0.0.1", "private"},
	{"::ffff:8.8.8.8", "global"},
	{"4000::1", "reserved"},
	{"1:2:3:4:5:6:7:8", "reserved"},
	{"1.2.3", ""},
	{"1.2.3.4.5", ""},
	{"1.2.3.04", ""},
	{"1.2.3.256", ""},
	{"1.2.3.4:80", ""},
	{"1:2:3:4:5:6:7", ""},
	{"1:2:3:4:5:6:7:8:9", ""},
	{"1::2::3", ""},
	{"1:2:3:4:5:6:7:8::", ""},
	{":1::", ""},
	{"::12345", ""},
	{"::g", ""},
	{"::1:", ""},
	{"::1.2.3", ""},
	{"1:2:3:4:5:6:7:1.2.3.4", ""},
	{"1:2:3:4:5:6:1.2.3.4", "reserved"},
	{"", ""},
	{"1:2:3:4:5:6:7::", "reserved"},
};

static void test_ranges(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++) {
		const char *got = address_range_name(address_range_of(str_of(ranges[i].address)));
		if (strcmp(got, ranges[i].range) != 0)
			fail_msg("%s: %s", ranges[i].address, got);
	}
}

static void test_registered(void **state)
{
	static const struct {
		const char *host, *registered;
		bool tld;
	} hosts[] = {
		{"a.b.example.co.jp", "example.co.jp", true},
		{"Example.COM", "Example.COM", true},
		{"co.jp", "", true},
		{"a.trycloudflare.com", "a.trycloudflare.com", true},
		{"evil.com.", "evil.com", true},
		{"a.b.socia", "b.socia", false},
		{"a.b.www.ck", "www.ck", true},
		{"exe", "", false},
		{"a.b.exe", "b.exe", false},
		{"пример.рф", "пример.рф", true},
		{"", "", false},
		{"xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai", true},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(hosts); i++) {
		struct str host = str_of(hosts[i].host);
		assert_str_equal(domain_registered(host), hosts[i].registered);
		if (domain_has_tld(host) != hosts[i].tld)
			fail_msg("%s", hosts[i].host);
	}
}

/* The table is searched by halves. */
static void test_extensions(void **state)
{
	static const char *const names[] = {"a.7z", "a.exe", "A.EXE", "a.b.zip", "a.zst", "a.service"};
	static const char *const others[] = {"exe", ".exe", "a.", "a.com", "a.exe.", "a.services", "", "."};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		assert_true(file_has_extension(str_of(names[i])));
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		assert_false(file_has_extension(str_of(others[i])));
}

/* A megabyte of one thing. */
static void test_hostile(void **state)
{
	static const char *const pieces[] = {"a",   "a.",     "1",    "1.", "[.]", "a[.]", "ん",
	                                     "ん.", "xn--a.", "a b.", "1:", "/",   "\\"};
	enum { SIZE = 1 << 20 };
	struct model *m = *state;
	char *text = xmalloc(SIZE);
	for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
		struct indicator is;
		size_t n = strlen(pieces[i]);
		for (size_t k = 0; k < SIZE; k++)
			text[k] = pieces[i][k % n];
		indicator_read(&m->arena, (struct str){text, SIZE}, &is);
		arena_reset(&m->arena);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_told),       cmocka_unit_test(test_ranges),  cmocka_unit_test(test_registered),
		cmocka_unit_test(test_extensions), cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests(tests, model_setup, model_teardown);
}
