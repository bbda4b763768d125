#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "lint/links/ioc_host.h"

static void hosts_are(const char *text, const char *expected)
{
	struct arena a = {0};
	struct ioc_hosts hosts = {0};
	struct str all = STR("");
	ioc_hosts_of_text(&a, str_of(text), &hosts);
	ioc_hosts_settle(&hosts);
	for (size_t k = 0; k < hosts.nr; k++)
		all = arena_printf(&a, "%.*s%.*s ", STR_ARG(all), STR_ARG(hosts.v[k]));
	if (!str_eqz(all, expected))
		fail_msg("%s: %.*s", text, STR_ARG(all));
	arena_release(&a);
}

/* The hosts stand in their order, each with a blank behind it. */
struct spelling_case {
	const char *text, *hosts;
};

static void check_cases(const struct spelling_case *v, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		hosts_are(v[i].text, v[i].hosts);
}

static void test_plain(void **state)
{
	static const struct spelling_case cases[] = {
		{"", ""},
		{"https://good.com/ and [text](https://good.com/a) v1.2.3", ""},
		{"マルウェアはevil[.]comと通信", "evil.com xn--evil-9c4c.com xn--evil-9c4ctl1ai70cge.com "},
		{"evil(.)com、EVIL[dot]net; a.b[.]evil[.]org.", "a.b.evil.org evil.com evil.net "},
		{"hxxps://evil.com/a, hXXp://1.2.3[.]4:8080/b", "1.2.3.4 evil.com "},
		{"h**p://evil.com/", "evil.com "},
		{"(hxxp://evil[.]com)", "evil.com "},
		{"[見出し](hxxps://cdn.evil[.]com/x?y=1)", "cdn.evil.com "},
		{"https://evil[.]com/a", "evil.com "},
		{"`1[.]2[.]3[.]4`", "1.2.3.4 "},
		{"evil[.com evil.]net evil\\.org", "evil.com evil.net evil.org "},
		{"[1]. [.] (.) a [.] b", ""},
		{"\xff evil[.]com \xff", "evil.com "},
		{"evil[.]com evil[.]com", "evil.com "},
		{"evil[.", ""},
		{"[.]", ""},
	};
	(void)state;
	check_cases(cases, ARRAY_SIZE(cases));
}

static void test_marks(void **state)
{
	static const struct spelling_case cases[] = {
		{"evil\\[.\\]com evil\\[.]net", "evil.com evil.net "},
		{"evil&#91;.&#93;com evil&#x5b;&period;&rsqb;net &#91; &#; &nothing; &", "evil.com evil.net "},
		{"**evil**[.]com, evil[.]**net**, `evil`[.]`org`", "evil.com evil.net evil.org "},
		{"evil[。]com evil［.］net evil【.】org evil<.>jp", "evil.com evil.jp evil.net evil.org "},
		{"ｅｖｉｌ[.]com ４５[.]33[.]32[.]9", "45.33.32.9 evil.com "},
		{"evil [.] com; evil[.] net; evil (dot) org", "evil.com evil.net evil.org "},
		{"evil dot com, evil dot example dot net", "evil.com evil.example.net "},
		{"ev\u200Bil[.]com ev\u00ADil[.\u2060]net", "evil.com evil.net "},
		{"*[.]evil[.]com", "evil.com "},
		{"evil[.]com:8080, evil.net[:]8080, C2：evil[.]org", "evil.com evil.net evil.org "},
		{"a[@]evil.com a[at]evil.net a (at) evil (dot) org", "evil.com evil.net evil.org "},
		{"evil[.]com@good.com good.com@evil[.]net", "evil.com evil.net "},
		{"45,33,32,9 but 1,234,567 and 1,2,3,4,5 and 1.2,3,4,5", "45.33.32.9 "},
		{"the dot product, polka dot pattern, Microsoft「.NET 8」 foo [.NET Core](https://good.com) (.NET", ""},
		{"1,000.5 [.](https://good.com) C:\\\\Users\\\\.ssh", "users.ssh "},
	};
	(void)state;
	check_cases(cases, ARRAY_SIZE(cases));
}

static void test_schemes(void **state)
{
	static const struct spelling_case cases[] = {
		{"hxxp://evil．com/ ｈｘｘｐ://evil.net hxxp：//evil.org", "evil.com evil.net evil.org "},
		{"hxxp://evil。com/", "evil.com "},
		{"hxxp:\\\\evil.com hxxp:// evil.net", "evil.com evil.net "},
		{"fxp://e1.com meow://e2.com h..p://e3.com ttp://e4.com xxp://e5.com hxtp://e6.com",
	     "e1.com e2.com e3.com e4.com e5.com e6.com "},
		{"h[tt]p://e1.com h(tt)p://e2.com [h]ttp://e3.com [http]://e4.com https[://]e5.com https[:]//e6.com",
	     "e1.com e2.com e3.com e4.com e5.com e6.com "},
		{"**https://good.com** ssh://good.com git+https://good.com URLhttps://good.com [a](http://good.com)", ""},
		{"hxxp://user:pass@evil.com:80/a", "evil.com "},
	};
	(void)state;
	check_cases(cases, ARRAY_SIZE(cases));
}

/* Written by somebody who knows how it is read. */
static void test_slips(void **state)
{
	static const struct spelling_case cases[] = {
		{"evil%5B.%5Dcom hxxp%3A%2F%2Fevil.net hxxp://evil%2eorg/", "evil.com evil.net evil.org "},
		{"evil«.»com evil｢.｣net evil⟨.⟩org evil“.”jp evil[・]info evil[·]biz",
	     "evil.biz evil.com evil.info evil.jp evil.net evil.org "},
		{"<b title=\"evil[.]com\"> <!-- evil[.]net --> <i evil[.]org\n>", "evil.com evil.net evil.org "},
		{"evil<dot>com <b>evil</b>[.]net evil<wbr>[.]org evil[<!-- x -->.]jp", "evil.com evil.jp evil.net evil.org "},
		{"<https://good.com/> <a href='https://good.com'>x</a> a < b", ""},
		{"hxxp:evil.com hxxp//evil.net `hxxp`://evil.org hxxp://*.evil.jp", "evil.com evil.jp evil.net evil.org "},
		{"hxxp://760032521/ hxxp://0x2d4d2e09/", "45.77.45.9 45.77.46.9 "},
		{"evil\t[.]\tcom", "evil.com "},
		{"45[.]33[.]32[.]4 - 45[.]33[.]32[.]7、", "45.33.32.4 45.33.32.4/30 45.33.32.7 "},
		{"45[.]33[.]32[.]4～7", "45.33.32.4 45.33.32.4-7 45.33.32.4/30 45.33.32.7 "},
		{"45[.]33[.]32[.]0 /28 `45[.]33[.]33[.]0`/28", "45.33.32.0 45.33.32.0/28 45.33.33.0 45.33.33.0/28 "},
		{"45[.]33[.]32[.]*", "45.33.0.32 45.33.32.0/24 "},
	};
	(void)state;
	check_cases(cases, ARRAY_SIZE(cases));
}

static void test_addresses(void **state)
{
	static const struct spelling_case cases[] = {
		{"2606[:]4700[:]4700[:]0[:]0[:]0[:]0[:]20", "2606:4700:4700::20 "},
		{"2606[:]4700:4700::20", "2606:4700:4700::20 4700:4700::20 "},
		{"2606(:)4700(:)4700[::]20です", "2606:4700:4700::20 4700:4700::20 "},
		{"C2:2606[:]4700:0:0:0:0:0:20", "2606:4700::20 "},
		{"hxxp://[2606[:]4700[::]20]/x hxxp://[2606:4701::20]:80/", "2606:4700::20 2606:4701::20 4700::20 4701::20 "},
		{"45[.]33[.]32[.]9/28 45[.]33[.]33[.]0[/]24", "45.33.32.0/28 45.33.32.9 45.33.33.0 45.33.33.0/24 "},
		{"2606[:]4700[:]0[:]0[:]0[:]0[:]0[:]0/32", "2606:4700:: 2606:4700::/32 "},
		{"0[.]0[.]0[.]0/0 hxxp://1[.]2[.]3[.]4/8 1[.]2[.]3[.]5/99", "0.0.0.0 1.2.3.4 1.2.3.5 "},
		{"45[.]33[.]32[.]4-45[.]33[.]32[.]8", "45.33.32.4 45.33.32.4/30 45.33.32.8 45.33.32.8/32 "},
		{"45[.]33[.]32[.]4-7", "45.33.32.4 45.33.32.4-7 45.33.32.4/30 45.33.32.7 "},
		{"0[.]0[.]0[.]0-255[.]255[.]255[.]255 9[.]9[.]9[.]9-1",
	     "0.0.0.0 255.255.255.255 9.9.9.1 9.9.9.1/32 9.9.9.2/31 9.9.9.4/30 9.9.9.8/31 9.9.9.9 9.9.9.9-1 "},
	};
	(void)state;
	check_cases(cases, ARRAY_SIZE(cases));
}

static void test_glued(void **state)
{
	static const struct spelling_case cases[] = {
		{"bücher[.]de hxxp://bücher.fr/", "xn--bcher-kva.de xn--bcher-kva.fr "},
		{"evil[.]рф пример2[.]com", "evil.xn--p1ai xn--2-itbiqngd.com "},
		{"hxxp://例え[.]com/", "xn--r8j.com xn--r8jz45g.com "},
		{"ホスト例え[.]comと通信", "xn--r8j.com xn--r8jvmqb3d208r.com xn--r8jz45g.com "},
		{"→evil[.]com、github.comと", "evil.com xn--evil-pt8a.com "},
		{"文末evil[.]com。次の文", "evil.com xn--evil-zt9h47f.com "},
		{"evil[.]netとevil[.]org", "evil.net evil.org evil.xn--netevil-kd4f.org xn--evil-9b4c.org "},
	};
	(void)state;
	check_cases(cases, ARRAY_SIZE(cases));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),     cmocka_unit_test(test_marks), cmocka_unit_test(test_schemes),
		cmocka_unit_test(test_addresses), cmocka_unit_test(test_slips), cmocka_unit_test(test_glued),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
